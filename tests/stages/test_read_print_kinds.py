"""What newspapers print beside plain columns: drop caps, tables, bylines, notices, marks, heads in the middle."""

from __future__ import annotations

import pytest
from printed import BRIDGE, FOLIO, HEADS, RAIL, column, drawn, lines, two_stories, typed

from briefing.read import pdf
from briefing.segmentation.articles import segment
from briefing.types import Page, Role, Segmentation

MORE = (
    "工程总投资一亿二千万元，由市住建局负责，分三期进行，第一期已经在上个月完成验收，第二期预计明年春天开工。"
)
LAST = "沿线的公交站同时改建，站台抬高二十厘米，轮椅可以直接上车，盲道一直铺到站牌下面。"
TEXT = BRIDGE[10:]


def read(content: bytes) -> Segmentation:
    (page,) = pdf.read("x.pdf", drawn(content))
    assert isinstance(page, Page), page
    return segment(page)


def told(content: bytes) -> dict[str, str]:
    """The text of each article by its headline."""
    return {article.headline: article.text.replace("\n", "") for article in read(content).articles}


def aside(content: bytes) -> str:
    (page,) = pdf.read("x.pdf", drawn(content))
    assert isinstance(page, Page)
    return "".join(block.text for block in page.blocks if block.role is Role.NOTICE)


def set_in(x: float, y: float, text: str, ems: int = 15, pitch: float = 15) -> bytes:
    """A column without indents."""
    cut = [text[at : at + ems] for at in range(0, len(text), ems)]
    return b"".join(typed(x, y - pitch * at, 10, line) for at, line in enumerate(cut))


def test_a_drop_cap_is_the_first_character() -> None:
    body = RAIL[1:]
    content = (
        typed(40, 800, 10, FOLIO) + typed(40, 700, 18, HEADS[1]) + typed(40, 651, 28, RAIL[0])
        + set_in(72, 666, body[:24], 12) + set_in(40, 636, body[24:])
        + typed(300, 700, 18, HEADS[0]) + column(300, 666, BRIDGE)
    )  # fmt: skip
    assert told(content) == {HEADS[1]: RAIL, HEADS[0]: TEXT}


def test_single_large_characters_under_one_another_are_no_drop_caps() -> None:
    content = (
        typed(40, 800, 10, FOLIO) + typed(40, 640, 20, "简") + typed(40, 616, 20, "讯") + set_in(66, 646, RAIL)
        + typed(300, 700, 26, HEADS[0]) + column(300, 660, BRIDGE)
    )  # fmt: skip
    found = read(content)
    assert RAIL in "".join(article.text.replace("\n", "") for article in found.articles)


def test_a_table_of_figures_is_no_text() -> None:
    rows = b"".join(
        typed(40, 520 - 12 * at, 8, f"{name}股份") + typed(110, 520 - 12 * at, 8, f"{3.2 + at:.2f}")
        + typed(170, 520 - 12 * at, 8, f"+{at}.15%") + typed(240, 520 - 12 * at, 8, f"{at * 731}")
        for at, name in enumerate("甲乙丙丁戊己庚辛")
    )  # fmt: skip
    content = two_stories() + rows
    assert told(content) == {HEADS[0]: TEXT, HEADS[1]: RAIL}
    assert "丙股份　5.20　+2.15%　1462" in aside(content)


def test_figures_in_text_are_text() -> None:
    text = (
        "今年一季度，3.2万吨粮食入库，比去年多1.5万吨。二季度又入库2.8万吨，三季度1.9万吨，全年预计12万吨。"
        * 2
    )
    content = typed(40, 800, 10, FOLIO) + typed(40, 700, 26, "粮食入库十二万吨") + column(40, 660, text, 9)
    assert told(content) == {"粮食入库十二万吨": text}


@pytest.mark.parametrize("names", [("□本报记者", "林叶舟"), ("本报记者 林叶舟 通讯员 何又青",)])
def test_a_byline_over_the_columns_is_no_text_of_the_column_under_it(names: tuple[str, ...]) -> None:
    parts = lines(RAIL, 15)
    content = typed(40, 800, 10, FOLIO) + typed(40, 700, 30, "滨湖区三千米护栏本周全部换新")
    content += b"".join(typed(215 + 60 * at, 680, 10, name) for at, name in enumerate(names))
    for at in range(3):
        content += b"".join(
            typed(40 + 170 * at, 660 - 15 * row, 10, line)
            for row, line in enumerate(parts[2 * at : 2 * at + 2])
        )
    (article,) = read(content).articles
    assert article.text.replace("\n", "") == RAIL
    assert "林叶舟" in (article.byline or "")


def test_a_paid_notice_is_no_article() -> None:
    notice = "张小禾遗失身份证一张，号码略，自登报之日起声明作废。青溪小吃店遗失公章一枚，声明作废。"
    advert = typed(300, 470, 26, "云汀百货店庆") + typed(
        300, 440, 10, "全场五折起　地址青溪路十八号　热线：88887777"
    )
    content = two_stories() + typed(40, 470, 16, "遗失声明") + column(40, 440, notice) + advert
    assert told(content) == {HEADS[0]: TEXT, HEADS[1]: RAIL}
    assert "遗失声明" in aside(content) and "热线" in aside(content)


