"""How far a text strays from the words of another."""

from __future__ import annotations

import re

_MARK = re.compile(r"\W|_")


def novelty(text: str, source: str) -> float:
    """The share of the distinct letter bigrams of `text` that `source` lacks, 0 to 1."""
    bigrams = _bigrams(text)
    return len(bigrams - _bigrams(source)) / max(1, len(bigrams))


def _bigrams(text: str) -> frozenset[str]:
    letters = _MARK.sub("", text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
