"""Hostile files, each kind with variants: a problem of its own source, in bounded time and memory, and no traceback."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_files import BOOK, BRIDGE, CONTAINER, RAIL, packed, word

from briefing.app.reading import segmentations
from briefing.errors import SourceError
from briefing.isolation.isolated import ChildDiedError, Limits, run_isolated
from briefing.messages import Message
from briefing.read import docx, epub, feed, html, ocr, pdf, records, zipped
from briefing.read.load import load_bytes
from briefing.read.markup import decode_declared, read_markup
from briefing.read.sources import read
from briefing.text.natural_order import natural_order
from briefing.types import Page, Problem, Segmentation

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

needs_ocr = pytest.mark.skipif(not ocr.installed(), reason="briefing[ocr] is not installed")
GOOD = f"望江桥提前通车\n\n　　{BRIDGE}\n"


def put(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def problems(source: str) -> list[str]:
    return [item.message.en for item in read(source) if isinstance(item, Problem)]


def is_clean(text: str) -> bool:
    text.encode("utf-8")
    return not any(
        (unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n")
        or char in "\u202e\u2066\u200f\ufeff"
        for char in text
    )


in_linear_time = pytest.mark.usefixtures("minute_of_computing")
"""For what takes a linear method a second or less, and another one minutes."""


@pytest.fixture
def minute_of_computing() -> Iterator[None]:
    """Ends a test after 60 seconds of computing; by the clock others may hold the cores meanwhile."""

    def late(*_: object) -> None:
        pytest.fail("60 seconds of computing")

    if resource is None:
        pytest.skip("nothing counts computing time on Windows")
    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, 60)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


# ---- encodings


CODECS = (
    "rot13", "base64", "bz2", "quopri", "zlib", "zip", "uu", "hex", "idna", "punycode", "unicode_escape", "raw_unicode_escape",
    "undefined", "utf-7", "mbcs", "oem", "charmap", "no-such", "__init__", "aliases", "UTF-8-SIG", "x" * 20,
)  # fmt: skip


@pytest.mark.parametrize("name", CODECS)
def test_an_encoding_that_is_none_of_text_is_not_used(tmp_path: Path, name: str) -> None:
    page = f'<html><head><meta charset="{name}"></head><body><h1>望江桥提前通车</h1><p>{BRIDGE}</p><p>{RAIL}</p></body></html>'
    (item,) = read(put(tmp_path, "a.html", page.encode()))
    assert isinstance(item, Page) and "护栏" in item.text


def test_a_page_packed_by_its_charset_is_not_unpacked() -> None:
    data = zlib.compress(b'<html><meta charset="zlib">' + bytes(50_000_000))
    assert decode_declared(b'<meta charset="zlib">' + data) is None


@pytest.mark.parametrize("name", ["utf-8", "gb2312", "GBK", "gb18030", "big5", "utf-16", "x-gbk"])
def test_the_encodings_of_pages_are_used(name: str) -> None:
    python = {"x-gbk": "gbk"}.get(name, name)
    text = "望江橋提前" if python == "big5" else "望江桥提前"
    data = f'<meta charset="{name}"><p>{text}</p>'.encode(python)
    assert "江" in read_markup("a.html", data)


# ---- what cannot be printed


ROWS = [{"text": BRIDGE + dirt, "title": "望" + dirt, "id": "7" + dirt} for dirt in ("\ud83d", "\udc00\ud800", "\x1b[31m", "\x07\x9b", "\u202e")]  # fmt: skip


def test_rows_of_json_come_in_clean(tmp_path: Path) -> None:
    source = put(tmp_path, "a.jsonl", "\n".join(json.dumps(row) for row in ROWS).encode())
    pages = [item for item in read(source) if isinstance(item, Page)]
    assert len(pages) == len(ROWS) and all(is_clean(p.text + str(p.record)) for p in pages)
    assert all(isinstance(item, Segmentation) for item in segmentations([source]))


@pytest.mark.parametrize(
    "dirt", ["&#27;[31m", "&amp;#27;[31m", "&#x9b;31m", "&#x202e;", "&amp;#8238;", "&#xd83d;", "&#7;", "&#0;"]
)
def test_feeds_and_pages_come_in_clean(dirt: str) -> None:
    item = f"<item><title>望{dirt}江</title><author>林{dirt}</author><category>社{dirt}会</category><description>{BRIDGE}{dirt}</description></item>"
    data = f"<rss version='2.0'><channel><title>云汀日报{dirt}</title>{item}</channel></rss>".encode()
    news = f"<html><body><article><h1>望江桥{dirt}通车</h1><p>{BRIDGE}{dirt}</p><p>{RAIL}</p></article></body></html>".encode()
    for page in (*feed.read("x.xml", data), *html.read("x.html", news)):
        assert isinstance(page, Page) and is_clean(page.text + str(page.section) + str(page.paper))


def test_markdown_and_word_come_in_clean(tmp_path: Path) -> None:
    (page,) = read(put(tmp_path, "a.md", f"# 望江桥\x1b[31m通车\n\n{BRIDGE}\x9b2J \u202e反\n".encode()))
    assert isinstance(page, Page) and is_clean(page.text)
    (page,) = docx.read("x.docx", word(("Normal", "望江桥通车\u202e"), ("Normal", BRIDGE + "\u2066")))
    assert is_clean(page.text)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8")
def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    with open(os.fsencode(tmp_path / "names") + b"/\xff\xfe\x1b.txt", "wb") as file:  # noqa: PTH123
        file.write(GOOD.encode())
    (found,) = segmentations([str(tmp_path / "names")])
    assert isinstance(found, Segmentation) and is_clean(found.source) and found.articles[0].headline


# ---- patterns


HUGE = 400_000
PIECES = (
    "<!--enpproperty", "<!--enpproperty x /enpproperty-->", "<!--enpcontent-->", "<!--", "<script ", "<style>", "<a", "<a ", "<", "</", "<p x=",
    "<!-- ", "<br", "<![CDATA[", "&#", "&lt;script ", "<title>", "<map><area href=x.htm>", "<div class=title>", "第1版：", "来源：",
)  # fmt: skip


@in_linear_time
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("name", ["x.html", "x.xml"])
def test_no_pattern_scans_a_page_again_and_again(piece: str, name: str) -> None:
    text = piece * (HUGE // len(piece)) + BRIDGE
    if name == "x.xml":
        text = f"<rss version='2.0'><channel><item><title>桥</title><description>{text}</description></item></channel></rss>"
    else:
        text = f"<html><body><!--enpproperty <title>桥</title> /enpproperty-->{text}<p>{RAIL}</p>"
    try:
        list((feed.read if name == "x.xml" else html.read)(name, text.encode()))
    except SourceError as error:
        assert error.hint is not None


@in_linear_time
@pytest.mark.parametrize(
    "text", [f"> [!note]{' ' * 200_000}桥。\n", "[a][" * 50_000, "==" * 50_001, "]]" * 50_000]
)
def test_no_notation_of_markdown_is_looked_for_again_and_again(tmp_path: Path, text: str) -> None:
    assert len(list(read(put(tmp_path, "a.md", f"{text}\n\n{BRIDGE}".encode())))) == 1


@in_linear_time
@pytest.mark.parametrize("tag", ["<title>", "<introtitle>", "<a><b><c>"])
def test_properties_without_end_are_found_in_linear_time(tag: str) -> None:
    text = f"<html><body><!--enpproperty {tag * 30_000}/enpproperty--><p>{BRIDGE}{RAIL}</p>"
    with contextlib.suppress(SourceError):
        list(html.read("x.html", text.encode()))


@pytest.mark.parametrize(
    "text",
    ["<table>" + "<tr><td>桥</td></tr>" * 40_000 + "</table>", "<p>" + "<span>桥</span>" * 60_000, "<p>桥。</p>" * 60_000, "<p>" + "桥<br>" * 90_000],
)  # fmt: skip
def test_a_page_of_very_many_tags_is_read_or_refused(tmp_path: Path, text: str) -> None:
    page = f"<html><body><h1>望江桥提前通车</h1>{text}<p>{BRIDGE}</p></body></html>"
    assert len(list(read(put(tmp_path, "a.html", page.encode())))) == 1


# ---- archives


def nested(levels: int, width: int = 1, name: str = "a.txt") -> bytes:
    data = GOOD.encode()
    for _ in range(levels):
        data = packed({f"{n}{name}": data for n in range(width)})
    return data


@in_linear_time
@pytest.mark.parametrize(("levels", "width"), [(2, 1), (2, 30), (300, 1)])
@pytest.mark.parametrize("name", ["a.txt", "a.zip", "a.md", "a.html", "a.xyz.txt"])
def test_an_archive_in_an_archive_is_not_read(tmp_path: Path, levels: int, width: int, name: str) -> None:
    items = list(read(put(tmp_path, "a.zip", nested(levels, width, name))))
    assert isinstance(items, list) and not [item for item in items if isinstance(item, Page)]


def test_one_bad_member_costs_only_itself(tmp_path: Path) -> None:
    files = {
        "1.txt": GOOD.encode(), "2.zip": nested(2), "3.txt": nested(2), "4.html": b'<meta charset="rot13">', "5.pdf": b"%PDF-1.7",
        "6.docx": b"PK\x03\x04", "7.epub": packed({"mimetype": b"application/epub+zip"}), "8.png": b"\x89PNG\r\n\x1a\n", "9.txt": GOOD.encode(),
    }  # fmt: skip
    items = list(read(put(tmp_path, "a.zip", packed(files))))
    assert [Path(item.source).name for item in items if isinstance(item, Page)] == ["1.txt", "9.txt"]


def test_digits_are_compared_as_words(tmp_path: Path) -> None:
    names = ["10.txt", "9.txt", "9" * 5000 + ".txt", "009a.txt", "٣.txt", "²" * 5000 + ".txt"]
    assert sorted(names, key=natural_order)[:2] == ["9.txt", "009a.txt"]
    files = {"9" * 5000 + ".txt": GOOD.encode(), "2.txt": GOOD.encode()}
    items = [item for item in read(put(tmp_path, "a.zip", packed(files))) if isinstance(item, Page)]
    assert [item.source.endswith("/2.txt") for item in items] == [True, False]


def test_a_document_of_a_book_is_read_once() -> None:
    spine = '<itemref idref="a"/>' * 20_000
    package = f'<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="./a.xhtml"/></manifest><spine>{spine}<itemref idref="b"/></spine></package>'
    book = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.replace(b"OEBPS/", b""), "p.opf": package.encode(), "a.xhtml": BOOK["OEBPS/text/1.xhtml"]}  # fmt: skip
    assert len(list(epub.read("x.epub", packed(book)))) == 1


@in_linear_time
def test_blocks_of_a_book_inside_one_another_are_bounded() -> None:
    text = f"<html><body><h1>桥</h1>{'<blockquote>' * 300}{BRIDGE * 3000}</body></html>".encode()
    assert list(epub.read("x.epub", packed({**BOOK, "OEBPS/text/1.xhtml": text})))


def test_a_large_package_document_is_refused() -> None:
    package = b"<package>" + b"<item/>" * 1_000_000
    with pytest.raises(SourceError):
        list(epub.read("x.epub", packed({**BOOK, "OEBPS/p.opf": package})))


@pytest.mark.parametrize("count", [60_000, 1_000_000])
def test_a_word_document_of_a_million_paragraphs_is_bounded(count: int) -> None:
    with zipfile.ZipFile(io.BytesIO(word(("Normal", "桥")))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    start, _, end = files["word/document.xml"].partition(b"<w:body>")
    files["word/document.xml"] = start + b"<w:body>" + b"<w:p><w:r><w:t>1</w:t></w:r></w:p>" * count + end
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    try:
        (page,) = docx.read("x.docx", out.getvalue())
        assert isinstance(page, Page)
    except SourceError as error:
        assert error.hint is not None


def test_a_member_larger_than_it_says_is_refused() -> None:
    data = bytearray(packed({"1.txt": GOOD.encode() * 2000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.index(mark) + at
        data[where : where + 4] = struct.pack("<I", 100)
    assert [item for item in zipped.read("x.zip", bytes(data)) if isinstance(item, Problem)]


# ---- files that are none, or too large


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in problems(str(tmp_path / "a.txt"))[0]
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert "not a regular file" in problems(str(tmp_path / "b.txt"))[0]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_not_read(tmp_path: Path, device: str) -> None:
    (tmp_path / "a.txt").symlink_to(device)
    assert problems(str(tmp_path / "a.txt"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(SourceError, match="not a regular file"):
        load_bytes(str(tmp_path / "a.txt"))


@pytest.mark.parametrize("name", ["b.html", "b.csv", "b.pdf", "b.png", "b.txt"])
def test_the_size_is_looked_at_first(tmp_path: Path, name: str) -> None:
    os.truncate(put(tmp_path, name, b""), 6_000_000_000)
    put(tmp_path, "good.txt", GOOD.encode())
    found = list(segmentations([str(tmp_path)]))
    assert any(isinstance(item, Segmentation) for item in found)
    assert any(isinstance(item, Problem) and "over 256 MB" in item.message.en for item in found)


def test_a_text_of_more_lines_than_a_page_is_refused(tmp_path: Path) -> None:
    assert "more text or lines" in problems(put(tmp_path, "a.txt", "桥\n".encode() * 500_000))[0]
    assert "more text or lines" in problems(put(tmp_path, "a.md", b"\n\n\n\n" + "桥\n".encode() * 500_000))[0]


# ---- tables


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, '{"text": ' + "9" * 5000 + "}", '{"text": 1e999, "id": NaN}', '{"a": ' * 50_000, '"' + "桥" * 100, '{"text": [5]}', "null", "{}",
        '{"text": "\\u001b\\u0007"}', '{"text": "桥", "text": null}', '{"TEXT": {"a": 1}, "title": []}', "\\", "\t{",
    ],
)  # fmt: skip
def test_an_odd_row_is_a_problem_of_its_line(tmp_path: Path, text: str) -> None:
    good = json.dumps({"text": BRIDGE})
    items = list(read(put(tmp_path, "a.jsonl", f"{good}\n{text}\n{good}\n".encode())))
    assert [isinstance(item, Page) for item in items] == [True, False, True]


def test_the_damage_of_a_table_is_told_so_often_and_no_more(tmp_path: Path) -> None:
    assert len(problems(put(tmp_path, "a.jsonl", b"{}\n" * 100_000))) < 600


def test_csv_leaves_the_process_as_it_was() -> None:
    before = csv.field_size_limit()
    rows = records.read("x.csv", f"标题,正文\n桥,{'桥' * 200_000}\n栏,{RAIL}\n".encode())
    next(iter(rows))
    assert csv.field_size_limit() == before
    assert [len(page.text) > 10 for page in rows if isinstance(page, Page)] == [True]
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    "text",
    ['正文\n"' + "桥" * 5_000_000, "正文," + "a," * 500_000 + "\nx\n", "正文\n\x00桥\n", '"正文\n' * 9],
)
def test_an_odd_table_is_refused_or_read(tmp_path: Path, text: str) -> None:
    assert list(read(put(tmp_path, "a.csv", text.encode())))


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    assert "eight million" in problems(put(tmp_path, "a.jsonl", b'{"text": "' + b"a" * 9_000_000))[0]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_of_a_table_of_very_many_rows_the_first_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str
) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 100)
    row = json.dumps({"text": BRIDGE}, ensure_ascii=False) if name == "a.jsonl" else BRIDGE
    items = list(read(put(tmp_path, name, ("正文\n" + f"{row}\n" * 101).encode(encoding))))
    bad = [item for item in items if isinstance(item, Problem)]
    assert 99 <= len(items) - len(bad) <= 100
    assert bad[-1].message.en == "the table is too long: only the first 100 rows are read"


def test_a_table_of_the_most_rows_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 100)
    assert problems(put(tmp_path, "a.csv", ("正文\n" + f"{BRIDGE}\n" * 100).encode())) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "正文\n" + "\n" * 2000),
        ("a.csv", "正文\n" + ",\n" * 2000),
        ("a.csv", '正文\n"' + "桥\n" * 2000 + '"'),
        ("a.jsonl", " \n" * 2000),
        ("a.jsonl", '{"text": "桥"}' + "\n" * 2000),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_table_of_very_many_lines_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, encoding: str
) -> None:
    monkeypatch.setattr(records, "MOST_LINES", 1000)
    told = problems(put(tmp_path, name, text.encode(encoding)))
    assert told and ("the first 1,000 lines" in told[-1] or "empty" in told[-1])


@in_linear_time
def test_of_a_row_of_very_many_members_the_first_are_looked_at(tmp_path: Path) -> None:
    members = {f"{'x' * 60} {n}": n for n in range(100_000)}
    source = put(tmp_path, "a.jsonl", json.dumps({"text": BRIDGE} | members).encode())
    assert len(list(read(source))) == 1


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"正 文": BRIDGE, "标题": "桥"}, BRIDGE),
        ({"content": BRIDGE, "text": None}, BRIDGE),
        ({"text": 5, "content": BRIDGE}, BRIDGE),
        ({"内容": [BRIDGE, RAIL]}, f"{BRIDGE}\n{RAIL}"),
        ({"body": 5}, None),
        ({"body": True, "text": ["桥", 5]}, None),
    ],
)
def test_a_text_is_found_by_any_of_its_names(tmp_path: Path, row: object, text: str | None) -> None:
    source = put(tmp_path, "a.jsonl", json.dumps(row).encode())
    pages = [item for item in read(source) if isinstance(item, Page)]
    assert [page.blocks[-1].text for page in pages] == ([text] if text else [])


# ---- PDF and pictures, in the child process


def one_page(content: bytes, box: str = "0 0 300 400", more: bytes = b"", pages: int = 1) -> bytes:
    kids = " ".join(["3 0 R"] * pages)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids.encode(), pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % box.encode(),
        b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    return (
        b"%PDF-1.7\n"
        + b"".join(b"%d 0 obj%sendobj\n" % (n, o) for n, o in enumerate(objects, 1))
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def bomb(operator: bytes) -> bytes:
    """A stream packed twice: a few kilobytes of a quarter of a billion operators."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(operator * 500_000) for _ in range(100)) + packer.flush()
    return one_page(zlib.compress(once, 9), more=b"/Filter[/FlateDecode/FlateDecode]")


