"""The trained checkpoint as CTranslate2 reads it: 8-bit weights with one scale a row, gzipped in pieces.

What ships is config.json, vocabulary.json and model.bin in gzipped pieces, with the tokenizer beside them. Fewer bits were
tried: multiples of 2 or 4 of these 8 bits would take 12 or 24 % off the size, but move the next-token distribution ten or
twenty times as far (docs/log.md).
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np

WEIGHTS = "model.bin"
PIECE = 64_000_000
"""Bytes of the weights in one piece, so that no file comes near what a repository takes."""
FILES = ("config.json", "vocabulary.json", "tokenizer.model")


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
    converter.load_tokenizer = lambda *_args, **_options: _Tokenizer(
        tokenizer
    )  # its own wants a tokenizer.json
    spec = converter._load()
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        spec.save(beside)
        pack(Path(beside) / WEIGHTS, folder)
        for path in Path(beside).glob("*.json"):
            shutil.move(path, folder / path.name)
    shutil.copyfile(tokenizer, folder / "tokenizer.model")


def pack(source: Path, folder: Path, size: int = PIECE) -> None:
    """Writes the file's gzipped pieces of `size` bytes, the same bytes each time, in place of older ones."""
    for old in folder.glob(f"{source.name}.*.gz"):
        old.unlink()
    with source.open("rb") as plain:
        for number in range(1, -(-source.stat().st_size // size) + 1):
            packed = gzip.compress(plain.read(size), compresslevel=6, mtime=0)
            (folder / f"{source.name}.{number}.gz").write_bytes(packed)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


CARD = """schema = 1
name = "briefing-zh"
version = "{version}"
license = "Gemma Terms of Use (GEMMA_TERMS.md); see NOTICE"
base = "google/gemma-3-270m (Q4_K_M)"
parameters = {parameters}
context = {context}

[description]
zh = "中文新闻摘要模型：一次读文，写出一行要点和两三句摘要"
en = "Chinese news summarizer: one pass over the text gives a one-line gist and a summary of two or three sentences"
"""


def card(folder: Path, *, version: str, parameters: int, context: int) -> None:
    """Writes model.toml: what the model is, and size and SHA-256 of each of its files."""
    lines = [CARD.format(version=version, parameters=parameters, context=context)]
    for path in (*sorted(folder.glob(f"{WEIGHTS}.*.gz")), *(folder / name for name in FILES)):
        lines.append(
            f'[[files]]\nname = "{path.name}"\nsize = {path.stat().st_size}\nsha256 = "{digest(path)}"\n'
        )
        if path.suffix == ".gz":
            lines[-1] += f"unpacked = {_unpacked(path)}\n"
    (folder / "model.toml").write_text("\n".join(lines), encoding="utf-8")


def _unpacked(path: Path) -> int:
    """The size of a gzipped file's content, which its last four bytes state (RFC 1952)."""
    return int.from_bytes(path.read_bytes()[-4:], "little")


def parameters(checkpoint: Path) -> int:
    """The number of weights in a safetensors checkpoint."""
    from safetensors import safe_open

    with safe_open(checkpoint / "model.safetensors", "pt") as tensors:
        return sum(int(np.prod(tensors.get_slice(name).get_shape())) for name in tensors.keys())  # noqa: SIM118  # not a dict
