"""The trained checkpoint as CTranslate2 reads it: 8-bit weights, packed small enough for a wheel.

CTranslate2 computes with 8-bit weights, one scale a row. Here each weight is rounded to a multiple of STEP of them: 6 bits
of precision, which the 4-bit base never had, and entropy coding (gzip) then takes a third off the file. What ships is
config.json, vocabulary.json and model.bin.gz, with the tokenizer beside them.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

STEP = 4
"""Weights are multiples of this many 127ths of their row's largest."""
WEIGHTS, PACKED = "model.bin", "model.bin.gz"


class _Tokenizer:
    """What the converter asks of a tokenizer, answered by the sentencepiece model."""

    bos_token, eos_token, unk_token = "<bos>", "<eos>", "<unk>"

    def __init__(self, path: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self.pieces = SentencePieceProcessor(model_file=str(path))

    def get_vocab(self) -> dict[str, int]:
        """Piece to id."""
        return {self.pieces.id_to_piece(i): i for i in range(len(self.pieces))}


def export(checkpoint: Path, tokenizer: Path, folder: Path) -> None:
    """Converts the checkpoint (safetensors) and writes the model's files into `folder`, over older ones of those names."""
    from ctranslate2.converters import TransformersConverter

    converter = TransformersConverter(str(checkpoint))
    converter.load_tokenizer = lambda *_args, **_options: _Tokenizer(tokenizer)  # type: ignore[method-assign]  # its own wants a tokenizer.json
    spec = converter._load()
    spec.validate()
    spec.optimize(quantization="int8")
    spec._visit(_rounded)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        spec.save(beside)
        pack(Path(beside) / WEIGHTS, folder / PACKED)
        for path in Path(beside).glob("*.json"):
            shutil.move(path, folder / path.name)
    shutil.copyfile(tokenizer, folder / "tokenizer.model")


def _rounded(layer: Any, name: str, value: Any) -> None:
    """Rounds one 8-bit matrix of the converted model."""
    from ctranslate2.specs.model_spec import NumpyVariable

    if getattr(value, "dtype", "") == "int8" and len(value.shape) == 2:
        rows = value.numpy().astype(np.int16)
        rows = np.clip((rows + STEP // 2) // STEP * STEP, -127 // STEP * STEP + STEP, 127 // STEP * STEP)
        setattr(layer, name.rsplit("/", 1)[-1], NumpyVariable(rows.astype(np.int8)))


def pack(source: Path, target: Path) -> None:
    """The file gzipped, the same bytes each time; written beside, then renamed."""
    beside = target.with_suffix(".part")
    with source.open("rb") as plain, beside.open("wb") as raw:
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)
    beside.replace(target)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


CARD = '''schema = 1
name = "briefing-zh"
version = "{version}"
license = "Gemma Terms of Use (GEMMA_TERMS.md); see NOTICE"
base = "google/gemma-3-270m (Q4_K_M)"
parameters = {parameters}
context = {context}

[description]
zh = "中文新闻摘要模型：一次读文，写出一行要点和两三句摘要"
en = "Chinese news summarizer: one pass over the text gives a one-line gist and a summary of two or three sentences"
'''


def card(folder: Path, *, version: str, parameters: int, context: int) -> None:
    """Writes model.toml: what the model is, and size and SHA-256 of each of its files."""
    lines = [CARD.format(version=version, parameters=parameters, context=context)]
    for name in (PACKED, "config.json", "vocabulary.json", "tokenizer.model"):
        path = folder / name
        lines.append(f'[[files]]\nname = "{name}"\nsize = {path.stat().st_size}\nsha256 = "{digest(path)}"\n')
        if name == PACKED:
            lines[-1] += f"unpacked = {_unpacked(path)}\n"
    (folder / "model.toml").write_text("\n".join(lines), encoding="utf-8")


def _unpacked(path: Path) -> int:
    """The size of a gzipped file's content, which its last four bytes state (RFC 1952)."""
    return int.from_bytes(path.read_bytes()[-4:], "little")
