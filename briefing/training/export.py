"""Exports the trained checkpoint for CTranslate2: 8-bit weights with one scale per row, in pieces.

The files are config.json, vocabulary.json, the tokenizer, and model.bin in gzipped pieces. A
retrained version of the same base is exported as deltas of these pieces: its weights are quantized
on the scales of the first version where they fit, so that most bytes do not change or hardly. Fewer
bits were tried: multiples of 2 or 4 save 12 or 24 % of the size, but shift the next-token
distribution ten or twenty times as far (docs/log.md).
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import shutil
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

WEIGHTS = "model.bin"
PIECE = 64_000_000
"""Bytes of weights per piece, well below the file size limits of repositories."""
INT8 = 1
"""CTranslate2's code for 8-bit integers."""
STAYS = 0.75
"""A weight that moved by fewer quantization steps keeps its old value: more zeros in the delta."""
XZ = {
    "id": lzma.FILTER_LZMA2,
    "preset": 6,
    "dict_size": 1 << 22,
    "lc": 0,
    "pb": 0,
    "mf": lzma.MF_HC3,
    "nice_len": 32,
    "depth": 4,
}
"""For bytes without patterns: 22.1 MB of deltas, against 22.9 by default xz, 25.1 by gzip; their
entropy is 21.4 MB."""
WIDER = 1.05
"""Maximum ratio of a row's largest weight to its old scale; it is clipped."""
FILES = ("config.json", "vocabulary.json", "tokenizer.model")


