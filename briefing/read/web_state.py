"""Finds the article in the data that a page's scripts hold, where its markup has no text.

Pages built by scripts hold their article as JSON (a `script` of type application/json, as Next and
Nuxt write it; `window.__INITIAL_STATE__ = {…}`) or as an object of JavaScript. The article is the
object with a title and a text whose title is that of the page. Knows keys and titles; knows no site.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .fragment import is_markup

MOST_SCRIPTS, LARGEST = 60, 8_000_000
"""Most scripts that are searched, and most characters of them all."""
MOST_VALUES = 40
"""Most assignments of a script whose values are decoded."""
MOST_NODES, DEEPEST = 60_000, 40
ENCODED = 3
"""Levels of JSON inside the strings of JSON that are decoded."""
LEAST = 60
"""Fewest Chinese characters of an article's text."""
FEW, ALIKE = 3, 30
"""Most texts of one title, and how many of their first letters tell them apart."""
NEAR, FAR = 40, 120
"""Values before and after a text among which its title is, in an object of JavaScript; and if no list
begins or ends between them.
"""
TITLE = lazy_pattern(
    r"(?:article|news|doc|post|main|page|share|seo|content|story)?(?:title|headline|subject)|biaoti|bt|name"
)
TITLES = lazy_pattern(r"titles?|headlines?")
TEXT = lazy_pattern(
    r"(?:article|news|doc|post|main|rich|full|raw|html|page|story|detail|original)*"
    r"(?:contents?|body|html|texts?|txt|detail|paragraphs?|sections|blocks)(?:html|text|body|detail|str|list|info|elements|noencode)?"
)
DAY = lazy_pattern(
    r"(?:first|news|article|doc|ori(?:ginal)?)?"
    r"(?:publish\w*|pub\w{0,3}|release|issue|display|show|post|created?|input|ptime|ctime|news|article|send)"
    r"(?:at|on|date|time|datetime|timestamp|str|ts)*|date|time|datetime"
)
ASSIGNED = lazy_pattern(
    r"(?:(?:window|self|globalThis|var|let|const)[.\s\[\"']+[\w$.]{2,60}[\"'\]]*"
    r"|(?<![\w.$])[A-Z]\w{2,20}\.\w{2,40})\s*=\s*(?=[{\[(\"'J])"
)
PARSED = lazy_pattern(r"JSON\.parse\(\s*")
UNDEFINED = lazy_pattern(r"(?<=[:,\[])\s*undefined(?=\s*[,}\]])")
PAIR = lazy_pattern(
    r"""["']?(\w{2,30})["']?\s{0,4}:\s{0,4}(?:[\w$.]{1,30}\(\s{0,4})?+(?:"((?:[^"\\]++|\\.)*+)"|'((?:[^'\\]++|\\.)*+)')""",
    re.DOTALL,
)
HAN_CHAR = lazy_pattern(rf"[{HAN}]")
STOPS = lazy_pattern(r"[。！？，]")
BACKSLASH = lazy_pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": ""}


@dataclass(frozen=True, slots=True)
class StatedArticle:
    """An article in a page's data: its title or "", its text in HTML or plain, its days as stated."""

    title: str
    text: str
    days: tuple[str, ...] = ()


def stated_article(root: Any, titles: Sequence[str]) -> StatedArticle | None:
    """The article in the page's data whose title is one of the page's; None if there is none.

    `titles` are what the page calls itself, with and without the site's name.
    """
    wanted = [key for title in titles if len(key := letters(title.replace("\\n", " "))) >= 4]
    scripts = [text for text in root.xpath("//script[not(@src)]/text()")[:MOST_SCRIPTS] if len(text) > LEAST]
    told: list[StatedArticle] = []
    size = 0
    for text in scripts:
        size += len(text)
        if size > LARGEST:
            break
        values = list(_values(text))
        found = [one for value in values for one in _articles(value)] or list(_articles_of_pairs(text))
        told += [one for one in found if (_is_titled if one.title else _begins_so)(one, wanted)]
    if len({letters(one.text[:400])[:ALIKE] for one in told}) > FEW:
        return None  # answers or comments under one title
    untitled = [one for one in told if not one.title]
    return max(untitled or told, key=lambda one: len(one.text), default=None)


