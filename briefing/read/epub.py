"""Reads an EPUB: its documents in the order of the spine (EPUB 3.3, https://www.w3.org/TR/epub-33).

Headings come from the markup, else from the table of contents, else from heading classes, else from
bold lines. Tables of contents, covers and navigation bars are skipped.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.chars import letters
from ..text.datelines import strip
from ..text.lazy_pattern import lazy_pattern
from ..text.list_numbers import number_of
from ..text.masthead import date_of
from ..types import DateOrigin, Page, Problem, Role
from .days import day_of
from .epub_aside import drop_navigation, is_imprint, is_note
from .epub_package import Package, path_in, read_package
from .flow import TITLE_LENGTH, Line, Look, is_title_like
from .flow_pages import labelled_page
from .foreign import foreign_errors
from .fragment import Paragraph, tree_paragraphs
from .headings import headline_rank, is_front_line
from .markup import parse_tree, read_markup
from .zipped import member_bytes, open_archive

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAST = 30
"""Fewest characters of a story; covers and tables of contents have fewer."""
LINKED = 0.5
"""Share of linked words from which a document is a table of contents."""
FEWEST_TITLES, ABOVE_LIST, SUMMARY = 2, 2, 120
"""Fewest titles of a list of stories, most paragraphs above it, and most characters under each title."""
LOOKED_UP = 4
"""Most documents that a list leads to and that are opened, to see whether they hold the stories."""
FRONT = 6
SENTENCE_ENDS = "。！？…”』」）)!?：:"
BEGUN = lazy_pattern(r"[，。！？；]")
"""Marks in a line that is a sentence, whole or not."""
TITLE_CLASS = lazy_pattern(
    r"(?:^|[\s_-])(?:(?:article|news|chapter|story|main|big|item)?[_-]?(?:title|headline|heading|head)\d?|biaoti\d?|bt\d?|标题\d?|h[1-6])(?:$|[\s_-])",
    re.IGNORECASE,
)
ROLE_CLASS = (
    (lazy_pattern(r"(?:^|[\s_-])(?:sub[_-]?(?:title|head|headline)|deck|futi|fubiaoti|副题|副标题)(?:$|[\s_-])", re.I), Role.DECK),
    (lazy_pattern(r"(?:^|[\s_-])(?:kicker|eyebrow|yinti|jianti|引题|肩题|眉题)(?:$|[\s_-])", re.I), Role.KICKER),
    (lazy_pattern(r"(?:^|[\s_-])(?:author|byline|zuozhe|作者)(?:$|[\s_-])", re.I), Role.BYLINE),
    (lazy_pattern(r"(?:^|[\s_-])(?:caption|figcaption|tuzhu|图注|图说)(?:$|[\s_-])", re.I), Role.CAPTION),
)  # fmt: skip
SPLIT = lazy_pattern(r"_split_?\d+")
"""calibre's names for the parts of a document it has split."""


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """One page per document of the spine that has text. Raises SourceError if it is not an EPUB."""
    with open_archive(data) as archive:
        package = read_package(archive)
        holds_story = _story_finder(archive, package)
        read_one = False
        held: _Document | None = None
        for name in package.names:
            if name in package.aside and len(package.names) > 1:
                continue
            try:
                with foreign_errors():
                    found = _Document(
                        name, read_markup(name, member_bytes(archive, name)), package, holds_story
                    )
            except BriefingError as error:
                yield Problem(source=f"{source}/{name}", message=error.message, hint=error.hint)
                continue
            if name in package.beside and not found.titled:
                continue  # a note or a picture
            if held and held.goes_on_in(found):
                held.take(found)
                continue
            if held and (page := held.page(source)):
                read_one = True
                yield page
            held = found
        if held and (page := held.page(source)):
            read_one = True
            yield page
        if not read_one:
            raise SourceError(
                Message("EPUB 里没有正文", "the EPUB has no text"),
                Message("可能只有图片", "perhaps it is pictures only"),
            )


