"""The nouns, in the order in which they come to be. Data only; nothing here computes more than a view."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from .messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An expected failure of one source, carried along beside the good results and printed as a footnote."""

    source: str
    message: Message
    hint: Message | None = None


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
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines of a page with no blank line inside.

    `start` is the offset of `text` in `Page.text`, in characters; `gap` counts the blank lines before it;
    `level` is the heading level that the source itself states (1 the highest, 0 none); `role` is what the
    source itself says that the block is, by its markup or its layout. `box` is where it stands in print:
    left, top, right, bottom in points (1/72 inch) from the page's top left corner. `article` numbers the
    article it belongs to, where the source or the layout says so: consecutive blocks of one number are one
    article, furniture between them aside; None: unknown.
    """

    text: str
    start: int
    gap: int = 0
    level: int = 0
    role: Role | None = None
    box: tuple[float, float, float, float] | None = None
    article: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a reader makes of one source, or of one page of it: its text, and the blocks in reading order.

    `markup` lists the [start, end) ranges of `text` that are notation, not words (a Markdown link's address).
    Where the blocks have roles, these are taken as they stand: then all blocks have one, a paragraph is one
    block of role BODY, and an article begins where `Block.article` changes; where that is None, at its kicker
    or headline. `paper`, `date`, `page_number` and
    `section` are what the source states of the page beside its text; `dated` says where the date was read.
    `link` is the address where the page can be read. `record` is the id of the row, where the page is one row
    of a table: one article, whose text is kept verbatim.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The stretch [start, end) of `Page.text`, in characters, and its role."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a page. `text`, to which evidence offsets refer, is the paragraphs joined by "\\n".

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
        """All that the article states: titles and text. What a summary says is checked against this."""
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

    `date`, `paper`, `page_number` and `section` are what the source states of the page, else what the
    masthead or folio says; `dated` is where the date was read. `headlines` explains each group of title
    lines; empty where the source itself states what its blocks are.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a summary and the [start, end) ranges of `Article.text` that it rests on.

    `coverage` is the share of its content words that stand in those ranges, 0 to 1.
    """

    text: str
    evidence: tuple[tuple[int, int], ...]
    coverage: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What verification found in a summary that the article does not state."""

    unsupported_numbers: tuple[str, ...] = ()
    unsupported_names: tuple[str, ...] = ()
    unsupported_claims: tuple[str, ...] = ()
    """Words that turn what the article says into something else: 会谈 for 会见, 总统 for 前总统."""

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not (self.unsupported_numbers or self.unsupported_names or self.unsupported_claims)


class Origin(StrEnum):
    """The way in which a summary came about."""

    EXTRACTED = "extracted"
    """Sentences of the article, perhaps trimmed."""
    GENERATED = "generated"
    """Written by a model, and the model's first choice."""
    RERANKED = "reranked"
    """Written by a model; another of its proposals was taken, because the first failed."""
    BOUND = "bound"
    """Written by a model with its vocabulary bound to the article's pieces, because free writing failed."""
    MENDED = "mended"
    """Written by a model; a sentence that failed was left out, or replaced by one of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a summarizer says of an article: one line (`gist`), and two or three sentences."""

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
    """How much of a story is printed; each form has less than the one before."""

    FULL = "full"
    """Headline and the whole summary."""
    SHORT = "short"
    """Headline and a summary of fewer sentences."""
    LINE = "line"
    """One line: the gist."""
    HEADLINE = "headline"
    """The headline in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article with its summary: what a briefing is made of.

    `also` are articles of other pages or papers about the same event. `score` is the sum of the reasons'
    points; stories of a higher score come first and give way last.
    """

    article: Article
    summary: Summary
    also: tuple[Article, ...] = ()
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    form: Form = Form.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named group of stories in a briefing; `more` stories of it are only counted."""

    name: str
    stories: tuple[Story, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A day's briefing, ready to be rendered. `sources` are all that were asked for, failed ones too.

    `more_problems` of them are only counted. `script` is that of the page's own words (ISO 15924).
    """

    title: str
    date: datetime.date
    sections: tuple[Section, ...]
    overview: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    more_problems: int = 0
    script: Literal["hans", "hant"] = "hans"

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in the order of the sections."""
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A rendered briefing: a format (html, md, txt, json, pdf, png) and its bytes."""

    format: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody with an e-mail address; `address` is normalized, its domain in ASCII (xn--…)."""

    address: str
    name: str = ""

    @property
    def international(self) -> bool:
        """Whether the address needs a server with SMTPUTF8: its part before the @ is not ASCII."""
        return not self.address.isascii()
