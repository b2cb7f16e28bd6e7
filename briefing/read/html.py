"""Reads a saved web page: an article of a news site, or a page of an e-paper.

The article's lines, headline and day are found by the modules `web_*`; where they find no text,
trafilatura (Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15) is asked.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import BriefingError
from ..messages import Message
from ..protocols import ALONE, ReadContext, Resolver
from ..text.chars import han_runs, letters
from ..text.lazy_pattern import lazy_pattern
from ..types import DateOrigin, Page, Problem, Role
from . import epaper
from .blocks import Blocks
from .markup import parse_tree, read_markup
from .web_bbs import first_post
from .web_body import find_body
from .web_date import date_on, days_of
from .web_elsewhere import body_of_markup, likely_body, stated_body
from .web_furniture import furniture_of
from .web_kind import LEAST, SHORT, check_article, check_headline, is_cut_by_login, is_folded, looks_like_list
from .web_lines import Line, page_lines
from .web_paper import article_link, newspaper, section_name
from .web_parts import MOST_PARTS, Parts, has_pager, parts_of
from .web_pictures import pictures_of
from .web_print import Printed, printed_among
from .web_roles import Body
from .web_stamp import is_stamp
from .web_state import stated_article
from .web_stories import Story, stories_on
from .web_title import (
    bare_title,
    headline_line,
    headline_of,
    is_site,
    site_names,
    stated_titles,
    without_label,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KICKER = lazy_pattern(r"yinti|introtitle|kicker|eyebrow|leadtitle|pre-?title|引题|眉题|肩题", re.IGNORECASE)
DECK = lazy_pattern(r"futi|sub-?title|deck|副题", re.IGNORECASE)
REPEATED = 20
"""Fewest characters of a paragraph that is left out if an earlier page, or the page's data, has it."""
SECTION_NAME = 7
"""Fewest characters of a title that cannot be a section's: a page called 信息披露 may be a list."""
FOREWORD = 4
"""Most lines from a headline to a foreword that the page shows while its data has the article."""
BESIDE = 6
"""Lines before and after the headline among which a kicker and a deck are."""


@dataclass(slots=True)
class Found:
    """What was found on one page: its lines, the article's text and headline, and its place."""

    lines: list[Line]
    body: Body
    headline: str
    index: int
    days: Sequence[str] = ()
    """What the data that holds the article says of its days."""


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """The pages of an HTML file: one article, or an e-paper's edition. Raises SourceError."""
    text = read_markup(source, data)
    root = parse_tree(text)
    if pages := epaper.pages(source, text, root, context):
        yield from pages
        return
    yield from web_article(source, text, root, context)


def article(source: str, text: str, root: HtmlElement, picture: Resolver | None = None) -> Page:
    """The article on a news site's page, with its pictures if there is a resolver for them; raises
    SourceError if there is none.
    """
    return _page(source, root, _found(text, root), picture)


def web_article(source: str, text: str, root: HtmlElement, context: ReadContext) -> Iterator[Page | Problem]:
    """The article with its further pages, as far as they are at hand; what is missing is told. A page that
    holds several whole stories gives each as an article.
    """
    if stories := stories_on(root):
        yield _page_of_stories(source, root, stories, context.picture)
        return
    found = _found(text, root)
    problems: list[Problem] = []
    if has_pager(text) and (parts := parts_of(source, root, article_link(source, root))):
        problems = _join(source, found, parts, context)
    yield _page(source, root, found, context.picture)
    yield from problems
    if is_cut_by_login(found.lines, found.body):
        yield Problem(
            source=source,
            message=Message("只有文章的开头，其余要登录或订阅", "only the beginning: the rest needs a login"),
            hint=Message("请在浏览器里登录后另存网页", "log in with a browser and save the page from there"),
        )


