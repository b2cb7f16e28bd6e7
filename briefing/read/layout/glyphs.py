"""Glyphs of a page: turned upright with their page, each read once, and those of watermarks apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .print_page import Box, turn_box

LEVEL = 10.0
"""Degrees by which a glyph of level type may be inclined."""
NEAR, OF_WIDTH = 0.25, 0.4
"""Largest distance of two copies of a glyph, in ems and in widths of the glyph."""


MOST_LEVEL = 60
"""Most equal characters of a line among which copies are looked for."""


@dataclass(slots=True)
class Glyph:
    """One character of a page; coordinates in points from the page's top left corner."""

    text: str
    box: Box
    """From its left to its right edge, from its ascent to its descent."""
    size: float
    """The size of its type, in points."""
    angle: float = 0.0
    """The direction of its line in degrees, clockwise: 0 to the right, 90 down."""
    spaced: bool = False
    """Whether the file has a space before it."""
    lost: bool = False
    """Whether the file does not say which character it is."""
    pale: bool = False
    """Whether it is lightly coloured or lets the page shine through."""
    white: bool = False
    """Whether it is as white as paper, which is seen on dark ground only."""

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def main_quarter(glyphs: Iterable[Glyph]) -> int:
    """The quarter turns to the right in which most glyphs stand: 0 to 3."""
    quarters: Counter[int] = Counter()
    for angle, count in Counter(glyph.angle for glyph in glyphs).items():
        quarter = round(angle / 90)
        if abs(angle - 90 * quarter) <= LEVEL:
            quarters[quarter % 4] += count
    return max(quarters, key=lambda quarter: (quarters[quarter], -quarter), default=0)


def turn_glyphs(glyphs: list[Glyph], quarter: int, width: float, height: float) -> None:
    """Turns glyphs to the left by so many quarters, in place."""
    if quarter == 0:
        return
    for glyph in glyphs:
        glyph.box = turn_box(glyph.box, quarter, width, height)
        glyph.angle = (glyph.angle - 90 * quarter + 180) % 360 - 180


def without_copies(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those drawn again at nearly the same place, for boldness or a shadow.

    The copies may stand anywhere in the file.
    """
    keys = [(glyph.text, glyph.box[1], glyph.box[0]) for glyph in glyphs]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    copies: set[int] = set()
    for at, first in enumerate(order):
        text, top, _ = keys[first]
        lowest = top + NEAR * glyphs[first].size
        for second in order[at + 1 : at + 1 + MOST_LEVEL]:
            if keys[second][1] >= lowest or keys[second][0] != text:
                break
            if _is_copy(glyphs[first], glyphs[second]):
                copies.add(max(first, second))
    return [glyph for at, glyph in enumerate(glyphs) if at not in copies] if copies else list(glyphs)


def _is_copy(glyph: Glyph, other: Glyph) -> bool:
    (x0, y0), (x1, y1) = glyph.middle, other.middle
    near = min(NEAR * glyph.size, OF_WIDTH * (glyph.box[2] - glyph.box[0]))
    return (
        abs(x1 - x0) < near
        and abs(y1 - y0) < max(near, 0.1 * glyph.size)
        and abs(glyph.size - other.size) < 0.2 * glyph.size
        and abs(glyph.angle - other.angle) < LEVEL
    )
