"""Printed pages: stories come apart by geometry, jumped ones go together, and a bad PDF is told in a line."""

from __future__ import annotations

import datetime
import io
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import printed
import pytest
from epaper import edition
from source_files import only_page

from briefing.errors import SourceError
from briefing.pipeline import articles, segmented
from briefing.read import ocr, pdf
from briefing.read.layout.print_page import PrintLine
from briefing.segmentation.articles import segment
from briefing.types import Article, Page, Problem

needs_ocr = pytest.mark.skipif(not ocr.installed(), reason="briefing[ocr] is not installed")


@pytest.fixture(scope="module")
def setter() -> Any:
    """The benchmark's compositor, which sets pages of the invented newspaper."""
    return printed.setter()


def rows() -> list[dict[str, Any]]:
    """The example edition's articles, as much of each as a column holds."""
    told = [article for page in edition() for article in page if "。" in article["body"][:500]]
    return [{**a, "body": a["body"][: a["body"].rindex("。", 0, 600) + 1]} for a in told]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_stories_of_a_printed_page_come_apart(setter: Any, count: int, seed: int) -> None:
    chance = random.Random(100 * count + seed)
    data, gold = setter.compose(chance.sample(rows(), min(len(rows()), 4 * count + 2)), count, 3, chance)
    page = only_page(pdf.read("x.pdf", setter.printed([data])))
    found = segment(page)
    assert (found.paper, found.page_number, found.date) == ("云汀日报", "03", datetime.date(2026, 11, 20))
    assert setter.found(gold, found.articles) >= len(gold) - 1
    assert len(found.articles) <= len(gold) + 1


def placed(setter: Any, *lines: tuple[float, float, float, str], **more: Any) -> dict[str, Any]:
    sheet = setter.Sheet()
    for x, y, size, text in lines:
        sheet.put(x, y, size, text)
    sheet.data.update(more)
    return sheet.data


def column(
    setter: Any, x: float, y: float, text: str, ems: int = 20
) -> list[tuple[float, float, float, str]]:
    lines = setter.broken(text, ems, 2)
    return [(x + (20 if at == 0 else 0), y + 15 * at, 10, line) for at, line in enumerate(lines)]


BRIDGE = "本报讯（记者 林叶舟）全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆，两岸通勤时间由四十五分钟缩短到二十五分钟。"
RAIL = (
    "滨湖区三千米护栏本周换新，新护栏高一米二，工程月底完工，旧护栏全部回收利用，沿线商户说比从前亮堂了许多。"
)


def test_a_story_that_jumps_to_another_page_is_put_together(setter: Any) -> None:
    rest = "市交通局局长说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放，市民可以步行过江。"
    first = placed(
        setter, (40, 20, 10, "云汀日报　2026年11月20日 星期五 第01版"), (40, 200, 26, "望江桥提前通车"),
        *column(setter, 40, 240, BRIDGE), (200, 400, 10, "（下转第四版）"),
    )  # fmt: skip
    other = placed(
        setter, (40, 20, 10, "云汀日报　2026年11月20日 星期五 第04版"), (40, 200, 14, "（上接第一版）"), *column(setter, 40, 240, rest),
        (400, 200, 26, "护栏换新"), *column(setter, 400, 240, RAIL),
    )  # fmt: skip
    found = list(articles(segmented(pdf.read("x.pdf", setter.printed([first, other])))))
    bridge = next(a for a in found if isinstance(a, Article) and a.headline == "望江桥提前通车")
    assert rest[:20] in "".join(bridge.text.split()) and "通勤时间" in bridge.text
    assert [a.headline for a in found if isinstance(a, Article)] == ["望江桥提前通车", "护栏换新"]


def test_a_boxed_story_is_a_story_of_its_own(setter: Any) -> None:
    data = placed(
        setter, (40, 200, 26, "望江桥提前通车"), *column(setter, 40, 240, BRIDGE + RAIL * 2), (260, 246, 15, "护栏换新"),
        *column(setter, 260, 270, RAIL), frames=[(250, 238, 225, 110)],
    )  # fmt: skip
    page = only_page(pdf.read("x.pdf", setter.printed([data])))
    assert {a.headline for a in segment(page).articles} == {"望江桥提前通车", "护栏换新"}


