"""Reads the pages of a picture file, in the child process; sizes are checked before decoding."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..types import Page, Problem
from .layout.stories import page_of
from .ocr import PIXELS, most_pixels, too_many_pixels
from .ocr_print import WIDTHS, print_page_of

MOST_FRAMES = 64
ENOUGH = 24_000_000
"""Pixels that a page is reduced to: a broadsheet at 215 dpi."""
SHORTEST, LONGEST = 64, 30_000
"""Most pixels of a side."""
SLIMMEST = 12
"""Largest ratio of the sides; a column cut out of a page is some six times as high as wide."""
FORMATS = ("PNG", "JPEG", "MPO", "TIFF", "WEBP")
DAMAGED = Message("图片已损坏，或不是能读的格式", "the picture is damaged, or in no format that is read")
AGAIN = Message("请重新扫描或下载", "scan or download it again")


def pages(data: bytes, source: str) -> Iterator[Page | Problem]:
    """The page of each frame; an invalid one is a Problem. Raises SourceError if it is not a
    picture.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS  # affects only this child process
    left = most_pixels(len(data))
    try:
        frames = getattr(_open(data), "n_frames", 1)
        for number in range(min(frames, MOST_FRAMES)):
            where = source if frames == 1 else f"{source}#page={number + 1}"
            width, height = _open(data, number).size
            left -= width * height
            problem = _refusal(where, width, height, left)
            yield problem or page_of_image(where, *_picture(data, number))
    except Image.DecompressionBombError:
        raise SourceError(_size_message(), AGAIN) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise SourceError(DAMAGED, AGAIN) from None


def _open(data: bytes, number: int = 0) -> Any:
    """A frame of the picture, not yet decoded."""
    from PIL import Image

    image = Image.open(io.BytesIO(data), formats=FORMATS)
    image.seek(number)
    return image


def _picture(data: bytes, number: int) -> tuple[Any, float | None]:
    """A frame as upright RGB of at most ENOUGH pixels, and its points per pixel. Frees the larger
    one.
    """
    from PIL import ImageOps

    image = _open(data, number)
    dots = image.info.get("dpi")
    picture = ImageOps.exif_transpose(image).convert("RGB")
    scale = _points_per_pixel(picture.width, dots)
    part = min(1.0, math.sqrt(ENOUGH / (picture.width * picture.height)))
    if part == 1:
        return picture, scale
    small = picture.resize((round(picture.width * part), round(picture.height * part)), reducing_gap=2.0)
    return small, scale * picture.width / small.width if scale else None


def _refusal(source: str, width: int, height: int, left: int) -> Problem | None:
    """The Problem of a picture whose size is implausible for a page."""
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
    """Points per pixel by the picture's stated resolution; None if it has none or an implausible
    one.
    """
    try:
        scale = 72 / float(dots[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError):
        return None
    return scale if WIDTHS[0] <= width * scale <= WIDTHS[1] else None


def page_of_image(source: str, image: Any, scale: float | None) -> Page:
    """The page in an RGB picture; `scale` is points per pixel, None if unknown."""
    return page_of(source, print_page_of(image, scale))
