"""Reads Markdown as plain text with its notation marked.

Supports only the notation found on newspaper pages. Headings are left to the segmenter, which reads
them in plain text too; links, images, inline emphasis, rules, quotes, comments and front matter are
marked here. (CommonMark 0.31, https://spec.commonmark.org, without indented code: newspapers indent
paragraphs.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..protocols import ALONE, ReadContext
from ..text.lazy_pattern import lazy_pattern
from ..types import Block, Page
from .decode import decode
from .plain import blocks_of, refuse_long

FRONT = lazy_pattern(r"\A---\n(?:[^\n]*\n){0,60}?---(?:\n|\Z)")
COMMENT = lazy_pattern(r"<!--.{0,5000}?-->", re.DOTALL)
RULE = lazy_pattern(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
SETEXT = lazy_pattern(r"[ \t]{0,3}(=+|-{2,})[ \t]*")
QUOTE = lazy_pattern(r"[ \t]{0,3}(?:>[ \t]?)+")
LIST = lazy_pattern(r"[ \t]{0,3}[-*+][ \t]+(?=\S)")
INLINE = lazy_pattern(
    r"(?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\))"
    r"|(?P<open>\[)(?=[^\]\n]{1,200}\]\([^)\n]{0,500}\))|(?P<close>\]\([^)\n]{0,500}\))"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,200}>)|(?P<code>`+)|(?P<strong>\*\*|__)|(?P<em>(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*]))|(?P<escape>\\(?=[!-/:-@\[-`{-~]))|(?P<end>\\$)"
)
WHOLE = lazy_pattern(
    r"[ \t\u3000]*(?:#{1,6}[ \t]+)?(?P<mark>\*\*|__)(?:(?!(?P=mark)).)+(?P=mark)[ \t\u3000]*"
)
LEAD = lazy_pattern(r"[ \t\u3000]*(\*\*|__)(?=\S)((?:(?!\1).){3,60}?)(?<=\S)\1")


def _inline_notation(line: str, at: int) -> Iterator[tuple[int, int]]:
    """The ranges of notation in a line. A bold heading at the start of a line is left to the
    segmenter.
    """
    skip = 0
    if WHOLE.fullmatch(line):
        return
    if lead := LEAD.match(line):
        skip = lead.end()
    pairs: dict[str, list[tuple[int, int]]] = {}
    for found in INLINE.finditer(line, skip):
        kind = found.lastgroup or ""
        span = (at + found.start(), at + found.end())
        if kind in ("strong", "em", "code"):
            pairs.setdefault(kind, []).append(span)
        else:
            yield span
    for spans in pairs.values():
        yield from spans[: len(spans) // 2 * 2]


def notation_ranges(text: str) -> list[tuple[int, int]]:
    """The sorted, disjoint [start, end) ranges of notation in `text`."""
    found: list[tuple[int, int]] = []
    front = FRONT.match(text)
    if front:
        found.append((0, front.end()))
    found += [match.span() for match in COMMENT.finditer(text)] if "<!--" in text else []
    at, before = 0, ""
    for line in text.split("\n"):
        if line.strip():
            head = QUOTE.match(line)
            if RULE.fullmatch(line) or (before.strip() and SETEXT.fullmatch(line)):
                found.append((at, at + len(line)))
            else:
                size = head.end() if head else 0
                if item := LIST.match(line, size):
                    size = item.end()
                if size:
                    found.append((at, at + size))
                if any(mark in line for mark in "*_`[]<\\"):
                    found += _inline_notation(line[size:], at + size)
        before = line
        at += len(line) + 1
    return _merge_ranges(found)


def _merge_ranges(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _with_setext_level(block: Block) -> Block:
    """Whether a block is a setext heading: its second line underlines its first."""
    lines = block.text.split("\n")
    if (
        len(lines) >= 2
        and len(lines[0]) <= 60
        and (under := SETEXT.fullmatch(lines[1]))
        and not lines[0].lstrip().startswith("#")
    ):
        return replace(block, level=1 if under[1][0] == "=" else 2)
    return block


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page]:
    """The page in the bytes; raises SourceError if they are not text."""
    text = refuse_long(decode(source, data))
    blocks = tuple(map(_with_setext_level, blocks_of(text)))
    return (Page(source=source, text=text, blocks=blocks, markup=tuple(notation_ranges(text))),)
