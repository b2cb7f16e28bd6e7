"""How a sheet's pieces stand so far apart that its columns fill it and end together.

Found by setting the page again and again, so what was found is remembered: a page is printed as PDF and as a
picture. Knows the marks of parts.typ through EndPosition and even_columns; knows nothing of the compiler.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .end_position import EndPosition
from .even_columns import even_columns
from .themes import Theme

FULL = 0.985
"""The part of a page from which on its columns are not evened out."""
CLOSE = 2.0
"""Points by which the columns of a page that is not full may differ in length."""
AIR = 12.0
"""Points that may be added between two pieces of a page that is not full."""
QUIET = 48.0
"""The same on a sheet of one column, which has few pieces."""
REMEMBERED = 4
ENDS = 32
"""Drafts whose ends are remembered: those that a fit asks for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Points: `air` between all pieces, `cut` off the columns of a page that is not full, `extra` before
    single pieces, by the number of their first story; None for a draft, which sets no links.
    """

    air: float = 0.0
    cut: float = 0.0
    extra: Mapping[str, float] | None = None


DRAFT = Layout()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is set: the theme, its language, the words and the type size in points.

    `marks` sets it in a layout and returns the marks, `end` where it then ends; those of an equal sheet
    will do as well.
    """

    theme: Theme
    language: str
    words: str
    size: float
    marks: Callable[[Layout], Any] = field(compare=False)
    end: Callable[[Layout], EndPosition] = field(compare=False)

    def _fits(self, layout: Layout) -> bool:
        return self.end(layout).pages <= 1


@lru_cache(maxsize=ENDS)
def draft_end(sheet: Sheet) -> EndPosition:
    """Where the sheet ends as a draft; raises what its functions raise."""
    return sheet.end(DRAFT)


@lru_cache(maxsize=REMEMBERED)
def layout_of(sheet: Sheet) -> Layout:
    """The layout in which the sheet's columns fill it and end together; raises what its functions raise."""
    air, cut = _air_and_cut(sheet)
    plain = Layout(air, cut, {})
    marks = sheet.marks(plain)
    end = EndPosition.from_marks(marks)
    if end is None or end.columns == 1 or end.pages > 1:
        return plain
    evened = Layout(air, cut, even_columns(marks))
    return evened if sheet._fits(evened) else plain


def _air_and_cut(sheet: Sheet) -> tuple[float, float]:
    end = draft_end(sheet)
    if end.pages > FULL or not end.height:
        return 0.0, 0.0
    if end.columns == 1:
        return _largest_good(QUIET, 1.0, lambda air: sheet._fits(Layout(air))), 0.0
    air = _largest_good(AIR, 0.5, lambda air: sheet._fits(Layout(air)))
    most = end.height * (1 - end.pages) + 60
    return air, _largest_good(most, CLOSE, lambda cut: sheet._fits(Layout(air, cut)))


def _largest_good(most: float, step: float, good: Callable[[float], bool]) -> float:
    """The largest number from 0 to `most` that is good, to within `step`; 0 is."""
    low, high = 0.0, most
    while high - low > step:
        middle = (low + high) / 2
        low, high = (middle, high) if good(middle) else (low, middle)
    return low
