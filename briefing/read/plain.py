"""Reads plain text: runs of lines between blank ones are blocks, unless lines name what they hold."""

from __future__ import annotations

import re

from ..errors import SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.lazy_pattern import lazy_pattern
from ..types import Block, Page
from .decode import decode
from .field_lines import field_blocks

MOST_CHARACTERS, MOST_LINES = 8_000_000, 400_000
"""Limits of a text: a year of front pages fits. A line costs the segmenter 650 bytes."""
BLANK = lazy_pattern(r"[ \t\u3000\u00a0\u2000-\u200b\u2028\u2029\u0085\x0b\x0c\x1c-\x1f]*\Z")
QUOTE = lazy_pattern(r"(?:>[ ]?){1,5}")
EMPTY_QUOTE = lazy_pattern(rf"(?:>[ ]?){{0,5}}{BLANK.pattern}")
MOST_OTHERS = 10
"""Of so many quoted lines one may have lost its mark."""


def blocks_of(text: str, blank: re.Pattern[str] = BLANK) -> tuple[Block, ...]:
    """The blocks of a text; their offsets are exact."""
    found: list[Block] = []
    at = start = 0
    gap = held = 0
    run: list[str] = []
    for line in text.split("\n"):
        if blank.match(line):
            if run:
                found.append(Block(text="\n".join(run), start=start, gap=held))
                run, gap = [], 0
            gap += 1
        else:
            if not run:
                start, held = at, gap
            run.append(line)
        at += len(line) + 1
    if run:
        found.append(Block(text="\n".join(run), start=start, gap=held))
    return tuple(found)


def refuse_long(text: str) -> str:
    """The text; raises SourceError if it has more lines or characters than any page."""
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        raise SourceError(
            Message("字数或行数太多，不像一个版面", "more text or lines than a page has"),
            Message("请按版面拆成多个文件", "split it into one file a page"),
        )
    return text


def page_of(source: str, text: str) -> Page:
    """The page of a decoded text."""
    if quoted := _quote_marks(text):
        return Page(source=source, text=text, blocks=blocks_of(text, EMPTY_QUOTE), markup=quoted)
    return Page(source=source, text=text, blocks=field_blocks(text) or blocks_of(text))


def _quote_marks(text: str) -> tuple[tuple[int, int], ...]:
    """The marks before the lines of a mail that is quoted whole; none of any other text."""
    if not QUOTE.match(text):
        return ()
    found: list[tuple[int, int]] = []
    at = others = 0
    for line in text.split("\n"):
        if mark := QUOTE.match(line):
            found.append((at, at + mark.end()))
        else:
            others += not BLANK.match(line)
        at += len(line) + 1
    return tuple(found) if len(found) > 1 and MOST_OTHERS * others <= len(found) else ()


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page]:
    """The page in the bytes; raises SourceError if they are not text."""
    return (page_of(source, refuse_long(decode(source, data))),)
