"""Writer, the protocol of generating models: unverified drafts of gist and summary, best first.

The bundled model, other checkpoints and endpoints are Writers; `guarded` turns a Writer into a
Summarizer whose summaries state nothing that the article does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ...types import Article


@dataclass(frozen=True, slots=True)
class Draft:
    """A gist of one line and a summary; either may be empty.

    A draft that is not `sure` is one that the writer itself doubts: it is never used.
    """

    gist: str
    summary: str
    sure: bool = True


class Writer(Protocol):
    """Drafts gists and summaries of one article."""

    @property
    def name(self) -> str:
        """The model's name, as in the JSON."""
        ...

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` drafts, likeliest first; summaries of about `length` characters, rather
        fewer than more.

        `bound` restricts the vocabulary to the article's own tokens; an engine that cannot do that
        returns an empty list. The same article gives the same drafts. Raises ModelError.
        """
        ...
