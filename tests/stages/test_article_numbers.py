"""A reader that knows where an article begins says so, and segmentation obeys: nothing is glued, nothing cut."""

from __future__ import annotations

from briefing.read.layout.print_page import PrintLine, PrintPage
from briefing.read.layout.stories import page_of
from briefing.segmentation.articles import segment
from briefing.summarization.verify.check import verify
from briefing.types import Article, Block, Page, Role

BODY = [
    "云汀市昨日宣布望江桥维修工程提",
    "前二十天完工恢复双向通行，市交",
    "通局副局长柏舟说荷载提高三成。",
] * 4
NOTICE = [
    "更正：本报十九日第二版所刊气象",
    "局预报中最高气温应为十二摄氏度",
    "特此更正并向读者致歉，编辑部。",
]


def column(
    x: float, y: float, texts: list[str], size: float = 10.0, leading: float = 14.0
) -> list[PrintLine]:
    """Printed lines under one another; sizes and places in points."""
    return [
        PrintLine(text, (x, y + i * leading, x + size * len(text), y + i * leading + size), size)
        for i, text in enumerate(texts)
    ]


def articles_of(*stated: tuple[int | None, Role, str]) -> tuple[Article, ...]:
    text, blocks = "", []
    for number, role, words in stated:
        blocks.append(Block(text=words, start=len(text), role=role, article=number))
        text += words + "\n\n"
    return segment(Page(source="p", text=text, blocks=tuple(blocks))).articles


def test_a_boxed_notice_without_a_headline_is_an_article_of_its_own() -> None:
    lines = (*column(60, 150, ["望江桥提前通车"], 24.0), *column(60, 190, BODY), *column(330, 460, NOTICE))
    page = page_of("x.pdf", PrintPage(width=600, height=900, lines=lines, frames=((320, 450, 500, 520),)))
    bridge, notice = segment(page).articles
    assert bridge.headline == "望江桥提前通车" and "更正" not in bridge.text
    assert notice.headline == "" and notice.text == "".join(NOTICE)
    claim = "最高气温应为十二摄氏度。"
    assert not verify(claim, bridge.text).passed, "the neighbour's facts vouch for nothing here"
    assert verify(claim, notice.text).passed


def test_the_stated_boundary_goes_before_the_headline_rule() -> None:
    found = articles_of(
        (0, Role.HEADLINE, "望江桥提前通车"),
        (0, Role.BODY, "望江桥昨日通车。"),
        (None, Role.EDITORS, "责编 何又青"),
        (0, Role.HEADLINE, "两岸通勤"),
        (0, Role.BODY, "两岸通勤缩短二十分钟。"),
        (1, Role.BODY, "更正：昨日二版误植一字。"),
        (2, Role.CAPTION, "图为护栏。 何又青 摄"),
        (2, Role.HEADLINE, "护栏换新"),
        (2, Role.HEADLINE, "三千米一周完成"),
        (2, Role.BODY, "护栏本周换新。"),
    )
    assert [article.headline for article in found] == ["望江桥提前通车", "", "护栏换新三千米一周完成"]
    assert found[0].paragraphs == ("望江桥昨日通车。", "两岸通勤", "两岸通勤缩短二十分钟。")
    assert found[1].paragraphs == ("更正：昨日二版误植一字。",)
    assert found[2].captions == ("图为护栏。 何又青 摄",)


def test_a_section_name_goes_to_the_numbered_article_after_it() -> None:
    found = articles_of(
        (0, Role.HEADLINE, "望江桥提前通车"),
        (0, Role.BODY, "望江桥昨日通车。"),
        (None, Role.SECTION, "社会"),
        (1, Role.BODY, "护栏本周换新。"),
    )
    assert [article.section for article in found] == [None, "社会"]


def test_blocks_without_a_number_follow_the_headlines_as_before() -> None:
    found = articles_of(
        (7, Role.BODY, "更正：昨日二版误植一字。"),
        (None, Role.HEADLINE, "护栏换新"),
        (None, Role.BODY, "护栏本周换新。"),
        (7, Role.BODY, "又一则更正，与上一则不相连。"),
    )
    assert [article.headline for article in found] == ["", "护栏换新", ""]