def made(**options: Any) -> bytes:
    """A small PDF without a word in it."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 300)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(5000), b"", b"hello"])
def test_a_damaged_pdf(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        list(pdf.read("x.pdf", data))
    assert "损坏" in caught.value.message.zh and caught.value.hint is not None


def drawn(stream: bytes, page: bytes = b"/MediaBox[0 0 300 400]") -> bytes:
    """A PDF of one page with this content stream; /F is Helvetica."""
    page = b"<</Type/Page/Parent 2 0 R" + page + b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    told = b"".join(b"%d 0 obj%sendobj\n" % (at, body) for at, body in enumerate(objects, 1))
    return b"%PDF-1.4\n" + told + b"trailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    "matrix", [b"776 40 942.2 776 7 7 cm 776 942 40 7 7 9 cm " * 20, b"9e9 0 0 9e9 0 0 cm"]
)
def test_type_of_no_size_is_not_read(monkeypatch: pytest.MonkeyPatch, matrix: bytes) -> None:
    """Found by fuzzing: a matrix that grows until the boxes of its characters are not numbers."""
    monkeypatch.setattr(ocr, "installed", lambda: False)
    data = drawn(
        b"BT /F 10 Tf 20 300 Td (twenty characters of a page) Tj ET q %s BT /F 9 Tf (lost) Tj ET Q" % matrix
    )
    (page,) = pdf.read("x.pdf", data)
    assert isinstance(page, Page) and [block.text for block in page.blocks] == ["twenty characters of a page"]


@pytest.mark.parametrize(
    ("page", "matrix"),
    [
        (b"/MediaBox[0 0 300 400]", b"1 0 0 1 40 350"),
        (b"/MediaBox[0 0 400 300]/Rotate 90", b"0 1 -1 0 50 40"),
        (b"/MediaBox[0 0 300 400]/Rotate 180", b"-1 0 0 -1 260 50"),
        (b"/MediaBox[0 0 400 300]/Rotate 270", b"0 -1 1 0 350 260"),
        (b"/MediaBox[0 0 500 500]/CropBox[100 50 400 450]", b"1 0 0 1 140 400"),
    ],
)
def test_a_page_is_read_as_it_is_seen(page: bytes, matrix: bytes) -> None:
    stream = b"BT /F 10 Tf %s Tm (twenty characters of a page) Tj ET" % matrix
    (found,) = pdf.read("x.pdf", drawn(stream, page))
    assert isinstance(found, Page)
    (block,) = found.blocks
    assert block.text == "twenty characters of a page" and block.box is not None
    assert block.box[0] == pytest.approx(40, abs=0.5) and block.box[3] == pytest.approx(51.2, abs=0.5)
    assert block.box[2] - block.box[0] > 100


def test_a_page_of_too_many_pieces_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    marks = b" ".join(b"1 0 0 1 %d %d Tm (x) Tj" % (at % 70 * 4, at // 70 * 6) for at in range(4500))
    (problem,) = pdf.read("x.pdf", drawn(b"BT /F 2 Tf " + marks + b" ET"))
    assert isinstance(problem, Problem) and "不像报纸" in problem.message.zh and problem.hint is not None


def test_a_column_that_rises_beside_a_head_is_its_own(setter: Any) -> None:
    """Though the white beside the head above reaches over it."""
    data = placed(
        setter, (40, 100, 24, "望江桥提前通车"), *column(setter, 40, 140, RAIL), *column(setter, 300, 140, RAIL),
        (40, 270, 24, "区里新修绿道"), *column(setter, 40, 310, RAIL),
        (40, 440, 24, "滨湖护栏换新"), *column(setter, 40, 480, RAIL), *column(setter, 290, 440, RAIL[::-1]),
    )  # fmt: skip
    page = only_page(pdf.read("x.pdf", setter.printed([data])))
    assert [len(a.text.replace("\n", "")) for a in segment(page).articles] == [
        2 * len(RAIL),
        len(RAIL),
        2 * len(RAIL),
    ]


def test_a_caption_close_above_the_text_is_no_text(setter: Any) -> None:
    data = placed(
        setter, (40, 100, 24, "望江桥提前通车"), *column(setter, 40, 140, RAIL), (40, 240, 9.5, "▲图为通车现场。林叶舟 摄"),
        *column(setter, 40, 260, BRIDGE),
    )  # fmt: skip
    page = only_page(pdf.read("x.pdf", setter.printed([data])))
    (article,) = segment(page).articles
    assert article.captions == ("▲图为通车现场。林叶舟摄",) and "图为" not in article.text
    assert "望江桥昨日" in article.text and RAIL in article.text


def test_two_heads_whose_lines_nearly_touch_stay_two(setter: Any) -> None:
    data = placed(
        setter, (40, 200, 20, "望江桥本周六起提前通车全长一千八"), *column(setter, 40, 240, BRIDGE),
        (366, 203, 17, "滨湖护栏换新"), *column(setter, 366, 240, RAIL),
    )  # fmt: skip
    page = only_page(pdf.read("x.pdf", setter.printed([data])))
    assert [a.headline for a in segment(page).articles] == [
        "望江桥本周六起提前通车全长一千八",
        "滨湖护栏换新",
    ]


LOCKED = (
    "trailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>"
    "/U<0000000000000000000000000000000000000000000000000000000000000000>/P -60>>/ID[<00><00>]>>"
)


def test_a_pdf_with_a_password() -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    with pytest.raises(SourceError) as caught:
        list(pdf.read("x.pdf", body + LOCKED.encode() + b"\n%%EOF"))
    assert "密码" in caught.value.message.zh


def test_a_pdf_of_pictures_says_what_would_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    (problem,) = pdf.read("x.pdf", made())
    assert isinstance(problem, Problem) and problem.hint and "briefing[ocr]" in problem.hint.zh


@needs_ocr
def test_a_scan_is_read(setter: Any) -> None:
    data = placed(
        setter, (40, 20, 10, "云汀日报 2026年11月20日 星期五 第02版"), (40, 200, 26, "望江桥提前通车"), *column(setter, 40, 245, BRIDGE),
        (300, 200, 26, "滨湖护栏换新"), *column(setter, 300, 245, RAIL),
    )  # fmt: skip
    scan = setter.scanned(setter.printed([data]), random.Random(1))
    (page,) = ocr.read("x.jpg", scan)
    assert isinstance(page, Page)
    found = segment(page)
    assert [a.headline for a in found.articles] == ["望江桥提前通车", "滨湖护栏换新"]
    assert found.page_number == "02" and "1860" in found.articles[0].text


@needs_ocr
@pytest.mark.parametrize("angle", [-2.0, 0.0, 0.7])
def test_rules_and_frames_of_a_scan_are_seen(angle: float) -> None:
    """Not the strokes of type, nor the edges of a picture."""
    import numpy
    from PIL import Image, ImageDraw

    from briefing.read.layout.rules import find_rules as seen

    image = Image.new("L", (1200, 1600), 240)
    draw = ImageDraw.Draw(image)
    draw.line((100, 200, 1100, 200), fill=30, width=2)
    draw.line((600, 260, 600, 700), fill=30, width=2)
    draw.rectangle((100, 800, 500, 1200), outline=30, width=2)
    draw.rectangle((700, 800, 1100, 1200), fill=120)
    draw.line((150, 1325, 400, 1325), fill=30, width=4)
    stroke = PrintLine("一一一一", (50, 470, 150, 484), 12)
    noise = numpy.random.default_rng(1).normal(0, 9, (1600, 1200))
    image = image.rotate(angle * 0.1, fillcolor=240, resample=Image.Resampling.BICUBIC)
    grey = numpy.clip(numpy.asarray(image) + noise, 0, 255).astype("uint8")
    rules, frames = seen(grey, 0.36, (stroke,))
    across, upright = sorted(rules, key=lambda box: box[1])
    assert across[2] - across[0] == pytest.approx(360, abs=8) and across[1] == pytest.approx(72, abs=4)
    assert upright[3] - upright[1] == pytest.approx(158, abs=8) and upright[0] == pytest.approx(216, abs=4)
    assert len(frames) == 1 and frames[0] == pytest.approx((36, 288, 180, 432), abs=4)


@needs_ocr
@pytest.mark.parametrize("turned", ["askew", "on its head", "by its camera"])
def test_a_page_that_lies_wrong_is_read_upright(setter: Any, turned: str) -> None:
    from PIL import Image

    data = placed(setter, (40, 200, 26, "望江桥提前通车"), *column(setter, 40, 245, BRIDGE), (300, 200, 26, "滨湖护栏换新"),
                  *column(setter, 300, 245, RAIL))  # fmt: skip
    scan: Image.Image = Image.open(io.BytesIO(setter.scanned(setter.printed([data]), random.Random(1))))
    camera = Image.Exif()
    if turned == "askew":
        scan = scan.rotate(2.5, expand=True, fillcolor=(240, 240, 240), resample=Image.Resampling.BICUBIC)
    elif turned == "on its head":
        scan = scan.rotate(180)
    else:
        scan = scan.rotate(90, expand=True)
        camera[0x0112] = 6
    scan.save(out := io.BytesIO(), "JPEG", quality=80, exif=camera)
    (page,) = ocr.read("x.jpg", out.getvalue())
    assert isinstance(page, Page)
    assert [a.headline for a in segment(page).articles] == ["望江桥提前通车", "滨湖护栏换新"]


@needs_ocr
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(100), b"\xff\xd8\xff\xe0 no picture"])
def test_a_damaged_picture(data: bytes) -> None:
    with pytest.raises(SourceError):
        list(ocr.read("x.png", data))


FUZZ = """
import random, sys
from briefing.errors import SourceError
from briefing.read import ocr
from briefing.read.pdf import read
ocr.installed = lambda: False
whole, chance = open(sys.argv[1], "rb").read(), random.Random(int(sys.argv[2]))
for _ in range(int(sys.argv[3])):
    data = bytearray(whole)
    for _ in range(chance.choice((1, 4, 30))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        data = data[: chance.randrange(len(data))]
    try:
        list(read("x.pdf", bytes(data)))
    except SourceError as error:
        assert error.hint is not None
"""


def test_a_mutilated_pdf_is_read_or_refused(setter: Any, tmp_path: Path) -> None:
    """In a process of its own: what crashes the library would else end the tests."""
    data = placed(setter, (40, 200, 26, "望江桥提前通车"), *column(setter, 40, 245, BRIDGE))
    (tmp_path / "x.pdf").write_bytes(setter.printed([data]))
    run = subprocess.run(
        [sys.executable, "-c", FUZZ, str(tmp_path / "x.pdf"), "1", "60"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-2000:]
