"""Recognizes the print in a picture of a page by RapidOCR (PaddleOCR's models in ONNX), in points.

The models come in the wheel; nothing is downloaded. Runs in the child process.
"""

from __future__ import annotations

import functools
import logging
import math
import statistics
from dataclasses import dataclass
from typing import Any

from .layout.print_page import Box, PrintLine, PrintPage, overlap
from .layout.rules import find_rules

SURE = 0.5
"""Confidence (0 to 1) below which a line is part of a picture, not text."""
UPRIGHT = 0.8
"""Confidence below which a page may be upside down; if upright, half the lines reach 0.95."""
FEW = 5
"""Most characters of a line too short to measure its type size by its length."""
MOST_PIXELS = 10_000_000
"""Most pixels given to the detector, 4000 x 2500: it takes 190 bytes of memory for each."""
WIDTHS = (280.0, 2600.0)
"""Plausible page widths in points: half a tabloid to a spread of two broadsheets."""
BODY, A4_WIDTH = 10.0, 595.0
"""Points: the assumed body size without a resolution; the assumed page width without type."""


def print_page_of(image: Any, scale: float | None) -> PrintPage:
    """The lines, rules and frames in an RGB picture, deskewed.

    `scale` is points per pixel; None assumes body type of 10 points.
    """
    import cv2
    import numpy

    pixels, found = _recognize(numpy.asarray(image))
    corners = found.boxes
    height, width = pixels.shape[:2]
    straight = cv2.getRotationMatrix2D((width / 2, height / 2), _skew_degrees(corners), 1.0)
    corners = corners @ straight[:, :2].T + straight[:, 2]
    if scale is None:
        ems = [
            float(numpy.linalg.norm(four[1] - four[0])) / _length_in_ems(text)
            for four, text in zip(corners, found.texts, strict=True)
            if len(text) >= 8
        ]
        scale = BODY / max(1.0, statistics.median(ems or [BODY * width / A4_WIDTH]))
        scale = min(max(scale, WIDTHS[0] / width), WIDTHS[1] / width)
    lines = _measured_lines(corners * scale, found.texts, found.scores)
    grey = cv2.warpAffine(
        cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), straight, (width, height), borderMode=cv2.BORDER_REPLICATE
    )
    rules, frames = find_rules(grey, scale, lines)
    return PrintPage(width * scale, height * scale, lines, rules, frames, measured=True)


@dataclass(frozen=True, slots=True)
class _Recognized:
    """Lines of type: corners in pixels (n x 4 x 2), text, and confidence (0 to 1)."""

    boxes: Any
    texts: tuple[str, ...]
    scores: tuple[float, ...]

    def confidence(self, default: float) -> float:
        """The median confidence."""
        return statistics.median(self.scores or [default])


def _recognize(pixels: Any) -> tuple[Any, _Recognized]:
    """The picture and its lines, turned if it is upside down."""
    lines = _read_lines(pixels)
    sure = lines.confidence(1.0)
    if sure >= UPRIGHT:
        return pixels, lines
    turned = pixels[::-1, ::-1].copy()
    other = _read_lines(turned)
    return (turned, other) if other.confidence(0.0) > sure else (pixels, lines)


def _read_lines(pixels: Any) -> _Recognized:
    """The lines in a picture (uint8, height x width x 3), detected in at most MOST_PIXELS of it."""
    import cv2
    import numpy

    height, width = pixels.shape[:2]
    part = min(1.0, math.sqrt(MOST_PIXELS / (height * width)))
    if part < 1:
        size = (max(1, round(width * part)), max(1, round(height * part)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    result = _ocr_engine()(pixels[:, :, ::-1])
    boxes = numpy.asarray(result.boxes if result.boxes is not None else [], dtype="float64")
    return _Recognized(boxes.reshape(-1, 4, 2) / part, tuple(result.txts or ()), tuple(result.scores or ()))


def _skew_degrees(corners: Any) -> float:
    """The skew in degrees, clockwise: the median of the long lines (corners: n x 4 x 2)."""
    import numpy

    base = corners[:, 1] - corners[:, 0]
    high = numpy.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    long = numpy.linalg.norm(base, axis=1) > 5 * high
    return (
        float(numpy.degrees(numpy.median(numpy.arctan2(base[long, 1], base[long, 0])))) if long.any() else 0.0
    )


def _measured_lines(boxes: Any, texts: tuple[str, ...], scores: tuple[float, ...]) -> tuple[PrintLine, ...]:
    """The recognized lines with their type sizes (boxes: corners in points, n x 4 x 2)."""
    recognized: list[tuple[str, Box, float]] = []
    for corners, text, sure in zip(boxes.tolist(), texts, scores, strict=True):
        xs, ys = zip(*corners, strict=True)
        if sure >= SURE and text.strip():
            box = (min(xs), min(ys), max(xs), max(*ys, min(ys) + 0.1))
            recognized.append((text, box, (box[2] - box[0]) / max(_length_in_ems(text), 1.0)))
    # Type size is line length per character; for short or misread lines it is the line height.
    part = statistics.median(
        [size / (box[3] - box[1]) for text, box, size in recognized if len(text) >= 8] or [0.65]
    )
    body = statistics.median([size for text, _, size in recognized if len(text) >= 8] or [0.0])
    lines: list[PrintLine] = []
    for text, box, size in sorted(recognized, key=lambda one: one[1][1]):
        high = part * (box[3] - box[1])
        if len(text) <= FEW:
            by_both = min(size, high)
            large = by_both >= 1.5 * body
            if not large:
                size = _likely_size(lines, box, by_both, body)
            elif len(text) < 3 or abs(size - high) >= 0.4 * high:
                size = by_both
        elif abs(size - high) >= 0.25 * high:
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


@functools.cache
def _ocr_engine() -> Any:
    """The recognizer, loaded once."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # The classifier of upside-down lines also turns upright long ones; _recognized turns the page.
    return RapidOCR(
        params={"Global.log_level": "error", "Global.max_side_len": 4000, "Global.use_cls": False}
    )
