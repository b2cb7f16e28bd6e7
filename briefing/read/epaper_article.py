"""Reads one article of an e-paper: its headlines, its byline and its paragraphs.

The systems label kicker, headline and deck themselves: in a comment of properties (<introtitle>,
<title>, <subtitle>), in elements with such names, or by h3, h1 and h2 above the text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..text.chars import letters
from ..types import Role
from .blocks import Blocks, tidy
from .markup import parse_tree, short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PROPERTIES = (
    re.compile(r"<!--\s*+enpproperty", re.IGNORECASE),
    re.compile(r"/enpproperty\s*+-->", re.IGNORECASE),
)
PROPERTY = re.compile(r"<(\w++)>")
BODY = (
    re.compile(r"<!--\s*+enpcontent\s*+-->", re.IGNORECASE),
    re.compile(r"<!--\s*+/enpcontent\s*+-->", re.IGNORECASE),
)
CONTAINERS = (
    "//founder-content",
    "//*[@id='ozoom']",
    "//*[@id='articleContent' or @id='articleconent' or @id='content']",
    "//*[contains(concat(' ', @class, ' '), ' text_c ')"
    " or contains(concat(' ', @class, ' '), ' article-content ')]",
)
NAMED = {
    Role.KICKER: re.compile(r"introtitle|yinti|leadtitle|pretitle|founder-?intro", re.IGNORECASE),
    Role.DECK: re.compile(r"subtitle|futi|founder-?sub", re.IGNORECASE),
    Role.HEADLINE: re.compile(r"^founder-?title$|biaoti|maintitle|(?<!sub)(?<!intro)title", re.IGNORECASE),
    Role.BYLINE: re.compile(r"founder-?author|zuozhe|author|byline", re.IGNORECASE),
}
HEADS = {"h3": Role.KICKER, "h1": Role.HEADLINE, "h2": Role.DECK, "h4": Role.BYLINE}
MOST = 64
"""Most pages of an edition, and most articles or properties of a page; more is hostile."""
CAPTION = re.compile(r"^(?:图为|图[①-⑩一二三四五六]|[▲△▼▽↑↓←→]|.{0,60}(?:摄|供图|制图)$)")


def has_properties(text: str) -> bool:
    """Whether the page has a comment of properties."""
    return _between(PROPERTIES, text) is not None


def article_properties(text: str) -> dict[str, str]:
    """The article's properties, from the system's comment."""
    words = _between(PROPERTIES, text) or ""
    stated: dict[str, str] = {}
    position = 0
    for _ in range(MOST):
        if not (tag := PROPERTY.search(words, position)):
            break
        end = words.find(f"</{tag[1]}>", tag.end())
        position = tag.end()
        if end >= 0:
            stated[tag[1].lower()] = tidy(_unescaped(words[tag.end() : end]))
            position = end + len(tag[0]) + 1
    return stated


def add_article(blocks: Blocks, text: str, root: HtmlElement) -> None:
    """Adds the blocks of one article."""
    stated = article_properties(text)
    container = _text_container(text, root)
    heads = {
        Role.KICKER: stated.get("introtitle") or stated.get("pretitle") or "",
        Role.HEADLINE: stated.get("title", ""),
        Role.DECK: stated.get("subtitle", ""),
        Role.BYLINE: stated.get("author", ""),
    }
    if not heads[Role.HEADLINE]:
        heads = _title_texts(root, container)
    blocks.begin_article()
    for role, words in heads.items():
        blocks.add(role, re.sub(r"<[^<>]+>", "", words))
    title_letters = {letters(words) for words in heads.values() if words}
    for words in _paragraph_texts(container):
        if letters(words) in title_letters:
            continue
        blocks.add(Role.CAPTION if CAPTION.match(words) and len(words) < 120 else Role.BODY, words)


def _text_container(text: str, root: HtmlElement) -> HtmlElement | None:
    """The element that contains the article's text."""
    marked = _between(BODY, text)
    if marked is not None:
        return parse_tree(f"<div>{marked}</div>") if marked.strip() else None
    for path in CONTAINERS:
        for element in root.xpath(path):
            if len(short_text(element)) > 10:
                return element
    return None


def _title_texts(root: HtmlElement, container: HtmlElement | None) -> dict[Role, str]:
    """Kicker, headline, deck and byline by element names, else by h3, h1, h2 and h4."""
    named: dict[Role, str] = dict.fromkeys(NAMED, "")
    tries: Counter[Role] = Counter()
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in (
            "title",
            "meta",
            "html",
            "body",
            "ul",
            "li",
            "a",
        ):
            continue
        name = (
            f"{element.tag if '-' in element.tag else ''} {element.get('class', '')} {element.get('id', '')}"
        )
        role = next((r for r, p in NAMED.items() if any(p.search(part) for part in name.split())), None)
        if role and not named[role] and tries[role] < MOST:
            tries[role] += 1
            words = short_text(element)
            named[role] = words if len(words) < 120 else ""
    by_tag = dict.fromkeys((Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE), "")
    above = container.getparent() if container is not None and container.getparent() is not None else root
    for element in (above if above.xpath(".//h1") else root).iter("h1", "h2", "h3", "h4"):
        role = HEADS[element.tag]
        by_tag[role] = by_tag[role] or short_text(element)
    chosen = by_tag if by_tag[Role.HEADLINE] else named
    return {role: chosen.get(role, "") for role in (Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE)}


def _paragraph_texts(container: HtmlElement | None) -> Iterator[str]:
    """The paragraphs of the text: its p elements, else the pieces between line breaks."""
    if container is None:
        return
    elements = [element for element in container.iter("p") if next(element.iterancestors("p"), None) is None]
    for element in elements or [container]:
        for hidden in element.xpath(".//script | .//style"):
            hidden.text = ""
        for mark in element.xpath(".//br"):
            mark.tail = "\n" + (mark.tail or "")
        yield from filter(None, map(tidy, element.text_content().split("\n\n" if elements else "\n")))


def _between(marks: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> str | None:
    """The text between the first opening mark and the next closing one; None without both. Linear
    time.
    """
    if (first := marks[0].search(text)) and (end := marks[1].search(text, first.end())):
        return text[first.end() : end.start()]
    return None


def _unescaped(words: str) -> str:
    return html.unescape(re.sub(r"<br\s*/?>", " ", re.sub(r"<!\[CDATA\[|\]\]>", "", words)))
