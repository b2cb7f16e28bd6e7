"""Reads the index of an e-paper's page: which articles the page has, and which other pages there are.

An index maps areas of the page's picture to articles, or lists their titles, or does both; beside it
stand the edition's pages, and often other days and the articles of other pages. Knows names and links;
reads no article.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from .epaper_article import MOST
from .markup import short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HTML = lazy_pattern(r"\.html?$", re.IGNORECASE)
NODE = lazy_pattern(r"(?:^|/)(?:node(?:_[\w-]+)?|nbs\.[\w.-]+|layout_\w+)\.html?$", re.IGNORECASE)
INDEX = lazy_pattern(
    r"(?:^|/)(?:node[_.]|nbs\.|layout_|index|default|col\d|page_?|list_)[^/]*$", re.IGNORECASE
)
ARTICLE = lazy_pattern(
    r"(?:^|/)(?:content[_-]|nw\.|con[_-]\d|c\d{6,}|art(?:icle|icel)?[_-]?\d)[^/]*\.html?$", re.IGNORECASE
)
PATH_DATE = lazy_pattern(r"(20\d{2})[-/]?(\d{2})[-/]?(\d{2})(?=/|_)")
LISTS = (
    "//*[@id='titleList' or @id='btdh']",
    "//*[contains(concat(' ', @class, ' '), ' news-list ')]",
    "//*[contains(@class, 'title-list') or contains(@class, 'articlenav')]",
)
"""Lists of the page's own articles, by the names that the systems give them."""
PICTURE_MAP = "//map[contains(translate(@name, 'PM', 'pm'), 'pagepicmap') or contains(@name, 'picmap')]"
PAGE_LISTS = (
    "//a[starts-with(@id, 'pageLink')]"
    " | //*[@id='bmdh' or @id='pageList' or @id='layoutlist']//a"
    " | //*[contains(@class, 'swiper-slide') or contains(@class, 'ban-list')]//a"
)
OTHER_DAY = lazy_pattern(r"[上下前后後往近]\s*[一1]?\s*[期日天]|往期|返回|首页")
"""A link to another day's edition or out of this one."""
PAGE_NAMED = lazy_pattern(
    rf"[A-Z]{{0,4}}\d{{1,3}}\s*版|^[A-Z]{{0,4}}\d{{1,3}}\s*[：:]\s*[{HAN}]|第[{HAN}]{{1,3}}版"
)
TO_PAGE = lazy_pattern(r"[上下前后後]\s*[一1]?\s*版|版面|返回(?:目录|目錄|本版)")
EDITORS = lazy_pattern(r"^本版(?:责编|编辑|主编)|^(?:责任?编辑?|编辑|校对|美编|主编|版式)\s*[：:]|^PDF")
"""A link in a list of titles that is no article: the page's editors, its picture."""


@dataclass(frozen=True, slots=True)
class Index:
    """The links of a page's index, in order: its articles, and the edition's pages.

    `names` are the pages' names by their links (node_02.htm: 02版：要闻). `whole` says that the
    articles are taken from all links of the page, those of other pages among them.
    """

    articles: tuple[str, ...]
    pages: tuple[str, ...]
    names: dict[str, str]
    whole: bool = False


def index(root: HtmlElement) -> Index | None:
    """The index on the page; None if it is not an index page."""
    names = _page_links(root)
    pages = tuple(names)[:MOST]
    named = any(PAGE_NAMED.search(words) for words in names.values())
    lists = [_articles(_titles(root, path)) for path in LISTS]
    listed = next((found for found in lists if found), [])
    areas = _articles(root.xpath("//map//area/@href"))
    if not named and not root.xpath(PICTURE_MAP):
        areas = [href for href in areas if ARTICLE.search(path_of(href))]
    if areas or (listed and (named or lists[0])):
        return Index(tuple(_unique([*areas, *listed])[:MOST]), pages, names)
    every = [href for href in _articles(_titles(root, "//body")) if ARTICLE.search(path_of(href))]
    if named and every:
        return Index(tuple(every[:MOST]), pages, names, whole=True)
    return None


