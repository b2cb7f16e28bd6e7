"""Tables in Markdown: those that list articles give their articles, others are set aside.

(GitHub Flavored Markdown 0.29, 4.10.) Knows rows, cells and the names of columns; offsets into the
text stay exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..text.lazy_pattern import lazy_pattern
from ..types import Block, Role
from .columns import FIELD_ROLES, field_of

DELIMITER = lazy_pattern(r"[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
CELL = lazy_pattern(r"(?:\\.|[^|\\\n])+")
BREAK = lazy_pattern(r"<br\s{0,2}/?>", re.IGNORECASE)
MOST_LINES = 20_000
LONGEST_DATUM = 60
"""Longest cell, in characters, of a table of figures and remarks; a longer one is text."""
TITLES = (Role.HEADLINE, Role.KICKER, Role.DECK)


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """The rows of a table at [start, end): of each cell its [start, end) in the text."""

    start: int
    end: int
    rows: tuple[tuple[tuple[int, int], ...], ...]


def tables(text: str) -> Iterator[MarkdownTable]:
    """The tables of a text: a row of names, one of dashes, and rows of cells."""
    if "|" not in text:
        return
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    row = 1
    while row < len(lines):
        above, here = lines[row - 1], lines[row]
        if not ("|" in here[1] and "|" in above[1] and DELIMITER.fullmatch(here[1])):
            row += 1
            continue
        last = row + 1
        while last < len(lines) and "|" in lines[last][1] and last - row < MOST_LINES:
            last += 1
        rows = (tuple(_cells(*line)) for line in (above, *lines[row + 1 : last]))
        yield MarkdownTable(above[0], lines[last - 1][0] + len(lines[last - 1][1]), tuple(rows))
        row = last + 1


def holds_data(text: str, table: MarkdownTable) -> bool:
    """Whether no cell of a table is a sentence, or long enough to be news."""
    cells = [cell for row in table.rows for cell in row]
    return all(end - start <= LONGEST_DATUM and "。" not in text[start:end] for start, end in cells)


def _cells(at: int, line: str) -> Iterator[tuple[int, int]]:
    """The cells of a row, trimmed; an empty one has no characters."""
    start = line.index("|") + 1 if line.lstrip().startswith("|") else 0
    while start < len(line):
        found = CELL.match(line, start)
        end = found.end() if found else start
        words = line[start:end]
        left = start + len(words) - len(words.lstrip())
        yield at + left, at + left + len(words.strip())
        start = end + 1


def story_blocks(text: str, table: MarkdownTable, first: int) -> list[Block]:
    """The blocks of a table's articles, numbered from `first`; none if it lists no articles."""
    kinds = [field_of(text[start:end]) for start, end in table.rows[0]]
    if "text" not in kinds or len(set(kinds) - {None}) < 2:
        return []
    if "title" not in kinds and "。" not in text[table.start : table.end]:
        return []  # a programme
    blocks: list[Block] = []
    for number, row in enumerate(table.rows[1:], first):
        named = [(kind, cell) for kind, cell in zip(kinds, row, strict=False) if kind and cell[0] < cell[1]]
        roles = [(FIELD_ROLES[kind], cell) for kind, cell in named]
        for role, cell in sorted(roles, key=lambda one: (one[0] is Role.BODY, one[0] in TITLES)):
            for start, end in _lines(text, cell) if role is Role.BODY else [cell]:
                blocks.append(Block(text=text[start:end], start=start, gap=1, role=role, article=number))
    return blocks


def _lines(text: str, cell: tuple[int, int]) -> Sequence[tuple[int, int]]:
    """The paragraphs of a cell, which <br> keeps apart."""
    start, end = cell
    found: list[tuple[int, int]] = []
    for cut in BREAK.finditer(text, start, end):
        found.append((start, cut.start()))
        start = cut.end()
    return [*found, (start, end)]


__all__ = ["MarkdownTable", "holds_data", "story_blocks", "tables"]
