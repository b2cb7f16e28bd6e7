"""Reads RSS and Atom: one page per item, with its full text if the feed has it (feedparser).

An item's date is that in Beijing; a time without a zone is taken as written. Calls to read on or
subscribe are set aside, hidden elements dropped.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import paper_of
from ..types import DateOrigin, Page, Problem, Role
from .blocks import Blocks
from .days import day_of
from .fragment import paragraph_texts, plain_words, unescaped
from .markup import clean_references, parse_tree, read_markup
from .prompts import split_prompt
from .web_captions import LONGEST as LONGEST_CAPTION
from .web_captions import WORDS as CAPTION
from .web_pictures import WebPicture, pictures_in

ROOT = lazy_pattern(r"<(?:\w+:)?(rss|feed|RDF)[\s>]")
MOST = 200
"""Most items of a feed; feeds list the newest first."""
SHORT = 120
"""Fewest characters of an article; less is a teaser, whose link is followed."""
IN_BRACKETS = lazy_pattern(r"\s*【\s*([^【】。]{4,40})\s*】")
"""The headline of a flash without a title."""
EDITORS = lazy_pattern(r"[（(\[【]?\s*(?:责任编辑|責任編輯|责编|編輯|编辑|校对|审核)\s*[：:][^。，]{1,30}")
LONG_TITLE = 20
TITLE_IN_TEXT = 0.8
"""Share of the first paragraph from which a title that begins it only repeats the text."""


def is_feed(text: str) -> bool:
    """Whether a file begins like a feed."""
    return bool(ROOT.search(text[:2000]))


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """One page per item, with the feed's text; a teaser's link is read if `context` follows links.

    Raises SourceError if it is not a feed.
    """
    import feedparser

    text = read_markup(source, data)
    if not is_feed(text):
        raise SourceError(
            Message("不是 RSS 或 Atom 订阅源", "not an RSS or Atom feed"),
            Message(
                "请给出订阅源的地址，或把网页存成 .html", "name the feed itself, or save the page as .html"
            ),
        )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", '<?xml version="1.0" encoding="utf-8"?>', text)
    try:
        found: Any = feedparser.parse(text.encode("utf-8", "replace"), sanitize_html=False)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError, RecursionError):
        # Found by fuzzing: feedparser raises many kinds of exceptions on damaged feeds.
        raise SourceError(
            Message("订阅源已损坏", "the feed is damaged"),
            Message("稍后再试，或换一个订阅源", "try later, or another feed"),
        ) from None
    if not found.entries:
        raise SourceError(
            Message("订阅源里没有条目", "the feed has no items"),
            Message("稍后再试，或换一个订阅源", "try later, or another feed"),
        )
    paper = paper_of(_string_of(found.feed, "title")) or None
    for entry in found.entries[:MOST]:
        yield from _item_page(source, entry, paper, context)


def _item_page(source: str, entry: Any, paper: str | None, context: ReadContext) -> Iterator[Page | Problem]:
    link = url if (url := _string_of(entry, "link")).startswith(("http://", "https://")) else None
    paragraphs = max(
        map(paragraph_texts, _candidate_texts(entry)),
        key=lambda texts: sum(map(len, texts)),
        default=[],
    )
    if context.follow and link and sum(map(len, paragraphs)) < SHORT:
        from .html import article

        try:
            data = context.follow(link)
            yield article(link, text := read_markup(link, data), parse_tree(text), context.picture)
            return
        except BriefingError as error:
            yield Problem(source=link, message=error.message, hint=error.hint)
    blocks = _item_blocks(entry, paragraphs)
    if context.picture:
        for shown in _pictures(entry, link or source):
            blocks.add_picture(shown.references, context.picture, caption=shown.caption, alt=shown.alt)
    tags = [_string_of(tag, "term") for tag in _mappings_of(entry, "tags")]
    day = _published_day(entry)
    yield blocks.page(
        source,
        date=day,
        dated=DateOrigin.FEED if day else None,
        paper=paper,
        section=next((tag for tag in tags if 2 <= len(tag) <= 8), None),
        link=link,
    )


def _item_blocks(entry: Any, paragraphs: list[str]) -> Blocks:
    """The item's text, without a title that only repeats it; calls to read on are set aside."""
    split = [split_prompt(words) for words in paragraphs]
    first = next((at for at, (words, _) in enumerate(split) if words), 0)  # those before are only calls
    title = plain_words(_string_of(entry, "title"))
    if not title and split and (named := IN_BRACKETS.match(split[first][0])):
        title = named[1]
        split[first] = split[first][0][named.end() :].strip(), split[first][1]
    texts = [words for words, _ in split if words]
    headline = "" if texts and _repeats_text(title, texts[0]) else title
    blocks = Blocks()
    blocks.begin_article()
    blocks.add(Role.HEADLINE, headline)
    if author := plain_words(_string_of(entry, "author")):
        blocks.add(Role.BYLINE, author[:60])
    for number, (words, prompt) in enumerate(split):
        if not (number == first and letters(words) == letters(headline) and len(texts) > 1):
            is_caption = len(words) <= LONGEST_CAPTION and CAPTION.fullmatch(words)
            is_staff = len(words) <= 40 and EDITORS.fullmatch(words)
            role = Role.EDITORS if is_staff else Role.CAPTION if is_caption else Role.BODY
            blocks.add(role, words)
        blocks.add(Role.NOTICE, prompt)
    if not blocks.body_length():
        blocks.add(Role.BODY, title)
    return blocks


def _repeats_text(title: str, first: str) -> bool:
    """Whether a title repeats the first paragraph, whole or truncated: the item has no title of its
    own.
    """
    begin, words = letters(title), letters(first)
    if not begin or not words.startswith(begin):
        return False
    whole = len(begin) > max(LONG_TITLE, TITLE_IN_TEXT * len(words))
    return whole or title.endswith(("…", "..", "。"))


def _candidate_texts(entry: Any) -> Iterator[str]:
    for content in _mappings_of(entry, "content"):
        yield _string_of(content, "value")
    yield _string_of(entry, "summary")


def _pictures(entry: Any, base: str) -> Iterator[WebPicture]:
    """The pictures in an item's text, then those that go along with it."""
    for words in _candidate_texts(entry):
        if "<" in words or "&lt;" in words:
            yield from pictures_in(parse_tree(f"<div>{clean_references(unescaped(words))}</div>"), base)
    for media in (*_mappings_of(entry, "media_content"), *_mappings_of(entry, "enclosures")):
        kind = _string_of(media, "type") or _string_of(media, "medium")
        if kind.startswith("image") and (address := _string_of(media, "url") or _string_of(media, "href")):
            yield WebPicture((address,))


def _string_of(entry: Any, name: str) -> str:
    """The feed's string value for a key; "" if there is none or it has another type."""
    found = entry.get(name)
    return found if isinstance(found, str) else ""


def _mappings_of(entry: Any, name: str) -> list[Any]:
    """The feed's mappings for a key."""
    found = entry.get(name)
    return [part for part in found if hasattr(part, "get")] if isinstance(found, list) else []


def _published_day(entry: Any) -> datetime.date | None:
    """The item's publication date in Beijing."""
    stated = (day_of(_string_of(entry, name)) for name in ("published", "created", "updated"))
    return next((day for day in stated if day), None)
