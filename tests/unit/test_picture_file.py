"""Pictures are opened upright, small and plain; what is no picture of the news is known, and what is hostile refused."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest

pytest.importorskip("PIL", reason="briefing[pictures] is not installed")

from photographs import code, encoded, photograph
from PIL import Image

from briefing.errors import SourceError
from briefing.read.picture_file import SIDE, opened
from briefing.render.json_picture import jpeg_size


def kept(data: bytes) -> Any:
    ((content, width, height),) = opened(data)
    assert not content or jpeg_size(content) == (width, height)
    return Image.open(io.BytesIO(content)) if content else None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_photograph_is_kept_whatever_its_format(kind: str) -> None:
    image = kept(encoded(photograph(), kind))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (640, 420))


def test_a_large_one_becomes_smaller() -> None:
    image = kept(encoded(photograph(3000, 2000)))
    assert max(image.size) == SIDE and image.size[1] in (666, 667)


def test_one_that_lies_on_its_side_is_set_upright_and_loses_what_it_says_of_its_maker() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    exif[0x013B] = "secret"
    image = kept(encoded(photograph(640, 420), exif=exif))
    assert image.size == (420, 640)
    assert not image.getexif() and b"secret" not in image.tobytes()


def test_what_is_transparent_becomes_white() -> None:
    image = photograph(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 200))
    assert min(kept(encoded(image, "PNG")).getpixel((50, 50))) > 240


def test_print_colours_become_those_of_a_screen() -> None:
    assert kept(encoded(photograph(mode="CMYK"))).mode == "RGB"


@pytest.mark.parametrize(
    "image",
    [
        photograph(120, 90),
        photograph(1200, 120),
        photograph(900, 60),
        code(),
        Image.new("RGB", (600, 400), "navy"),
    ],
    ids=["small", "banner", "rule", "code", "plain"],
)
def test_what_is_no_picture_of_the_news_is_left_out(image: Any) -> None:
    assert kept(encoded(image, "PNG")) is None


def test_a_dark_photograph_is_one() -> None:
    assert kept(encoded(photograph().point(lambda tone: tone // 3))) is not None


def huge_png(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    parts = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        encoded(photograph())[:3000],
        encoded(photograph(), "PNG")[:2000],
        huge_png(50_000, 50_000),
        huge_png(7_000, 7_000),
        b"%PDF-1.4",
    ],
    ids=["empty", "svg", "gif", "cut JPEG", "cut PNG", "bomb", "large", "pdf"],
)
def test_what_cannot_be_opened_is_an_error(data: bytes) -> None:
    with pytest.raises(SourceError):
        list(opened(data))
