"""Finds kicker, headline, deck and byline of an e-paper's article.

The system's properties go first, then headings: the largest is the headline, one above it the
kicker, one below it the deck. Else elements are named for what they are. What one of these leaves
out is taken from the next if that has the same headline.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from ..types import Role
from .blocks import tidy
from .web_stamp import is_stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ROLES = (Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE)
PROPERTIES = {
    Role.KICKER: ("introtitle", "pretitle", "leadtitle"),
    Role.HEADLINE: ("title",),
    Role.DECK: ("subtitle",),
    Role.BYLINE: ("author",),
}
NAMED = {
    Role.KICKER: lazy_pattern(
        r"introtitle|yinti|leadtitle|pretitle|founder-?intro|^intro$|^primers?$", re.IGNORECASE
    ),
    Role.DECK: lazy_pattern(r"subtitle|futi|founder-?sub|^sub$", re.IGNORECASE),
    Role.HEADLINE: lazy_pattern(r"^founder-?title$|biaoti|maintitle|(?<!sub)(?<!intro)title$", re.IGNORECASE),
    Role.BYLINE: lazy_pattern(r"founder-?author|zuozhe|author$|byline", re.IGNORECASE),
}
NO_TITLES = frozenset(["title", "meta", "html", "body", "ul", "ol", "li", "a", "script", "style", "input"])
MOST = 64
"""Most elements of a name that are looked at."""
LONGEST = 120
"""Longest line of a title, in characters."""
REPORTER = lazy_pattern(r"记者|記者|通讯员|通訊員|作者|文[/／]|[/／]文|本报|评论员|编译|[□■○◎]")
NAMES = lazy_pattern(rf"[{HAN}·]{{2,12}}(?:[\s、，,/]+[{HAN}·]{{2,12}}){{0,9}}")
AUTHOR = lazy_pattern(r"^\s*(?:作\s*者|撰文|署名)\s*[：:]\s*")
AFTER_AUTHOR = lazy_pattern(
    r"\s*(?:来源|稿源|发布时间|时间|编辑|责编|字号)\s*[：:].*|\s*《[^《》]{2,14}》.*|\s*[（(]?\s*20\d{2}\s*[年-].*"
)


def title_texts(root: HtmlElement, container: HtmlElement | None, stated: dict[str, str]) -> dict[Role, str]:
    """Kicker, headline, deck and byline, as far as the page states them; the others are empty."""
    given = {
        role: next((stated[name] for name in names if stated.get(name)), "")
        for role, names in PROPERTIES.items()
    }
    headings, named = _by_heading(root, container), _by_name(root)
    if headings[Role.HEADLINE] and named[Role.HEADLINE] and not _has_first_heading(root):
        headings, named = named, headings
    found = dict.fromkeys(ROLES, "")
    for titles in (given, headings, named):
        if not titles[Role.HEADLINE]:
            continue
        same = letters(titles[Role.HEADLINE]) == letters(found[Role.HEADLINE])
        if not found[Role.HEADLINE] or same:
            found = {role: found[role] or titles[role] for role in ROLES}
    found[Role.BYLINE] = _author(found[Role.BYLINE] or named[Role.BYLINE] or _author_line(root))
    headline = letters(found[Role.HEADLINE])
    for role in (Role.KICKER, Role.DECK):
        if letters(found[role]) == headline or is_stamp(found[role]):
            found[role] = ""
    return found


def _has_first_heading(root: HtmlElement) -> bool:
    return any(title_text(element) for element in root.xpath("//h1")[:MOST])


def _by_heading(root: HtmlElement, container: HtmlElement | None) -> dict[Role, str]:
    """The titles by headings: the largest, and those above and below it."""
    headings = _headings_around(root, container)
    largest = min((element.tag for element, _ in headings), default="")
    found = dict.fromkeys(ROLES, "")
    for element, words in headings:
        if not found[Role.HEADLINE]:
            role = Role.HEADLINE if element.tag == largest else Role.KICKER
        elif element.tag == "h4" and (largest == "h1" or REPORTER.search(words)):
            role = Role.BYLINE
        else:
            role = Role.DECK
        found[role] = found[role] or words
    return found


def _headings_around(root: HtmlElement, container: HtmlElement | None) -> list[tuple[HtmlElement, str]]:
    """The headings beside the text, in order: those of the nearest element that has some."""
    above = container
    for _ in range(6):
        if above is None:
            break
        near = _headings(above, container)
        if near:
            return near
        above = above.getparent()
    return _headings(root, container)


def _headings(scope: HtmlElement, container: HtmlElement | None) -> list[tuple[HtmlElement, str]]:
    """The headings below an element; those within the text only if one of them is an h1."""
    inside = set(container.iter("h1", "h2", "h3", "h4")) if container is not None else set()
    if any(element.tag == "h1" and title_text(element) for element in inside):
        inside = set()
    found = []
    for element in scope.iter("h1", "h2", "h3", "h4"):
        words = title_text(element)
        if words and len(words) < LONGEST and element not in inside:
            found.append((element, words))
        if len(found) >= MOST:
            break
    return found


def _by_name(root: HtmlElement) -> dict[Role, str]:
    """The titles by the names of their elements."""
    named = dict.fromkeys(ROLES, "")
    tries: Counter[Role] = Counter()
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in NO_TITLES:
            continue
        own = element.tag if "-" in element.tag else ""
        names = f"{own} {element.get('class', '')} {element.get('id', '')}".split()
        role = next((r for r, p in NAMED.items() if any(p.search(name) for name in names)), None)
        if role and not named[role] and tries[role] < MOST:
            tries[role] += 1
            words = title_text(element)
            named[role] = words if len(words) < LONGEST else ""
    return named


def _author_line(root: HtmlElement) -> str:
    """The line of author and date under the headline, or the reporter that the head names."""
    for element in root.xpath("//p[@class='sec'] | //*[contains(@class, 'article')]//*[@class='sec']")[:MOST]:
        if words := _author(title_text(element)):
            return words
    stated = root.xpath("//meta[@name='reporter']/@content | //meta[@name='author']/@content")
    return next((words for words in map(_author, map(tidy, stated)) if words), "")


def _author(words: str) -> str:
    """The author in a line that may also tell source, day and page; empty if there is none."""
    words = AFTER_AUTHOR.sub("", AUTHOR.sub("", tidy(words))).strip(" 　:：|｜()（）")
    if not words or len(words) > 80 or re.search(r"版$|^第|\d", words):
        return ""
    return words if REPORTER.search(words) or NAMES.fullmatch(words) else ""


def title_text(element: HtmlElement, limit: int = 4000) -> str:
    """An element's text on one line; a break between two lines of a title is a space."""
    parts = []
    size = 0
    for piece in element.iter():
        if isinstance(piece.tag, str) and piece.tag not in ("script", "style"):
            parts.append((" " if piece.tag == "br" else "") + (piece.text or ""))
        if piece is not element:
            parts.append(piece.tail or "")
        size += len(parts[-1])
        if size > limit:
            break
    return tidy("".join(parts)[:limit])


__all__ = ["title_text", "title_texts"]
