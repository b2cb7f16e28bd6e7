"""The noun of `briefing check`: a sentence of a summary, compared with its article."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSentence:
    """A sentence of a summary, and whether its article supports it.

    `score` is the confidence that it does, 0 to 1. `reasons` say why it does not; there are none if
    it is supported. `evidence` lists the [start, end) ranges of the article's text that come nearest
    to the sentence, none if the two share no words; `quotes` are the words in them.
    """

    text: str
    supported: bool
    score: float
    reasons: tuple[Message, ...] = ()
    evidence: tuple[tuple[int, int], ...] = ()
    quotes: tuple[str, ...] = ()


__all__ = ["CheckedSentence"]
