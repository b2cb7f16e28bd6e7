"""The rows of the data tables in HTML, each read as one line.

Tables also lay out pages; those are read cell by cell. Knows tables and lengths of cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .blocks import tidy

DATUM = 20
"""Longest cell, in characters, that is a value and not text."""
LAYOUT = 300
"""Characters of a cell that holds a story, not a value or a remark."""
BETWEEN = "　"


def row_text(cells: Iterable[str]) -> str:
    """The cells of a row of data as one line; empty ones are left out."""
    return BETWEEN.join(cell for cell in cells if cell)


def data_rows(root: Any) -> frozenset[Any]:
    """The `tr` elements of the tables below an element that hold data, not the page's layout."""
    tables = list(root.iter("table"))
    outer = {above for table in tables for above in table.iterancestors("table")}
    inner = [list(table.iter("tr")) for table in tables if table not in outer]
    return frozenset(row for rows in inner if _is_data(rows) for row in rows)


def row_of(block: Any, rows: frozenset[Any]) -> tuple[Any, Any]:
    """The row of data that holds a block, and its cell in it; None for both if there is none."""
    cell = None
    for element in (block, *block.iterancestors()):
        if element in rows:
            return element, cell
        if element.tag == "table":
            break
        cell = element
    return None, None


def _is_data(rows: list[Any]) -> bool:
    """Whether rows are data: columns of short or ruled cells, none a story, few links."""
    grid = [[tidy(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in rows]
    filled = [cells for row in grid if (cells := [cell for cell in row if cell])]
    wide = sum(len(cells) > 1 for cells in filled)
    if wide < 2 or 2 * wide < len(filled):
        return False
    cells = [cell for row in filled for cell in row]
    short = sum(len(cell) <= DATUM for cell in cells)
    if max(map(len, cells)) > LAYOUT or (2 * short < len(cells) and not _is_ruled(rows)):
        return False
    linked = sum(len(tidy(link.text_content())) for row in rows for link in row.iter("a"))
    return 2 * linked <= sum(map(len, cells))


def _is_ruled(rows: list[Any]) -> bool:
    """Whether a table has cells that are marked as headers, or rules between its cells."""
    if any(cell.tag == "th" for row in rows for cell in row):
        return True
    table = next(rows[0].iterancestors("table"), None)
    return table is not None and (table.get("border") or "0") not in ("0", "")


__all__ = ["DATUM", "data_rows", "row_of", "row_text"]
