"""Word documents with notes, numbered headlines, lists and named fields; files that programs keep for themselves."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from source_files import BRIDGE, RAIL, packed

from briefing.read import docx, zipped
from briefing.read.expand import expand
from briefing.read.headings import is_front_line
from briefing.segmentation.articles import segment
from briefing.types import Problem, Segmentation

STORIES = [("望江桥提前通车", BRIDGE), ("滨湖区护栏换新", RAIL)]
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Word:
    """A document under construction."""

    def __init__(self) -> None:
        from docx import Document

        self.document = Document()

    def add(self, text: str, style: str | None = None, *, size: int = 0) -> None:
        from docx.shared import Pt

        run = self.document.add_paragraph(style=style).add_run(text)
        run.bold = bool(size) or None
        run.font.size = Pt(size) if size else None

    def note(self, text: str) -> None:
        """Adds a footnote."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        xml = (
            '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
        )
        part = Part(PackURI("/word/footnotes.xml"), NOTES, xml.encode(), self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def page(self) -> Segmentation:
        out = io.BytesIO()
        self.document.save(out)
        (page,) = docx.read("x.docx", out.getvalue())
        return segment(page)


def articles(page: Segmentation) -> list[tuple[str, str]]:
    return [(article.headline, article.text) for article in page.articles]


@pytest.mark.parametrize("note", ["见市交通局通报，2026年11月19日。", "2026年11月19日"])
def test_a_day_in_a_note_is_not_that_of_the_paper(note: str) -> None:
    word = Word()
    for head, text in STORIES:
        word.add(head, "Heading 1")
        word.add(text)
    word.note(note)
    page = word.page()
    assert (page.date, articles(page)) == (None, STORIES)
    assert note in [words for _, words in page.aside]


def test_a_sentence_with_a_day_is_no_front_line() -> None:
    assert not is_front_line("见通报，2026年11月19日。")
    assert is_front_line("云汀日报　2026年11月20日　星期五")


def test_headlines_that_are_numbered_throughout_are_headlines_and_items_of_lists_are_none() -> None:
    word = Word()
    for number, (head, text) in enumerate(STORIES, 1):
        word.add(f"{number}、{head}", size=16)
        word.add(text)
        word.add("首先是护栏", "List Bullet")
        word.add("其次是桥面", "List Bullet 2")
    assert articles(word.page()) == [(head, f"{text}\n首先是护栏\n其次是桥面") for head, text in STORIES]


def test_numbered_lines_below_a_headline_are_its_subheads() -> None:
    word = Word()
    word.add("望江桥提前通车", size=22)
    word.add(BRIDGE)
    for head in ("一、护栏全部换新", "二、桥面荷载提高"):
        word.add(head, size=16)
        word.add(RAIL)
    assert [head for head, _ in articles(word.page())] == ["望江桥提前通车"]


@pytest.mark.parametrize(
    "rows",
    [
        [("时间", "主题", "内容"), ("9时", "护桥", "清理桥面"), ("10时", "植树", "种树三百棵")],
        [("item", "description"), ("长", "3公里"), ("宽", "20米")],
    ],
)
def test_a_programme_and_figures_are_no_stories(rows: list[tuple[str, ...]]) -> None:
    word = Word()
    word.add("望江桥提前通车", "Heading 1")
    word.add(BRIDGE)
    table = word.document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    assert articles(word.page()) == STORIES[:1]


def test_paragraphs_that_name_their_fields() -> None:
    word = Word()
    for head, text in STORIES:
        for line in (f"【标题】{head}", "【来源】云汀日报", "【日期】2026-11-20", "【正文】", text):
            word.add(line)
    page = word.page()
    assert articles(page) == STORIES
    assert (page.date, page.paper) == (datetime.date(2026, 11, 20), "云汀日报")


def test_the_file_that_word_keeps_of_an_open_document_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"望江桥提前通车\n\n{BRIDGE}\n", encoding="utf-8")
    (tmp_path / "~$a.docx").write_bytes(b"\x05" * 162)
    found = list(expand([str(tmp_path)]))
    assert found == [str(tmp_path / "a.txt")]
    data = packed({"a.txt": BRIDGE.encode(), "~$a.docx": b"\x05" * 162})
    assert not any(isinstance(one, Problem) for one in zipped.read("x.zip", data))
