"""Pictures of pages: read by RapidOCR (PaddleOCR's models in ONNX) where the extra is installed, then by geometry.py.

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

from ..errors import SourceError, Text
from ..protocols import Near
from ..types import Page, Problem
from .geometry import page_of
from .sheet import Box, Line, Sheet

DOTS = 200
"""Dots an inch at which a page of a PDF is rendered: body type of 10 points is then 28 pixels high."""
MOST_PIXELS = 60_000_000
"""Of a picture; a broadsheet at 200 dots an inch has twenty million."""
SURE = 0.5
"""Below this confidence (0 to 1) a line is a picture, not words."""
A4_WIDTH = 595.0
"""Points that a picture without a resolution is taken to be wide."""
NO_TEXT = Text("这一页是图片，没有文字", "this page is a picture, without text")
INSTALL = Text(
    '安装文字识别后再读：pip install "briefing[ocr]"', 'install OCR to read it: pip install "briefing[ocr]"'
)


def installed() -> bool:
    """Whether pictures can be read."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "PIL"))


def read(source: str, data: bytes, near: Near) -> Iterator[Page | Problem]:
    """The page in a picture, or the pages of a TIFF. Raises SourceError where it is no picture, or OCR is not there."""
    if not installed():
        raise SourceError(NO_TEXT, INSTALL)
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        image = Image.open(io.BytesIO(data))
        frames = getattr(image, "n_frames", 1)
        for number in range(min(frames, 64)):
            image.seek(number)
            picture = image.convert("RGB")
            where = source if frames == 1 else f"{source}#page={number + 1}"
            yield page_of_image(where, picture, A4_WIDTH / picture.width)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise SourceError(
            Text("图片已损坏，或大得不像一个版面", "the picture is damaged, or too large for a page"),
            Text("请重新扫描或下载", "scan or download it again"),
        ) from None


def page_of_image(source: str, image: Any, scale: float) -> Page:
    """The page in an RGB picture; `scale` is points a pixel."""
    lines = tuple(_lines(image, scale))
    return page_of(source, Sheet(image.width * scale, image.height * scale, lines))


def _lines(image: Any, scale: float) -> Iterator[Line]:
    import numpy

    found = _engine()(numpy.asarray(image)[:, :, ::-1])
    told: list[tuple[str, Box, float]] = []
    for corners, text, sure in zip(
        found.boxes if found.boxes is not None else (), found.txts or (), found.scores or (), strict=False
    ):
        xs, ys = (
            [float(point[0]) * scale for point in corners],
            [float(point[1]) * scale for point in corners],
        )
        if sure >= SURE and text.strip():
            box = (min(xs), min(ys), max(xs), max(ys))
            told.append((text, box, (box[2] - box[0]) / max(_ems(text), 1.0)))
    # The type's size is the line's length by its characters; a short line or a misread one has it by its height.
    part = statistics.median(
        [size / (box[3] - box[1]) for text, box, size in told if len(text) >= 8] or [0.65]
    )
    body = statistics.median([size for text, _, size in told if len(text) >= 8] or [0.0])
    for text, box, size in told:
        high = part * (box[3] - box[1])
        if (
            len(text) <= 4 and high < 1.5 * body
        ):  # the box of a few characters is loose: the end of a paragraph
            high = body
        yield Line(text, box, size if len(text) > 4 and abs(size - high) < 0.25 * high else high)


def _ems(text: str) -> float:
    """The length of a line in ems: Latin letters and digits are about half as wide as Chinese characters."""
    return sum(1.0 if ord(char) > 0x2E80 else 0.55 for char in text)


@functools.cache
def _engine() -> Any:
    """The recognizer, loaded once."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error", "Global.max_side_len": 4000})