def test_a_brief_with_a_number_to_call_is_an_article() -> None:
    brief = "云汀市供水公司检修青溪路管道，明天八时至十六时停水，咨询电话：88887777"
    content = two_stories() + typed(40, 470, 20, "青溪路明天停水") + column(40, 440, brief)
    assert told(content) == {HEADS[0]: TEXT, HEADS[1]: RAIL, "青溪路明天停水": brief}


ROUND = (
    b"1 1 1 rg 30 670 m 30 709 86 740 155 740 c 224 740 280 709 280 670 c "
    b"280 631 224 600 155 600 c 86 600 30 631 30 670 c h f\n"
)


@pytest.mark.parametrize(
    "shape",
    [
        b"1 1 1 rg 30 600 m 32 600 l 280 740 l h f\n",
        b"1 1 1 rg 30 740 m 280 740 l 280 738 l h f\n",
        b"1 1 1 rg 30 600 m 280 740 l 30 740 l 280 600 l h f\n",
        b"1 1 1 rg 30 600 5 140 re 275 600 5 140 re f\n",
        ROUND,
        b"q 0 0 5 5 re W n 1 1 1 rg 30 600 250 140 re f Q\n",
        b"q 30 735 250 5 re W n 1 1 1 rg 30 600 250 140 re f Q\n",
        b"q 30 600 m 32 600 l 280 740 l h W n 1 1 1 rg 30 600 250 140 re f Q\n",
        b"q 0 0 300 842 re W n 400 0 195 842 re W n 1 1 1 rg 30 600 250 140 re f Q\n",
        b"q 0.8725 0.4886 -0.4886 0.8725 32 600 cm 1 1 1 rg 0 0 285 4 re f Q\n",
    ],
)
def test_a_shape_that_paints_no_box_over_the_text_covers_nothing(shape: bytes) -> None:
    assert told(two_stories() + shape) == {HEADS[0]: TEXT, HEADS[1]: RAIL}


def test_a_pattern_of_stripes_covers_nothing() -> None:
    stripes = b"0.8 g 0 0 1 10 re f"
    tile = (
        b"<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep 10/YStep 10/Resources<<>>"
        b"/Length %d>>stream\n%s\nendstream\n" % (len(stripes), stripes)
    )
    content = two_stories() + b"/Pattern cs /P scn 30 600 250 140 re f\n"
    (page,) = pdf.read("x.pdf", drawn(content, resources=b"/Pattern<</P 8 0 R>>", objects=(tile,)))
    assert isinstance(page, Page)
    assert [article.headline for article in segment(page).articles] == HEADS


@pytest.mark.parametrize(
    "box",
    [
        b"1 1 1 rg 30 600 250 140 re f 0 0 0 rg\n",
        b"1 1 1 rg 30 600 m 30 740 l 280 740 l 280 600 l h f 0 0 0 rg\n",
        b"q 0 0 595 842 re W n 1 1 1 rg 0 600 280 140 re f Q\n",
        b"q 2 0 0 2 30 600 cm 1 1 1 rg 0 0 125 70 re f Q\n",
        b"q 0 1 -1 0 280 600 cm 1 1 1 rg 0 0 140 250 re f Q\n",
    ],
)
def test_text_under_a_box_is_set_aside(box: bytes) -> None:
    old = typed(40, 705, 26, "旧的标题还在下面") + column(40, 655, MORE)
    assert told(old + box + two_stories()) == {HEADS[0]: TEXT, HEADS[1]: RAIL}
    assert "旧的标题还在下面" in aside(old + box + two_stories())


def test_text_under_a_white_box_is_not_read() -> None:
    old = typed(40, 705, 26, "旧的标题还在下面") + column(40, 655, MORE)
    box = b"1 1 1 rg 30 600 250 140 re f 0 0 0 rg\n"
    over = two_stories()
    assert told(old + box + over) == {HEADS[0]: TEXT, HEADS[1]: RAIL}
    assert told(box + over) == {HEADS[0]: TEXT, HEADS[1]: RAIL}


def test_a_box_that_lets_text_through_covers_nothing() -> None:
    content = two_stories() + b"/G gs 1 1 0 rg 30 600 250 140 re f\n"
    resources = b"/ExtGState<</G<</BM/Multiply/ca 0.5>>>>"
    (page,) = pdf.read("x.pdf", drawn(content, resources=resources))
    assert isinstance(page, Page)
    assert [article.headline for article in segment(page).articles] == HEADS


def test_a_mark_with_its_characters_apart_is_a_mark() -> None:
    mark = b"0.5 0.5 0.8 rg " + b"".join(
        typed(150, 640 - 70 * at, 30, letter) for at, letter in enumerate("内部资料请勿外传")
    )
    assert told(two_stories() + mark) == {HEADS[0]: TEXT, HEADS[1]: RAIL}


