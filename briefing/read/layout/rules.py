"""Detects rules and frames in a picture of a page: thin dark lines much longer than any stroke of
type.

A black-hat transform (Serra 1982) keeps what is thin, an opening by a line what is long.
"""

from __future__ import annotations

from typing import Any

from .print_page import Box, PrintLine, overlap

THICK = 3.0
"""Largest thickness of a rule, in points."""
ACROSS, DOWN = 40.0, 24.0
"""Smallest length of a rule, in points."""
CONTRAST = 30
"""Grey levels (of 255) by which a rule is darker than the paper on its sides."""
MARGIN = 0.012
"""Share of the page at its edges where a line is the shadow of the scanner's lid."""
WHOLE = 0.85
"""Share of each side of a frame that must be drawn."""


def find_rules(
    grey: Any, scale: float, lines: tuple[PrintLine, ...]
) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The rules and the frames in a deskewed grey picture (uint8, height x width), in points.

    `scale` is points per pixel; a rule through the middle of one of `lines` is a stroke of type.
    """
    import cv2

    side = 2 * round(THICK / scale) + 1
    thin = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side)))
    ink = (thin > CONTRAST).astype("uint8")
    across = _long_lines(ink, round(ACROSS / scale), level=True)
    down = _long_lines(ink, round(DOWN / scale), level=False)
    height, width = grey.shape
    edge = (MARGIN * width * scale, MARGIN * height * scale)
    page = (edge[0], edge[1], width * scale - edge[0], height * scale - edge[1])
    frames = tuple(
        box
        for box in _component_boxes(across | down, scale)
        if _is_frame(box, across | down, scale) and _is_off_margin(box, page)
    )
    rules = [
        box
        for mask in (across, down)
        for box in _component_boxes(mask, scale)
        if min(box[2] - box[0], box[3] - box[1]) <= 2 * THICK and _is_off_margin(box, page)
    ]
    return tuple(
        rule
        for rule in rules
        if not any(_is_frame_side(rule, frame) for frame in frames)
        and not any(_is_stroke(rule, line) for line in lines)
    ), frames


def _long_lines(ink: Any, length: int, *, level: bool) -> Any:
    """The ink in runs of at least so many pixels; a line may waver by one pixel."""
    import cv2

    size = (length, 1) if level else (1, length)
    wavers = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if level else (3, 1)))
    return cv2.morphologyEx(wavers, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))


def _component_boxes(mask: Any, scale: float) -> list[Box]:
    """The bounding boxes, in points, of the connected components of a mask."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [
        (x * scale, y * scale, (x + wide) * scale, (y + high) * scale)
        for x, y, wide, high, _ in stats[1:].tolist()
    ]


def _is_frame(box: Box, mask: Any, scale: float) -> bool:
    """Whether all four sides of a box are drawn."""
    x0, y0, x1, y1 = (round(value / scale) for value in box)
    if (x1 - x0) * scale < ACROSS or (y1 - y0) * scale < DOWN:
        return False
    near = max(1, round(2 * THICK / scale))
    part = mask[y0:y1, x0:x1]
    sides = (part[:near].any(0), part[-near:].any(0), part[:, :near].any(1), part[:, -near:].any(1))
    return all(side.mean() >= WHOLE for side in sides)


def _is_off_margin(box: Box, page: Box) -> bool:
    """Whether part of a box lies inside the page's margins."""
    return box[2] > page[0] and box[0] < page[2] and box[3] > page[1] and box[1] < page[3]


def _is_frame_side(rule: Box, frame: Box) -> bool:
    """Whether a rule is one of the four sides of a frame."""
    near = 2 * THICK
    if rule[2] - rule[0] > rule[3] - rule[1]:
        at = (rule[1] + rule[3]) / 2
        return overlap(rule, frame, 0) > 0 and min(abs(at - frame[1]), abs(at - frame[3])) < near
    at = (rule[0] + rule[2]) / 2
    return overlap(rule, frame, 1) > 0 and min(abs(at - frame[0]), abs(at - frame[2])) < near


def _is_stroke(rule: Box, line: PrintLine) -> bool:
    """Whether a rule runs through the type of a line."""
    high = line.bottom - line.top
    within = line.top + 0.15 * high < (rule[1] + rule[3]) / 2 < line.bottom - 0.15 * high
    return within and overlap(rule, line.box, 0) > 0.6 * (rule[2] - rule[0])
