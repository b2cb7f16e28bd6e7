"""Where an article begins is said by the reader that knows it, and kept; a row of a table is one article by any door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from epaper import founder
from source_files import BOOK, BRIDGE, CSV, PAGE, RAIL, RSS, packed, word

from briefing.app.reading import segmentations, single_articles
from briefing.protocols import Reader
from briefing.read import docx, epub, feed, html, records, zipped
from briefing.segmentation.articles import segment
from briefing.types import Article, Page, Problem, Role, Segmentation


@pytest.mark.parametrize(
    ("read", "name", "data", "numbers"),
    [
        (feed.read, "x.xml", RSS.format(host="x.example", encoding="utf-8").encode(), [{0}, {0}]),
        (html.read, "x.html", PAGE.encode(), [{0}]),
        (epub.read, "x.epub", packed(BOOK), [{0, 1}, {0}]),
        (docx.read, "x.docx", word(("Heading 1", "桥"), ("Normal", BRIDGE), ("Heading 1", "栏"), ("Normal", RAIL)), [{0, 1}]),
    ],
    ids=["feed", "html", "epub", "docx"],
)  # fmt: skip
def test_readers_number_the_articles(read: Reader, name: str, data: bytes, numbers: list[set[int]]) -> None:
    pages = [page for page in read(name, data) if isinstance(page, Page)]
    assert [{block.article for block in page.blocks} for page in pages] == numbers


def test_an_edition_numbers_its_articles() -> None:
    files = {f"e/{name}": content for name, content in founder().items()}
    for page in zipped.read("e.zip", packed(files)):
        assert isinstance(page, Page)
        heads = [block.article for block in page.blocks if block.role is Role.HEADLINE]
        assert heads == sorted({head for head in heads if head is not None}) and len(heads) > 1


def test_text_before_the_first_heading_is_an_article() -> None:
    data = word(("Normal", RAIL), ("Heading 1", "望江桥提前通车"), ("Normal", BRIDGE))
    (page,) = docx.read("x.docx", data)
    assert [(a.headline, a.text) for a in segment(page).articles] == [("", RAIL), ("望江桥提前通车", BRIDGE)]


ROW = {
    "id": "n7",
    "title": "望江桥提前通车",
    "text": f"　　本报讯（记者 林叶舟）{BRIDGE}\n\n{RAIL}（下转第四版）",
    "date": "2026-11-20",
    "source": "云汀日报",
    "section": "要闻",
    "url": "https://yunting.example/7",
}


def test_a_row_is_the_same_article_by_both_doors(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in (ROW, {"id": 8, "text": RAIL})), "utf-8"
    )
    alone = [item for item in single_articles([str(file)]) if isinstance(item, Article)]
    pages = [item for item in segmentations([str(file)]) if isinstance(item, Segmentation)]
    for mine, page in zip(alone, pages, strict=True):
        (other,) = page.articles
        assert (mine.id, mine.text, mine.source, mine.link) == (
            other.id,
            other.text,
            other.source,
            other.link,
        )
        assert (mine.paper, mine.date) == (page.paper, page.date)
    assert [a.id for a in alone] == ["n7", "8"] and alone[0].text == ROW["text"]
    assert (alone[0].paper, alone[0].section, alone[0].link) == (
        "云汀日报",
        "要闻",
        "https://yunting.example/7",
    )


def test_rows_keep_their_order_with_the_bad_ones_between(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    kinds = [type(item) for item in single_articles([str(tmp_path / "a.csv")])]
    assert kinds == [Article, Problem, Article]


def test_a_row_without_an_id_has_its_line() -> None:
    (page,) = records.read("x.jsonl", json.dumps({"text": BRIDGE}).encode())
    assert isinstance(page, Page) and page.record == "1"
