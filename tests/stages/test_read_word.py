"""Word documents as editors send them: nothing that would print is lost, and each story is one article."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from source_files import BRIDGE, RAIL

from briefing.errors import SourceError
from briefing.read import docx
from briefing.segmentation.articles import segment
from briefing.types import Segmentation

PORT = "云汀港昨日开通至南屿的集装箱航线，每周两班，单程三十六小时，比绕行北湾节省一天半。"
STORIES = (("望江桥提前通车", BRIDGE), ("滨湖区护栏换新", RAIL), ("云汀港新航线开通", PORT))
HEADLINES = [headline for headline, _ in STORIES]
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


class Word:
    """A document under construction."""

    def __init__(self) -> None:
        from docx import Document

        self.document: Any = Document()

    def add(
        self, text: str, style: str | None = None, *, bold: bool = False, size: int = 0, centred: bool = False
    ) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.document.add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.bold = bold or None
        run.font.size = Pt(size) if size else None
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
        return paragraph

    def xml(self, source: str, parent: Any = None) -> None:
        from docx.oxml import parse_xml

        element = parse_xml(source.replace(">", f" {NAMESPACES}>", 1))
        if parent is None:
            self.document.element.body.insert(len(self.document.element.body) - 1, element)
        else:
            parent.append(element)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text

    def pages(self) -> list[Segmentation]:
        out = io.BytesIO()
        self.document.save(out)
        return [segment(page) for page in docx.read("x.docx", out.getvalue())]


def box(*texts: str) -> str:
    content = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def articles(pages: Sequence[Segmentation]) -> list[tuple[str, str]]:
    return [(article.headline, article.text) for page in pages for article in page.articles]


def test_a_title_above_headings_is_no_article() -> None:
    word = Word()
    word.add("云汀日报稿件汇总", "Title")
    word.add("2026年11月20日 星期五")
    for headline, text in STORIES:
        word.add(headline, "Heading 1")
        word.add(text)
    (page,) = word.pages()
    assert articles([page]) == list(STORIES)
    assert (page.date, page.paper) == (datetime.date(2026, 11, 20), "云汀日报")
    assert "云汀日报稿件汇总" in [words for _, words in page.aside]


def test_sections_above_headlines() -> None:
    word = Word()
    for section, (headline, text) in zip(("要闻", "社会", "经济"), STORIES, strict=True):
        word.add(section, "Heading 1")
        word.add(headline, "Heading 2")
        word.add(text)
    (page,) = word.pages()
    assert articles([page]) == list(STORIES) and [a.section for a in page.articles] == [
        "要闻",
        "社会",
        "经济",
    ]


def test_a_title_with_text_below_is_the_headline_and_headings_are_subheads() -> None:
    word = Word()
    word.add("望江桥提前通车", "Title")
    word.add(BRIDGE + BRIDGE)
    word.add("工期缩短", "Heading 1")
    word.add(RAIL)
    assert articles(word.pages()) == [("望江桥提前通车", f"{BRIDGE}{BRIDGE}\n工期缩短\n{RAIL}")]


@pytest.mark.parametrize("style", ["新闻标题", "based on a heading"])
def test_styles_of_the_office_s_own(style: str) -> None:
    word = Word()
    own = word.document.styles.add_style(style, 1)
    if style.startswith("based"):
        own.base_style = word.document.styles["Heading 2"]
    for headline, text in STORIES:
        word.add(headline, style)
        word.add(text)
    assert articles(word.pages()) == list(STORIES)


@pytest.mark.parametrize(("bold", "size"), [(True, 0), (True, 18), (False, 20)])
def test_lines_set_as_headlines_are_headlines(bold: bool, size: int) -> None:
    word = Word()
    for headline, text in STORIES:
        word.add(headline, bold=bold, size=size)
        word.add("本报记者 林叶舟", centred=True)
        word.add("　　" + text)
    (page,) = word.pages()
    assert articles([page]) == list(STORIES)
    assert [article.byline for article in page.articles] == ["本报记者 林叶舟"] * 3


def test_smaller_bold_lines_are_subheads_and_centred_ones_kicker_and_deck() -> None:
    word = Word()
    word.add("两岸居民受益", centred=True)
    word.add("望江桥提前通车", bold=True, size=18, centred=True)
    word.add("——首日通过车辆3.2万辆", centred=True)
    word.add(BRIDGE)
    word.add("步行道夜间开放", bold=True)
    word.add(RAIL)
    (page,) = word.pages()
    (article,) = page.articles
    assert (article.kicker, article.deck) == ("两岸居民受益", "首日通过车辆3.2万辆")
    assert article.text == f"{BRIDGE}\n步行道夜间开放\n{RAIL}"


def test_bold_lines_below_a_plain_headline_are_subheads() -> None:
    word = Word()
    word.add("望江桥提前通车")
    word.add(BRIDGE)
    word.add("一、工期缩短", bold=True)
    word.add(RAIL)
    assert [headline for headline, _ in articles(word.pages())] == ["望江桥提前通车"]


def test_what_is_tracked_reads_as_it_would_print() -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1")
    for source in (
        "<w:p><w:r><w:t>大桥提前</w:t></w:r><w:del><w:r><w:delText>十五</w:delText></w:r></w:del><w:ins><w:r><w:t>二十</w:t></w:r></w:ins><w:r><w:t>天通车。</w:t></w:r></w:p>",
        "<w:p><w:moveFrom><w:r><w:t>移走的一段。</w:t></w:r></w:moveFrom></w:p>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>两岸通勤时间</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>缩短了。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏。</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的一段。</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处输入文字。</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:ins><w:p><w:moveTo><w:r><w:t>移来的</w:t></w:r></w:moveTo><w:ins><w:r><w:t>一段。</w:t></w:r></w:ins></w:p></w:ins>",
    ):
        word.xml(source)
    assert articles(word.pages()) == [
        ("望江桥提前通车", "大桥提前二十天通车。\n两岸通勤时间缩短了。\n控件里的一段。\n移来的一段。")
    ]


@pytest.mark.parametrize("headed", [True, False])
def test_a_paragraph_in_a_text_box_stays_in_its_place(headed: bool) -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1" if headed else None)
    word.add("　　" + BRIDGE)
    word.xml(box("　　" + RAIL), word.add("")._p)
    word.add("　　" + PORT)
    assert articles(word.pages()) == [("望江桥提前通车", f"{BRIDGE}\n{RAIL}\n{PORT}")]


@pytest.mark.parametrize("headed", [True, False])
def test_a_story_in_a_text_box_is_an_article_and_cuts_none(headed: bool) -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1" if headed else None)
    word.xml(box("滨湖区护栏换新", RAIL, RAIL), word.add("　　" + BRIDGE)._p)
    word.add("　　" + PORT)
    assert articles(word.pages()) == [
        ("望江桥提前通车", f"{BRIDGE}\n{PORT}"),
        ("滨湖区护栏换新", f"{RAIL}\n{RAIL}"),
    ]


@pytest.mark.parametrize("headed", [True, False])
def test_a_table_of_data_is_set_aside_not_lost(headed: bool) -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1" if headed else None)
    word.add(BRIDGE)
    word.table([("项目", "数量"), ("车道", "六条")])
    word.add(RAIL)
    (page,) = word.pages()
    assert articles([page]) == [("望江桥提前通车", f"{BRIDGE}\n{RAIL}")]
    assert [words for _, words in page.aside] == ["项目　数量", "车道　六条"]


def layouts() -> dict[str, Callable[[Word], None]]:
    pairs = [(headline, f"{text}\n{text}") for headline, text in STORIES]
    return {
        "columns": lambda word: word.table([[f"{head}\n{text}" for head, text in pairs]]),
        "titles above": lambda word: word.table([[head for head, _ in pairs], [text for _, text in pairs]]),
        "rows": lambda word: word.table(pairs),
        "named columns": lambda word: word.table([("标题", "正文"), *pairs]),
    }


@pytest.mark.parametrize("layout", layouts())
def test_a_table_that_lays_out_stories(layout: str) -> None:
    word = Word()
    layouts()[layout](word)
    assert articles(word.pages()) == [(headline, f"{text}\n{text}") for headline, text in STORIES]


def test_a_form_with_the_article_in_a_cell() -> None:
    word = Word()
    word.table(
        [
            ("标题：", "望江桥提前通车"),
            ("作者：", "林叶舟"),
            ("日期", "2026-11-20"),
            ("正文", f"{BRIDGE}\n{RAIL}"),
        ]
    )
    (page,) = word.pages()
    assert articles([page]) == [("望江桥提前通车", f"{BRIDGE}\n{RAIL}")]
    assert (page.articles[0].byline, page.date) == ("林叶舟", datetime.date(2026, 11, 20))


def test_a_frame_around_the_text_is_no_table() -> None:
    word = Word()
    word.table([[f"望江桥提前通车\n　　{BRIDGE}\n　　{RAIL}"]])
    assert articles(word.pages()) == [("望江桥提前通车", f"{BRIDGE}\n{RAIL}")]


def test_the_header_of_the_pages_states_the_day() -> None:
    word = Word()
    word.document.sections[0].header.paragraphs[0].text = "云汀日报 2026年11月20日 第3版"
    word.add("望江桥提前通车", "Heading 1")
    word.add(BRIDGE)
    (page,) = word.pages()
    assert articles([page]) == [("望江桥提前通车", BRIDGE)]
    assert (page.date, page.paper, page.page_number) == (datetime.date(2026, 11, 20), "云汀日报", "3")


def test_headlines_and_texts_in_boxes_of_their_own() -> None:
    word = Word()
    paragraph = word.add("")._p
    for headline, text in STORIES:
        word.xml(box(headline), paragraph)
        word.xml(box(text, text), paragraph)
    assert articles(word.pages()) == [(headline, f"{text}\n{text}") for headline, text in STORIES]


def test_several_stories_in_a_cell_with_kickers_and_bylines() -> None:
    word = Word()
    cell = word.document.add_table(1, 2).cell(0, 0)
    for headline, text in STORIES[:2]:
        cell.add_paragraph().add_run(headline).bold = True
        cell.add_paragraph("本报记者 林叶舟")
        cell.add_paragraph(text)
        cell.add_paragraph(text)
    other = word.document.tables[0].cell(0, 1)
    other.text = "往返两地更快"
    other.add_paragraph().add_run(STORIES[2][0]).bold = True
    other.add_paragraph(f"{PORT}{PORT}")
    (page,) = word.pages()
    assert [article.headline for article in page.articles] == HEADLINES
    assert [article.byline for article in page.articles] == ["本报记者 林叶舟", "本报记者 林叶舟", None]
    assert page.articles[2].kicker == "往返两地更快"


def test_a_heading_below_each_headline_is_its_deck() -> None:
    word = Word()
    for headline, text in STORIES:
        word.add(headline, "Heading 1")
        word.add("首日情况良好居民称方便", "Heading 2")
        word.add(text)
    (page,) = word.pages()
    assert articles([page]) == list(STORIES) and {a.deck for a in page.articles} == {"首日情况良好居民称方便"}


def test_a_table_of_contents_is_no_article() -> None:
    word = Word()
    word.add("目　录", "Heading 1")
    for number, (headline, _) in enumerate(STORIES, 1):
        word.add(f"{headline}\t{number}")
    for headline, text in STORIES:
        word.add(headline, "Heading 1")
        word.add(text)
    assert articles(word.pages()) == list(STORIES)


def test_a_table_of_data_with_remarks_is_set_aside() -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1")
    word.add(BRIDGE)
    word.table(
        [
            ("项目", "进度", "说明"),
            ("主桥", "完成", "桥面铺装完成，交通标线施划完成，正在进行荷载试验。"),
            ("引桥", "九成", "西引桥因管线迁改晚了二十天，月底完成。"),
        ]
    )
    (page,) = word.pages()
    assert articles([page]) == [("望江桥提前通车", BRIDGE)] and len(page.aside) == 3


def test_a_document_of_nothing_but_data_is_refused() -> None:
    word = Word()
    word.table([("项目", "数量"), ("车道", "六条")])
    with pytest.raises(SourceError) as caught:
        word.pages()
    assert "表格" in caught.value.message.zh


def test_signatures_are_set_aside() -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1")
    word.add("来源：云汀日报　2026-11-20 08:15")
    word.add(BRIDGE)
    word.add("（责任编辑：林叶舟）")
    (page,) = word.pages()
    assert articles([page]) == [("望江桥提前通车", BRIDGE)] and page.date == datetime.date(2026, 11, 20)


def test_a_headline_over_two_lines_is_one() -> None:
    word = Word()
    for headline, text in STORIES:
        half = len(headline) // 2
        word.add(f"{headline[:half]}\n{headline[half:]}", size=20)
        word.add("作者：林叶舟")
        word.add(text)
    assert articles(word.pages()) == list(STORIES)
