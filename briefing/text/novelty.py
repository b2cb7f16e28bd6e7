"""How far a text strays from the words of another."""

from __future__ import annotations

from .chars import bigrams, letters


def novelty(text: str, source: str) -> float:
    """The share of the distinct letter bigrams of `text` that `source` lacks, 0 to 1."""
    ours = set(bigrams(letters(text)))
    return len(ours.difference(bigrams(letters(source)))) / max(1, len(ours))
