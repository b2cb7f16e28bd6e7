"""Text layers of printed pages: turned, vertical, doubled, marked, hidden; and those that are none."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from printed import BRIDGE, FOLIO, HEADS, RAIL, column, drawn, lines, two_stories, typed

from briefing.read import ocr, pdf
from briefing.read.layout.glyphs import Glyph
from briefing.read.layout.runs import runs_of
from briefing.segmentation.articles import segment
from briefing.types import Page, Problem, Role, Segmentation

HIDDEN = "这些藏起来的字不是新闻，也不是谁要读的报道。" * 3
SECRET = typed(40, 500, 24, "藏起来的标题") + column(40, 460, HIDDEN)
MARK = "仅供内部阅览"
TILES = [(30 + 180 * x, 780 - 23 * y) for x in range(3) for y in range(25)]
LAYER = b"/Properties<</L 8 0 R>>"


def read(data: bytes) -> Segmentation:
    (page,) = pdf.read("x.pdf", data)
    assert isinstance(page, Page), page
    return segment(page)


def check(data: bytes) -> None:
    """That both stories are read, and nothing else."""
    found = read(data)
    assert [article.headline for article in found.articles] == HEADS
    assert [article.text for article in found.articles] == [BRIDGE[10:], RAIL]
    assert (found.date, found.page_number) == (datetime.date(2026, 11, 20), "02")


@pytest.mark.parametrize(
    ("page", "matrix"),
    [
        (b"/MediaBox[0 0 595 842]/Rotate 90", b""),
        (b"/MediaBox[0 0 595 842]/Rotate 180", b""),
        (b"/MediaBox[0 0 595 842]/Rotate 270", b""),
        (b"/MediaBox[0 0 842 595]", b"0 1 -1 0 842 0 cm "),
        (b"/MediaBox[0 0 842 595]", b"0 -1 1 0 0 595 cm "),
        (b"/MediaBox[0 0 595 842]", b"-1 0 0 -1 595 842 cm "),
    ],
)
def test_a_page_on_its_side_is_turned(page: bytes, matrix: bytes) -> None:
    check(drawn(matrix + two_stories(), page))


@pytest.mark.parametrize(
    "content",
    [
        b"3 Tr " + SECRET,
        b"1 1 1 rg " + SECRET,
        b"0 0 0 0 k " + SECRET,
        b"/G gs " + SECRET,
        typed(40, -100, 24, "藏起来的标题") + column(900, 460, HIDDEN),
        typed(40, 500, 0.1, "藏起来的标题") + typed(40, 480, 0.01, HIDDEN),
        b"/OC /L BDC " + SECRET + b"EMC ",
    ],
    ids=[
        "no ink",
        "white",
        "white in four inks",
        "transparent",
        "off the page",
        "no size",
        "a layer switched off",
    ],
)
def test_hidden_text_is_no_news(content: bytes) -> None:
    catalog = b"/OCProperties<</OCGs[8 0 R]/D<</OFF[8 0 R]>>>>"
    resources = LAYER + b"/ExtGState<</G<</ca 0/CA 0>>>>"
    check(
        drawn(
            two_stories() + content, resources=resources, catalog=catalog, objects=(b"<</Type/OCG/Name(x)>>",)
        )
    )


def test_what_is_seen_is_no_hidden_text() -> None:
    """White type on a dark ground, and a layer that is switched on."""
    layer = {"resources": LAYER, "objects": (b"<</Type/OCG/Name(x)>>",)}
    check(
        drawn(
            b"/OC /L BDC " + two_stories() + b"EMC", catalog=b"/OCProperties<</OCGs[8 0 R]/D<<>>>>", **layer
        )
    )
    head = typed(40, 700, 26, HEADS[0])
    dark = b"0 0 0.5 rg 30 690 250 40 re f 1 1 1 rg " + head + b"0 g "
    check(drawn(two_stories().replace(head, dark)))


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize(
    "marks",
    [
        b"0.8 g " + b"".join(typed(x, y, 14, MARK) for x, y in TILES) + b"0 g ",
        b"".join(typed(x, y, 14, MARK) for x, y in TILES),
        b"".join(typed(x, y, 20, MARK, b"0.7071 0.7071 -0.7071 0.7071") for x, y in TILES[::4]),
        b"".join(typed(x, y, 30, MARK, b"0.866 -0.5 0.5 0.866") for x, y in TILES[::7]),
        b"0.9 g " + typed(20, 600, 90, "样张样张样") + b"0 g ",
        typed(30, 300, 9, "云汀印务承印", b"0 1 -1 0"),
    ],
    ids=["level and pale", "level and black", "at 45 degrees", "at -30 degrees", "one large", "on its side"],
)
def test_watermarks_are_set_aside(marks: bytes, before: bool) -> None:
    content = marks + two_stories() if before else two_stories() + marks
    check(drawn(content))
    (page,) = pdf.read("x.pdf", drawn(content))
    assert isinstance(page, Page)
    notices = [block.text for block in page.blocks if block.role is Role.NOTICE]
    assert len(notices) == len(set(notices)) >= 1


@pytest.mark.parametrize(
    "again",
    [
        two_stories(),
        b"1 0 0 1 0.4 -0.3 cm " + two_stories(),
        b"".join(
            typed(300.4, 659.7 - 15 * at, 10, line) for at, line in reversed(list(enumerate(lines(RAIL))))
        ),
        b"".join(
            typed(40 + x, 700 + y, 26, HEADS[0]) for x, y in ((0.4, 0), (0, 0.4), (0.4, 0.4), (1.2, -1.2))
        ),
        b"".join(typed(40 + 26 * at, 700, 26, char) for at, char in enumerate(HEADS[0])),
    ],
    ids=["the page", "its shadow", "backwards", "bold", "by characters"],
)
def test_what_is_drawn_again_is_read_once(again: bytes) -> None:
    check(drawn(two_stories() + again))


@pytest.mark.parametrize(
    "head",
    [
        b"".join(typed(40 + 48 * at, 700, 22, char) for at, char in enumerate("望江桥通车")),
        b"30 Tc " + typed(40, 700, 22, "望江桥通车") + b"0 Tc ",
        typed(40, 700, 22, "望 江 桥 通 车"),
        typed(40, 700, 22, "望　江　桥　通　车"),
    ],
)
def test_a_letter_spaced_headline_stays_whole(head: bytes) -> None:
    (article,) = read(drawn(typed(40, 800, 10, FOLIO) + head + column(40, 660, BRIDGE))).articles
    assert article.headline == "望江桥通车" and article.text == BRIDGE[10:]


def fallen(x: float, y: float, size: float, text: str) -> bytes:
    """Characters under one another."""
    return b"".join(typed(x, y - size * at, size, char) for at, char in enumerate(text) if char != "　")


def vertical(x: float, y: float, text: str, ems: int = 24) -> bytes:
    return b"".join(fallen(x - 16 * at, y, 10, line) for at, line in enumerate(lines(text, ems)))


def test_vertical_type_is_read_from_the_right() -> None:
    content = typed(40, 800, 10, FOLIO) + fallen(540, 740, 24, HEADS[0]) + vertical(505, 740, BRIDGE)
    check(drawn(content + fallen(300, 740, 24, HEADS[1]) + vertical(265, 740, RAIL)))


def test_a_rule_parts_vertical_headlines_one_under_the_other() -> None:
    below = 740 - 24 * len(HEADS[0]) - 12
    upper = fallen(540, 740, 24, HEADS[0]) + vertical(505, 740, BRIDGE, len(HEADS[0]) * 2)
    lower = fallen(540, below, 24, HEADS[1]) + vertical(505, below, RAIL, 20)
    rule = f"300 {below + 26} 270 0.5 re f\n".encode()
    found = read(drawn(typed(40, 800, 10, FOLIO) + upper + lower + rule))
    told = {article.headline: article.text for article in found.articles}
    assert told == {HEADS[0]: BRIDGE[10:], HEADS[1]: RAIL}


def test_a_character_over_a_column_belongs_to_it_though_the_file_draws_it_beside_a_full_stop() -> None:
    def glyph(x: float, y: float, text: str) -> Glyph:
        return Glyph(text, (x, y, x + 9, y + 9), 9.0)

    shorter = [glyph(502, 596 + 9 * at, char) for at, char in enumerate("制定离境计划")]
    column = [glyph(488, 659 + 9 * at, char) for at, char in enumerate("据媒体十二日报道")]
    level, down, _ = runs_of([*column, glyph(488, 650, "另"), glyph(502, 650, "。"), *shorter])
    assert level == [] and sorted(run.text for run in down) == ["制定离境计划。", "另据媒体十二日报道"]


def test_vertical_type_by_a_font_of_vertical_writing() -> None:
    def down(x: float, text: str) -> bytes:
        return b"".join(typed(x - 16 * at, 740, 10, line) for at, line in enumerate(lines(text, 24)))

    content = (
        typed(540, 740, 24, HEADS[0]) + down(505, BRIDGE) + typed(300, 740, 24, HEADS[1]) + down(265, RAIL)
    )
    found = read(drawn(content, encoding=b"UniGB-UCS2-V"))
    assert [article.headline for article in found.articles] == HEADS
    assert [article.text for article in found.articles] == [BRIDGE[10:], RAIL]


def test_latin_on_its_side_in_vertical_type() -> None:
    head, tail = "望江桥昨日通车，首日通过车辆", "辆，两岸通勤时间缩短到二十五分钟。"
    content = fallen(505, 740, 10, head) + typed(507, 740 - 10 * len(head), 10, "32000", b"0 -1 1 0")
    below = 740 - 10 * len(head) - 50
    content += fallen(505, below, 10, tail) + fallen(
        489, 740, 10, "通车以后，江面上的轮渡照旧开行，票价不变。"
    )
    (article,) = read(drawn(fallen(540, 740, 24, HEADS[0]) + content)).articles
    assert article.headline == HEADS[0] and head + "32000" + tail in article.text


def test_a_vertical_headline_beside_level_text_and_the_other_way_round() -> None:
    content = fallen(40, 690, 22, "望江桥通车") + column(80, 700, BRIDGE)
    level_over_vertical = typed(340, 700, 24, HEADS[1]) + vertical(500, 670, RAIL, 16)
    found = read(drawn(typed(40, 800, 10, FOLIO) + content + level_over_vertical))
    assert {article.headline: article.text for article in found.articles} == {
        "望江桥通车": BRIDGE[10:],
        HEADS[1]: RAIL,
    }


def test_single_characters_under_one_another_are_no_vertical_type() -> None:
    """A table's first column, and the last characters of paragraphs."""
    rows = "".join(f"{name}社区居民捐款修缮旧书房" for name in "甲乙丙丁")
    content = b"".join(
        typed(40, 600 - 15 * at, 10, rows[12 * at])
        + typed(56, 600 - 15 * at, 10, rows[12 * at + 1 : 12 * at + 12])
        for at in range(4)
    )
    (page,) = pdf.read("x.pdf", drawn(typed(40, 800, 10, FOLIO) + content))
    assert isinstance(page, Page) and "甲社区居民" in page.text.replace(" ", "")


