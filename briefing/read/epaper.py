"""Reads e-papers from common systems (such as 方正): an index with an image map, and articles.

An index gives one page with all its articles; the indexes of the edition's other pages are
followed.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import BriefingError
from ..protocols import Resolver
from ..text.chars import HAN
from ..text.masthead import date_of, page_number_of, paper_of
from ..types import DateOrigin, Page, Problem
from .blocks import Blocks, tidy
from .epaper_article import MOST, add_article, article_properties, has_properties
from .markup import parse_tree, read_markup, short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INDEX = re.compile(r"(?:^|/)(?:node_|nbs\.|layout_|index|col\d|page_?)[^/]*\.html?$", re.IGNORECASE)
NODE = re.compile(r"(?:node_\d+|nbs\.[\w.-]+)\.html?$")
HTML = re.compile(r"\.html?$", re.IGNORECASE)
PAGE_NAME = re.compile(
    rf"第?\s*([A-Z]?\d{{1,3}})\s*版\s*[：:]\s*([{HAN}·]{{2,12}})|([A-Z]\d{{1,3}})\s*[：:]\s*([{HAN}·]{{2,12}})"
)
PATH_DATE = re.compile(r"(20\d{2})-?(\d{2})[/-]?(\d{2})(?=/|_)")


@dataclass(frozen=True, slots=True)
class Index:
    """The links of a page's index, in order: its articles, and the indexes of the edition's other
    pages.
    """

    articles: tuple[str, ...]
    others: tuple[str, ...]


def index(root: HtmlElement) -> Index | None:
    """The index on the page; None if it is not an index page."""
    areas = _unique_hrefs(
        [*root.xpath("//map//area/@href"), *root.xpath("//*[@id='titleList' or @id='btdh']//a/@href")]
    )
    articles = [
        href for href in areas if HTML.search(_href_path(href)) and not INDEX.search(_href_path(href))
    ]
    if not articles:
        return None
    pages = [
        *root.xpath("//a[@id='pageLink']/@href"),
        *root.xpath("//*[@id='bmdh' or @id='pageList']//a/@href"),
        *(href for href in _unique_hrefs(root.xpath("//a/@href")) if NODE.search(_href_path(href))),
    ]
    return Index(tuple(articles[:MOST]), tuple(_unique_hrefs(pages)[:MOST]))


def references(text: str) -> list[str]:
    """The names of all files that a page of an edition links to; none if it is not an index."""
    if "<area" not in text.lower() and "titlelist" not in text.lower():
        return []
    links = index(parse_tree(text))
    return [*links.articles, *links.others] if links else []


def _href_path(href: str) -> str:
    return unquote(urlsplit(href).path)


def _unique_hrefs(hrefs: Iterable[str]) -> list[str]:
    """Unique links without fragments; invalid ones are skipped."""
    stripped = (href.split("#")[0].strip() for href in hrefs)
    return [href for href in dict.fromkeys(stripped) if href and _is_valid_href(href)]


def _is_valid_href(href: str) -> bool:
    try:
        return bool(urlsplit(href).path)
    except ValueError:  # a broken IPv6 host
        return False


def pages(source: str, text: str, root: HtmlElement, resolve: Resolver) -> Iterator[Page | Problem] | None:
    """The printed pages of an e-paper's file; None if it is a file of another kind."""
    links = index(root)
    if links:
        return _edition_pages(source, text, root, links, resolve)
    if is_article(text, root):
        blocks = Blocks()
        add_article(blocks, text, root)
        facts = page_facts(source, text, root)
        return iter((blocks.page(source, **facts),)) if blocks.body_length() else None
    return None


def is_article(text: str, root: HtmlElement) -> bool:
    """Whether the page is an article of an e-paper."""
    if has_properties(text) or root.xpath("//founder-content"):
        return True
    return bool(root.xpath("//*[@id='ozoom']")) and bool(_printed_page(root))