class _Tokenizer:
    """The interface that the converter needs of a tokenizer, on the sentencepiece model."""

    bos_token, eos_token, unk_token = "<bos>", "<eos>", "<unk>"

    def __init__(self, path: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self.pieces = SentencePieceProcessor(model_file=str(path))

    def get_vocab(self) -> dict[str, int]:
        """Piece to id."""
        return {self.pieces.id_to_piece(i): i for i in range(len(self.pieces))}


def export(checkpoint: Path, tokenizer: Path, folder: Path, *, onto: Path | None = None) -> None:
    """Converts the checkpoint (safetensors) and writes the model's files into `folder`, replacing
    older ones.

    With `onto`, the folder of an earlier export of the same shape (possibly `folder`), the weights
    are written as deltas to its pieces; raises ValueError if the shapes differ.
    """
    from ctranslate2.converters import TransformersConverter

    converter = TransformersConverter(str(checkpoint))
    converter.load_tokenizer = lambda *_args, **_options: _Tokenizer(
        tokenizer
    )  # the converter's own needs a tokenizer.json
    spec = converter._load()
    spec.validate()
    exact = {name: _exact(value) for name, value in spec.variables(ordered=True)} if onto else {}
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        spec.save(temporary)
        weights = Path(temporary) / WEIGHTS
        if onto:
            first = plain(onto)
            delta(first, rescaled(weights.read_bytes(), first, exact), folder)
        else:
            pack(weights, folder)
        for path in Path(temporary).glob("*.json"):
            shutil.move(path, folder / path.name)
    shutil.copyfile(tokenizer, folder / "tokenizer.model")


def pack(source: Path, folder: Path, size: int = PIECE) -> None:
    """Writes the file in gzipped pieces of `size` bytes, reproducibly, replacing older ones."""
    for old in folder.glob(f"{source.name}.*.?z"):
        old.unlink()
    with source.open("rb") as plain:
        for number in range(1, -(-source.stat().st_size // size) + 1):
            packed = gzip.compress(plain.read(size), compresslevel=6, mtime=0)
            (folder / f"{source.name}.{number}.gz").write_bytes(packed)


def _exact(value: Any) -> np.ndarray[Any, Any]:
    """A copy of a converter's variable; its tensor may be bfloat16, which numpy lacks."""
    return np.array(value.tensor.float().numpy() if hasattr(value, "tensor") else value.numpy())


def plain(folder: Path) -> bytes:
    """The weights of an export, without its deltas."""
    pieces = sorted(folder.glob(f"{WEIGHTS}.?.gz"))
    return b"".join(gzip.decompress(piece.read_bytes()) for piece in pieces)


def delta(first: bytes, new: bytes, folder: Path, size: int = PIECE) -> None:
    """Writes the deltas from the pieces of `first` to `new`."""
    if len(first) != len(new):
        raise ValueError(f"{len(new)} bytes of weights, not {len(first)}")
    for number, at in enumerate(range(0, len(first), size), 1):
        old, now = (np.frombuffer(data[at : at + size], np.uint8) for data in (first, new))
        packed = lzma.compress((now - old).tobytes(), lzma.FORMAT_XZ, lzma.CHECK_NONE, filters=[XZ])
        (folder / f"{WEIGHTS}.{number}.delta.xz").write_bytes(packed)


def rescaled(new: bytes, first: bytes, exact: dict[str, np.ndarray[Any, Any]]) -> bytes:
    """The weights `new` quantized on the scales of `first`, except rows that exceed them by WIDER.

    `exact` has the unquantized weights by name.
    """
    merged = bytearray(new)
    before, now = variables(first), variables(new)
    for name, (at, _size, kind) in now.items():
        if kind != INT8 or f"{name}_scale" not in now:
            continue
        rows = np.asarray(exact[name], np.float32)
        scales = _floats(first, before[name + "_scale"])
        steps = rows * scales[:, None]
        fits = np.abs(steps).max(axis=1) <= WIDER * 127
        old_scales = _floats(new, now[name + "_scale"])
        whole = np.frombuffer(new, np.int8, rows.size, at).reshape(rows.shape).copy()
        old = np.frombuffer(first, np.int8, rows.size, before[name][0]).reshape(rows.shape)
        near = np.abs(steps - old) < STAYS
        whole[fits] = np.where(near, old, np.clip(np.rint(steps), -127, 127))[fits].astype(np.int8)
        merged[at : at + rows.size] = whole.tobytes()
        place, size, _ = now[name + "_scale"]
        merged[place : place + size] = np.where(fits, scales, old_scales).astype(np.float32).tobytes()
    return bytes(merged)


def _floats(data: bytes, where: tuple[int, int, int]) -> np.ndarray[Any, np.dtype[np.float32]]:
    at, size, _ = where
    return np.frombuffer(data, np.float32, size // 4, at)


def variables(data: bytes) -> dict[str, tuple[int, int, int]]:
    """Offset, size in bytes and type of each variable by name, in CTranslate2's model.bin version
    6.
    """
    at = 4

    def number(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return int(value)

    def text() -> str:
        nonlocal at
        size = number("H")
        at += size
        return data[at - size : at - 1].decode()

    text()
    number("I")
    found = {}
    for _ in range(number("I")):
        name = text()
        for _ in range(number("B")):
            number("I")
        kind, size = number("B"), number("I")
        found[name] = (at, size, kind)
        at += size
    return found


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
en = "Chinese news summarizer: one pass over the text gives a one-line gist and a \
summary of two or three sentences"
"""


def card(folder: Path, *, version: str, parameters: int, context: int) -> None:
    """Writes model.toml: the model's metadata, and size and SHA-256 of each file."""
    lines = [CARD.format(version=version, parameters=parameters, context=context)]
    for path in (*sorted(folder.glob(f"{WEIGHTS}.*.?z"), key=_place), *(folder / name for name in FILES)):
        lines.append(
            f'[[files]]\nname = "{path.name}"\nsize = {path.stat().st_size}\nsha256 = "{digest(path)}"\n'
        )
        if path.suffix == ".gz":
            lines[-1] += f"unpacked = {_unpacked(path)}\n"
    (folder / "model.toml").write_text("\n".join(lines), encoding="utf-8")


def _place(path: Path) -> tuple[int, str]:
    """Sort key: pieces in order, each followed by its delta."""
    number, *rest = path.name.removeprefix(f"{WEIGHTS}.").split(".")
    return int(number), "".join(reversed(rest))


def _unpacked(path: Path) -> int:
    """The unpacked size of a gzip file, stated in its last four bytes (RFC 1952)."""
    return int.from_bytes(path.read_bytes()[-4:], "little")


def parameters(checkpoint: Path) -> int:
    """The number of weights in a safetensors checkpoint."""
    from safetensors import safe_open

    with safe_open(checkpoint / "model.safetensors", "pt") as tensors:
        return sum(int(np.prod(tensors.get_slice(name).get_shape())) for name in tensors.keys())  # noqa: SIM118  # not a dict
