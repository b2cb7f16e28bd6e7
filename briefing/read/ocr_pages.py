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
from .ocr_watermark import without_watermark

MOST_FRAMES = 64
ENOUGH = 24_000_000
"""Pixels that a page is reduced to: a broadsheet at 215 dpi."""
SHORTEST, LONGEST = 64, 30_000
"""Most pixels of a side."""
SLIMMEST = 12
"""Largest ratio of the sides; a column cut out of a page is some six times as high as wide."""
LEAST_DOTS = 100
"""Dots an inch from which type can be read."""
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
DAMAGED = Message("图片已损坏，或不是能读的格式", "the picture is damaged, or in no format that is read")
AGAIN = Message("请重新扫描或下载", "scan or download it again")
FEWEST = 10
"""Letters and digits on a page that has news; what is seen in a photograph are a few."""
NOTHING = Message("图片里几乎没有认出文字", "hardly any text was recognized in the picture")
SEE = Message(
    "请看原图；有文字的话，请重新扫描得清楚些",
    "look at the picture; if it has text, scan it again, and clearer",
)


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
            yield problem or _page(where, data, number)
    except Image.DecompressionBombError:
        raise SourceError(_size_message(), AGAIN) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise SourceError(DAMAGED, AGAIN) from None


def _page(source: str, data: bytes, number: int) -> Page | Problem:
    """The page in a frame; the Problem if it holds more type than a page."""
    try:
        return page_of_image(source, *_picture(data, number))
    except SourceError as error:
        return Problem(source=source, message=error.message, hint=error.hint)


def _open(data: bytes, number: int = 0) -> Any:
    """A frame of the picture, not yet decoded."""
    from PIL import Image

    image = Image.open(io.BytesIO(data), formats=FORMATS)
    image.seek(number)
    return image


def _picture(data: bytes, number: int) -> tuple[Any, float | None]:
    """A frame as an upright grey array of at most ENOUGH pixels, and its points per pixel."""
    import numpy
    from PIL import ImageOps

    image = _open(data, number)
    whole, dots = max(image.size), image.info.get("dpi")
    part = math.sqrt(ENOUGH / (image.width * image.height))
    if part < 1:
        image.draft("L", (round(image.width * part), round(image.height * part)))  # a JPEG, while decoding
    grey = _on_paper(image)
    part = math.sqrt(ENOUGH / (grey.width * grey.height))
    if part < 1:
        grey = grey.resize((round(grey.width * part), round(grey.height * part)), reducing_gap=2.0)
    smaller = whole / max(grey.size)
    grey.info["exif"] = image.info.get("exif", b"")
    picture = ImageOps.exif_transpose(grey)
    scale = _points_per_pixel(picture.width * smaller, dots)
    return numpy.asarray(picture), scale * smaller if scale else None


def _on_paper(image: Any) -> Any:
    """A picture in grey, its transparent parts white."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("L")
    paper = Image.new("L", image.size, 255)
    image = image.convert("RGBA")
    paper.paste(image.convert("L"), mask=image.getchannel("A"))
    return paper


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


def _points_per_pixel(width: float, dots: Any) -> float | None:
    """Points per pixel by the picture's stated resolution; None if it has none or an implausible
    one: cameras, and pictures without a resolution, say 72 dots an inch.
    """
    try:
        scale = 72 / float(dots[0]) if float(dots[0]) >= LEAST_DOTS else 0.0
    except (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError):
        return None
    return scale if WIDTHS[0] <= width * scale <= WIDTHS[1] else None


def page_of_image(source: str, grey: Any, scale: float | None) -> Page | Problem:
    """The page in a grey picture (uint8, height x width), or the Problem that it has hardly any text.

    `scale` is points per pixel, None if unknown. Raises SourceError if there is too much type, or
    it is too small.
    """
    page = page_of(source, print_page_of(without_watermark(grey), scale))
    if sum(char.isalnum() for block in page.blocks for char in block.text) < FEWEST:
        return Problem(source=source, message=NOTHING, hint=SEE)
    return page
