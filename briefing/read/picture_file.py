"""Opens a picture file, in the child process: its size is checked before it is decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message

PIXELS = 40_000_000
"""Most pixels of a picture; a camera's have 24 million."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
SIDE = 1000
"""Most pixels of a side as it is kept: 280 dots an inch over a column of print."""
QUALITY = 80
SMALLEST = (240, 160)
"""Fewest pixels of the longer and the shorter side of what is printed."""
SLIMMEST = 3.2
"""Largest ratio of the sides: what is slimmer is a banner."""
SAMPLE = 64
"""Pixels of a side of the small copy by which a code is known."""
DARK, LIGHT = 70, 185
TWO_TONED = 0.93
"""Share of almost black and almost white pixels from which a picture is a drawing or a code."""
EACH = 0.15
"""Least share of either in a code."""
PLAIN = 12
"""Difference of the brightest and the darkest pixel up to which a picture shows nothing."""


def opened(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The picture as a JPEG, its width and its height in pixels; empty where it is not worth showing.

    Raises SourceError if it is damaged, in no known format, or too large.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS  # affects only this child process
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > PIXELS:
            raise _size_error()
        yield _kept(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _size_error() from None
    except (OSError, ValueError, SyntaxError, EOFError):
        damaged = Message("图片已损坏，或不是能读的格式", "it is damaged, or in no format that is read")
        raise SourceError(damaged) from None


def _kept(image: Any) -> tuple[bytes, int, int]:
    """The picture upright, on white, as small as it may be."""
    from PIL import ImageOps

    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (2 * SIDE, 2 * SIDE))  # decodes it smaller; twice the size keeps it sharp
    shown = ImageOps.exif_transpose(image)
    longer, shorter = max(shown.size), min(shown.size)
    if (longer, shorter) < SMALLEST or shorter < SMALLEST[1] or longer > SLIMMEST * shorter:
        return b"", 0, 0
    shown = _on_white(shown)
    shown.thumbnail((SIDE, SIDE))
    if _is_no_photograph(shown):
        return b"", 0, 0
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), shown.width, shown.height


def _on_white(image: Any) -> Any:
    """The picture in red, green and blue, what is transparent on white."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return image.convert("RGB")


def _is_no_photograph(image: Any) -> bool:
    """Whether it is one colour, or black on white as a code to scan is."""
    from PIL import Image

    grey = image.convert("L").resize((SAMPLE, SAMPLE), Image.Resampling.NEAREST)
    darkest, brightest = grey.getextrema()
    if brightest - darkest <= PLAIN:
        return True
    tones = grey.histogram()
    total = SAMPLE * SAMPLE
    dark, light = sum(tones[:DARK]) / total, sum(tones[LIGHT:]) / total
    squarish = max(image.size) < 1.3 * min(image.size)
    return bool(squarish and dark + light > TWO_TONED and min(dark, light) > EACH)


def _size_error() -> SourceError:
    return SourceError(Message("图片的像素太多", "it has too many pixels"))
