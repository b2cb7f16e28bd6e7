"""The networks of a model folder, loaded into onnxruntime."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...messages import Message

TOKENIZER = "tokenizer.model"
LOWER, UPPER, WORDS, JUDGE = "lower.onnx", "upper.onnx", "words.onnx", "judge.onnx"


def open_graph(path: Path, threads: int = 0) -> Any:
    """An onnxruntime session of a graph whose weights lie beside it. Raises ModelError.

    `threads` a run; 0 for one a core.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.log_severity_level = 3
    # The graphs take turns: idle threads of one that wait busily take the cores from the next.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has a class of its own for each kind of failure
        raise _load_error(path.name, error) from error


def open_tokenizer(path: Path) -> Any:
    """The sentencepiece model in a file; raises ModelError."""
    from sentencepiece import SentencePieceProcessor

    try:
        tokenizer = SentencePieceProcessor(model_proto=path.read_bytes())
        tokenizer.encode("")  # fails for an empty file, which the constructor accepts
    except (OSError, RuntimeError) as error:
        raise _load_error(TOKENIZER, error) from error
    return tokenizer


def _load_error(name: str, error: Exception) -> ModelError:
    return ModelError(
        Message(f"模型文件 {name} 无法载入：{error}", f"the model file {name} cannot be loaded: {error}"),
        Message("请运行 briefing models verify", "run briefing models verify"),
    )