def _story_finder(archive: zipfile.ZipFile, package: Package) -> Callable[[str], bool]:
    """Tells whether a document of the spine has text that is no link, by its name."""

    @cache
    def holds_story(name: str) -> bool:
        if name not in package.names or name in package.aside:
            return False
        try:
            with foreign_errors():
                root = _root(read_markup(name, member_bytes(archive, name)))
        except BriefingError:
            return False
        drop_navigation(root)
        size, linked = _sizes(list(tree_paragraphs(root)))
        return size - linked >= LEAST and linked <= LINKED * size

    return holds_story


def _root(text: str) -> HtmlElement:
    return parse_tree(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))


def _sizes(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """The characters of a document, and those in links."""
    return sum(len(one.text) for one in paragraphs), sum(one.linked for one in paragraphs)


def _is_list(paragraphs: Sequence[Paragraph], name: str, holds_story: Callable[[str], bool]) -> bool:
    """Whether a document is a list of stories: titles that lead to them, few words under each at most.

    The titles of briefs lead back to the contents, all to one document or to one without stories.
    """
    titles = [at for at, one in enumerate(paragraphs) if one.text and one.linked >= 0.9 * len(one.text)]
    if len(titles) < FEWEST_TITLES:
        return False
    ends = [*titles[1:], len(paragraphs)]
    if titles[0] > ABOVE_LIST or not all(
        sum(len(one.text) for one in paragraphs[at + 1 : end]) <= SUMMARY
        for at, end in zip(titles, ends, strict=True)
    ):
        return False
    blocks = [paragraphs[at].block for at in titles if paragraphs[at].block is not None]
    hrefs = [str(link.get("href") or "") for block in blocks for link in block.iter("a")]
    leads = dict.fromkeys(
        path_in(posixpath.dirname(name), href) for href in hrefs if href[:1] not in ("", "#")
    )
    leads.pop(name, None)
    looked_up = list(leads)[:LOOKED_UP]
    return len(leads) > 1 and 2 * sum(map(holds_story, looked_up)) > len(looked_up)


class _Document:
    """One document of the spine: its lines and their heading ranks."""

    def __init__(self, name: str, text: str, package: Package, holds_story: Callable[[str], bool]) -> None:
        self.name, self.package = name, package
        root = _root(text)
        self.day = _stated_day(root)
        drop_navigation(root)
        paragraphs = list(tree_paragraphs(root))
        size, linked = _sizes(paragraphs)
        self.is_contents = linked > LINKED * max(1, size) or _is_list(paragraphs, name, holds_story)
        labels = package.labels.get(name, [])
        self.ranks = _ranks(paragraphs, labels)
        self.lines = [_line(paragraph) for paragraph in paragraphs]
        headed = labels or any(re.fullmatch("h[1-6]", one.tag) for one in paragraphs)
        self.is_contents = self.is_contents or (not headed and is_imprint(self.lines))
        self.labelled = bool(labels)
        self.titled = any(re.fullmatch("h[1-6]", one.tag) and is_title_like(one.text) for one in paragraphs)
        if not any(self.ranks) and len(labels) == 1 and is_title_like(labels[0]):
            self.lines.insert(0, Line(labels[0]))
            self.ranks.insert(0, 1)

        if package.is_numbered:
            named = {letters(label) for label in labels}
            self.lines = [
                replace(line, text=line.text[number_of(line.text)[2] :])
                if letters(line.text) in named
                else line
                for line in self.lines
            ]

    def goes_on_in(self, other: _Document) -> bool:
        """Whether another document is the next part of this one."""
        base = SPLIT.sub("", self.name)
        same = base != self.name and base == SPLIT.sub("", other.name)
        if any(other.ranks) or other.labelled or other.is_contents:
            return False
        return same or (any(self.ranks) and not self.is_contents and self.runs_into(other))

    def runs_into(self, other: _Document) -> bool:
        """Whether a document without a headline goes on with the last story of this one.

        The contents leave it out though they name this one, or a sentence is cut in two. An imprint
        has few sentences, a story of its own begins with a headline or a dateline.
        """
        texts = [line.text.strip() for line in other.lines if line.text.strip()]
        if not texts or any(map(is_front_line, texts)) or strip(texts[0], 0, len(texts[0])).start:
            return False
        if texts[0][-1] not in SENTENCE_ENDS and len(texts[0]) <= TITLE_LENGTH and len(texts) > 1:
            return False
        if self.cut_short(texts[0]):
            return True
        said = sum(text[-1] in SENTENCE_ENDS for text in texts)
        return self.labelled and 2 * said > len(texts) and max(map(len, texts)) >= LEAST

    def take(self, other: _Document) -> None:
        """Adds the lines of the next part; the rest of a sentence goes on in its paragraph."""
        lines, ranks = list(other.lines), list(other.ranks)
        if lines and self.cut_short(lines[0].text.strip()) and not (lines[0].role or self.lines[-1].role):
            rest = lines.pop(0)
            ranks.pop(0)
            last = self.lines[-1]
            self.lines[-1] = replace(
                last, text=last.text + rest.text, pictures=[*last.pictures, *rest.pictures]
            )
        self.lines += lines
        self.ranks += ranks

    def cut_short(self, rest: str) -> bool:
        """Whether the last line of text stops in mid-sentence; a name or an address is no sentence."""
        text = self.lines[-1].text.rstrip() if self.lines and not self.ranks[-1] else ""
        if not text or text[-1] in SENTENCE_ENDS:
            return False
        return bool(BEGUN.search(text) or BEGUN.match(rest))

    def page(self, source: str) -> Page | None:
        """The page; None for a table of contents or a document with hardly any text."""
        if self.is_contents:
            return None
        front = [line.text for line in self.lines[:FRONT] if is_front_line(line.text)]
        day = self.package.day or next((day for day in map(date_of, front) if day), None)
        origin = DateOrigin.MASTHEAD if day else DateOrigin.PAGE if self.day else None
        facts = {"date": day or self.day, "dated": origin, "paper": self.package.paper}
        page = labelled_page(f"{source}/{self.name}", self.lines, self.ranks, facts)
        size = sum(len(block.text) for block in page.blocks if block.role is Role.BODY)
        return page if size >= LEAST else None


def _ranks(paragraphs: Sequence[Paragraph], labels: Sequence[str]) -> list[int]:
    """The heading rank of each paragraph: 1 is the highest; all 0 if there is no evidence of
    headings.
    """
    tags = [int(p.tag[1]) if re.fullmatch("h[1-6]", p.tag) else 0 for p in paragraphs]
    if headline_rank([(rank, len(p.text)) for rank, p in zip(tags, paragraphs, strict=True)]):
        return tags
    named = {letters(label) for label in labels}
    by_label = [int(bool(letters(p.text)) and letters(p.text) in named) for p in paragraphs]
    by_class = [
        int(bool(TITLE_CLASS.search(p.names)) and is_title_like(p.text) and not _class_role(p))
        for p in paragraphs
    ]
    bold = [int(p.bold > 0.9 * len(p.text) and is_title_like(p.text)) for p in paragraphs]
    for ranks in (by_label, by_class, bold):
        if any(ranks) and (ranks is not bold or any(ranks[:2])):
            return ranks
    first = (
        len(paragraphs) > 1 and is_title_like(paragraphs[0].text) and not is_front_line(paragraphs[0].text)
    )
    return [int(first and index == 0) for index in range(len(paragraphs))]


def _class_role(paragraph: Paragraph) -> Role | None:
    return next((role for pattern, role in ROLE_CLASS if pattern.search(paragraph.names)), None)


def _line(paragraph: Paragraph) -> Line:
    """The paragraph as a line of the document's flow."""
    role = Role.CAPTION if paragraph.tag == "figcaption" else _class_role(paragraph)
    if paragraph.block is not None and any(map(is_note, (paragraph.block, *paragraph.block.iterancestors()))):
        role = Role.NOTICE
    is_heading = bool(re.fullmatch("h[1-6]", paragraph.tag))
    return Line(paragraph.text, Look(bold=bool(paragraph.bold)), None if is_heading else role)


def _stated_day(root: Any) -> datetime.date | None:
    """The date in a document's head or its `time` elements."""
    stated = root.xpath(
        "//meta[contains(translate(@name, 'DATE', 'date'), 'date')]/@content | //time/@datetime"
    )
    return next((day for day in map(day_of, map(str, stated[:20])) if day), None)
