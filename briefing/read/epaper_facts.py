"""What an e-paper's page states of itself: newspaper, day, page number, section.

Lists of the edition's other pages stand on every page, often first; their links are left out where
the page's own name is looked for.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import date_of, page_number_of, paper_of
from ..types import DateOrigin
from .blocks import tidy
from .epaper_article import MOST, article_properties, text_container
from .epaper_index import path_day
from .markup import short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PAGE_NAME = lazy_pattern(
    rf"第?\s*([A-Z]{{0,4}}\d{{1,3}})\s*版\s*[：:]\s*([{HAN}·/／、]{{1,12}})"
    rf"|(?<![A-Z\d])([A-Z]\d{{1,3}})\s*[：:]\s*([{HAN}·/／、]{{1,12}})"
)
SPACED_NAME = lazy_pattern(rf"第?\s*([A-Z]{{0,4}}\d{{1,3}})\s*版\s+([{HAN}·/／、]{{1,12}})")
"""A page's name without a colon, where it is all that an element says."""
OWN_NAMES = (
    "//*[contains(concat(' ', @class, ' '), ' ban ') or @id='currentBM' or @id='layout' or @class='lai']"
    " | //*[contains(concat(' ', @class, ' '), ' cur ') or contains(concat(' ', @class, ' '), ' current ')"
    " or contains(concat(' ', @class, ' '), ' active ')]"
)
CHAPTER = lazy_pattern(r"(20\d{2})-?(\d{2})/(\d{2})(?=/)")
"""A day as folders of an address: 202611/20, 2026-11/20."""
DATED = lazy_pattern(
    r"《[^《》]{2,14}》\s*[（(]\s*(20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"|[（(]\s*(20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)[^（）()]{0,12}版\s*[）)]"
)
QUOTED_PAPER = lazy_pattern(rf"《\s*([{HAN}]{{2,12}}报)\s*》\s*[（(]\s*20\d{{2}}")
NAMED_PAPER = lazy_pattern(rf"《?([{HAN}]{{2,12}}?报)》?(?:[\s_\-—·|｜社数多电20].*)?")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states of itself; the fields are those of `Page`."""

    paper: str | None = None
    date: datetime.date | None = None
    dated: DateOrigin | None = None
    page_number: str | None = None
    section: str | None = None
    link: str | None = None


def page_facts(source: str, text: str, root: HtmlElement, name: str = "") -> PageFacts:
    """The page's facts; `name` is the page's name in the edition's list."""
    properties = article_properties(text)
    words = _own_words(text, root)
    title = tidy(" ".join(root.xpath("//title//text()")[:1]))
    number, section = _printed_page([name, properties.get("nodename", "")], root, title, words)
    day = _day(source, properties, root, title, words)
    return PageFacts(
        paper=_paper(properties, root, title, words),
        date=day,
        dated=DateOrigin.MASTHEAD if day else None,
        page_number=number,
        section=section,
        link=source if source.startswith(("http://", "https://")) else None,
    )


def page_number_in(words: str) -> str | None:
    """The number in the name of a page: 02 in 02版：要闻, A3 in A3：财经."""
    found = PAGE_NAME.search(words)
    return (found[1] or found[3]) if found else page_number_of(words)


def _own_words(text: str, root: HtmlElement) -> str:
    """The visible words outside of links, of the article's text, and of scripts: the page's own."""
    container = text_container(text, root)
    inside = container if container is not None and container.getroottree() is root.getroottree() else None
    parts: list[str] = []
    size = 0
    stack = [*root.xpath("//body")[:1]]
    while stack and size < 8000:
        element = stack.pop()
        if isinstance(element, str):
            parts.append(element)
            size += len(element)
            continue
        stack.append(element.tail or "")
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and tag not in ("script", "style", "select", "a", "p") and element is not inside:
            stack += list(reversed(element))
            stack.append(f" {element.text or ''} ")
        elif tag == "p" and element is not inside and not _is_paragraph(element):
            stack.append(f" {short_text(element, 200)} ")
    return tidy(" ".join(parts))[:8000]


def _is_paragraph(element: HtmlElement) -> bool:
    """Whether a p may belong to an article: a page's own lines are short."""
    return len(short_text(element, 400)) > 80


def _printed_page(
    stated: list[str], root: HtmlElement, title: str, words: str
) -> tuple[str | None, str | None]:
    """The number and the name of the printed page: 02, 要闻."""
    marked = [short for element in root.xpath(OWN_NAMES)[:MOST] if len(short := short_text(element)) < 60]
    number = None
    for candidate in (*stated, *marked, title, words[:4000]):
        if found := PAGE_NAME.search(candidate) or SPACED_NAME.fullmatch(candidate.strip()):
            return found[1] or found[3], found[2] or found[4]
        number = number or page_number_of(candidate[:200])
    for element in root.xpath("//td | //div | //span | //p | //li | //h2 | //h3")[:2000]:
        short = short_text(element, 80)
        if len(short) < 40 and (found := SPACED_NAME.fullmatch(short)):
            return found[1], found[2]
    if number is None and (
        found := re.search(r"[（(][^（）()]{0,24}?([A-Z]{0,4}\d{1,3})\s*版\s*[）)]", words)
    ):
        number = found[1]
    return number or next(iter(_meta(root, "PageNumber")), None), None


def _day(
    source: str, properties: dict[str, str], root: HtmlElement, title: str, words: str
) -> datetime.date | None:
    """The day of the edition: as stated, by the folders of the address, then as printed."""
    stated = " ".join(
        (properties.get("date", "")[:10], *root.xpath("//founder-date//text()"), *_meta(root, "publishdate"))
    )
    named = DATED.search(words)
    folders = CHAPTER.search(source)
    return (
        date_of(stated)
        or (date_of(named[1] or named[2]) if named else None)
        or date_of(title)
        or (path_day(folders[0] + "/") if folders else None)
        or date_of(words)
        or path_day(source)
    )


def _paper(properties: dict[str, str], root: HtmlElement, title: str, words: str) -> str | None:
    """The newspaper's name."""
    for stated in (properties.get("sourcename", ""), *_meta(root, "source"), title):
        if found := NAMED_PAPER.fullmatch(stated.strip()):
            return found[1]
    quoted = QUOTED_PAPER.search(words)
    return (
        (quoted[1] if quoted else None)
        or paper_of(properties.get("sourcename", ""))
        or paper_of(title)
        or paper_of(words)
    )


def _meta(root: HtmlElement, name: str) -> Iterator[str]:
    """What the page's head says under a name, in any case."""
    for element in root.xpath("//meta[@name and @content]")[:MOST]:
        if element.get("name").lower() == name.lower() and tidy(element.get("content")):
            yield tidy(element.get("content"))


__all__ = ["PageFacts", "page_facts", "page_number_in"]
