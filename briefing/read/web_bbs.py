"""Reads the first post on a page of a bulletin board (BBS): its head, its text and nothing of the answers.

Boards show posts as their terminals did: lines with the author, the board, the title and the time,
the text in lines broken by hand, and a line that says from where it was sent. Answers stand below
it. Knows these lines.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .fragment import BREAKS

HINTS = ("看板", "信区", "信區")
"""Words of which a page of a board has one."""
HEAD_MOST = 600
"""Characters in which the head of a post is looked for."""
HEADS = frozenset(["div", "td", "pre", "p", "article", "section"])
AUTHOR = ("作者", "发信人", "發信人")
HEAD = lazy_pattern(
    r"\s*(?:作者|[发發]信人)\s*[:：]?\s*(?P<author>\S[^\n]{0,60}?)\s*[,，]?\s*(?:看板|站[内內]|信[区區])\s*[:：]?\s*[^\s標标]{1,24}\s*"
    r"(?:標\s*題|标\s*题)\s*[:：]?\s*(?P<title>\S[^\n]{0,120}?)\s*\n\s*"
    r"(?:時間|时间|[发發]信站)\s*[:：]?\s*(?P<time>[^\n]{8,90})\n"
)
ORIGIN = lazy_pattern(r"\s*(?:※\s*(?:[发發]信站|来源|來源|修改|編輯|编辑)|◆\s*From\s*[:：])")
QUOTE = lazy_pattern(r"\s*(?:[:：>]\s|※\s*引述|【\s*在.{1,40}的大作中提到)")
RULE = lazy_pattern(r"[\s\-─=_~*]+")
DAY = lazy_pattern(r"([A-Z][a-z]{2}) {1,2}(\d{1,2}) [\d:]{5,8} (?:[A-Z]{3} )?((?:19|20)\d{2})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPACES = lazy_pattern(r"[ \t]{2,}")
BLANK = lazy_pattern(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
TRIED = 40
"""Most elements that begin with an author and are looked at."""
SIGNATURE = 8
"""Most lines of a signature between two lines of two hyphens."""
BROKEN = 25
"""Chinese characters of a line that may have been broken by hand, so that the next one goes on."""
ENDED = lazy_pattern(r"[。！？!?：:；;…」』）)]$")
HAN_CHAR = lazy_pattern(rf"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its title, its author, its day as written (2026-11-20; "" if none) and its paragraphs."""

    title: str
    author: str
    day: str
    texts: tuple[str, ...]


def first_post(text: str, root: Any) -> Post | None:
    """The first post on a board's page, given as text and tree; None on any other page."""
    if not any(hint in text for hint in HINTS):
        return None
    named = (element for element in root.iter() if element.tag in HEADS and _begins(element))
    for element in islice(named, TRIED):
        if found := HEAD.match(_lines_of(element, HEAD_MOST)):
            whole = _lines_of(element)
            head = HEAD.match(whole) or found
            texts = tuple(_paragraphs(_own_lines(whole[head.end() :])))
            return Post(tidy(head["title"]), tidy(head["author"]), _day(head["time"]), texts)
    return None


def _begins(element: Any) -> bool:
    """Whether the first words of an element name an author."""
    return _lines_of(element, 8).startswith(AUTHOR)


def _lines_of(element: Any, most: int = 0) -> str:
    """The text of an element, with a new line at each break; its first `most` characters, or all."""
    parts: list[str] = []
    size = 0
    for part in _parts(element):
        parts.append(part)
        size += len(part)
        if most and size > most:
            break
    return SPACES.sub(" ", BLANK.sub("\n\n", "".join(parts).replace("\u00a0", " "))).lstrip()


def _parts(element: Any) -> Iterator[str]:
    """The pieces of text below an element in order, without recursion."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        current, left = stack.pop()
        own = isinstance(current.tag, str) and current.tag not in ("script", "style")
        breaks = current.tag in BREAKS or current.tag == "br"
        if left:
            yield "\n" if breaks else ""
            yield (current.tail or "") if current is not element else ""
            continue
        stack.append((current, True))
        if own:
            yield current.text or ""
            stack += [(child, False) for child in reversed(current)]


def _day(words: str) -> str:
    found = DAY.search(words)
    if found is None or found[1] not in MONTHS:
        return ""
    try:
        return datetime.date(int(found[3]), MONTHS.index(found[1]) + 1, int(found[2])).isoformat()
    except ValueError:
        return ""


def _own_lines(text: str) -> list[str]:
    """The lines of the post itself: before where it was sent from, without quotations and signature."""
    lines: list[str] = []
    for line in text.split("\n"):
        if ORIGIN.match(line):
            break
        if not QUOTE.match(line):
            lines.append(line.strip())
    while lines and not lines[-1].strip(" -"):
        lines.pop()
    rules = [place for place, line in enumerate(lines) if line == "--"]
    if rules and len([line for line in lines[rules[-1] + 1 :] if line]) <= SIGNATURE:
        lines = lines[: rules[-1]]
    return lines


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Paragraphs of the lines: one goes on where a long line does not end a sentence."""
    current = ""
    for line in [*lines, ""]:
        words = "" if RULE.fullmatch(line) else tidy(line)
        goes_on = current and words and len(HAN_CHAR.findall(current[-45:])) >= BROKEN
        if goes_on and not ENDED.search(current):
            space = " " if re.search(r"[A-Za-z0-9]$", current) and re.match(r"[A-Za-z0-9]", words) else ""
            current += space + words
            continue
        if current:
            yield current
        current = words


__all__ = ["Post", "first_post"]