def _found(text: str, root: HtmlElement) -> Found:
    """The article on one page; raises SourceError if there is none."""
    post = first_post(text, root)
    if post and sum(map(len, post.texts)) >= LEAST:
        return Found([], Body(texts=[*post.texts], bylines=[post.author]), post.title, -1, [post.day])
    titles = stated_titles(root)
    sites = site_names(root)
    bare = list(dict.fromkeys(bare_title(title, sites) for title in titles))
    lines = page_lines(root)
    body = find_body(root, lines, bare)
    folded = is_folded(lines, body)
    if body.length < LEAST or folded:
        hidden = page_lines(root, hidden=True)
        other = find_body(root, hidden, bare)
        more = other.texts[:1] == body.texts[:1] and other.length > body.length
        if other.length > max(LEAST, 2 * body.length) or (folded and more):
            lines, body = hidden, other
    if body.length < SHORT and (found := _in_data(root, lines, body, titles, bare)):
        return found
    if body.length < LEAST and not looks_like_list(lines):
        body = stated_body(root) or likely_body(text, root) or body
    index = headline_line(lines, titles, body.first)
    shown = index >= 0 and (len(lines[index].key) >= SECTION_NAME or body.length >= SHORT)
    check_article(root, lines, body, shown)
    joined = "\n".join(body.texts)
    headline = headline_of(root, lines, body.first, joined)
    check_headline(lines, joined, headline, shown and not is_site(headline, sites))
    return Found(lines, body, headline, index)


def _in_data(
    root: HtmlElement, lines: list[Line], shown: Body, titles: list[str], bare: list[str]
) -> Found | None:
    """The article in the data of the page's scripts, if it is longer than what the page shows."""
    if (stated := stated_article(root, [*bare, *titles])) is None:
        return None
    body = body_of_markup(stated.text, stated.title)
    if body.length <= max(LEAST, 2 * shown.length):
        return None
    index = headline_line(lines, titles, -1)
    headline = lines[index].text if index >= 0 else bare_title(stated.title, site_names(root))
    between = lines[index + 1 : shown.first]
    if 0 <= index < shown.first <= index + FOREWORD and not any(furniture_of(line.text) for line in between):
        told = letters("".join(body.texts))
        body.texts[:0] = [words for words in shown.texts if letters(words)[:REPEATED] not in told]
    return Found(lines, body, without_label(headline, titles), index, stated.days)


def _join(source: str, found: Found, parts: Parts, context: ReadContext) -> list[Problem]:
    """Adds the text of the article's other pages in order; says which are missing."""
    bodies = {parts.own: found.body}
    missing: dict[int, int] = {}
    waiting = dict(parts.links)
    while waiting and len(bodies) + len(missing) < MOST_PARTS:
        number = min(waiting)
        href = waiting.pop(number)
        other = _part(source, href, context)
        if other is None:
            missing[number] = parts.label(number)
            continue
        root, bodies[number] = other
        if more := parts_of(href, root, None):
            waiting |= {n: link for n, link in more.links.items() if n not in bodies and n not in missing}
    seen: set[str] = set()
    texts: list[str] = []
    for number in sorted(bodies):
        new = [words for words in bodies[number].texts if len(words) < REPEATED or words not in seen]
        texts += new
        seen |= set(new)
    found.body.captions = [words for number in sorted(bodies) for words in bodies[number].captions]
    found.body.texts = texts
    return [_incomplete(source, sorted(missing.values()))] if missing else []


def _part(source: str, href: str, context: ReadContext) -> tuple[HtmlElement, Body] | None:
    """Another page of the article; None if it is not at hand or holds no text."""
    beside = None if "://" in source else context.resolve
    for resolve, name in ((beside, posixpath.basename(urlsplit(href).path)), (context.follow, href)):
        if resolve is None:
            continue
        try:
            text = read_markup(name, resolve(name))
            root = parse_tree(text)
            return root, _found(text, root).body
        except BriefingError:
            continue
    return None


