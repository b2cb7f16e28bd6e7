"""Reads e-papers from common systems (方正 and others): a page's index, its articles, the edition.

An index gives one page with all its articles; the indexes of the edition's other pages are
followed, whichever of them one starts from. Adverts and notices are counted, not read.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ..errors import BriefingError
from ..messages import Message
from ..protocols import ReadContext
from ..text.lazy_pattern import lazy_pattern
from ..types import Page, Problem, Role
from .blocks import Blocks
from .epaper_article import (
    MOST,
    OZOOM,
    article_properties,
    has_marks,
    is_article,
    named_container,
    read_article,
    text_container,
)
from .epaper_facts import page_facts, page_number_in
from .epaper_index import (
    ARTICLE,
    INDEX,
    Index,
    identity,
    in_same_edition,
    index,
    joined,
    leads_to_pages,
    path_of,
)
from .epaper_notices import Unread, unread_as, unread_note
from .markup import parse_tree, read_markup
from .web_pictures import pictures_around

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HINTS = lazy_pattern(
    r"<area|titlelist|pagelink|news-list|title-list|node_|node\.htm|nbs\.|layout[_/]", re.IGNORECASE
)
"""What an index has in its source; other pages need not be parsed to know that they are none."""
REFRESH = lazy_pattern(r"\s*\d+\s*;\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
HOPS = 3
"""Most pages that only lead on to the day's edition, one after another."""
NEXT_PAGE = lazy_pattern(r"[上下前后後]\s*[一1]?\s*[版页頁]|^\s*[<>«»‹›]*\s*$")
"""A link to the next page, which the last page has too."""
SEPARATE = 3
"""Most missing files of a page that are told one by one."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of an edition; `reference` is how the file that one started from refers to it."""

    where: str
    reference: str
    text: str
    root: HtmlElement


def references(source: str, text: str) -> list[str]:
    """The names of all files of the edition that a page links to; none if it is not an index."""
    if not HINTS.search(text):
        return []
    root = parse_tree(text)
    links = edition_index(source, text, root, index(root))
    if not links:
        return []
    day = page_facts(source, text, root).date
    return [href for href in (*links.articles, *links.pages) if in_same_edition(source, href, day)]


def edition_index(source: str, text: str, root: HtmlElement, links: Index | None) -> Index | None:
    """The index on a page; None if the page is an article, which may show its page's `links`."""
    path = path_of(source) if "://" in source else source
    if not links or INDEX.search(path):
        return links
    if ARTICLE.search(path) and text_container(text, root) is not None:
        return None
    return None if is_article(text, root) else links


def pages(source: str, text: str, root: HtmlElement, context: ReadContext) -> Iterator[Page | Problem] | None:
    """The printed pages of an e-paper's file; None if it is a file of another kind."""
    leaf = Leaf(source, "", text, root)
    for _ in range(HOPS):
        shown = index(leaf.root) if HINTS.search(leaf.text) else None
        if links := edition_index(leaf.where, leaf.text, leaf.root, shown):
            return Edition(context).pages(leaf, links)
        if (is_article(leaf.text, leaf.root) and _is_printed(leaf)) or shown:
            return _article_page(leaf, context)
        if not (target := _refresh_target(leaf)):
            return None
        where = joined(leaf.where, target)
        words = read_markup(where, context.resolve(_referred(leaf.reference, target)))
        leaf = Leaf(where, _referred(leaf.reference, target), words, parse_tree(words))
    return None


def _is_printed(leaf: Leaf) -> bool:
    """Whether an article's page is an e-paper's: it leads to other printed pages, or its system's
    marks name the page. Papers name the printed page below what they put on their sites, too, and
    some systems leave their marks on both.
    """
    if page_number_in(article_properties(leaf.text).get("nodename", "")):
        return True
    if not (leaf.root.xpath(OZOOM) or leads_to_pages(leaf.root)):
        return False
    return has_marks(leaf.text, leaf.root) or (
        page_facts(leaf.where, leaf.text, leaf.root).page_number is not None
    )


def _refresh_target(leaf: Leaf) -> str | None:
    """Where a page without an edition sends its reader: to the index of the day."""
    for content in leaf.root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content")[
        :MOST
    ]:
        target = REFRESH.match(content)
        if (
            target
            and INDEX.search(path_of(target[1].strip()))
            and in_same_edition(leaf.where, target[1].strip())
        ):
            return target[1].strip()
    return None


def _article_page(leaf: Leaf, context: ReadContext) -> Iterator[Page | Problem] | None:
    """The page of a single article; None if it has no text."""
    article = read_article(leaf.text, leaf.root)
    facts = page_facts(leaf.where, leaf.text, leaf.root)
    if article.paragraphs and (kind := unread_as(article.headline, facts.section or "")):
        return iter((unread_note(leaf.where, {kind: 1}),))
    blocks = Blocks()
    article.add_to(blocks)
    _add_pictures(leaf, blocks, context)
    return iter((blocks.page(leaf.where, **asdict(facts)),)) if blocks.body_length() else None


