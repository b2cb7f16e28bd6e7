"""The marks on a printed page: lines of type with their boxes, rules, frames.

Coordinates are in points (1/72 inch) from the top left corner. PDFs and scans both produce this
form; later stages know neither.
"""

from __future__ import annotations

import functools
import statistics
from collections import Counter
from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A run of type on one base line in one size (points); `box` is (left, top, right, bottom)."""

    text: str
    box: Box
    size: float

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.box[0]

    @property
    def top(self) -> float:
        """Its top edge."""
        return self.box[1]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.box[2]

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.box[3]


@dataclass(frozen=True)
class PrintPage:
    """A printed page: size, lines in file order, rules (thin) and frames (around content)."""

    width: float
    height: float
    lines: tuple[PrintLine, ...]
    rules: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    measured: bool = False
    """Whether sizes are measured in a picture (rough), not read from a file (exact)."""
    down: tuple[PrintLine, ...] = ()
    """Lines of vertical type: read downwards, and from the right one to the left."""
    aside: tuple[PrintLine, ...] = ()
    """Watermarks and type at other angles: no part of an article."""

    @functools.cached_property
    def walls(self) -> tuple[Box, ...]:
        """The vertical rules."""
        return tuple(rule for rule in self.rules if rule[3] - rule[1] > rule[2] - rule[0])

    @functools.cached_property
    def body(self) -> float:
        """The size of most type, in points."""
        sizes: Counter[float] = Counter()
        for line in (*self.lines, *self.down):
            sizes[round(line.size * 2) / 2] += len(line.text)
        if not sizes:
            return 10.0
        most = max(sizes, key=lambda size: sizes[size])
        return statistics.median(
            line.size for line in (*self.lines, *self.down) if abs(line.size - most) <= 0.5
        )


def turn_box(box: Box, quarter: int, width: float, height: float) -> Box:
    """The box on its page (`width` by `height`) turned to the left by so many quarter turns."""
    left, top, right, bottom = box
    if quarter % 4 == 1:
        return (top, width - right, bottom, width - left)
    if quarter % 4 == 2:
        return (width - right, height - bottom, width - left, height - top)
    if quarter % 4 == 3:
        return (height - bottom, left, height - top, right)
    return box


def turn_page(page: PrintPage) -> PrintPage:
    """The page turned to the left by a quarter: its vertical type is level then, its level type not."""

    def boxes(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        return tuple(turn_box(box, 1, page.width, page.height) for box in boxes)

    def lines(lines: tuple[PrintLine, ...]) -> tuple[PrintLine, ...]:
        return tuple(
            PrintLine(line.text, turn_box(line.box, 1, page.width, page.height), line.size) for line in lines
        )

    return PrintPage(
        width=page.height,
        height=page.width,
        lines=lines(page.down),
        rules=boxes(page.rules),
        frames=boxes(page.frames),
        measured=page.measured,
        down=lines(page.lines),
    )


def overlap(a: Box, b: Box, axis: int) -> float:
    """The length of the overlap of two boxes: horizontal (axis 0) or vertical (axis 1)."""
    return max(0.0, min(a[axis + 2], b[axis + 2]) - max(a[axis], b[axis]))


def is_between(rule: Box, above: Box, below: Box) -> bool:
    """Whether a level rule lies between two boxes, the one above the other."""
    return (
        rule[2] - rule[0] > rule[3] - rule[1]
        and above[3] - 2 <= (rule[1] + rule[3]) / 2 <= below[1] + 2
        and overlap(rule, below, 0) > 0.5 * (below[2] - below[0])
    )


def around(boxes: list[Box]) -> Box:
    """The bounding box of all of them."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def inside(box: Box, outer: Box, slack: float = 3.0) -> bool:
    """Whether the centre of a box lies in another."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] - slack <= x <= outer[2] + slack and outer[1] - slack <= y <= outer[3] + slack
