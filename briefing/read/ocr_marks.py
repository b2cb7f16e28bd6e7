"""Tells how a page lies by its commas and full stops, before anything is recognized.

In level type they stand at the lower left of their square, in vertical type at the upper right: so
the side of the line that they are on, and the neighbour that they are close to, differ in all four
ways in which lines of either direction may lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LINES = 40
"""Most lines whose marks are looked at."""
LEAST, LARGEST = 0.06, 0.36
"""Sides of a comma or a full stop, in widths of the line."""
ASIDE = 0.12
"""Distance of a mark's middle from that of the line, in widths of the line."""
NEARER = 0.2
"""Widths of the line by which the one neighbour is nearer than the other."""
FAINT, BESIDE = 0.02, 0.05
"""Share of ink in a row of type; heights of the line by which marks stand above it."""
ENOUGH, SHARE = 6, 0.7
"""Fewest marks that say how a page lies, and the share of them that must say so."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small mark in a level strip: its box in pixels, and where it stands."""

    left: int
    top: int
    right: int
    bottom: int
    foot: int
    """The lower edge of its line."""
    upper: bool
    """Whether it is in the upper half of the line."""
    close_right: bool
    """Whether it is close to what is on its right, not on its left."""


def place_of_marks(strips: Iterable[Any]) -> tuple[bool, bool] | None:
    """Where the marks in level strips (uint8, height x width) stand; None if that is not clear.

    The pair is whether they are in the upper half, and close to what is on the right.
    """
    seen = Counter((mark.upper, mark.close_right) for strip in strips for mark in _marks(strip))
    (place, count), *_ = seen.most_common(1) or [((False, False), 0)]
    return place if count >= ENOUGH and count >= SHARE * seen.total() else None


def with_marks_below(strip: Any) -> Any:
    """A column of vertical type, turned to the left, with its marks as they are in level type.

    The recognizer reads characters on their side in such a strip (uint8, height x width), but not
    the commas and full stops above them.
    """
    import numpy

    level, marks = strip.copy(), [mark for mark in _marks(strip) if mark.upper and not mark.close_right]
    paper = int(numpy.percentile(strip, 90))
    for mark in marks:
        level[mark.top : mark.bottom, mark.left : mark.right] = paper
    for mark in marks:
        part = numpy.rot90(strip[mark.top : mark.bottom, mark.left : mark.right], -1)
        place = level[max(0, mark.foot - part.shape[0]) : mark.foot, mark.left : mark.left + part.shape[1]]
        numpy.minimum(place, part[-place.shape[0] :, : place.shape[1]], out=place)
    return level


def _marks(strip: Any) -> list[Mark]:
    """The marks in a strip that stand on one side and are close to one neighbour."""
    import cv2
    import numpy

    level, _ = cv2.threshold(strip, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = strip < level
    top, foot = _band(ink)
    if foot - top < 8:
        return []
    ink[:top] = ink[foot:] = False  # what is left of the lines on the sides
    high = foot - top
    inked = numpy.concatenate([[False], ink.any(0), [False]])
    edges = numpy.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2)
    found: list[Mark] = []
    was_small = False
    for at in range(1, len(edges)):
        left, right = edges[at].tolist()
        down = numpy.flatnonzero(ink[:, left:right].any(1))
        sides = (right - left) / high, (down[-1] - down[0] + 1) / high
        before = (left - edges[at - 1][1]) / high
        after = (edges[at + 1][0] - right) / high if at + 1 < len(edges) else 1.0
        small = min(sides) >= LEAST and max(sides) <= LARGEST
        if small and not (was_small and before < NEARER):  # the second is half of a quotation mark
            off = ((down[0] + down[-1]) / 2 - top) / high - 0.5
            if abs(off) > ASIDE and abs(before - after) > NEARER:
                box = (left, int(down[0]), right, int(down[-1]) + 1)
                found.append(Mark(*box, foot=foot, upper=bool(off < 0), close_right=bool(before > after)))
        was_small = small
    return found


def _band(ink: Any) -> tuple[int, int]:
    """The rows of a strip that its own type takes: its tallest stretch with ink."""
    import numpy

    rows = numpy.concatenate([[False], ink.mean(1) > FAINT, [False]])
    edges = numpy.flatnonzero(rows[1:] != rows[:-1]).reshape(-1, 2)
    if not len(edges):
        return 0, 0
    top, foot = edges[(edges[:, 1] - edges[:, 0]).argmax()].tolist()
    slack = round(BESIDE * (foot - top))
    return max(0, top - slack), min(len(ink), foot + slack)
