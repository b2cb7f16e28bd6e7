"""ROUGE on Chinese characters: n-gram and longest-common-subsequence F1 (Lin 2004).

A token is a character, a Latin word or a number; text is NFKC-normalized and lower-cased, without
punctuation. Packages named rouge differ by up to 13 points on one output, as they tokenize in
other ways.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .lazy_pattern import lazy_pattern

_TOKEN = lazy_pattern(r"[A-Za-z]+|\d+(?:\.\d+)?|[^\s\W]")


class Rouge(NamedTuple):
    """F1 of unigrams, bigrams and the longest common subsequence, each 0 to 1."""

    one: float
    two: float
    longest: float


def tokens(text: str) -> list[str]:
    """The tokens of a text, as the module says."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def rouge(candidate: str, reference: str) -> Rouge:
    """ROUGE of a candidate against a reference."""
    return score(tokens(candidate), tokens(reference))


def score(candidate: Sequence[str], reference: Sequence[str]) -> Rouge:
    """The same for texts that are tokens already."""
    common = longest_common_subsequence(candidate, reference)
    return Rouge(
        ngrams(candidate, reference, 1),
        ngrams(candidate, reference, 2),
        f1(common, len(candidate), len(reference)),
    )


def ngrams(candidate: Sequence[str], reference: Sequence[str], size: int) -> float:
    """F1 of the n-grams of `size` tokens."""
    ours, theirs = (
        Counter(tuple(x[i : i + size]) for i in range(len(x) - size + 1)) for x in (candidate, reference)
    )
    return f1((ours & theirs).total(), ours.total(), theirs.total())


def f1(common: int, ours: int, theirs: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is common."""
    return 2 * common / (ours + theirs) if common else 0.0


def longest_common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    """Its length, in O(len(a) · len(b)) bit operations over machine words (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for i, token in enumerate(b):
        places[token] = places.get(token, 0) | 1 << i
    full = (1 << len(b)) - 1
    row = full
    for token in a:
        matches = row & places.get(token, 0)
        row = ((row + matches) | (row - matches)) & full
    return len(b) - row.bit_count()