@dataclass(slots=True)
class Edition:
    """The reading of one edition: each page once, each article once."""

    context: ReadContext
    day: datetime.date | None = None
    read: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    unread: Counter[Unread] = field(default_factory=Counter)
    missing: list[Problem] = field(default_factory=list)

    def pages(self, first: Leaf, links: Index) -> Iterator[Page | Problem]:
        """The edition's pages in the order of its page list, then what is missing or left out."""
        self.day = page_facts(first.where, first.text, first.root).date
        self.texts.add(first.text)
        own = identity(first.where)
        listed = self.others(first, links)
        waiting = listed if own in listed else {own: first.reference, **listed}
        done: set[str] = set()
        while waiting and len(done) < MOST:
            where = next(iter(waiting))
            reference = waiting.pop(where)
            done.add(where)
            missing = self.missing if where in self.named else []
            leaf = first if where == own else self.leaf(where, reference, missing)
            found = leaf and (links if leaf is first else index(leaf.root))
            if leaf and found:
                yield from self.page(leaf, found)
                more = self.others(leaf, found)
                waiting |= {
                    other: more[other] for other in more if other not in done and other not in waiting
                }
        yield from _together(first.where, self.missing, Message("个版", "pages"))
        if self.unread:
            yield unread_note(first.where, self.unread)

    def others(self, leaf: Leaf, links: Index) -> dict[str, str]:
        """The pages of the edition that a page links to, and how the first file refers to them."""
        found = {
            joined(leaf.where, href): href
            for href in links.pages
            if in_same_edition(leaf.where, href, self.day)
        }
        self.named |= {where for where, href in found.items() if not NEXT_PAGE.search(links.names[href])}
        return {where: _referred(leaf.reference, href) for where, href in found.items()}

    def leaf(self, where: str, reference: str, missing: list[Problem]) -> Leaf | None:
        """A file of the edition; None for one that was read by another name, or that cannot be
        read: this is added to the missing ones.
        """
        try:
            text = read_markup(where, self.context.resolve(reference))
            if text in self.texts:
                return None
            self.texts.add(text)
            return Leaf(where, reference, text, parse_tree(text))
        except BriefingError as error:
            missing.append(Problem(source=where, message=error.message, hint=error.hint))
            return None

    def page(self, leaf: Leaf, links: Index) -> Iterator[Page | Problem]:
        """One printed page with all its articles, then what of it cannot be read."""
        own = identity(leaf.where)
        name = next((words for href, words in links.names.items() if joined(leaf.where, href) == own), "")
        facts = page_facts(leaf.where, leaf.text, leaf.root, name)
        blocks, missing = Blocks(), list[Problem]()
        for href in links.articles:
            where = joined(leaf.where, href)
            if where in self.read or not in_same_edition(leaf.where, href, self.day):
                continue
            article = self.leaf(where, _referred(leaf.reference, href), missing)
            if article and not (links.whole and _belongs_elsewhere(article, facts.page_number, links)):
                self.read.add(where)
                self.add(article, facts.section or "", blocks)
        if blocks.body_length():
            yield blocks.page(leaf.where, **asdict(facts))
        yield from _together(leaf.where, missing, Message("篇文章", "articles"))

    def add(self, leaf: Leaf, section: str, blocks: Blocks) -> None:
        """Adds an article to its page, or counts why it is not read."""
        article = read_article(leaf.text, leaf.root)
        kind = unread_as(article.headline, section)
        if kind is None and not article.paragraphs:
            kind = Unread.EMPTY
        if kind:
            self.unread[kind] += 1
        if kind in (Unread.ADVERT, Unread.NOTICE):
            article.add_to(blocks, Role.NOTICE)
        elif kind is None:
            article.add_to(blocks)
            _add_pictures(leaf, blocks, self.context)


def _add_pictures(leaf: Leaf, blocks: Blocks, context: ReadContext) -> None:
    """The article's pictures, if they are wanted, by the names that the first file would give them."""
    if context.picture is None or (container := named_container(leaf.root)) is None:
        return
    for shown in pictures_around(container, leaf.where):
        names = [_referred(leaf.reference, name) for name in shown.references]
        blocks.add_picture(names, context.picture, caption=shown.caption, alt=shown.alt)


def _belongs_elsewhere(leaf: Leaf, number: str | None, links: Index) -> bool:
    """Whether an article names another printed page than `number`, of which there is an index."""
    own = page_facts(leaf.where, leaf.text, leaf.root).page_number
    listed = {page_number_in(words) for words in links.names.values()}
    return own is not None and own != number and own in listed


def _referred(reference: str, href: str) -> str:
    """How the first file refers to what a file that it calls `reference` calls `href`."""
    if "://" in href or href.startswith("/") or not reference:
        return href
    if "://" in reference or reference.startswith("/"):
        return urljoin(reference, href)
    return posixpath.normpath(posixpath.join(posixpath.dirname(reference), href))


def _together(source: str, missing: list[Problem], what: Message) -> Iterator[Problem]:
    """The missing files of a page or an edition: a few one by one, many in one line."""
    if len(missing) <= SEPARATE:
        yield from missing
        return
    names = [posixpath.basename(item.source) for item in missing]
    few = "、".join(names[:SEPARATE])
    yield Problem(
        source=source,
        message=Message(
            f"另有 {len(names)} {what.zh}读不了：{few} 等（{missing[0].message.zh}）",
            f"{len(names)} {what.en} cannot be read: {', '.join(names[:SEPARATE])}, …"
            f" ({missing[0].message.en})",
        ),
        hint=missing[0].hint,
    )


__all__ = ["edition_index", "pages", "references"]
