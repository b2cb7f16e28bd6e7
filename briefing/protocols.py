"""What each verb promises. An implementation needs no import from here; contract tests run on every
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from .errors import SourceError
from .messages import Language, Message
from .types import Article, Briefing, Document, Page, Problem, Summary

T = TypeVar("T")
In = TypeVar("In")
Out = TypeVar("Out")

Outcome: TypeAlias = T | Problem
"""A value, or the expected failure that took its place."""

Worker: TypeAlias = Callable[[In], Outcome[Out]]
"""Does the work for one input; never raises an expected failure."""

Stage: TypeAlias = Callable[[Iterable[Outcome[In]]], Iterator[Outcome[Out]]]
"""A stream to a stream of outcomes, in the same order; a Problem passes through untouched."""


Resolver: TypeAlias = Callable[[str], bytes]
"""Gives the bytes behind a reference that a source makes: a file beside it, a member of its
archive, an address relative to its own. Raises SourceError.
"""


def no_references(reference: str) -> bytes:
    """The resolver of a source that stands alone."""
    raise SourceError(
        Message(f"找不到 {reference}", f"{reference} is not available"),
        Message("请把整期报纸放在一个文件夹里", "put the whole edition into one folder"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContext:
    """What a reader may use beside the bytes of its source.

    `resolve` fetches what the source needs to be whole (the pages of an edition). `follow`, where
    the user asked for it, fetches what the source only points at (the articles behind a feed's
    teasers). `picture`, where the user wants pictures, gives the bytes of one that the source shows.
    """

    resolve: Resolver = no_references
    follow: Resolver | None = None
    picture: Resolver | None = None


ALONE = ReadContext()


class Reader(Protocol):
    """Turns the bytes of one source into pages of blocks; raises SourceError."""

    def __call__(self, source: str, data: bytes, context: ReadContext = ALONE) -> Iterable[Outcome[Page]]:
        """The pages that `data` holds, in order; one that cannot be read is a Problem.

        `source` is its name, for messages and for the pages.
        """
        ...


class Summarizer(Protocol):
    """Summarizes one article."""

    @property
    def name(self) -> str:
        """The name under which a summary says how it came about."""
        ...

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of whole sentences, at most `length` characters; empty only where there is no
        text.
        """
        ...


class Judge(Protocol):
    """Judges whether an article supports sentences about it, beside the rules of `verify`."""

    def supported(self, article: Article, sentences: Sequence[str]) -> list[float]:
        """The probability, 0 to 1, that the article supports each sentence.

        Article and sentences are in simplified characters.
        """
        ...


class Renderer(Protocol):
    """Turns a briefing into a document; raises TemplateError."""

    @property
    def format(self) -> str:
        """The format that it makes."""
        ...

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The document; the same briefing gives the same bytes."""
        ...