def leads_to_pages(root: HtmlElement) -> bool:
    """Whether a page links to printed pages of an edition: to 02版：要闻, to the page before or after."""
    return any(PAGE_NAMED.search(words) or TO_PAGE.search(words) for words in _page_links(root).values())


def _articles(hrefs: Iterable[str]) -> list[str]:
    """The links among them that may lead to an article."""
    return [href for href in _unique(hrefs) if HTML.search(path_of(href)) and not INDEX.search(path_of(href))]


def _titles(root: HtmlElement, path: str) -> list[str]:
    """The links below an element, without those to the page's editors and to other pages."""
    return [
        link.get("href")
        for link in root.xpath(f"({path})//a[@href]")
        if not EDITORS.search(short_text(link, 200))
    ]


def _page_links(root: HtmlElement) -> dict[str, str]:
    """The links to pages of this edition with their names, in the order of the page list."""
    found: dict[str, str] = {}
    listed = root.xpath(PAGE_LISTS)
    sure = set(listed)
    for link in [*listed, *root.xpath("//a[@href]"), *root.xpath("//option[@value]")]:
        href = _clean(link.get("href") or link.get("value") or "")
        path = path_of(href)
        if not HTML.search(path) or ARTICLE.search(path) or not (link in sure or NODE.search(path)):
            continue
        words = short_text(link, 200)
        is_named = PAGE_NAMED.search(words)
        if not is_named and (href in found or OTHER_DAY.search(words)):
            continue
        if href not in found or not PAGE_NAMED.search(found[href]):
            found[href] = words
    return found


def path_of(href: str) -> str:
    """The path of a link, without query and fragment; empty if the link is invalid."""
    try:
        return unquote(urlsplit(href).path)
    except ValueError:  # a broken IPv6 host
        return ""


def _clean(href: str) -> str:
    """A link without its fragment; without its query too if it names a file of the server."""
    href = href.split("#")[0].strip()
    return href.split("?")[0] if HTML.search(href.split("?")[0]) else href


def _unique(hrefs: Iterable[str]) -> list[str]:
    """Unique links; invalid ones are skipped."""
    return [href for href in dict.fromkeys(map(_clean, hrefs)) if href and path_of(href)]


def identity(source: str) -> str:
    """The address or path of a page as `joined` gives it: without query and fragment."""
    if "://" in source:
        return _clean(source)
    return posixpath.normpath(source if "/" in source else source.replace("\\", "/"))


def joined(source: str, href: str) -> str:
    """The address or path of a link on the page `source`: the same for the same file."""
    if "://" in source or "://" in href:
        try:
            return identity(urljoin(source, href) if "://" in source else href)
        except ValueError:  # a broken IPv6 host
            return href
    return posixpath.normpath(posixpath.join(posixpath.dirname(identity(source)), path_of(href)))


def in_same_edition(source: str, href: str, day: datetime.date | None = None) -> bool:
    """Whether a link stays in the edition of the page `source`: on the same host, and on the same
    day if its path has one.

    `day` is the day that the page states, more reliable than that of its own path.
    """
    there = joined(source, href)
    if "://" in source and urlsplit(there).netloc != urlsplit(source).netloc:
        return False
    mine = day or path_day(source)
    other = path_day(there if "://" in source else href)
    return not (mine and other and mine != other)


def path_day(path: str) -> datetime.date | None:
    """The day in an address or a path, the last one if there are several: 202611/20/node_01.html."""
    for found in reversed(list(PATH_DATE.finditer(path))):
        try:
            return datetime.date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


__all__ = [
    "ARTICLE",
    "INDEX",
    "Index",
    "identity",
    "in_same_edition",
    "index",
    "joined",
    "leads_to_pages",
    "path_day",
    "path_of",
]
