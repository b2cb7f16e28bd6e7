"""The visible lines of a web page with their place in its tree, and how much of each is prose.

Knows blocks, links and sentences; knows no site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .fragment import Paragraph, tree_paragraphs

HAN_CHAR = lazy_pattern(rf"[{HAN}]")
STOPS = lazy_pattern(r"[。！？；，：、…]")
INDENT = lazy_pattern(r"(?<=[。！？…”’」』）)!?；：])\s*(?:\u3000{2}|\u00a0{4}|\n[ \t\r]*\n)\s*")
"""Where a new paragraph begins inside a block: full-width indents or an empty line after a
sentence's end.
"""
APART, SINGLE = 8, 0.85
"""Fewest parts of a line set with spaces between its characters, and the share of single characters."""
WIDE = HAN + "，。；：、！？「」『』（）《》"
LETTER_SPACE = lazy_pattern(rf"(?<=[{WIDE}]) | (?=[{WIDE}])")
TOLD, SEVERAL = 15, 3
"""Chinese characters of a paragraph, and the paragraphs from which a link holds a text."""
LINKED = 0.5
"""Share of a line in links from which it is a link."""
HEADINGS = frozenset(["h1", "h2", "h3"])
"""Tags of the headings that may be a headline."""
LEAST_PROSE = 8
"""Fewest Chinese characters outside links of a line of prose."""


@dataclass(slots=True)
class Line:
    """A line of a page: its text, its block element, the share of it in links, and its prose.

    `prose` is the number of Chinese characters outside links if the line has a stop, else 0.
    """

    text: str
    block: Any
    linked: float
    bold: float
    prose: int
    key: str
    names: str
    row: bool = False
    """Whether it is a row of a table of data."""
    after_image: bool = False
    """Whether a picture stands right before it."""
    images: list[Any] = field(default_factory=list)
    """The pictures before and within it."""

    @property
    def tag(self) -> str:
        """The name of the block element."""
        return self.block.tag if self.block is not None and isinstance(self.block.tag, str) else ""


def page_lines(root: Any, *, hidden: bool = False) -> list[Line]:
    """The lines of a page in order; `hidden`: with what a style hides."""
    return list(_lines(root, hidden))


def _lines(root: Any, hidden: bool) -> Iterator[Line]:
    every = list(tree_paragraphs(root, hidden=hidden))
    wrapped = _wrapped(every)
    for found in every:
        raw = "".join(found.parts)
        size = max(1, len(tidy(raw)))
        linked, bold = min(1.0, found.linked / size), min(1.0, found.bold / size)
        if wrapped and not wrapped.isdisjoint(_links_around(found)):
            linked = 0.0
        for place, text in enumerate(_texts(found, raw)):
            line = Line(text, found.block, linked, bold, _prose(text, linked), letters(text), found.names)
            line.row, line.after_image = found.row, found.after_image and place == 0
            line.images = [] if place else found.images
            yield line


def _texts(found: Paragraph, raw: str) -> list[str]:
    """The lines of a paragraph: new ones begin at indents; a row of data is one."""
    if found.row:
        return [found.text]
    pieces = raw.splitlines() if found.tag == "pre" else INDENT.split(raw)
    return [_closed(text) for piece in pieces if (text := tidy(piece))]


def _closed(text: str) -> str:
    """A line without the spaces that set all its characters apart: 望 江 橋 通 車 。"""
    parts = text.split(" ")
    if len(parts) < APART or sum(len(part) == 1 for part in parts) < SINGLE * len(parts):
        return text
    return LETTER_SPACE.sub("", text)


def _links_around(found: Paragraph) -> list[Any]:
    """The links around a paragraph: around its whole block, or right within it."""
    if found.block is None or not found.linked:
        return []
    near = (found.block, *found.block.iterancestors(), *found.block)
    return [element for element in near if element.tag == "a"]


def _wrapped(every: list[Paragraph]) -> set[Any]:
    """The links around whole texts: several paragraphs with a full stop, no titles."""
    told = Counter(
        link
        for found in every
        if found.linked and "。" in found.text and len(HAN_CHAR.findall(found.text)) >= TOLD
        for link in _links_around(found)
    )
    return {link for link, count in told.items() if count >= SEVERAL}


def _prose(text: str, linked: float) -> int:
    han = len(HAN_CHAR.findall(text))
    unlinked = int(han * (1 - linked))
    return unlinked if unlinked >= LEAST_PROSE and STOPS.search(text) else 0


__all__ = ["HEADINGS", "LINKED", "Line", "page_lines"]
