"""Estimates the size of the type in a picture, and so how small a picture the detector can do with."""

from __future__ import annotations

import math
from typing import Any

from ..errors import SourceError
from ..messages import Message

ENOUGH, TOO_FEW = 12.5, 7.0
"""Pixels of a character that the detector finds easily, and those it misses."""
FIRST, LEAST, MOST = 2_000_000, 1_000_000, 3_600_000
"""Pixels given to the detector if the size of the type is unknown, at least, and at most.

It takes 190 bytes of memory for each; a broadsheet with type of nine points has 13 a character.
"""
SIDE, TILES = 700, 6
"""Side in pixels, and number, of the parts of a picture that are measured: those with most ink."""
DARK, BLANK = 128, 0.0005
"""Grey level of ink, and the share of it in a part that is no blank paper."""
PARTS = 100
"""Fewest connected marks that are type."""
WHOLE = 0.9
"""Height of the larger marks (80th percentile: whole characters, not their strokes), in ems."""
TOO_SMALL = Message("图片里的字太小，认不出", "the type in the picture is too small to be recognized")
CUT = Message("请按版面裁开，或提高扫描分辨率", "cut it into pages, or scan it at a higher resolution")


def detector_scale(grey: Any) -> float:
    """The factor by which a grey picture (uint8, height x width) is made smaller for the detector.

    0 if it is blank. Raises SourceError if its type is too small.
    """
    area = grey.shape[0] * grey.shape[1]
    largest = min(1.0, math.sqrt(MOST / area))
    tiles = _inked_tiles(grey)
    if not tiles:
        return 0.0
    em = _type_size(tiles)
    if em is None:
        return min(1.0, math.sqrt(FIRST / area))
    if em * largest < TOO_FEW:
        raise SourceError(TOO_SMALL, CUT)
    return min(largest, max(ENOUGH / em, math.sqrt(LEAST / area)))


def _inked_tiles(grey: Any) -> list[Any]:
    """The parts of a picture with most ink, without pictures and blank paper."""
    height, width = grey.shape
    found: list[tuple[float, int, int]] = []
    for top in range(0, max(1, height - SIDE // 2), SIDE):
        for left in range(0, max(1, width - SIDE // 2), SIDE):
            tile = grey[top : top + SIDE, left : left + SIDE]
            ink = float((tile[::3, ::3] < DARK).mean())
            if ink > BLANK:
                found.append((ink if ink < 0.4 else 0.0, top, left))
    best = sorted(found, reverse=True)[:TILES]
    return [grey[top : top + SIDE, left : left + SIDE] for _, top, left in best]


def _type_size(tiles: list[Any]) -> float | None:
    """The size of the smallest type that fills a part, in pixels of an em; None if none is type."""
    import cv2
    import numpy

    sizes: list[float] = []
    for tile in tiles:
        _, ink = cv2.threshold(tile, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
        _, _, marks, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
        high = numpy.maximum(marks[1:, 2], marks[1:, 3])
        high = high[(high >= 4) & (high < SIDE // 5)]
        if len(high) >= PARTS:
            sizes.append(float(numpy.percentile(high, 80)) / WHOLE)
    return float(numpy.percentile(sizes, 25)) if sizes else None
