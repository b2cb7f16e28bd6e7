"""Pictures of pages: as they lie, level or vertical, small type, and what is too much for OCR."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from printed import BRIDGE, FOLIO, HEADS, RAIL, drawn, lines, two_stories, typed

from briefing.read import ocr, pdf
from briefing.segmentation.articles import segment
from briefing.types import Page, Problem

pytestmark = pytest.mark.skipif(not ocr.installed(), reason="briefing[ocr] is not installed")


def picture(content: bytes, dots: int = 150) -> Any:
    """The page with this content, drawn with our own font."""
    import pypdfium2

    from briefing.read.pdf_fonts import lend_fonts

    lend_fonts()
    return pypdfium2.PdfDocument(drawn(content))[0].render(scale=dots / 72).to_pil().convert("L")


def saved(image: Any, kind: str = "PNG", **more: Any) -> bytes:
    image.save(out := io.BytesIO(), kind, **more)
    return out.getvalue()


def heads(data: bytes) -> list[str]:
    (page,) = ocr.read("x.png", data)
    assert isinstance(page, Page)
    found = segment(page)
    assert found.date in (None, datetime.date(2026, 11, 20))
    assert all(len(article.text) >= 50 for article in found.articles)
    return [article.headline for article in found.articles]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_scan_is_turned(quarters: int) -> None:
    image = picture(two_stories()).rotate(90 * quarters, expand=True)
    assert heads(saved(image, dpi=(150, 150))) == HEADS


def test_small_type_and_no_resolution_stated() -> None:
    assert heads(saved(picture(two_stories(), 92))) == HEADS


def test_transparent_paper_is_white() -> None:
    from PIL import Image, ImageOps

    ink = ImageOps.invert(picture(two_stories(), 110))
    image = Image.new("LA", ink.size, 0)
    image.putalpha(ink)
    assert heads(saved(image)) == HEADS


def test_vertical_type_in_a_scan_is_read_from_the_right() -> None:
    def fallen(x: float, y: float, size: float, text: str) -> bytes:
        return b"".join(typed(x, y - size * at, size, char) for at, char in enumerate(text) if char != "　")

    content = fallen(540, 740, 24, HEADS[1])
    content += b"".join(fallen(505 - 16 * at, 740, 10, line) for at, line in enumerate(lines(RAIL, 24)))
    (page,) = ocr.read("x.png", saved(picture(content), dpi=(150, 150)))
    assert isinstance(page, Page)
    (article,) = segment(page).articles
    assert article.headline == HEADS[1]
    assert article.text[:8] == RAIL[:8] and "全部回收利用" in article.text.replace("\n", "")


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_commas_tell_vertical_type_and_how_it_lies(quarters: int) -> None:
    def fallen(x: float, y: float, size: float, text: str) -> bytes:
        out = b""
        for at, char in enumerate(text):
            aside = 0.55 * size if char in "，。、" else 0.0  # as fonts have them for vertical type
            out += typed(x + aside, y - size * at + aside, size, char) if char != "　" else b""
        return out

    content = fallen(540, 740, 24, HEADS[0])
    content += b"".join(
        fallen(505 - 16 * at - 192 * n, 740, 10, line)
        for n, text in enumerate((BRIDGE, RAIL))
        for at, line in enumerate(lines(text, 24))
    )
    image = picture(content).rotate(90 * quarters, expand=True)
    (page,) = ocr.read("x.png", saved(image, dpi=(150, 150)))
    assert isinstance(page, Page)
    (article,) = segment(page).articles
    text = article.text.replace("\n", "")
    assert article.headline == HEADS[0] and "全长一千八百" in text[:20]
    assert text.index("通勤时间") < text.index("滨湖区") and text.count("，") == 7 and text[-1] == "。"


def test_a_picture_without_text_is_a_problem() -> None:
    from PIL import Image

    photograph = Image.linear_gradient("L").resize((900, 700))
    for image in (Image.new("L", (900, 700), 255), photograph, picture(typed(250, 400, 60, "云汀"), 60)):
        (problem,) = ocr.read("x.png", saved(image))
        assert isinstance(problem, Problem) and "没有认出文字" in problem.message.zh and problem.hint


def test_type_too_small_is_told_at_once() -> None:
    from PIL import Image

    small = picture(two_stories(), 150).crop((60, 200, 1100, 520))
    small = small.resize((small.width * 45 // 100, small.height * 45 // 100))
    wall = Image.new("L", (small.width * 11, small.height * 34), 255)
    for x in range(11):
        for y in range(34):
            wall.paste(small, (x * small.width, y * small.height))
    (problem,) = ocr.read("x.jpg", saved(wall, "JPEG", quality=70))
    assert isinstance(problem, Problem) and "太小" in problem.message.zh and problem.hint


def test_a_page_whose_text_layer_is_none_is_read_by_ocr_and_says_so() -> None:
    import pypdfium2

    image = picture(two_stories(), 110)
    width, height = image.size
    code = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n" % (
        width, height, width * height,
    )  # fmt: skip
    data = drawn(
        b"q 595 0 0 842 0 0 cm /P Do Q " + typed(40, 20, 8, "本页由云汀日报数字报平台生成，仅供个人学习使用，转载请注明"),
        resources=b"/XObject<</P 8 0 R>>",
        objects=(code + image.tobytes() + b"\nendstream\n",),
    )  # fmt: skip
    assert len(pypdfium2.PdfDocument(data)) == 1
    page, problem = pdf.read("x.pdf", data)
    assert isinstance(page, Page) and isinstance(problem, Problem)
    found = segment(page)
    assert [article.headline for article in found.articles] == HEADS
    assert BRIDGE[12:20] in found.articles[0].text and "文字层不可用" in problem.message.zh
    assert found.date == datetime.date(2026, 11, 20) and FOLIO[:4] == found.paper


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "JPEG"])
def test_every_format_is_opened(kind: str) -> None:
    from PIL import Image

    from briefing.read.ocr_pages import FORMATS, _open

    assert kind in FORMATS
    assert _open(saved(Image.new("L", (400, 300), 255), kind)).size == (400, 300)


def test_a_dark_watermark_across_the_page_is_no_text() -> None:
    from PIL import ImageChops

    image = picture(two_stories())
    mark = (
        picture(typed(60, 400, 80, "内部资料")).rotate(30, fillcolor=255).point(lambda tone: max(tone, 160))
    )
    marked = ImageChops.darker(image, mark.crop((0, 0, *image.size)))
    assert ImageChops.difference(marked, image).getbbox()
    (page,) = ocr.read("x.png", saved(marked))
    assert isinstance(page, Page)
    found = segment(page)
    assert [article.headline for article in found.articles] == HEADS
    assert not any(char in article.text for article in found.articles for char in "资料")
