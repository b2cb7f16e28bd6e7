"""Tells the tables of figures on a page from its text: prices, results, rankings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ...text.lazy_pattern import lazy_pattern
from .print_page import PrintLine, around

FIGURE = lazy_pattern(r"[-+−—±▲▼↑↓]?[\d.,:：/%％‰+-]{1,14}(?:[%％万亿元分枚吨度℃]{1,2})?|[-—]{1,2}")
LONGEST = 14
"""Most characters of a cell."""
FIGURES, ROWS = 2, 3
"""Fewest figures of a row, and fewest rows of a table."""
BETWEEN = 8.0
"""Largest gap between two cells of a row, in ems."""
STACKED = 2.6
"""Largest distance of two rows, in ems."""
STRIP = 4.0
"""Height in points of the strips of a page in which the cells of one row are looked for."""


def without_tables(lines: Sequence[PrintLine]) -> tuple[list[PrintLine], list[PrintLine]]:
    """The lines without the cells of tables, and each row of a table as one line."""
    cells = [line for line in lines if _is_cell(line)]
    rows = [row for row in _rows(cells) if _figures(row) >= FIGURES and 2 * _figures(row) >= _words(row)]
    tables = _stacked(rows)
    inside = {id(cell) for table in tables for row in table for cell in row}
    whole = [
        PrintLine(
            "　".join(cell.text.strip() for cell in row), around([cell.box for cell in row]), row[0].size
        )
        for table in tables
        for row in table
    ]
    return [line for line in lines if id(line) not in inside], whole


def _is_cell(line: PrintLine) -> bool:
    return all(len(word) <= LONGEST for word in line.text.split()) and not set(line.text) & set("。，；！？")


def _figures(row: Sequence[PrintLine]) -> int:
    return sum(bool(FIGURE.fullmatch(word)) for cell in row for word in cell.text.split())


def _words(row: Sequence[PrintLine]) -> int:
    return sum(len(cell.text.split()) for cell in row)


def _rows(cells: Sequence[PrintLine]) -> list[list[PrintLine]]:
    """The cells that stand in one line, from the left, those far apart in rows of their own."""
    strips: defaultdict[int, list[list[PrintLine]]] = defaultdict(list)
    rows: list[list[PrintLine]] = []
    for cell in sorted(cells, key=lambda one: one.left):
        strip = round(cell.bottom / STRIP)
        near = [row for at in (strip - 1, strip, strip + 1) for row in strips.get(at, ())[-4:]]
        for row in near:
            last = row[-1]
            level = abs(last.bottom - cell.bottom) < 0.3 * cell.size
            if level and last.right - 1 < cell.left < last.right + BETWEEN * cell.size:
                row.append(cell)
                break
        else:
            rows.append([cell])
            strips[strip].append(rows[-1])
    return rows


def _stacked(rows: Sequence[list[PrintLine]]) -> list[list[list[PrintLine]]]:
    """The tables: rows right under one another."""
    tables: list[list[list[PrintLine]]] = []
    for row in sorted(rows, key=lambda one: one[0].top):
        for table in tables:
            last = table[-1]
            away = row[0].top - last[0].bottom
            shared = min(last[-1].right, row[-1].right) - max(last[0].left, row[0].left)
            if -1 < away < STACKED * row[0].size and shared > 0:
                table.append(row)
                break
        else:
            tables.append([row])
    return [table for table in tables if len(table) >= ROWS]


__all__ = ["without_tables"]
