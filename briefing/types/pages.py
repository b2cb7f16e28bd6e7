"""The nouns from a page to its articles. Data only; nothing here computes more than a view."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from ..messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An expected failure of one source: printed as a footnote, it never stops a run.

    A `note` is no failure: something was left out on purpose, such as adverts or another day.
    """

    source: str
    message: Message
    hint: Message | None = None
    note: bool = False


class Role(StrEnum):
    """What a stretch of a page is."""

    MASTHEAD = "masthead"
    FOLIO = "folio"
    EDITORS = "editors-line"
    SECTION = "section"
    KICKER = "kicker"
    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    DATELINE = "dateline"
    AGENCY = "agency"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    JUMP = "jump-line"
    NOTICE = "notice"
    MARKUP = "markup"


class DateOrigin(StrEnum):
    """Where the date of a page or of an edition was read; worded for people in `cli`."""

    MASTHEAD = "masthead"
    """The masthead or folio, in print or as an e-paper prints it."""
    PAGE = "page"
    """A web page's head or its first lines."""
    ADDRESS = "address"
    FEED = "feed"
    TABLE = "table"
    FILE_NAME = "file-name"
    COMMAND_LINE = "command-line"
    EDITION = "edition"
    """A finished briefing, which was not composed anew."""
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines of a page with no blank line inside.

    `start` is the offset of `text` in `Page.text`, in characters; `gap` counts the blank lines
    before it; `level` is the heading level stated by the source (1 the highest, 0 none); `role` is
    what the source's markup or layout says that the block is. `box` is its place in print: left,
    top, right, bottom in points (1/72 inch) from the page's top left corner. `article` is the
    number of its article, if the source or the layout says so: consecutive blocks of one number
    are one article, apart from furniture between them; None: unknown.
    """

    text: str
    start: int
    gap: int = 0
    level: int = 0
    role: Role | None = None
    box: tuple[float, float, float, float] | None = None
    article: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPicture:
    """A picture that a page shows, not yet looked at.

    It stands in `Page.text` before the character `at`, and belongs to the article that ends or goes on
    there. `references` are the source's names for it, the likeliest first; `load` gives the bytes behind
    one, or raises SourceError. `caption` is the line below it, `alt` what the source says in its place.
    """

    at: int
    references: tuple[str, ...]
    load: Callable[[str], bytes] = field(compare=False, repr=False)
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One source, or one page of it, as read: its text, and the blocks in reading order.

    `markup` lists the [start, end) ranges of `text` that are notation, not words (a Markdown
    link's address). If blocks have roles, these are binding: then all blocks have one, a paragraph
    is one block of role BODY, and an article begins where `Block.article` changes or, if that is
    None, at its kicker or headline. `paper`, `date`, `page_number` and `section` are what the
    source states of the page apart from its text; `dated` is where the date was read. `link` is
    the page's address. `record` is the id of a table's row: the page is one article, its text kept
    verbatim. `pictures` are those of its articles, where they were asked for.
    """

    source: str
    text: str
    blocks: tuple[Block, ...]
    markup: tuple[tuple[int, int], ...] = ()
    paper: str | None = None
    date: datetime.date | None = None
    dated: DateOrigin | None = None
    page_number: str | None = None
    section: str | None = None
    link: str | None = None
    record: str | None = None
    pictures: tuple[FoundPicture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The stretch [start, end) of `Page.text`, in characters, and its role."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a page. Evidence offsets refer to `text`, the paragraphs joined by "\\n".

    `link` is the address where it can be read.
    """

    id: str
    headline: str
    paragraphs: tuple[str, ...]
    kicker: str | None = None
    deck: str | None = None
    byline: str | None = None
    dateline: str | None = None
    agency: str | None = None
    section: str | None = None
    captions: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()
    source: str = ""
    paper: str | None = None
    date: datetime.date | None = None
    page_number: str | None = None
    link: str | None = None
    order: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs joined by a line feed."""
        return "\n".join(self.paragraphs)

    @property
    def titles(self) -> str:
        """Kicker, headline and deck, as far as there are, joined by a line feed."""
        return "\n".join(filter(None, (self.kicker, self.headline, self.deck)))

    @property
    def stated(self) -> str:
        """All that the article states, titles and text: what a summary is checked against."""
        return "\n".join(filter(None, (self.titles, self.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that was weighed in a decision: its name, its points, and what was found."""

    name: Message
    points: float
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineDecision:
    """Whether a group of title lines opens an article or is a subhead in one, and why."""

    titles: tuple[str, ...]
    opens: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """All of a page: its articles, and what was set aside, in the order of the page.

    `date`, `paper`, `page_number` and `section` are what the source states of the page, else what
    the masthead or folio says; `dated` is where the date was read. `headlines` explains each group
    of title lines; empty if the source itself states what its blocks are. `pictures` are the page's.
    """

    source: str
    articles: tuple[Article, ...]
    aside: tuple[tuple[Span, str], ...] = ()
    date: datetime.date | None = None
    paper: str | None = None
    dated: DateOrigin | None = None
    page_number: str | None = None
    section: str | None = None
    headlines: tuple[HeadlineDecision, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()


__all__ = [
    "Article",
    "Block",
    "DateOrigin",
    "FoundPicture",
    "HeadlineDecision",
    "Page",
    "Problem",
    "Reason",
    "Role",
    "Segmentation",
    "Span",
]