def test_a_huge_pale_mark_on_blank_paper_is_a_mark() -> None:
    assert told(b"0.85 g " + typed(60, 300, 160, "样报") + b"0 g " + two_stories()) == {
        HEADS[0]: TEXT,
        HEADS[1]: RAIL,
    }


def test_the_editors_at_the_foot_are_no_text() -> None:
    foot = typed(40, 20, 8, "本版编辑 何又青") + typed(120, 20, 8, "美编 林晚舟") + typed(300, 20, 8, "A03")
    content = two_stories().replace(typed(40, 800, 10, FOLIO), b"") + foot
    assert told(content) == {HEADS[0]: TEXT, HEADS[1]: RAIL}


def test_a_line_of_text_near_the_top_that_names_a_day_is_text() -> None:
    first = "市长沈若谷2026年3月5日在云汀市第十六届人民代表大会第"
    text = first + "三次会议上作报告，提出今年要办好的十件实事，其中有修桥、建校和治水。"
    cut = [first, text[len(first) : len(first) + 26], text[len(first) + 26 :]]
    content = typed(40, 810, 10, FOLIO) + typed(40, 770, 20, "市长报告单行本出版")
    content += b"".join(typed(40, 745 - 15 * at, 10, line) for at, line in enumerate(cut))
    assert told(content) == {"市长报告单行本出版": text}


def test_headlines_that_touch_side_by_side_stay_two() -> None:
    content = (
        typed(40, 800, 10, FOLIO)
        + typed(44, 700, 25, "滨湖区三千米护栏") + typed(44, 670, 25, "本周全部换新")
        + column(40, 640, RAIL) + column(40, 565, MORE)
        + typed(245, 700, 25, "望江桥提前二十天") + typed(245, 670, 25, "建成通车")
        + column(245, 640, BRIDGE) + column(245, 565, LAST)
    )  # fmt: skip
    assert told(content) == {
        "滨湖区三千米护栏本周全部换新": RAIL + MORE,
        "望江桥提前二十天建成通车": TEXT + LAST,
    }


def test_a_head_in_the_middle_of_its_columns_has_the_first_one() -> None:
    """The head to the left ends with its own column; the second head stands over its second column only."""
    content = typed(40, 800, 10, FOLIO) + typed(40, 700, 20, HEADS[1]) + column(40, 660, RAIL, 12)
    content += typed(305, 700, 20, HEADS[0])
    for at, part in enumerate((TEXT[:34], TEXT[34:], MORE)):
        content += column(180 + 135 * at, 660, part, 12) if at != 1 else set_in(315, 660, part, 12)
    assert told(content) == {HEADS[1]: RAIL, HEADS[0]: TEXT + MORE}


def test_a_column_that_breaks_off_goes_on_beside_its_head_though_another_begins_further_right() -> None:
    content = typed(40, 800, 10, FOLIO) + typed(40, 600, 20, HEADS[1])
    content += column(40, 570, RAIL[:40], 14) + set_in(190, 600, RAIL[40:], 14)
    content += typed(345, 690, 20, HEADS[0]) + column(345, 660, BRIDGE, 14)
    assert told(content) == {HEADS[1]: RAIL, HEADS[0]: TEXT}


def down(x: float, y: float, size: float, text: str) -> bytes:
    return b"".join(typed(x, y - size * at, size, letter) for at, letter in enumerate(text))


def tiers(*columns: str, x: float, y: float, ems: int) -> bytes:
    """Vertical columns of body type from the right, each with so many characters."""
    text = "".join(columns)
    cut = [text[at : at + ems] for at in range(0, len(text), ems)]
    return b"".join(down(x - 15 * at, y, 10, line) for at, line in enumerate(cut))


def test_vertical_lines_of_two_tiers_that_nearly_touch_stay_apart() -> None:
    content = typed(40, 800, 10, FOLIO)
    content += down(540, 720, 20, HEADS[0]) + tiers("　　" + TEXT, x=510, y=720, ems=20)
    content += down(540, 514, 20, HEADS[1]) + tiers("　　" + RAIL, x=510, y=514, ems=20)
    assert told(content) == {HEADS[0]: TEXT, HEADS[1]: RAIL}


@pytest.mark.parametrize("gap", [2.5, 8, 12])
def test_words_of_a_justified_line_stay_one_line(gap: float) -> None:
    words = ["The", "museum", "opens", "on", "Saturday", "with"]
    content = two_stories() + typed(40, 480, 16, "窑址博物馆周六开馆")
    content += typed(40, 450, 10, "建在宋代窑址上的城南窑址博物馆将于周六开馆，")
    start = 40.0
    for word in words:  # the font's letters are as wide as Chinese ones: they are set half as wide
        content += typed(start, 435, 10, word, b"0.5 0 0 1")
        start += 5 * len(word) + gap
    content += typed(40, 420, 10, "首展陈列出土瓷器三百二十件，观众可以看到龙窑遗迹。")
    assert "The museum opens on Saturday with" in told(content)["窑址博物馆周六开馆"]
