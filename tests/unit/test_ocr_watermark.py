"""A grey watermark leaves a scan; type over it, grey type, labels and tinted boxes stay."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("cv2", reason="briefing[ocr] is not installed")

import numpy
from PIL import Image, ImageDraw

from briefing.read.ocr_watermark import without_watermark

WIDTH, HEIGHT = 1240, 1754
TYPE = (100, 100, 1100, 700)


def page(tone: int | None = None, paper: int = 255) -> Any:
    """Rows of small strokes as of type, and across them thick strokes of a tone."""
    image = Image.new("L", (WIDTH, HEIGHT), paper)
    pen = ImageDraw.Draw(image)
    if tone is not None:
        for at in range(200, 1100, 90):
            pen.line([(at, 900 - at // 2), (at + 60, 830 - at // 2)], fill=tone, width=12)
            pen.line([(at, 830 - at // 2), (at + 60, 900 - at // 2)], fill=tone, width=12)
    for y in range(TYPE[1], TYPE[3], 30):
        for x in range(TYPE[0], TYPE[2], 22):
            pen.line([(x, y), (x + 16, y)], fill=0, width=2)
            pen.line([(x + 8, y - 7), (x + 8, y + 9)], fill=0, width=2)
    return numpy.asarray(image)


def scanned(grey: Any) -> Any:
    noise = numpy.random.default_rng(5).normal(0, 5, grey.shape)
    return numpy.clip(grey * 0.93 + 8 + noise, 0, 255).astype(numpy.uint8)


@pytest.mark.parametrize("tone", [140, 170, 205, 225])
@pytest.mark.parametrize("scan", [False, True])
def test_it_leaves_and_the_type_stays(tone: int, scan: bool) -> None:
    marked, clean = page(tone), page()
    if scan:
        marked, clean = scanned(marked), scanned(clean)
    left = without_watermark(marked)
    assert (left < 90).sum() >= 0.99 * (clean < 90).sum()
    between = (left > 100) & (left < 215) if tone < 205 else (left > 100) & (left < 190)
    assert between.sum() <= 0.02 * ((marked > 100) & (marked < 230)).sum() + 0.0005 * left.size


@pytest.mark.parametrize("scan", [False, True])
def test_a_page_without_one_is_as_it_was(scan: bool) -> None:
    grey = scanned(page()) if scan else page()
    assert without_watermark(grey) is grey


def changed(draw: Any) -> int:
    """How many pixels of a page with something grey are changed."""
    image = Image.fromarray(page())
    draw(ImageDraw.Draw(image))
    grey = numpy.asarray(image)
    return int((without_watermark(grey) != grey).sum())


def test_grey_type_stays() -> None:
    def small(pen: ImageDraw.ImageDraw) -> None:
        for y in range(900, 1500, 30):
            for x in range(100, 1100, 22):
                pen.line([(x, y), (x + 16, y)], fill=150, width=2)
                pen.line([(x + 8, y - 7), (x + 8, y + 9)], fill=150, width=2)

    assert changed(small) == 0


def test_a_label_and_a_tinted_box_stay() -> None:
    def fields(pen: ImageDraw.ImageDraw) -> None:
        pen.rectangle([100, 900, 220, 945], fill=150)
        pen.line([(120, 922), (200, 922)], fill=255, width=4)
        pen.rectangle([100, 1000, 1100, 1500], fill=215)

    assert changed(fields) == 0


def test_a_dark_or_empty_picture_is_none_of_its_business() -> None:
    for tone in (0, 128, 255):
        grey = numpy.full((400, 300), tone, numpy.uint8)
        assert without_watermark(grey) is grey
