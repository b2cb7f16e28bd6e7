"""Reads a saved web page: an article of a news site, or a page of an e-paper.

trafilatura (Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15) finds the paragraphs;
headline, date and newspaper are read here, from more reliable places than a general extractor uses.
"""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..errors import SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.chars import HAN, letters
from ..text.masthead import date_of, paper_of
from ..types import DateOrigin, Page, Problem, Role
from . import epaper
from .blocks import Blocks, tidy
from .main_text import LEAST, main_text
from .markup import parse_tree, read_markup, short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST, MOST_LINKS = 64, 5000
"""Most elements searched for a headline, a kicker or a deck, and most links of a page."""
LINKED = 0.5
"""Share of linked words from which a page is a list of articles."""
DATES = (
    "//meta[contains('|publishdate|pubdate|publish_time|article:published_time|og:release_date"
    "|datepublished|date|publish-date|dc.date|',"
    " concat('|', translate(@*[name()='name' or name()='property' or name()='itemprop'],"
    " 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '|'))]/@content"
)
URL_DATE = re.compile(r"(?<!\d)(20\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")
ISO = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")
FROM = re.compile(
    rf"(?:来源|來源|稿源)[：:]\s*《?([{HAN}A-Za-z]{{2,14}}?)》?(?=[\s　|｜]|作者|编辑|责编|记者|$)"
)
INFO = re.compile(r"^[\s\d年月日:：/.-]*(?:来源|來源|稿源|作者|编辑|责编|责任编辑|字号|打印|分享)[：:]?")
KICKER = re.compile(r"yinti|introtitle|kicker|eyebrow|leadtitle|pre-?title|引题|眉题|肩题", re.IGNORECASE)
DECK = re.compile(r"futi|sub-?title|deck|副题", re.IGNORECASE)
SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|--+|——")


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """The pages of an HTML file: one article, or an e-paper's edition. Raises SourceError."""
    text = read_markup(source, data)
    root = parse_tree(text)
    if pages := epaper.pages(source, text, root, context.resolve):
        yield from pages
        return
    yield article(source, text, root)


def article(source: str, text: str, root: HtmlElement) -> Page:
    """The article on a news site's page; raises SourceError if there is none."""
    paragraphs = main_text(text)
    headline = _page_headline(root)
    _check_article(root, paragraphs)
    titles = (
        (Role.KICKER, _text_by_class(root, KICKER, headline)),
        (Role.HEADLINE, headline),
        (Role.DECK, _text_by_class(root, DECK, headline)),
    )
    blocks = Blocks()
    blocks.begin_article()
    for role, words in titles:
        blocks.add(role, words)
    title_letters = {letters(words) for _, words in titles}
    for words in paragraphs:
        if letters(words) not in title_letters and not (len(words) < 60 and INFO.search(words)):
            blocks.add(Role.BODY, words)
    day, dated = date_on(source, root, text)
    return blocks.page(
        source,
        date=day,
        dated=dated,
        paper=_newspaper(root),
        section=_section_name(root),
        link=_article_link(source, root),
    )


def _check_article(root: HtmlElement, paragraphs: list[str]) -> None:
    """Raises SourceError if the paragraphs are too few, or a list of links."""
    if sum(map(len, paragraphs)) < LEAST:
        raise SourceError(
            Message("网页里没有正文", "the page has no text of an article"),
            Message(
                "可能是目录页，或正文要由脚本载入；请打开文章页再保存，或用订阅源",
                "a list of articles perhaps, or a script loads the text:"
                " save the article's own page, or use the feed",
            ),
        )
    if _link_share(root, paragraphs) > LINKED:
        raise SourceError(
            Message("这是一页目录，不是文章", "this page is a list of articles, not an article"),
            Message("请给出文章页的地址，或网站的订阅源", "name the articles' own pages, or the site's feed"),
        )


def _page_headline(root: HtmlElement) -> str:
    """The article's headline: the page's largest heading, else the title in its head."""
    title = tidy(" ".join(root.xpath("//title//text()")[:1]))
    stated = [tidy(words) for words in root.xpath("//meta[@property='og:title']/@content")]
    first = [words for element in root.xpath("//h1")[:MOST] if len(words := short_text(element)) >= 4]
    for words in first:
        if (
            len(first) == 1
            or letters(words) in letters(title)
            or any(letters(words) in letters(s) for s in stated)
        ):
            return words
    for words in (*stated, title):
        if parts := [part for part in SITE.split(words) if part]:
            return max(parts[:2], key=len) if len(parts[0]) < 8 else parts[0]
    return ""


def _text_by_class(root: HtmlElement, pattern: re.Pattern[str], headline: str) -> str:
    """The text of the element whose class or id marks a kicker or a deck."""
    named = (
        element
        for element in root.xpath("//*[@class or @id]")
        if pattern.search(f"{element.get('class', '')} {element.get('id', '')}")
    )
    for element in itertools.islice(named, MOST):
        words = short_text(element)
        if 4 <= len(words) <= 80 and letters(words) != letters(headline):
            return words
    return ""


def _link_share(root: HtmlElement, paragraphs: Iterable[str]) -> float:
    """Share of the extracted words that are links."""
    links = {letters(short_text(element)) for element in root.xpath("//a[@href]")[:MOST_LINKS]}
    sizes = [(len(words), letters(words) in links) for words in paragraphs]
    return sum(size for size, linked in sizes if linked) / max(1, sum(size for size, _ in sizes))


def date_on(source: str, root: HtmlElement, text: str) -> tuple[datetime.date | None, DateOrigin | None]:
    """The article's date and its origin: the page's head or its first lines, else the address."""
    stated = [*root.xpath(DATES), *_json_ld_dates(root), *root.xpath("//time/@datetime")]
    visible = tidy(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))[:6000])
    for words in (*stated, visible):
        if day := _date_in(words):
            return day, DateOrigin.PAGE
    for address in (source, *_stated_addresses(root)):
        for found in URL_DATE.finditer(address):
            try:
                return datetime.date(*map(int, found.groups())), DateOrigin.ADDRESS
            except ValueError:
                continue
    return None, None


def _date_in(words: str) -> datetime.date | None:
    for found in ISO.finditer(words):
        try:
            return datetime.date(*map(int, found.groups()))
        except ValueError:
            continue
    return date_of(words)


def _json_ld_dates(root: HtmlElement) -> Iterator[str]:
    """Publication dates in JSON-LD (https://schema.org/datePublished)."""
    for script in root.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict) and isinstance(item.get("datePublished"), str):
                yield item["datePublished"]


def _stated_addresses(root: HtmlElement) -> list[str]:
    return [*root.xpath("//link[@rel='canonical']/@href"), *root.xpath("//meta[@property='og:url']/@content")]


def _article_link(source: str, root: HtmlElement) -> str | None:
    """The article's address."""
    web = ("http://", "https://")
    return next((words for words in (source, *_stated_addresses(root)) if words.startswith(web)), None)


def _newspaper(root: HtmlElement) -> str | None:
    """The newspaper of the article, if the page names it."""
    visible = tidy(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))[:3000])
    if found := FROM.search(visible):
        return found[1]
    for words in (*root.xpath("//meta[@property='og:site_name']/@content"), *root.xpath("//title//text()")):
        if paper := paper_of(words):
            return paper
    return None


def _section_name(root: HtmlElement) -> str | None:
    """The section, if the page's head names one."""
    found = root.xpath("//meta[@property='article:section' or @name='channel' or @name='section']/@content")
    return next((words for words in map(tidy, found) if 2 <= len(words) <= 8), None)