def _begins_so(article: StatedArticle, wanted: Sequence[str]) -> bool:
    """Whether an untitled article begins with what the page calls itself, if it calls itself anything."""
    key = letters(article.text)
    return not wanted or any(key.startswith(other[:ALIKE]) for other in wanted)


def _is_titled(article: StatedArticle, wanted: Sequence[str]) -> bool:
    """Whether an article's title is one of the page's, or a good part of it."""
    key = letters(html.unescape(article.title))
    return any(
        key == other or (min(len(key), len(other)) >= 6 and (key in other or other in key))
        for other in wanted
    )


def _values(text: str) -> Iterator[Any]:
    """The JSON in a script: the whole of it, or what it assigns to names."""
    bare = text.strip()
    if bare[:1] in "{[" and (value := _decoded(bare)) is not None:
        yield _hydrated(value)
        return
    for found in islice(ASSIGNED.finditer(text), MOST_VALUES):
        start = found.end()
        if parsed := PARSED.match(text, start):
            start = parsed.end()
        if text[start : start + 1] in '{["':
            value = _decoded(text[start:])
            if isinstance(value, str):
                value = _decoded(value)
            if value is not None:
                yield value


def _decoded(text: str) -> Any:
    """The JSON value that a text begins with; None if it is none."""
    decoder = json.JSONDecoder(strict=False)
    try:
        value, _ = decoder.raw_decode(UNDEFINED.sub("null", text))
    except (ValueError, RecursionError):
        return None
    return value


def _hydrated(value: Any) -> Any:
    """Data as Nuxt 3 writes it, a list whose objects refer to its places, with the values put in."""
    if not (isinstance(value, list) and len(value) > 2 and all(not isinstance(one, float) for one in value)):
        return value
    if not any(isinstance(one, str) for one in value):
        return value

    def put(one: Any) -> Any:
        known = isinstance(one, int) and not isinstance(one, bool) and 0 <= one < len(value)
        return value[one] if known and not isinstance(value[one], dict | list) else one

    return [
        {key: put(inner) for key, inner in one.items()} if isinstance(one, dict) else one for one in value
    ]


def _articles(value: Any) -> Iterator[StatedArticle]:
    """The objects with a text of some length, each with the titles of it and those around it."""
    stack: list[tuple[Any, tuple[str, ...], int, int]] = [(value, (), 0, 0)]
    count = 0
    while stack and count < MOST_NODES:
        item, titles, depth, decoded = stack.pop()
        count += 1
        if depth > DEEPEST:
            continue
        if isinstance(item, str) and decoded < ENCODED and item[:1] in "{[" and len(item) > LEAST:
            item, decoded = _decoded(item), decoded + 1
        if isinstance(item, dict):
            titles = _titles(item) or titles
            if titles and (text := max(map(_text, _named(item, TEXT)), key=len, default="")):
                days = tuple(map(str, _named(item, DAY, str | int)))
                yield from (StatedArticle(title, text, days) for title in titles)
            stack += [(inner, titles, depth + 1, decoded) for inner in item.values()]
        elif isinstance(item, list):
            stack += [(inner, titles if len(item) == 1 else (), depth + 1, decoded) for inner in item]


def _named(item: dict[Any, Any], names: re.Pattern[str], kind: Any = object) -> list[Any]:
    """The values of an object whose keys have a name."""
    return [
        value
        for key, value in item.items()
        if isinstance(value, kind) and names.fullmatch(str(key).lower().replace("_", "").replace("-", ""))
    ]


def _titles(item: dict[Any, Any]) -> tuple[str, ...]:
    """The titles of an object, or those of objects without a text inside it (info, meta).

    A title may be an object of a few forms: `"headlines": {"basic": …, "mobile": …}`.
    """
    own = _named(item, TITLE, str)
    own += [
        words for forms in _named(item, TITLES, dict) for words in forms.values() if isinstance(words, str)
    ]
    for value in () if any(map(_is_title, own)) else item.values():
        if isinstance(value, dict) and not _named(value, TEXT):
            own += _named(value, TITLE, str)
    return tuple(tidy(words) for words in own if _is_title(words))


