"""Finds what a PDF page draws over its type: opaque boxes, under which older text may be left.

Pages are corrected so: a white box over the old text, the new one on top. Knows rectangles filled by
a path; what pictures cover is left alone, since text under a scan is its recognized text.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

from .layout.print_page import Box

SMALLEST = 400.0
"""Area of a box that may hide text, in square points: a few words."""
SIDES = 6
"""Most segments of the path of a rectangle."""
MOST = 200
"""Most boxes of a page that are looked at."""


@dataclass(slots=True)
class Covers:
    """The boxes of a page, and the places of boxes and text objects in the order of drawing."""

    boxes: list[tuple[int, Box]] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)

    def hides(self, address: int, middle: tuple[float, float]) -> bool:
        """Whether a box is drawn over a point of the text object at an address."""
        drawn = self.order.get(address)
        if drawn is None:
            return False
        x, y = middle
        return any(at > drawn and box[0] < x < box[2] and box[1] < y < box[3] for at, box in self.boxes)


def covers_of(page: Any, pdfium: Any, transform: Any) -> Covers | None:
    """What may hide text on a page; None if nothing does."""
    paths = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1)
    if not any(_hides(item, pdfium, transform) for item in paths):
        return None
    found = Covers()
    for at, item in enumerate(page.get_objects(max_depth=1)):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            found.order[ctypes.addressof(item.raw.contents)] = at
        elif len(found.boxes) < MOST and _hides(item, pdfium, transform):
            found.boxes.append((at, transform.box(*bounds(item))))
    return found


def bounds(item: Any) -> tuple[float, float, float, float]:
    """The box of an object; older versions of pypdfium2 name it get_pos."""
    box: tuple[float, float, float, float] = item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()
    return box


def _hides(item: Any, pdfium: Any, transform: Any) -> bool:
    """Whether an object is an opaque box of some size."""
    if item.type != pdfium.FPDF_PAGEOBJ_PATH or not _is_opaque_box(item, pdfium):
        return False
    left, top, right, bottom = transform.box(*bounds(item))
    return bool((right - left) * (bottom - top) >= SMALLEST)


def _is_opaque_box(item: Any, pdfium: Any) -> bool:
    """Whether a path is a filled rectangle that lets nothing show through."""
    raw = item.raw
    if pdfium.FPDFPath_CountSegments(raw) > SIDES or pdfium.FPDFPageObj_HasTransparency(raw):
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(raw, fill, stroke) or fill.value == 0:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return bool(pdfium.FPDFPageObj_GetFillColor(raw, red, green, blue, alpha)) and alpha.value == 255


__all__ = ["Covers", "bounds", "covers_of"]