def _edition_pages(
    source: str, text: str, root: HtmlElement, first: Index, resolve: Resolver
) -> Iterator[Page | Problem]:
    """The page of this index, then those of the other indexes, each once."""
    yield from _index_page(source, text, root, first, resolve, "")
    seen = {posixpath.basename(_href_path(source))}
    waiting = list(first.others)
    while waiting and len(seen) < MOST:
        href = waiting.pop(0)
        name = posixpath.basename(_href_path(href))
        if name in seen or not _in_same_edition(source, href):
            continue
        seen.add(name)
        where = urljoin(source, href) if "://" in source else posixpath.join(posixpath.dirname(source), href)
        try:
            other = read_markup(where, resolve(href))
            leaf = parse_tree(other)
        except BriefingError as error:
            yield Problem(source=where, message=error.message, hint=error.hint)
            continue
        if links := index(leaf):
            yield from _index_page(where, other, leaf, links, resolve, posixpath.dirname(href))
            waiting += [href for href in links.others if posixpath.basename(_href_path(href)) not in seen]


def _in_same_edition(source: str, href: str) -> bool:
    """Whether a link stays in the edition: on the same host, and on the same day if its path has a
    date.
    """
    there = urljoin(source, href) if "://" in source else href
    if "://" in there and urlsplit(there).netloc != urlsplit(source).netloc:
        return False
    mine, other = PATH_DATE.search(source), PATH_DATE.search(there)
    return not (mine and other and mine.groups() != other.groups())


def _index_page(
    source: str, text: str, root: HtmlElement, links: Index, resolve: Resolver, folder: str
) -> Iterator[Page | Problem]:
    """One printed page with all its articles; an unreadable article becomes a Problem."""
    blocks = Blocks()
    problems: list[Problem] = []
    for href in links.articles:
        where = urljoin(source, href) if "://" in source else posixpath.join(posixpath.dirname(source), href)
        if not _in_same_edition(source, href):
            continue
        try:
            leaf = read_markup(where, resolve(posixpath.join(folder, href)))
            add_article(blocks, leaf, parse_tree(leaf))
        except BriefingError as error:
            problems.append(Problem(source=where, message=error.message, hint=error.hint))
    if blocks.body_length():
        yield blocks.page(source, **page_facts(source, text, root))
    yield from problems


def page_facts(source: str, text: str, root: HtmlElement) -> dict[str, object]:
    """The page's metadata: newspaper, date, page number, section."""
    properties = article_properties(text)
    words = tidy(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))[:8000])
    title = tidy(" ".join(root.xpath("//title//text()")[:1]))
    name = _printed_page(root, properties.get("nodename", ""))
    stated = " ".join((properties.get("date", "")[:10], *root.xpath("//founder-date//text()"), title, words))
    day = date_of(stated)
    if day is None and (match := PATH_DATE.search(source)):
        try:
            day = datetime.date(*map(int, match.groups()))
        except ValueError:
            day = None
    return {
        "paper": paper_of(properties.get("sourcename", "")) or paper_of(title) or paper_of(words),
        "date": day,
        "dated": DateOrigin.MASTHEAD if day else None,
        "page_number": name[0] if name else None,
        "section": name[1] if name else None,
        "link": source if source.startswith(("http://", "https://")) else None,
    }


def _printed_page(root: HtmlElement, stated: str = "") -> tuple[str, str | None] | None:
    """The number and the name of the printed page: 第02版：要闻."""
    marked = root.xpath(
        "//*[contains(@class, 'cur') or contains(@class, 'active') or @class='lai' or @id='layout']"
    )
    words = [stated, *(short_text(element)[:200] for element in marked[:MOST])]
    words.append(
        tidy(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))[:4000])
    )
    for text in words:
        if match := PAGE_NAME.search(text):
            return match[1] or match[3], match[2] or match[4]
        if page_number := page_number_of(text[:200]):
            return page_number, None
    return None
