"""A story's article in pieces, each with the sentences of the summary that rest on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ..types import Story

MOST = 12
"""Sentences with a light of their own: as many as room.css knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a paragraph; `first_of` are the sentences whose evidence begins here."""

    text: str
    sentences: tuple[int, ...] = ()
    first_of: tuple[int, ...] = ()


def paragraphs(story: Story) -> list[list[Piece]]:
    """The article's paragraphs in pieces, cut wherever evidence begins or ends."""
    spans = [
        (start, end, number)
        for number, sentence in enumerate(story.summary.sentences[:MOST], 1)
        for start, end in sentence.evidence
        if start < end
    ]
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    begun: set[int] = set()
    found, at = [], 0
    for paragraph in story.article.paragraphs:
        end = at + len(paragraph)
        cuts = [at, *(edge for edge in edges if at < edge < end), end]
        pieces = []
        for first, last in pairwise(cuts):
            if first == last:
                continue
            on = tuple(sorted({n for start, stop, n in spans if start <= first and last <= stop}))
            new = tuple(n for n in on if n not in begun)
            begun.update(new)
            pieces.append(Piece(text=paragraph[first - at : last - at], sentences=on, first_of=new))
        found.append(pieces)
        at = end + 1
    return found


def has_evidence(story: Story) -> set[int]:
    """The numbers of the sentences whose evidence is in the article."""
    return {n for pieces in paragraphs(story) for piece in pieces for n in piece.first_of}
