"""Finds what a PDF page draws over its type: opaque boxes, under which older text may be left.

Pages are corrected so: a white box over the old text, the new one on top. Knows rectangles filled by
a path, as far as they are not clipped away; other shapes hide nothing. What pictures cover is left
alone, since text under a scan is its recognized text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from .layout.print_page import Box

SMALLEST = 400.0
"""Area of a box that may hide text, in square points: a few words."""
SIDES = 4, 6
"""Fewest and most segments of the path of a rectangle."""
LEVEL = 0.1
"""Points by which the corners of a rectangle may be off."""
PATTERN = (191, 191, 191)
"""The colour that pdfium states for a pattern, which may be stripes on nothing."""
CLIPS = 32
"""Most clips of a box that are looked at; one with more hides nothing."""
MOST = 200
"""Most boxes of a page that are looked at."""


@dataclass(slots=True)
class Covers:
    """The boxes of a page, and the places of boxes and text objects in the order of drawing."""

    boxes: list[tuple[int, Box]] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)

    def hide(self, addresses: Sequence[int], middles: Sequence[tuple[float, float]]) -> list[bool]:
        """Which characters a box is drawn over, given their text objects' addresses and their middles.

        A page may have 200 boxes and 200,000 characters: each box is compared with all at once.
        """
        last = max((at for at, _ in self.boxes), default=0)
        drawn = np.array([self.order.get(address, last) for address in addresses], dtype=int)
        x, y = np.array(middles, dtype=float).reshape(-1, 2).T
        hidden = np.zeros(len(addresses), dtype=bool)
        for at, (left, top, right, bottom) in self.boxes:
            hidden |= (drawn < at) & (left < x) & (x < right) & (top < y) & (y < bottom)
        return [bool(one) for one in hidden]


def covers_of(page: Any, pdfium: Any, transform: Any) -> Covers | None:
    """What may hide text on a page; None if nothing does."""
    paths = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1)
    if not any(_hidden_box(item, pdfium, transform) for item in paths):
        return None
    found = Covers()
    for at, item in enumerate(page.get_objects(max_depth=1)):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            found.order[ctypes.addressof(item.raw.contents)] = at
        elif len(found.boxes) < MOST and (box := _hidden_box(item, pdfium, transform)):
            found.boxes.append((at, box))
    return found


def bounds(item: Any) -> tuple[float, float, float, float]:
    """The box of an object; older versions of pypdfium2 name it get_pos."""
    box: tuple[float, float, float, float] = item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()
    return box


def _hidden_box(item: Any, pdfium: Any, transform: Any) -> Box | None:
    """The box under which an object hides what was drawn before; None if it is small or no such box."""
    if item.type != pdfium.FPDF_PAGEOBJ_PATH or not _is_opaque(item, pdfium):
        return None
    box = _clipped(_drawn_box(item, pdfium), item, pdfium)
    if box is None or (box[2] - box[0]) * (box[3] - box[1]) < SMALLEST or box[0] >= box[2]:
        return None
    on_page: Box = transform.box(*box)
    return on_page


def _is_opaque(item: Any, pdfium: Any) -> bool:
    """Whether a path of few segments is filled and lets nothing show through."""
    raw = item.raw
    if pdfium.FPDFPath_CountSegments(raw) > SIDES[1] or pdfium.FPDFPageObj_HasTransparency(raw):
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(raw, fill, stroke) or fill.value == 0:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(raw, red, green, blue, alpha) or alpha.value < 255:
        return False
    return (red.value, green.value, blue.value) != PATTERN


def _drawn_box(item: Any, pdfium: Any) -> Box | None:
    """The rectangle that a path is, in the coordinates of the page; None if it is another shape."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item.raw, matrix):
        return None
    count, segment = pdfium.FPDFPath_CountSegments, pdfium.FPDFPath_GetPathSegment
    points = _corners([segment(item.raw, at) for at in range(count(item.raw))], pdfium)
    a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")
    return _box_of([(a * x + c * y + e, b * x + d * y + f) for x, y in points])


def _clipped(box: Box | None, item: Any, pdfium: Any) -> Box | None:
    """The part of a box that its clips let through; None if a clip is no rectangle."""
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count > CLIPS:
        return None
    for path in range(max(0, count)):
        sides = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        if box is None or sides > SIDES[1]:
            return None
        segments = [pdfium.FPDFClipPath_GetPathSegment(clip, path, at) for at in range(sides)]
        window = _box_of(_corners(segments, pdfium))
        if window is None:
            return None
        box = max(box[0], window[0]), max(box[1], window[1]), min(box[2], window[2]), min(box[3], window[3])
    return box


def _corners(segments: Sequence[Any], pdfium: Any) -> list[tuple[float, float]]:
    """The points of a path of one piece with straight sides; none of another."""
    kinds = [pdfium.FPDFPathSegment_GetType(one) for one in segments]
    straight = [pdfium.FPDF_SEGMENT_MOVETO] + [pdfium.FPDF_SEGMENT_LINETO] * (len(kinds) - 1)
    if kinds != straight:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[tuple[float, float]] = []
    for one in segments:
        if not pdfium.FPDFPathSegment_GetPoint(one, x, y):
            return []
        found.append((x.value, y.value))
    return found


def _box_of(points: Sequence[tuple[float, float]]) -> Box | None:
    """The rectangle with these corners, one after another; None if they are not those of one."""
    if not SIDES[0] <= len(points) <= SIDES[1]:
        return None
    across, down = [x for x, _ in points], [y for _, y in points]
    left, bottom, right, top = min(across), min(down), max(across), max(down)
    at: list[tuple[bool, bool]] = []
    for x, y in points:
        if min(x - left, right - x) > LEVEL or min(y - bottom, top - y) > LEVEL:
            return None
        corner = (right - x <= LEVEL, top - y <= LEVEL)
        if not at or corner != at[-1]:
            at.append(corner)
    aslant = any(one[0] != other[0] and one[1] != other[1] for one, other in pairwise(at))
    return None if aslant or len(set(at)) < SIDES[0] else (left, bottom, right, top)


__all__ = ["Covers", "bounds", "covers_of"]