@pytest.mark.parametrize("operator", [b"q ", b"0 0 m ", b"(x) Tj ", b"0 0 9 9 re "])
def test_a_pdf_bomb_is_a_problem(tmp_path: Path, operator: bytes) -> None:
    source = put(tmp_path, "a.pdf", bomb(operator))
    good = put(tmp_path, "b.txt", GOOD.encode())
    found = list(segmentations([source, good]))
    assert isinstance(found[-1], Segmentation) and found[-1].articles
    assert all(isinstance(item, Problem) or not item.articles for item in found[:-1])


@pytest.mark.parametrize(
    "box", ["0 0 1 1000000000", "0 0 1e30 1e30", "0 0 20000 100", "0 0 0 0", "0 0 -5 5", "nan nan nan nan"]
)
def test_a_page_of_odd_size_is_a_problem_or_read(monkeypatch: pytest.MonkeyPatch, box: str) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    content = b"BT /F 10 Tf 20 300 Td (twenty characters of a page) Tj ET"
    (item,) = pdf.read("x.pdf", one_page(content, box))
    assert isinstance(item, Page | Problem)


def test_the_pages_beside_a_bomb_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    page = Page(source="x", text="", blocks=())

    def run(function: str, blob: bytes, source: str, start: int, limits: Limits) -> Iterator[int | Page]:
        calls.append(start)
        yield 4
        if start == 0:
            yield page
            raise ChildDiedError(Message("死", "died"), 2, 1.0, "memory")
        yield page
        yield page

    monkeypatch.setattr(pdf, "run_isolated", run)
    items = list(pdf.read("x.pdf", b""))
    assert calls == [0, 2] and [isinstance(item, Page) for item in items] == [True, False, True, True]
    assert items[1].source == "x.pdf#page=2"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((width // 8 + 2) * min(height, 2000)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


@needs_ocr
@pytest.mark.parametrize(
    ("width", "height"),
    [(1, 1), (10, 60_000), (1_000_000, 50), (10_900, 10_900), (50_000, 50_000), (63, 63), (2**31 - 1, 1)],
)
def test_a_picture_of_odd_shape_is_a_problem(tmp_path: Path, width: int, height: int) -> None:
    message = problems(put(tmp_path, "a.png", png(width, height)))
    assert len(message) == 1


SMALL = Limits(memory=300 * 1024 * 1024, item_seconds=1.0, seconds=0.3)


@pytest.mark.parametrize(
    ("function", "blob", "arguments", "said"),
    [
        ("ctypes:string_at", b"", (80_000_000,), "memory, or is damaged"),
        ("os:no_such_thing", b"", (), "AttributeError"),
        ("operator:mul", b"ab", (10**11,), "memory"),
        ("itertools:cycle", b"ab", (), "too long"),
        ("re:fullmatch", b"(a*)*b", (b"a" * 60,), "too long"),
    ],
)
def test_a_child_that_dies_is_an_error_and_is_replaced(
    function: str, blob: bytes, arguments: tuple[object, ...], said: str
) -> None:
    if resource is None and said != "AttributeError":
        pytest.skip("the system limits nothing")
    with pytest.raises(ChildDiedError, match=said) as caught:
        for _ in run_isolated(function, blob, *arguments, limits=SMALL):
            pass
    assert caught.value.hint is not None
    assert list(run_isolated("builtins:iter", b"ab", limits=SMALL)) == [97, 98]


def test_a_reader_left_halfway_leaves_no_child_behind() -> None:
    job = run_isolated("itertools:cycle", b"ab", limits=SMALL)
    assert next(job) == 97
    del job
    assert list(run_isolated("builtins:iter", b"ab", limits=SMALL)) == [97, 98]
