"""Plain text becomes a page: runs of lines between blank ones are its blocks."""

from __future__ import annotations

import re

from ..protocols import ALONE, ReadContext
from ..types import Block, Page
from .decode import decode

BLANK = re.compile(r"[ \t\u3000\u00a0\u2000-\u200b\u2028\u2029\u0085\x0b\x0c\x1c-\x1f]*\Z")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text; their offsets are exact."""
    found: list[Block] = []
    at = start = 0
    gap = held = 0
    run: list[str] = []
    for line in text.split("\n"):
        if BLANK.match(line):
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


def page_of(source: str, text: str) -> Page:
    """The page of a text already decoded."""
    return Page(source=source, text=text, blocks=blocks_of(text))


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page]:
    """The page that the bytes hold; raises SourceError where they are no text."""
    return (page_of(source, decode(source, data)),)