RARE = "".join(map(chr, range(0x9E80, 0x9EF0)))
WITHOUT_SENSE = "".join(
    chr(0x4E00 + 37 * at % 5000).encode("gb2312", "ignore").decode("gb2312") for at in range(900)
)


@pytest.mark.parametrize(
    "text",
    [RARE, WITHOUT_SENSE, "".join(map(chr, range(0xE000, 0xE0C0))), "".join(map(chr, range(0xC0, 0x17F)))],
)
def test_a_text_layer_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    (problem,) = pdf.read("x.pdf", drawn(typed(40, 700, 26, HEADS[0]) + column(40, 660, text)))
    assert isinstance(problem, Problem) and "文字层不可用" in problem.message.zh
    assert problem.hint and "briefing[ocr]" in problem.hint.zh


PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\xf0\nendstream\n"


def scan(content: bytes) -> bytes:
    """A page that one picture covers, with text over it."""
    return drawn(
        b"q 595 0 0 842 0 0 cm /P Do Q " + content, resources=b"/XObject<</P 8 0 R>>", objects=(PICTURE,)
    )


def test_the_text_that_a_recognizer_put_under_a_scan_is_read_if_it_is_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    check(scan(b"3 Tr " + two_stories()))
    (problem,) = pdf.read("x.pdf", scan(b"3 Tr " + column(40, 660, RARE)))
    assert isinstance(problem, Problem) and "生僻字" in problem.message.zh


