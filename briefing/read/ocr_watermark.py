"""Takes a grey watermark out of a scan: large, thick characters of one tone behind the type.

Type over it is kept, being darker; so are grey type, whose strokes are thin, and tinted boxes, which are
filled. Knows pixels only.
"""

from __future__ import annotations

from typing import Any

DARKEST, BELOW_PAPER = 110, 20
"""The darkest tone of a watermark; tones by which it is darker than the paper at least."""
INK, LEAST_INK = 90, 0.002
"""The lightest tone of black type, and the share of a page's pixels that it has."""
BAND = 12
"""Tones around that of the watermark, which a scanner has not left all alike."""
LEAST, PEAK = 0.002, 3.0
"""Least share of the pixels in the band, and how often it is as dense as the tones around it."""
STROKE = 250
"""Part of the page's width that a stroke is thick at least: larger type than any headline's body."""
MOSTLY = 0.3
"""Least share of the pixels of the tone that are in thick strokes."""
FILLED = 0.7
"""Share of its box from which a shape is a tinted field, not a character."""
THICK, LABEL, BOX = 6, 1.6, 8
"""Strokes that a field is high at least, its width by its height, and the part of the page of a box."""
NEAR = 11
"""Strokes around which the watermark's thinner parts are."""


def without_watermark(grey: Any) -> Any:
    """The picture (uint8, height x width) with the pixels of a watermark as light as the paper."""
    import cv2
    import numpy

    tones = numpy.bincount(grey[::2, ::2].ravel(), minlength=256) / (grey[::2, ::2].size or 1)
    paper = int(tones[200:].argmax()) + 200
    if tones[:INK].sum() < LEAST_INK or (tone := _tone_of_watermark(tones, paper)) is None:
        return grey
    calm = cv2.medianBlur(grey, 3)  # a scanner's noise
    flat = ((calm >= tone - BAND) & (calm <= tone + BAND)).astype(numpy.uint8)
    side = max(3, round(grey.shape[1] / STROKE))
    thick = cv2.morphologyEx(flat, cv2.MORPH_OPEN, numpy.ones((side, side), numpy.uint8))
    _, labels, shapes, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    thick[_is_field(shapes, side, grey.shape[1])[labels]] = 0
    if thick.sum() < MOSTLY * flat.sum():  # crossings of thin strokes
        return grey
    near = cv2.dilate(thick, numpy.ones((NEAR * side, NEAR * side), numpy.uint8)) > 0
    light = (grey >= tone - BAND) | ((grey >= tone - 2 * BAND) & (calm >= tone - BAND))
    return numpy.where(near & light, numpy.uint8(paper), grey)


def _is_field(shapes: Any, side: int, width: int) -> Any:
    """Whether each shape is a tinted field: a box or a label, in which type may be lighter than the tint."""
    import cv2
    import numpy

    wide, high = shapes[:, cv2.CC_STAT_WIDTH], shapes[:, cv2.CC_STAT_HEIGHT]
    filled = shapes[:, cv2.CC_STAT_AREA] > FILLED * wide * high
    large = numpy.minimum(wide, high) > THICK * side
    return filled & large & ((wide > LABEL * high) | (numpy.maximum(wide, high) > width / BOX))


def _tone_of_watermark(tones: Any, paper: int) -> int | None:
    """The tone between ink and paper that many pixels have and few others near it; None if there is none."""
    import numpy

    smooth = numpy.convolve(tones, numpy.ones(2 * BAND + 1), "same")
    best: int | None = None
    for tone in range(DARKEST, paper - BELOW_PAPER):
        near = smooth[tone - 2 * BAND : tone + 2 * BAND + 1]
        around = max(smooth[tone - 4 * BAND : tone - BAND].min(), smooth[tone + BAND : paper].min())
        is_peak = smooth[tone] >= near[: 3 * BAND].max() and smooth[tone] >= max(LEAST, PEAK * around)
        if is_peak and (best is None or smooth[tone] > smooth[best]):
            best = tone
    if best is None:
        return None
    narrow = numpy.convolve(tones, numpy.ones(5), "same")[best - BAND : best + BAND + 1]
    return best - BAND + int(narrow.argmax())


__all__ = ["without_watermark"]
