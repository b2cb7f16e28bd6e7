"""RSS and Atom become pages: one a news item, with its full text where the feed has it (feedparser).

The day of an item is that of its own time zone; a feed that names none is read as it stands.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext, Resolver
from ..text.masthead import paper_of
from ..types import DateOrigin, Page, Problem, Role
from .blocks import Blocks, tidy
from .markup import parse_tree, read_markup

ROOT = re.compile(r"<(?:\w+:)?(rss|feed|RDF)[\s>]")
MOST = 200
"""Items of a feed; the newest come first in all of them."""
SHORT = 120
"""Characters; less is a teaser, and the article itself is wanted."""
BLOCK = re.compile(r"</(?:p|div|li|h\d|blockquote|section|article)\s*>|<br\s*/?>", re.IGNORECASE)


def is_feed(text: str) -> bool:
    """Whether the beginning of a file is that of a feed."""
    return bool(ROOT.search(text[:2000]))


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """A page for every item, with the text that the feed has; a teaser is read behind its link if `context` follows.

    Raises SourceError where it is no feed.
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
        # Found by fuzzing: on damaged feeds the parser stumbles over itself, in as many ways as there are damages.
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
        yield from _item_page(source, entry, paper, context.follow)


def _item_page(
    source: str, entry: Any, paper: str | None, follow: Resolver | None
) -> Iterator[Page | Problem]:
    link = url if (url := _string_of(entry, "link")).startswith(("http://", "https://")) else None
    paragraphs = max(
        (_paragraph_texts(words) for words in _candidate_texts(entry)),
        key=lambda ps: sum(map(len, ps)),
        default=[],
    )
    if follow and link and sum(map(len, paragraphs)) < SHORT:
        from .html import article

        try:
            data = follow(link)
            yield article(link, text := read_markup(link, data), parse_tree(text))
            return
        except BriefingError as error:
            yield Problem(source=link, message=error.message, hint=error.hint)
    blocks = Blocks()
    blocks.begin_article()
    blocks.add(Role.HEADLINE, tidy(_without_tags(_string_of(entry, "title"))))
    if author := _string_of(entry, "author"):
        blocks.add(Role.BYLINE, tidy(_without_tags(author))[:60])
    for words in paragraphs:
        blocks.add(Role.BODY, words)
    if not blocks.body_length():
        blocks.add(Role.BODY, tidy(_without_tags(_string_of(entry, "title"))))
    tags = [_string_of(tag, "term") for tag in _mappings_of(entry, "tags")]
    day = _published_date(entry)
    yield blocks.page(
        source,
        date=day,
        dated=DateOrigin.FEED if day else None,
        paper=paper,
        section=next((tag for tag in tags if 2 <= len(tag) <= 8), None),
        link=link,
    )


def _candidate_texts(entry: Any) -> Iterator[str]:
    for content in _mappings_of(entry, "content"):
        yield _string_of(content, "value")
    yield _string_of(entry, "summary")


def _string_of(entry: Any, name: str) -> str:
    """What the feed says under a name; "" where it has none, or an element of another kind of that name."""
    found = entry.get(name)
    return found if isinstance(found, str) else ""


def _mappings_of(entry: Any, name: str) -> list[Any]:
    """The mappings that the feed has under a name."""
    found = entry.get(name)
    return [part for part in found if hasattr(part, "get")] if isinstance(found, list) else []


def _paragraph_texts(words: str) -> list[str]:
    """The paragraphs of an item's text, which is HTML or none."""
    parts = BLOCK.split(words) if "<" in words else words.split("\n")
    return [text for part in parts if (text := tidy(_without_tags(part)))]


def _without_tags(words: str) -> str:
    """The words without tags and entities; scripts and styles are none."""
    if "<" not in words and "&" not in words:
        return words
    if not words.strip():
        return ""
    root = parse_tree(f"<div>{words}</div>")
    return "".join(root.xpath("//text()[not(ancestor::script or ancestor::style)]"))


def _published_date(entry: Any) -> datetime.date | None:
    """The day on which the item says that it was published, in its own time zone."""
    for name in ("published", "updated", "created"):
        if found := re.search(r"(20\d{2})-(\d{2})-(\d{2})", words := _string_of(entry, name)):
            try:
                return datetime.date(*map(int, found.groups()))
            except ValueError:
                continue
        if words:
            from email.utils import parsedate

            parsed = parsedate(words)
            if parsed:
                try:
                    return datetime.date(*parsed[:3])
                except (ValueError, OverflowError):
                    continue
    return None