def test_the_stamp_on_a_scan_is_not_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    (problem,) = pdf.read(
        "x.pdf", scan(typed(40, 20, 8, "本页由云汀日报数字报平台生成，仅供个人学习使用，转载请注明"))
    )
    assert isinstance(problem, Problem) and "图片" in problem.message.zh


def test_type_drawn_as_outlines_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    outlines = b"".join(
        b"%d %d m %d %d %d %d %d %d c f " % (x, y, x + 3, y, x + 3, y + 6, x, y + 6)
        for x in range(40, 500, 10) for y in range(100, 700, 15)
    )  # fmt: skip
    (problem,) = pdf.read(
        "x.pdf", drawn(outlines + typed(40, 20, 8, "责任编辑林叶舟电子邮箱以及热线电话见报眼二维码"))
    )
    assert isinstance(problem, Problem) and "曲线" in problem.message.zh


@pytest.mark.parametrize("shift", [0, 1, 2, 3, 7.5, 14, 15, 16])
def test_paragraphs_apart_keep_their_order(shift: float) -> None:
    """Wherever a column begins, and though single lines are indented and edges waver."""
    texts = [BRIDGE[10:], "只有一行的一段，比别的段缩进两个字。", RAIL, "又是一行。", RAIL[:40] + "。"]
    page, y = typed(40, 800, 10, FOLIO) + typed(40 + shift, 720, 26, HEADS[0]), 690.0
    for number, text in enumerate(texts):
        single = len(text) < 20
        left = 40 + shift + (20 if single else 0) + 0.7 * (number % 3)
        page += typed(left, y, 10, text) if single else column(left, y, text, 40)
        y -= 15 * (1 if single else len(lines(text, 40))) + 12
    found = read(drawn(page))
    assert [article.paragraphs for article in found.articles] == [tuple(texts)]


