"""The pages in a picture's file, in the child process: measured by their header before any pixel is unpacked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..types import Page, Problem
from .layout.stories import page_of
from .ocr import PIXELS, most_pixels, too_many_pixels
from .ocr_print import WIDTHS, print_page_of

MOST_FRAMES = 64
SHORTEST, LONGEST = 64, 30_000
"""Pixels of a side."""
SLIMMEST = 12
"""Times that one side may be longer than the other; a column cut out of a page is some six times as high as wide."""
FORMATS = ("PNG", "JPEG", "MPO", "TIFF", "WEBP")
DAMAGED = Message("图片已损坏，或不是能读的格式", "the picture is damaged, or in no format that is read")
AGAIN = Message("请重新扫描或下载", "scan or download it again")


def pages(data: bytes, source: str) -> Iterator[Page | Problem]:
    """The page of each frame; one that is no page is a Problem. Raises SourceError where it is no picture."""
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS  # of this process alone, which reads nothing else
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    left = most_pixels(len(data))
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        frames = getattr(image, "n_frames", 1)
        for number in range(min(frames, MOST_FRAMES)):
            where = source if frames == 1 else f"{source}#page={number + 1}"
            image.seek(number)
            left -= image.width * image.height
            if problem := _refusal(where, *image.size, left):
                yield problem
                continue
            picture = ImageOps.exif_transpose(image).convert("RGB")
            yield page_of_image(where, picture, _points_per_pixel(picture.width, image.info.get("dpi")))
    except Image.DecompressionBombError:
        raise SourceError(_size_message(), AGAIN) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise SourceError(DAMAGED, AGAIN) from None


def _refusal(source: str, width: int, height: int, left: int) -> Problem | None:
    """The Problem of a picture whose size is not that of a page."""
    if width * height <= PIXELS and left < 0:
        return too_many_pixels(source)
    short, long = sorted((width, height))
    if width * height > PIXELS or short < SHORTEST or long > LONGEST or long > SLIMMEST * short:
        return Problem(source=source, message=_size_message(width, height), hint=AGAIN)
    return None


def _size_message(width: int = 0, height: int = 0) -> Message:
    size = f"（{width}×{height}）" if width else ""
    english = f" ({width} by {height} pixels)" if width else ""
    return Message(f"图片的大小{size}不像一个版面", f"the picture's size{english} is not that of a page")


def _points_per_pixel(width: int, dots: Any) -> float | None:
    """Points a pixel by the resolution that a picture states; None if it states none, or one that makes no page."""
    try:
        scale = 72 / float(dots[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError):
        return None
    return scale if WIDTHS[0] <= width * scale <= WIDTHS[1] else None


def page_of_image(source: str, image: Any, scale: float | None) -> Page:
    """The page in an RGB picture; `scale` is points a pixel, None if unknown."""
    return page_of(source, print_page_of(image, scale))
