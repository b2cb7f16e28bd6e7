"""Recognizes the print in a picture of a page, in points: level and vertical lines, rules, frames.

Runs in the child process.
"""

from __future__ import annotations

import statistics
from typing import Any

from .layout.print_page import Box, PrintLine, PrintPage, overlap, turn_box
from .layout.rules import find_rules
from .ocr_lines import clockwise, find_lines, read_strips, strip_of
from .ocr_turns import is_vertical, lie_of, strip_of_column

SURE = 0.5
"""Confidence (0 to 1) below which a line is part of a picture, not text."""
FEW = 5
"""Most characters of a line too short to measure its type size by its length."""
WIDTHS = (280.0, 2600.0)
"""Plausible page widths in points: half a tabloid to a spread of two broadsheets."""
BODY, A4_WIDTH = 10.0, 595.0
"""Points: the assumed body size without a resolution; the assumed page width without type."""


def print_page_of(grey: Any, scale: float | None) -> PrintPage:
    """The lines, rules and frames in a grey picture (uint8, height x width), turned and deskewed.

    `scale` is points per pixel; None assumes body type of 10 points. Raises SourceError if there is
    more type than on any page, or it is too small.
    """
    import cv2
    import numpy

    corners = find_lines(grey)
    lie = lie_of(grey, corners)
    if lie.quarters:  # lines on their side are found less exactly
        grey = numpy.ascontiguousarray(numpy.rot90(grey, lie.quarters))
        corners = find_lines(grey)
    down = numpy.array([is_vertical(four) for four in corners], dtype=bool)
    if lie.vertical:  # a single character is a line of vertical type among such
        down |= corners[:, 1, 0] - corners[:, 0, 0] < 1.2 * (corners[:, 3, 1] - corners[:, 0, 1])
    strips = [strip_of(grey, four) for four in corners]
    strips = [strip_of_column(one) if turn else one for one, turn in zip(strips, down, strict=True)]
    read = read_strips(strips)
    height, width = grey.shape
    straight = cv2.getRotationMatrix2D((width / 2, height / 2), _skew_degrees(corners, down), 1.0)
    corners = corners @ straight[:, :2].T + straight[:, 2]
    scale = scale or _assumed_scale(corners, down, read, width)
    size = (width * scale, height * scale)
    found = [(four, *one) for four, one in zip(corners * scale, read, strict=True)]
    level = _measured_lines([one for one, turn in zip(found, down, strict=True) if not turn])
    fallen = [one for one, turn in zip(found, down, strict=True) if turn]
    lying = _measured_lines(
        [(clockwise(_lying(four, size[0])[None])[0], *rest) for four, *rest in fallen], down=True
    )
    vertical = tuple(PrintLine(one.text, turn_box(one.box, 3, size[1], size[0]), one.size) for one in lying)
    grey = cv2.warpAffine(grey, straight, (width, height), borderMode=cv2.BORDER_REPLICATE)
    rules, frames = find_rules(grey, scale, (*level, *vertical))
    return PrintPage(*size, level, rules, frames, measured=True, down=vertical)


def _lying(corners: Any, width: float) -> Any:
    """Corners on a page of some width, turned to the left by a quarter."""
    import numpy

    return numpy.stack([corners[..., 1], width - corners[..., 0]], axis=-1)


def _assumed_scale(corners: Any, down: Any, read: list[tuple[str, float]], width: int) -> float:
    """Points per pixel if the body type has ten points."""
    import numpy

    ems = [
        float(numpy.linalg.norm(four[3 if turn else 1] - four[0])) / _length_in_ems(text)
        for four, turn, (text, _) in zip(corners, down, read, strict=True)
        if len(text) >= 8
    ]
    scale = BODY / max(1.0, statistics.median(ems or [BODY * width / A4_WIDTH]))
    return min(max(scale, WIDTHS[0] / width), WIDTHS[1] / width)


def _skew_degrees(corners: Any, down: Any) -> float:
    """The skew in degrees, clockwise: the median of the long lines (corners: n x 4 x 2)."""
    import numpy

    along = numpy.where(down[:, None], corners[:, 3] - corners[:, 0], corners[:, 1] - corners[:, 0])
    high = numpy.where(down[:, None], corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0])
    long = numpy.linalg.norm(along, axis=1) > 5 * numpy.linalg.norm(high, axis=1)
    angles = numpy.degrees(numpy.arctan2(along[:, 1], along[:, 0])) - 90 * down
    return float(numpy.median(angles[long])) if long.any() else 0.0


def _measured_lines(found: list[tuple[Any, str, float]], *, down: bool = False) -> tuple[PrintLine, ...]:
    """The recognized lines with their type sizes (corners in points, 4 x 2; text; confidence).

    The boxes of columns (`down`) are loose by so many points, not in proportion to their type.
    """
    import numpy

    recognized: list[tuple[str, Box, float, float]] = []
    for corners, text, sure in found:
        xs, ys = zip(*corners.tolist(), strict=True)
        if sure >= SURE and text.strip():
            box = (min(xs), min(ys), max(xs), max(*ys, min(ys) + 0.1))
            thick = max(
                0.1, float(numpy.linalg.norm(corners[3] - corners[0]))
            )  # of a line askew, not its box
            recognized.append((text, box, (box[2] - box[0]) / max(_length_in_ems(text), 1.0), thick))
    # Type size is line length per character; for short or misread lines it is the line height.
    part = statistics.median(
        [size / thick for text, _, size, thick in recognized if len(text) >= 8] or [0.65]
    )
    body = statistics.median([size for text, _, size, _ in recognized if len(text) >= 8] or [0.0])
    lines: list[PrintLine] = []
    for text, box, size, thick in sorted(recognized, key=lambda one: one[1][1]):
        high = part * thick
        if len(text) <= FEW:
            by_both = min(size, high)
            large = by_both >= 1.5 * body
            if not large:
                size = _likely_size(lines, box, by_both, body)
            elif len(text) < 3 or abs(size - high) >= 0.4 * high:
                size = by_both
        elif abs(size - high) >= 0.25 * high and not (down and high < size < thick):
            size = high
        middle = (
            box[1] + box[3]
        ) / 2  # a recognizer's box includes white space above and below; a line of type does not
        lines.append(PrintLine(text, (box[0], middle - size / 2, box[2], middle + size / 2), size))
    return tuple(lines)


def _likely_size(above: list[PrintLine], box: Box, size: float, body: float) -> float:
    """The size of a few characters, whose box is loose: that of the line they end or of the body,
    the nearer.
    """
    over = [
        line
        for line in above
        if overlap(line.box, box, 0) > 0 and -0.5 * line.size < box[1] - line.bottom < 0.6 * line.size
    ]
    last = max(over, key=lambda line: line.bottom, default=None)
    return last.size if last and abs(last.size - size) < abs(body - size) else body


def _length_in_ems(text: str) -> float:
    """The length of a line in ems: a Latin letter or digit is half a Chinese character."""
    return sum(1.0 if ord(char) > 0x2E80 or char in "“”‘’…—·" else 0.55 for char in text)
