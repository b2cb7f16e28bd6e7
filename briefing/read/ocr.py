"""Reads pictures of pages by OCR in a child process, if the extra is installed.

Pixels are counted before decoding, so that a small file cannot demand many.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from ..errors import SourceError
from ..isolation.isolated import Limits, run_isolated
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..types import Page, Problem

PIXELS = 60_000_000
"""Most pixels of a picture; a broadsheet at 200 dpi has twenty million."""
PIXELS_PER_BYTE = 150
"""Further pixels per byte of a multi-page file: a fax has some 60, a white page thousands."""
LIMITS = Limits(memory=1300 * 1024 * 1024, item_seconds=38.0, seconds=600.0)
"""A full broadsheet takes 25 to 30 s of computing on two cores, which is half of that by the clock."""
NO_TEXT = Message("这一页是图片，没有文字", "this page is a picture, without text")
INSTALL = Message(
    '安装文字识别后再读：pip install "briefing[ocr]"', 'install OCR to read it: pip install "briefing[ocr]"'
)


def installed() -> bool:
    """Whether pictures can be read."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "PIL"))


def most_pixels(size: int) -> int:
    """Most pixels of all pages of a file of `size` bytes."""
    return PIXELS + PIXELS_PER_BYTE * size


def too_many_pixels(source: str) -> Problem:
    """The Problem of a page beyond the pixel limit."""
    return Problem(
        source=source,
        message=Message("文件很小，图片却太多太大，不读", "too many pixels for so small a file: not read"),
        hint=Message("请重新扫描或下载", "scan or download it again"),
    )


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """The page in a picture, or those of a TIFF.

    Raises SourceError if it is not a picture or OCR is not installed.
    """
    if not installed():
        raise SourceError(NO_TEXT, INSTALL)
    yield from run_isolated("briefing.read.ocr_pages:pages", data, source, limits=LIMITS)
