"""The nouns from a summary to the mail. Data only; nothing here computes more than a view."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from .pages import Article, Problem, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a summary and the [start, end) ranges of `Article.text` that it rests on.

    `coverage` is the share of its content words found in those ranges, 0 to 1.
    """

    text: str
    evidence: tuple[tuple[int, int], ...]
    coverage: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What a summary says and the article does not state, as found by verification."""

    unsupported_numbers: tuple[str, ...] = ()
    unsupported_names: tuple[str, ...] = ()
    unsupported_claims: tuple[str, ...] = ()
    """Words that change what the article says: 会谈 for 会见, 总统 for 前总统."""

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not (self.unsupported_numbers or self.unsupported_names or self.unsupported_claims)


class Origin(StrEnum):
    """How a summary came about."""

    EXTRACTED = "extracted"
    """Sentences of the article, perhaps truncated."""
    GENERATED = "generated"
    """Written by a model, its first proposal."""
    RERANKED = "reranked"
    """Written by a model; a later proposal, because the first failed verification."""
    BOUND = "bound"
    """Written by a model restricted to the article's tokens, because free writing failed."""
    MENDED = "mended"
    """Written by a model; a sentence that failed was dropped or replaced by the article's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A summary of an article: one line (`gist`), and two or three sentences."""

    gist: str
    sentences: tuple[Sentence, ...]
    model: str
    checks: Checks = field(default_factory=Checks)
    origin: Origin = Origin.EXTRACTED

    @property
    def text(self) -> str:
        """The sentences, joined as running text."""
        return "".join(sentence.text for sentence in self.sentences)


class Form(StrEnum):
    """How much of a story is printed, in falling order."""

    FULL = "full"
    """Headline and the whole summary."""
    SHORT = "short"
    """Headline and a summary of fewer sentences."""
    LINE = "line"
    """One line: the gist."""
    HEADLINE = "headline"
    """The headline in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the edition of an earlier day told of a story: its headline and its line."""

    date: datetime.date
    headline: str
    gist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A story's picture as it is shown: a JPEG of `width` times `height` pixels.

    `caption` says what is to be seen, `credit` whose it is, `alt` what those are told who do not see it.
    """

    content: bytes = field(repr=False)
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article with its summary.

    `also` are articles of other pages or papers about the same event. `score` is the sum of the
    reasons' points; stories of a higher score come first and are shortened last. `earlier` is what
    stood before of an event that goes on. `picture` is shown where the story is told in full or in short.
    """

    article: Article
    summary: Summary
    also: tuple[Article, ...] = ()
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    form: Form = Form.FULL
    earlier: Earlier | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named group of stories in a briefing; `more` counts stories not listed."""

    name: str
    stories: tuple[Story, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A day's briefing, ready to be rendered. `sources` includes those that failed.

    It is of the `days` up to `date`; of more than one, each story shows its day.
    `notes` tell what was left out on purpose; they are no failures and are not printed on the page.
    `subjects` are the ids of the articles that the lines of the overview are about, "" if unknown.
    `told` are stories of the day that earlier editions told already, and that are not told again.
    `more_problems` counts the problems not listed. `script` is that of the page's own words (ISO 15924).
    """

    title: str
    date: datetime.date
    days: int = 1
    sections: tuple[Section, ...]
    overview: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    told: tuple[Earlier, ...] = ()
    more_problems: int = 0
    script: Literal["hans", "hant"] = "hans"

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in the order of the sections."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def replaced(self) -> int:
        """How many stories a writing model gave nothing usable for, so that sentences of the article
        stand there."""
        extracted = sum(story.summary.origin is Origin.EXTRACTED for story in self.stories)
        return extracted if extracted < len(self.stories) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A rendered briefing: a format (html, md, txt, json, pdf, png) and its bytes."""

    format: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An addressee; `address` is normalized, its domain in ASCII (xn--…)."""

    address: str
    name: str = ""

    @property
    def international(self) -> bool:
        """Whether the local part is not ASCII, so that the server needs SMTPUTF8."""
        return not self.address.isascii()


__all__ = [
    "Briefing",
    "Checks",
    "Document",
    "Earlier",
    "Form",
    "Origin",
    "Picture",
    "Recipient",
    "Section",
    "Sentence",
    "Story",
    "Summary",
]
