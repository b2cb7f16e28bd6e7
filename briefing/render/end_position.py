"""Where a printed text ends, in pages and parts of pages: from the marks that parts.typ leaves.

Knows the marks <start>, <end> and <pages>; knows nothing of the compiler.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

END_QUERY = """(
  pages: query(<pages>).map(it => it.value),
  start: query(<start>).map(it => it.location().position().y.pt()),
  end: query(<end>).map(it => {
    let at = it.location().position()
    (page: at.page, x: at.x.pt(), y: at.y.pt(), sheet: it.value)
  }),
  airs: query(<air>).map(it => {
    let at = it.location().position()
    (x: at.x.pt(), y: at.y.pt(), ..it.value)
  }),
  ended: query(<ended>).map(it => {
    let at = it.location().position()
    (x: at.x.pt(), y: at.y.pt())
  }),
)"""
"""The marks as JSON, in Typst."""


@dataclass(frozen=True, slots=True)
class EndPosition:
    """Where a text ends: `pages` is 1.5 for a page and a half.

    `height` is that of the first page's columns in points, 0 if unknown; `columns` their number.
    """

    pages: float
    height: float
    columns: int = 1

    @classmethod
    def from_marks(cls, marks: Any) -> EndPosition | None:
        """The position; None where a page.typ of the user's has no marks, or others than
        parts.typ.
        """
        try:
            return cls._from_marks(marks)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None

    @classmethod
    def _from_marks(cls, marks: Any) -> EndPosition:
        (start, *_), (end, *_) = marks["start"], marks["end"]
        sheet = end["sheet"]
        first = start if end["page"] == 1 else sheet["top"]
        height = sheet["bottom"] - first
        if start > sheet["bottom"] or end["y"] > sheet["bottom"] + 1:  # an unbreakable piece ran off
            return cls(end["page"] + 0.01, 0.0)
        column = round((end["x"] - sheet["left"]) / sheet["step"])
        part = (column + (end["y"] - first) / height) / sheet["columns"]
        return cls(max(end["page"] - 1 + min(part, 1.0), marks["pages"][0] - 0.999), height, sheet["columns"])
