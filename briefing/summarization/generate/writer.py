"""What a generating model promises: drafts of gist and summary, best first, which nobody has
checked yet.

Every generator (the shipped model, other checkpoints, an endpoint) is a Writer; `guarded` turns any
Writer into a Summarizer whose summaries state nothing that the article does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ...types import Article


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposal: a gist of one line and a summary; either may be empty where the model wrote
    none.

    Not `sure` is a proposal that the writer itself has reason to doubt: it is not used, however
    well it passes.
    """

    gist: str
    summary: str
    sure: bool = True


class Writer(Protocol):
    """Proposes gists and summaries of one article."""

    @property
    def name(self) -> str:
        """The model's name, as it stands in the JSON."""
        ...

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` proposals, likeliest first; summaries of about `length` characters, rather
        fewer than more.

        `bound` asks for a vocabulary bound to the article's own pieces where the engine can do
        that; an engine that cannot returns an empty list for it. The same article gives the same
        drafts. Raises ModelError.
        """
        ...