def _is_title(words: str) -> bool:
    return 4 <= len(words) <= 200


def _text(value: Any) -> str:
    """A value as an article's text; empty if it is none. A list of parts is joined."""
    if isinstance(value, list):
        parts = [part if isinstance(part, str) else _part(part) for part in value[:2000]]
        value = _joined([part for part in parts if part])
    if not isinstance(value, str) or value[:1] in "{[":
        return ""
    return value if len(HAN_CHAR.findall(value)) >= LEAST and STOPS.search(value) else ""


def _joined(parts: Sequence[str]) -> str:
    """The parts of a text, each a paragraph at least: elements where one of them has markup."""
    if not any(map(is_markup, parts)):
        return "\n".join(parts)
    return "".join(
        f"<div>{part if is_markup(part) else html.escape(part, quote=False)}</div>" for part in parts
    )


def _part(part: Any) -> str:
    """The text of a part of an article; an object with a title of its own is another article."""
    if not isinstance(part, dict) or _named(part, TITLE, str):
        return ""
    return next(
        (words for name in ("text", "value", "content", "html") if isinstance(words := part.get(name), str)),
        "",
    )


def _articles_of_pairs(text: str) -> Iterator[StatedArticle]:
    """The texts among the strings of an object of JavaScript, each with the titles of its own."""
    pairs: list[tuple[str, str]] = []
    depths: list[int] = []
    depth = end = 0
    for found in PAIR.finditer(text):
        depth += text.count("[", end, found.start()) - text.count("]", end, found.start())
        end = found.end()
        depths.append(depth)
        pairs.append((found[1].lower().replace("_", ""), unquoted(found[2] or found[3] or "").strip("\"'")))
    texts = [place for place, (key, words) in enumerate(pairs) if TEXT.fullmatch(key) and _text(words)]
    for number, place in enumerate(texts):
        begin = texts[number - 1] + 1 if number else 0
        end = texts[number + 1] if number + 1 < len(texts) else len(pairs)
        sides = (range(place - 1, max(begin, place - FAR) - 1, -1), range(place + 1, min(end, place + FAR)))
        before, after = (
            [at for at in side if abs(place - at) <= NEAR or depths[at] == depths[place]] for side in sides
        )
        titles = _own_titles(before, pairs, depths, place) or _own_titles(after, pairs, depths, place)
        around = (pairs[at] for at in sorted((*before, *after)))
        days = tuple(words for key, words in around if DAY.fullmatch(key) and len(words) < 40)
        for words in titles:
            if _is_text(words, pairs[place][1]):
                yield StatedArticle("", pairs[place][1], days)
            elif _is_title(words):
                yield StatedArticle(tidy(words), pairs[place][1], days)


def _own_titles(
    near: Sequence[int], pairs: Sequence[tuple[str, str]], depths: Sequence[int], place: int
) -> list[str]:
    """The titles among the values on one side of a text, the nearest first. Of a text in a list, the title
    in its own entry hides those of other entries and of the page.
    """
    told = [at for at in near if TITLE.fullmatch(pairs[at][0])]
    if depths[place] > 0:
        own = [at for at in told if depths[at] == depths[place]] or told
        first = {pairs[at][0]: at for at in reversed(own)}
        told = [at for at in own if first[pairs[at][0]] == at]
    return [pairs[at][1] for at in told]


def _is_text(title: str, text: str) -> bool:
    """Whether a post without a title is called by its text, or by a long beginning of it."""
    key, told = letters(title), letters(text)
    return key == told or (len(key) > LEAST and told.startswith(key[:ALIKE]))


def unquoted(words: str) -> str:
    """The string that a literal of JavaScript stands for."""

    def plain(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else CONTROLS.get(found[3], found[3])

    words = BACKSLASH.sub(plain, words)
    return html.unescape(words) if "&quot;" in words else words


__all__ = ["StatedArticle", "stated_article"]
