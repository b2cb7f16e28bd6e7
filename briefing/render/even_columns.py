"""Columns that end together: the room that is added before single pieces of a page of one sheet.

Knows the marks <air> and <ended> of parts.typ; knows nothing of the compiler.
"""

from __future__ import annotations

from typing import Any

MOST = 24.0
"""Points added before a piece at most; twice as many before a section."""
SPARE = 0.5
"""Points of a column that stay free, so that its last piece is not pushed into the next."""


def even_columns(marks: Any) -> dict[str, float]:
    """The points to add before pieces, by the number of their first story; empty where a user's
    page.typ has no such marks.
    """
    try:
        return _even_columns(marks)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return {}


def _even_columns(marks: Any) -> dict[str, float]:
    (start, *_), (end, *_) = marks["start"], marks["end"]
    sheet = end["sheet"]

    def column(mark: Any) -> int:
        return int((mark["x"] - sheet["left"]) // sheet["step"])

    added: dict[str, float] = {}
    pieces = [(column(mark), mark["y"]) for mark in marks["ended"] if mark["y"] > start]
    for of in range(sheet["columns"]):
        last = max((y for at, y in pieces if at == of), default=start)
        if of == column(end):
            last = max(last, end["y"])
        airs = [
            mark for mark in marks["airs"] if column(mark) == of and start + SPARE < mark["y"] < last - SPARE
        ]
        shares = sum(mark["share"] for mark in airs)
        room = sheet["bottom"] - SPARE - last
        if shares and 0 < room <= MOST * shares:
            added |= {str(mark["before"]): round(room / shares, 2) for mark in airs}
    return added
