"""Pictures of pages: read by RapidOCR (PaddleOCR's models in ONNX) where the extra is installed, then by layout/stories.py.

The models come in the wheel; nothing is fetched.
"""

from __future__ import annotations

import functools
import importlib.util
import io
import logging
import statistics
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..types import Page, Problem
from .layout.print_page import Box, PrintLine, PrintPage, overlap
from .layout.rules import find_rules
from .layout.stories import page_of

DOTS = 200
"""Dots an inch at which a page of a PDF is rendered: body type of 10 points is then 28 pixels high."""
MOST_PIXELS = 60_000_000
"""Of a picture; a broadsheet at 200 dots an inch has twenty million."""
SURE = 0.5
"""Below this confidence (0 to 1) a line is a picture, not words."""
UPRIGHT = 0.8
"""Confidence below which a page may stand on its head; of one that does not, half the lines have 0.95 and more."""
FEW = 5
"""Characters of a line whose length tells little of their size."""
WIDTHS = (280.0, 2600.0)
"""Points that a page is wide: half a tabloid to a spread of two broadsheets. A camera's picture says anything."""
BODY, A4_WIDTH = 10.0, 595.0
"""Points that the body type of a picture without a resolution is taken to be high; and it to be wide, if it has no type."""
NO_TEXT = Message("这一页是图片，没有文字", "this page is a picture, without text")
INSTALL = Message(
    '安装文字识别后再读：pip install "briefing[ocr]"', 'install OCR to read it: pip install "briefing[ocr]"'
)


def installed() -> bool:
    """Whether pictures can be read."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "PIL"))


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """The page in a picture, or the pages of a TIFF. Raises SourceError where it is no picture, or OCR is not there."""
    if not installed():
        raise SourceError(NO_TEXT, INSTALL)
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(io.BytesIO(data))
        frames = getattr(image, "n_frames", 1)
        for number in range(min(frames, 64)):
            image.seek(number)
            picture = ImageOps.exif_transpose(image).convert("RGB")
            where = source if frames == 1 else f"{source}#page={number + 1}"
            yield page_of_image(where, picture, _points_per_pixel(picture.width, image.info.get("dpi")))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise SourceError(
            Message("图片已损坏，或大得不像一个版面", "the picture is damaged, or too large for a page"),
            Message("请重新扫描或下载", "scan or download it again"),
        ) from None


def _points_per_pixel(width: int, dots: Any) -> float | None:
    """Points a pixel, by the dots an inch that a picture says it has; None where it says none, or the page were no paper."""
    try:
        scale = 72 / float(dots[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return scale if WIDTHS[0] <= width * scale <= WIDTHS[1] else None


def page_of_image(source: str, image: Any, scale: float | None) -> Page:
    """The page in an RGB picture; `scale` is points a pixel, or None where nobody knows."""
    return page_of(source, print_page_of(image, scale))


def print_page_of(image: Any, scale: float | None) -> PrintPage:
    """What stands in an RGB picture: its lines, rules and frames, as if the page had lain straight.

    `scale` is points a pixel; None takes the body type to be 10 points high.
    """
    import cv2
    import numpy

    pixels, found = _recognize(numpy.asarray(image))
    corners = numpy.asarray(found.boxes if found.boxes is not None else [], dtype="float64").reshape(-1, 4, 2)
    height, width = pixels.shape[:2]
    straight = cv2.getRotationMatrix2D((width / 2, height / 2), _skew_degrees(corners), 1.0)
    corners = corners @ straight[:, :2].T + straight[:, 2]
    if scale is None:
        ems = [
            float(numpy.linalg.norm(four[1] - four[0])) / _length_in_ems(text)
            for four, text in zip(corners, found.txts or (), strict=True)
            if len(text) >= 8
        ]
        scale = BODY / max(1.0, statistics.median(ems or [BODY * width / A4_WIDTH]))
        scale = min(max(scale, WIDTHS[0] / width), WIDTHS[1] / width)
    lines = _measured_lines(corners * scale, found.txts or (), found.scores or ())
    grey = cv2.warpAffine(
        cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), straight, (width, height), borderMode=cv2.BORDER_REPLICATE
    )
    rules, frames = find_rules(grey, scale, lines)
    return PrintPage(width * scale, height * scale, lines, rules, frames, measured=True)


def _recognize(pixels: Any) -> tuple[Any, Any]:
    """The picture and what is read in it; a page on its head is turned."""
    found = _ocr_engine()(pixels[:, :, ::-1])
    sure = statistics.median(found.scores or [1.0])
    if sure >= UPRIGHT:
        return pixels, found
    turned = pixels[::-1, ::-1].copy()
    other = _ocr_engine()(turned[:, :, ::-1])
    return (turned, other) if statistics.median(other.scores or [0.0]) > sure else (pixels, found)


def _skew_degrees(corners: Any) -> float:
    """The angle in degrees by which lines of type fall to the right: the median of the long ones (corners: n x 4 x 2)."""
    import numpy

    base = corners[:, 1] - corners[:, 0]
    high = numpy.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    long = numpy.linalg.norm(base, axis=1) > 5 * high
    return (
        float(numpy.degrees(numpy.median(numpy.arctan2(base[long, 1], base[long, 0])))) if long.any() else 0.0
    )


def _measured_lines(boxes: Any, texts: tuple[str, ...], scores: tuple[float, ...]) -> tuple[PrintLine, ...]:
    """The lines recognized, with the sizes of their type (boxes: corners in points, n x 4 x 2)."""
    recognized: list[tuple[str, Box, float]] = []
    for corners, text, sure in zip(boxes.tolist(), texts, scores, strict=True):
        xs, ys = zip(*corners, strict=True)
        if sure >= SURE and text.strip():
            box = (min(xs), min(ys), max(xs), max(*ys, min(ys) + 0.1))
            recognized.append((text, box, (box[2] - box[0]) / max(_length_in_ems(text), 1.0)))
    # The type's size is the line's length by its characters; a short line or a misread one has it by its height.
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
        ) / 2  # a recognizer's box has white above and below; a line of type has none
        lines.append(PrintLine(text, (box[0], middle - size / 2, box[2], middle + size / 2), size))
    return tuple(lines)


def _likely_size(above: list[PrintLine], box: Box, size: float, body: float) -> float:
    """The size of a few characters, whose box is loose: that of the line they end, or of the body, whichever is nearer."""
    over = [
        line
        for line in above
        if overlap(line.box, box, 0) > 0 and -0.5 * line.size < box[1] - line.bottom < 0.6 * line.size
    ]
    last = max(over, key=lambda line: line.bottom, default=None)
    return last.size if last and abs(last.size - size) < abs(body - size) else body


def _length_in_ems(text: str) -> float:
    """The length of a line in ems: Latin letters and digits are about half as wide as Chinese characters and their marks."""
    return sum(1.0 if ord(char) > 0x2E80 or char in "“”‘’…—·" else 0.55 for char in text)


@functools.cache
def _ocr_engine() -> Any:
    """The recognizer, loaded once."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # The classifier of lines that stand on their heads turns long lines that do not; _recognized turns the whole page.
    return RapidOCR(
        params={"Global.log_level": "error", "Global.max_side_len": 4000, "Global.use_cls": False}
    )