def _incomplete(source: str, missing: Sequence[int]) -> Problem:
    pages = "、".join(map(str, missing[:12]))
    return Problem(
        source=source,
        message=Message(
            f"文章分成几页，缺第{pages}页", f"the article has several pages: page {pages} is missing"
        ),
        hint=Message(
            "把各页存在同一个文件夹里；网址请加 --follow",
            "save its pages in one folder; for an address use --follow",
        ),
    )


def _page(source: str, root: HtmlElement, found: Found, picture: Resolver | None) -> Page:
    """The page of one article, its blocks with their roles."""
    lines, body, headline = found.lines, found.body, found.headline
    blocks = Blocks()
    blocks.begin_article()
    titles = (
        (Role.KICKER, _title_beside(found, KICKER) or body.column),
        (Role.HEADLINE, headline),
        (Role.DECK, _title_beside(found, DECK) or " ".join(body.titles)),
    )
    for role, words in titles:
        blocks.add(role, words)
    for words in body.bylines:
        blocks.add(Role.BYLINE, words)
    title_letters = {letters(words) for _, words in titles}
    for words in body.texts:
        if letters(words) not in title_letters:
            blocks.add(Role.BODY, words)
    for words in body.captions:
        blocks.add(Role.CAPTION, words)
    if picture and body.first >= 0:
        begin = found.index + 1 if 0 <= found.index < body.first else body.first
        for shown in pictures_of(lines[begin : body.end], source):
            blocks.add_picture(shown.references, picture, caption=shown.caption, alt=shown.alt)
    printed = printed_among(line.text for line in lines)
    return blocks.page(
        source,
        **_day(source, root, found, printed),
        paper=printed.paper if printed else newspaper(root, lines, found.index, (body.first, body.end)),
        page_number=printed.page_number if printed else None,
        section=section_name(root),
        link=article_link(source, root),
    )


def _page_of_stories(
    source: str, root: HtmlElement, stories: Sequence[Story], picture: Resolver | None
) -> Page:
    """The page of several articles, all of the day in the page's title, as of a broadcast."""
    lines, titles = page_lines(root), stated_titles(root)
    blocks = Blocks()
    for headline, body, own in stories:
        blocks.begin_article()
        blocks.add(Role.HEADLINE, headline)
        for role, texts in (
            (Role.BYLINE, body.bylines),
            (Role.BODY, body.texts),
            (Role.CAPTION, body.captions),
        ):
            for words in texts:
                blocks.add(role, words)
        if picture:
            for shown in pictures_of(own, source):
                blocks.add_picture(shown.references, picture, caption=shown.caption, alt=shown.alt)
    index = headline_line(lines, titles, -1)
    day = next(days_of(titles), None)
    paper = newspaper(root, lines, index, (-1, -1))
    return blocks.page(source, date=day, dated=DateOrigin.PAGE, paper=paper, link=article_link(source, root))


def _day(source: str, root: HtmlElement, found: Found, printed: Printed | None) -> dict[str, Any]:
    """The day of publication, and where it was read; else that of the paper in which it was printed."""
    day = next(days_of(found.days), None)
    if day is None:
        day, dated = date_on(source, root, found.lines, found.index, (found.body.first, found.body.end))
        if day and dated is not DateOrigin.ADDRESS:
            return {"date": day, "dated": dated}
        day = printed.day if printed else day
        return {"date": day, "dated": DateOrigin.PAGE if printed else dated}
    return {"date": day, "dated": DateOrigin.PAGE}


def _title_beside(found: Found, pattern: re.Pattern[str]) -> str:
    """The line beside the headline whose class or id marks a kicker or a deck."""
    at = found.index
    if at < 0:
        return ""
    for line in found.lines[max(0, at - BESIDE) : at + BESIDE + 1]:
        if not 4 <= len(line.text) <= 80 or not han_runs(line.text) or is_stamp(line.text):
            continue
        if line.key != letters(found.headline) and pattern.search(line.names):
            return line.text
    return ""
