"""Cuts the base's vocabulary to what Chinese newspapers need, and writes it as a sentencepiece
model.

Kept are the special and byte tokens, every token that the given texts use often enough, all
characters of GB 2312 and Big5, ASCII, full-width and Latin letters and Chinese punctuation, and the
merge ancestors of all of these, so that a text whose tokens are all kept is encoded exactly as by
the base. Others are split into smaller tokens or bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from .base import BYTE, CONTROL, NORMAL, USER_DEFINED, Vocabulary

SPECIAL = ("<pad>", "<eos>", "<bos>", "<unk>")
"""The ids 0 to 3, as in the base."""
_SPACE = "▁"
_UNKNOWN = 2
"""The kind of <unk> in a sentencepiece model; all other kinds have the same numbers as in GGUF."""


def cut(whole: Vocabulary, common: Counter[int]) -> list[int]:
    """The ids to keep, special tokens first, then in the base's order.

    `common` counts the base's ids in the relevant texts; each of them is kept.
    """
    index = {piece: i for i, piece in enumerate(whole.pieces)}
    kept = {i for i, kind in enumerate(whole.kinds) if kind == BYTE}
    kept |= {
        i
        for i, piece in enumerate(whole.pieces)
        if whole.kinds[i] == USER_DEFINED and set(piece) <= {_SPACE, "\n"}
    }
    kept |= {index[letter] for letter in characters() if letter in index}
    kept |= {i for i, count in common.items() if count > 0 and whole.kinds[i] != CONTROL}
    pending = [i for i in kept if whole.kinds[i] == NORMAL]
    while pending:
        for i in _parents(whole, index, pending.pop()):
            if i not in kept:
                kept.add(i)
                pending.append(i)
    special = [index[piece] for piece in SPECIAL]
    return special + sorted(kept - set(special))


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
    yield _SPACE


def _parents(whole: Vocabulary, index: dict[str, int], token: int) -> Iterable[int]:
    """The intermediate tokens of the byte-pair merges (Sennrich et al. 2016) from characters to
    this token.
    """
    parts = list(whole.pieces[token])
    while len(parts) > 1:
        pairs = [
            (whole.scores[index[a + b]], -i) for i, (a, b) in enumerate(pairwise(parts)) if a + b in index
        ]
        if not pairs:
            return
        best = -max(pairs)[1]
        parts[best : best + 2] = [parts[best] + parts[best + 1]]
        yield index[parts[best]]


def sentencepiece_model(vocabulary: Vocabulary) -> bytes:
    """The vocabulary as a sentencepiece BPE model: identity normalization, no prefix space, byte
    fallback."""
    from sentencepiece import sentencepiece_model_pb2

    model: Any = sentencepiece_model_pb2.ModelProto()
    for piece, score, kind in zip(vocabulary.pieces, vocabulary.scores, vocabulary.kinds, strict=True):
        model.pieces.add(piece=piece, score=score, type=_UNKNOWN if piece == "<unk>" else kind)
    trainer = model.trainer_spec
    trainer.model_type = trainer.BPE
    trainer.vocab_size = len(vocabulary)
    trainer.byte_fallback = True
    for i, name in enumerate(("pad", "eos", "bos", "unk")):
        setattr(trainer, f"{name}_id", i)
        setattr(trainer, f"{name}_piece", SPECIAL[i])
    normalizer = model.normalizer_spec
    normalizer.name = "identity"
    normalizer.add_dummy_prefix = False
    normalizer.remove_extra_whitespaces = False
    normalizer.escape_whitespaces = True
    return bytes(model.SerializeToString())
