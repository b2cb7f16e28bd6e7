"""Archives, EPUB, Word and tables: what they hold is read, and what is wrong with one is told in a line."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from epaper import edition, founder, layered
from hypothesis import given
from hypothesis import strategies as st
from source_files import BOOK, BRIDGE, CSV, RAIL, packed, word

from briefing.app.reading import single_articles
from briefing.errors import SourceError
from briefing.read import docx, epub, records, zipped
from briefing.read.sources import read
from briefing.segmentation.articles import segment
from briefing.types import Article, Page, Problem

# ---- archives


@pytest.mark.parametrize("system", [founder("gb2312"), layered()], ids=["founder", "layered"])
def test_an_edition_in_an_archive(system: dict[str, bytes]) -> None:
    data = packed({f"云汀日报/2026-11-20/{name}": content for name, content in system.items()})
    pages = [segment(page) for page in zipped.read("报纸.zip", data) if isinstance(page, Page)]
    assert [page.page_number for page in pages] == ["01", "02", "03", "04"]
    assert [len(page.articles) for page in pages] == list(map(len, edition()))


def test_files_of_all_kinds_in_an_archive_each_by_its_reader(tmp_path: Path) -> None:
    files = {
        "2.md": f"# 滨湖区护栏换新\n\n{RAIL}\n".encode(),
        "10.txt": f"望江桥提前通车\n\n　　{BRIDGE}\n".encode("gb18030"),
        "__MACOSX/._2.md": b"x",
        "坏.pdf": b"%PDF-1.7 nothing",
        "图/说明.doc": b"x",
    }
    (tmp_path / "all.zip").write_bytes(packed(files))
    found = list(read(str(tmp_path / "all.zip")))
    heads = [segment(page).articles[0].headline for page in found if isinstance(page, Page)]
    assert heads == ["滨湖区护栏换新", "望江桥提前通车"]
    (problem,) = (item for item in found if isinstance(item, Problem))
    assert problem.source.endswith("坏.pdf") and "损坏" in problem.message.zh


def locked() -> bytes:
    data = bytearray(packed({"1.txt": BRIDGE.encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"1.txt": bytes(50_000_000)}), "炸弹"),
        (packed({f"{n}.txt": b"" for n in range(3000)}), "炸弹"),
        (packed({"1.txt": BRIDGE.encode()})[:-30], "损坏"),
        (locked(), "密码"),
        (packed({"a.exe": b"MZ"}), "没有版面"),
        (b"PK\x03\x04", "损坏"),
    ],
)
def test_bad_archives(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(zipped.read("x.zip", data))
    assert said in caught.value.message.zh and caught.value.hint is not None


# ---- EPUB


def test_an_epub_is_read_in_the_order_of_its_spine() -> None:
    found = list(epub.read("周报.epub", packed(BOOK)))
    pages = [segment(page) for page in found if isinstance(page, Page)]
    assert [[a.headline for a in page.articles] for page in pages] == [
        ["望江桥提前通车", "滨湖区护栏换新"],
        ["云汀港新航线开通"],
    ]
    assert {page.paper for page in pages} == {"云汀周报"}
    assert [item.source for item in found if isinstance(item, Problem)] == ["周报.epub/OEBPS/gone.xhtml"]


@pytest.mark.parametrize("gone", ["META-INF/container.xml", "OEBPS/p.opf"])
def test_an_epub_without_its_package(gone: str) -> None:
    with pytest.raises(SourceError):
        list(epub.read("x.epub", packed({k: v for k, v in BOOK.items() if k != gone})))


# ---- Word


def test_a_word_document_with_headings() -> None:
    data = word(
        ("Heading 1", "望江桥提前通车"), ("Normal", BRIDGE), ("Heading 1", "滨湖区护栏换新"), ("Normal", RAIL)
    )
    (page,) = docx.read("x.docx", data)
    assert [(a.headline, a.text) for a in segment(page).articles] == [
        ("望江桥提前通车", BRIDGE),
        ("滨湖区护栏换新", RAIL),
    ]


def test_a_word_document_without_headings_is_read_as_text() -> None:
    (page,) = docx.read("x.docx", word(("Normal", "望江桥提前通车"), ("Normal", "　　" + BRIDGE)))
    assert [a.headline for a in segment(page).articles] == ["望江桥提前通车"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04junk",
        packed({"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        packed({"a": b""}),
    ],
)
def test_bad_word_documents(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        docx.read("x.docx", data)
    assert caught.value.hint is not None


# ---- tables


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_of_articles(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "稿件.csv"
    file.write_bytes(CSV.encode(encoding))
    found = list(read(str(file)))
    pages = [segment(page) for page in found if isinstance(page, Page)]
    assert [(p.paper, p.date) for p in pages] == [
        ("云汀日报", datetime.date(2026, 11, 20)),
        ("云汀晚报", datetime.date(2026, 11, 19)),
    ]
    assert pages[1].articles[0].paragraphs == (RAIL, "第二段也在。")
    assert [p.source for p in found if isinstance(p, Problem)] == [f"{file}:3"]
    articles = [item for item in single_articles([str(file)]) if isinstance(item, Article)]
    assert [(a.id, a.headline) for a in articles] == [("7", "望江桥提前通车"), ("9", "护栏换新")]


def test_lines_of_json_make_a_digest_too(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": 1, "title": "望江桥提前通车", "text": BRIDGE}) + "\n{bad\n", "utf-8")
    page, problem = read(str(file))
    assert isinstance(page, Page) and isinstance(problem, Problem)
    assert segment(page).articles[0].headline == "望江桥提前通车"


def test_a_table_without_a_column_of_text() -> None:
    with pytest.raises(SourceError, match="no column of text among: a, b"):
        list(records.read("x.csv", b"a,b\n1,2\n"))


# ---- whatever the bytes


@given(
    st.binary(max_size=300), st.sampled_from(["x.csv", "x.jsonl", "x.zip", "x.epub", "x.docx"]), st.booleans()
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str, mutated: bool) -> None:
    readers = {"x.zip": zipped.read, "x.epub": epub.read, "x.docx": docx.read}
    if mutated and name in readers:
        whole = bytearray(packed(BOOK))
        for at, byte in enumerate(data):
            whole[at * len(whole) // 300] = byte
        data = bytes(whole)
    try:
        for item in readers.get(name, records.read)(name, data):
            assert isinstance(item, Page | Problem)
    except SourceError as error:
        assert error.hint is not None
