"""Finds how a scanned page lies, and whether its type is level or vertical.

Boxes of lines say where lines run, not where their beginnings are. Commas and full stops say it,
where there are enough. Else a few lines are read in each direction, as strips and as strips of
their characters turned upright one by one, and how the page lies is what the recognizer is surest
of and what makes words: it reads backwards, and characters on their side, with the same confidence.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from ..text.chars import is_han
from .ocr_lines import read_strips, strip_of
from .ocr_marks import LINES, place_of_marks, with_marks_below

SAMPLE = 7
"""Lines that are read in each direction."""
SURE = 0.9
"""Confidence (0 to 1) with which a page lies as it seems to; those that do reach 0.95."""
SLIM = 1.8
"""Sides of a box that is a line, of which the longer is this much longer."""
FEW = 3.0
"""Characters of a column too short to be read on their side."""
MARK = 0.45
"""Largest side of a comma or a full stop, in widths of a column."""
LAMBDA, AT_END = 2.0, 0.05
"""Weight of an uneven pitch against ink in a cut; share of it for a short cell at an end."""
SHORTEST = 0.15
"""Height of the smallest mark that ends a column, in ems."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies: the quarter turns to the left that put it upright, and whether its type is
    vertical.
    """

    quarters: int
    vertical: bool


def lie_of(grey: Any, boxes: Any) -> Lie:
    """How the page in a picture lies (uint8, height x width; boxes: n x 4 x 2)."""
    import numpy

    across, down = _sides(boxes)
    tall = bool(down[down > SLIM * across].sum() > across[across > SLIM * down].sum())
    long, short = (down, across) if tall else (across, down)
    lines = numpy.flatnonzero((long > 5 * short) & (long < 40 * short))
    if not len(lines):
        return Lie(0, False)
    longest = lines[numpy.argsort(-long[lines])]
    many = [_along(grey, boxes[at], tall=tall) for at in longest[:: max(1, len(longest) // LINES)][:LINES]]
    strips = many[:: max(1, len(many) // SAMPLE)][:SAMPLE]
    ways = {False: strips, True: [numpy.rot90(strip, 2) for strip in strips]}
    place = place_of_marks(many)
    if place:
        upper, over = place
        said = _lie(tall=tall, over=over, vertical=upper != over)
        if said == Lie(0, False) or _sense(_read(ways[over])) >= SURE:
            return said
    if not tall and _read(strips)[0] >= SURE:
        return Lie(0, False)
    sure = {}
    for over, turned in ways.items():
        sure[over, False] = _sense(_read(turned))
        sure[over, True] = _sense(_read([upright_characters(numpy.rot90(strip, -1)) for strip in turned]))
    over, vertical = max(sure, key=lambda way: sure[way])
    return _lie(tall=tall, over=over, vertical=vertical)


def _lie(*, tall: bool, over: bool, vertical: bool) -> Lie:
    """The lie of a page whose lines, turned to the left if `tall`, run from the left or not (`over`).

    A strip of level type is the page's way; one of vertical type ran downwards before.
    """
    quarters = (1 if tall else 0) + (2 if over else 0) + (-1 if vertical else 0)
    return Lie(quarters % 4, vertical)


def _along(grey: Any, corners: Any, *, tall: bool) -> Any:
    """A line as a level strip, turned to the left if `tall` (corners: 4 x 2)."""
    import numpy

    strip = strip_of(grey, corners)
    return numpy.ascontiguousarray(numpy.rot90(strip)) if tall else strip


def strip_of_column(column: Any) -> Any:
    """A column of vertical type (uint8, height x width) as a level strip that the recognizer reads.

    A few characters are turned upright; in longer columns they are read on their side.
    """
    import numpy

    if column.shape[0] < FEW * column.shape[1]:
        return upright_characters(column)
    return with_marks_below(numpy.ascontiguousarray(numpy.rot90(column)))


def upright_characters(column: Any) -> Any:
    """A column of vertical type as a level strip of its characters (uint8, height x width).

    Cuts where there is little ink, at an even pitch, by dynamic programming.
    """
    import cv2
    import numpy

    height, width = column.shape
    level, _ = cv2.threshold(column, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = column < level
    sides = numpy.flatnonzero(ink.sum(0) > 0.01 * height)
    rows = numpy.flatnonzero(ink.any(1))
    if len(sides) < 4 or len(rows) < 4:
        return numpy.ascontiguousarray(numpy.rot90(column))
    left, right = max(0, int(sides[0]) - 1), min(width, int(sides[-1]) + 2)
    profile = ink[:, left:right].sum(1) / (right - left)
    cuts = _cuts(profile, int(rows[0]), int(rows[-1]) + 1, _pitch(profile, right - left))
    paper = int(numpy.percentile(column, 90))
    wide = right - left
    cells = [(column[a:b, left:right], ink[a:b, left:right]) for a, b in itertools.pairwise(cuts)]
    strip = numpy.hstack([_square(cell, dark, wide, paper) for cell, dark in cells])
    margin = max(2, wide // 6)
    return cv2.copyMakeBorder(strip, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=paper)


def _square(cell: Any, ink: Any, side: int, paper: int) -> Any:
    """One character in a square; a comma or a full stop from the upper right to the lower left."""
    import cv2
    import numpy

    rows, sides = numpy.flatnonzero(ink.any(1)), numpy.flatnonzero(ink.any(0))
    small = MARK * side
    if len(rows) and rows[-1] - rows[0] < small and sides[-1] - sides[0] < small:
        mark = cell[rows[0] : rows[-1] + 1, sides[0] : sides[-1] + 1]
        square = numpy.full((side, side), paper, dtype=cell.dtype)
        top, left = side - mark.shape[0] - side // 10, side // 10
        square[top : top + mark.shape[0], left : left + mark.shape[1]] = mark
        return square
    if cell.shape[0] < 0.75 * side:
        return cv2.copyMakeBorder(cell, 0, side - cell.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=paper)
    return cv2.resize(cell, (cell.shape[1], side), interpolation=cv2.INTER_LINEAR)


def _pitch(profile: Any, wide: int) -> float:
    """The distance of characters in a column by the autocorrelation of its ink; about their width."""
    import numpy

    even = profile - profile.mean()
    lags = range(max(4, round(0.9 * wide)), max(6, round(1.6 * wide)))
    known = [
        (float(numpy.dot(even[lag:], even[:-lag])) / (len(even) - lag), lag)
        for lag in lags
        if lag < len(even) - 4
    ]
    return float(max(known)[1]) if known else float(wide)


def _cuts(profile: Any, first: int, last: int, pitch: float) -> list[int]:
    """The rows between characters, from the first row of ink to the last."""
    import numpy

    low, high = max(3, round(0.7 * pitch)), max(5, round(1.35 * pitch))
    short = max(3, round(SHORTEST * pitch))
    count = last - first
    cost = numpy.full(count + 1, numpy.inf)
    before = numpy.zeros(count + 1, dtype=int)
    cost[0] = 0.0
    for at in range(short, count + 1):
        # The first and the last character may be a mark, or begin or end in white.
        steps = numpy.arange(short if at == count else min(low, at), min(high, at) + 1)
        edge = (steps == at) | (at == count)
        uneven = LAMBDA * ((steps - pitch) / pitch) ** 2
        total = cost[at - steps] + numpy.where(edge & (steps < pitch), AT_END, 1.0) * uneven
        best = int(total.argmin())
        cost[at] = total[best] + (profile[first + at] if at < count else 0.0)
        before[at] = at - steps[best]
    cuts, at = [count], count
    while at > 0:
        at = int(before[at])
        cuts.append(at)
    return [first + cut for cut in reversed(cuts)]


def _sides(boxes: Any) -> tuple[Any, Any]:
    import numpy

    return (
        numpy.linalg.norm(boxes[:, 1] - boxes[:, 0], axis=1),
        numpy.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1),
    )


def is_vertical(corners: Any) -> bool:
    """Whether a box (4 x 2) on an upright page is a line of vertical type."""
    across, down = _sides(corners[None])
    return bool(down[0] > SLIM * across[0])


def _read(strips: list[Any]) -> tuple[float, str]:
    """What the strips say, and the mean confidence in it, less where that is short for them."""
    import numpy

    total, read = 0.0, read_strips([numpy.ascontiguousarray(one) for one in strips])
    for strip, (text, sure) in zip(strips, read, strict=True):
        total += sure * min(1.0, len(text) / max(1.0, 0.7 * strip.shape[1] / strip.shape[0]))
    return total / max(1, len(strips)), "\n".join(text for text, _ in read)


def _sense(read: tuple[float, str]) -> float:
    """The confidence in a text, halved if it has more words read backwards."""
    import rjieba

    def in_words(text: str) -> int:
        return sum(len(word) for word in rjieba.cut(text) if len(word) > 1 and is_han(word))

    sure, text = read
    return sure if in_words(text) >= in_words(text[::-1]) else sure / 2