@pytest.mark.parametrize(
    "stamp",
    [
        "本文件由某某图书馆扫描生成 仅供个人学习使用 2026-11-21 14:03:22",
        "www.yunting.test 下载",
        "版权所有 翻印必究",
    ],
)
def test_a_stamp_at_the_rim_is_no_news(stamp: str) -> None:
    check(drawn(two_stories() + typed(150, 20, 8, stamp)))
    check(drawn(two_stories() + typed(150, 830, 8, stamp)))


def test_a_headline_near_the_top_is_no_stamp() -> None:
    page = typed(40, 825, 10, FOLIO) + typed(40, 770, 26, "图书馆电子书免费下载") + column(40, 730, BRIDGE)
    assert [article.headline for article in read(drawn(page)).articles] == ["图书馆电子书免费下载"]


def test_the_name_of_a_section_beside_the_folio_is_no_article() -> None:
    check(drawn(two_stories() + typed(420, 800, 14, "文化")))


def test_the_package_lends_its_fonts(tmp_path: Path) -> None:
    """Without a Chinese font pdfium leaves single glyphs out of a page whose fonts are not embedded."""
    single = b"".join(typed(40 + 10 * at, 660, 10, char) for at, char in enumerate(RAIL[:50]))
    (article,) = read(drawn(typed(40, 700, 24, HEADS[1]) + single)).articles
    assert article.headline == HEADS[1] and RAIL[:50] in article.text
