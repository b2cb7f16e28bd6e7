#!/usr/bin/env python3
"""What the worst input of each reader costs: seconds of computing, seconds by the clock, the largest process.

usage: worst_inputs.py [READER ...]      (pdf picture scan web feed epub word table json text markdown)

Each input is made here, in the manner of tests/stages/test_hostile_files.py, and read and cut by `briefing segment`, whose answer,
articles or a refusal, ends the line.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))
LINE = "云汀港今天开通新航线，首班货船上午离港，载货三千吨。"


def pdf() -> tuple[str, bytes]:
    """A stream packed twice with fifty million operators."""
    operators = zlib.compressobj(9)
    packed = b"".join(operators.compress(b"q Q " * 250_000) for _ in range(100)) + operators.flush()
    content = zlib.compress(packed, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(content), content),
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return "a.pdf", b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n"


def picture() -> tuple[str, bytes]:
    """Sixty megapixels, white."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (7740, 7740), 255).save(stream, "PNG")
    return "a.png", stream.getvalue()


def scan() -> tuple[str, bytes]:
    """A whole newspaper page of dense type, 6200 x 8800."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (6200, 8800), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(next((ROOT / "templates/fonts").glob("*Serif*.otf"))), 48)
    for column in range(6):
        for row in range(150):
            draw.text((120 + column * 1000, 120 + row * 57), LINE[:18], fill=0, font=font)
    stream = io.BytesIO()
    page.save(stream, "PNG")
    return "a.png", stream.getvalue()


def web() -> tuple[str, bytes]:
    """115,000 line breaks in an article."""
    return "a.html", ("<html><body><h1>云汀港</h1><p>" + (LINE + "<br>") * 115_000).encode()


def feed() -> tuple[str, bytes]:
    """An item of 400,000 tags."""
    item = f"<item><title>云汀港</title><description><![CDATA[{'<b>云</b>' * 400_000}]]></description></item>"
    return "a.xml", f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>'.encode()


def epub() -> tuple[str, bytes]:
    """A book of one document of 115,000 line breaks."""
    from source_files import BOOK, packed

    long = "<html><body><h1>云汀港</h1><p>" + (LINE[:4] + "<br/>") * 115_000 + "</p></body></html>"
    names = [name for name in BOOK if name.endswith("html")]
    return "a.epub", packed(BOOK | {names[-1]: long})


def word() -> tuple[str, bytes]:
    """400,000 paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "<w:p><w:r><w:t>云</w:t></w:r></w:p>" * 400_000
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr("_rels/.rels", rels)
        file.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>',
        )
    return "a.docx", stream.getvalue()


def table() -> tuple[str, bytes]:
    """300,000 rows of three characters."""
    return "a.csv", ("title,text\n" + "云汀,港今天\n" * 300_000).encode()


def json() -> tuple[str, bytes]:
    """300,000 rows of JSON."""
    return "a.jsonl", ('{"id":"1","title":"云","text":"云汀港今天开通。"}\n' * 300_000).encode()


def text() -> tuple[str, bytes]:
    """Sixteen megabytes of articles."""
    return "a.txt", (("云汀港开通新航线\n\n" + (LINE * 4 + "\n") * 4 + "\n") * 14_000).encode()[
        : (16 << 20) - 3
    ]


def markdown() -> tuple[str, bytes]:
    """Sixteen megabytes of headings and marks."""
    return "a.md", ("# 云汀港\n\n**" + LINE + "** [a](b) `c`\n\n" * 2).encode() * 90_000


MADE: tuple[Callable[[], tuple[str, bytes]], ...] = (
    pdf, picture, scan, web, feed, epub, word, table, json, text, markdown,
)  # fmt: skip


def measured(path: Path) -> str:
    """The command's cost and the end of its answer."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    peak = path.parent / "peak"
    words = [
        "/usr/bin/time",
        "-f",
        "%M",
        "-o",
        str(peak),
        sys.executable,
        "-m",
        "briefing",
        "segment",
        "--json",
        str(path),
    ]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    computing = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    clock = time.monotonic() - began
    memory = int(peak.read_text().split()[-1]) // 1024
    said = (done.stderr.strip().splitlines() or [f"{len(done.stdout)} characters of JSON"])[0]
    return f"{computing:6.1f} s of computing {clock:6.1f} s {memory:6} MB  {said.partition('：')[2][:70] or said[:70]}"


def main() -> None:
    """Measures the readers that were named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", nargs="*")
    wanted = parser.parse_args().readers
    for make in MADE:
        if wanted and make.__name__ not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            name, content = make()
            path = Path(folder) / name
            path.write_bytes(content)
            print(f"{make.__name__:9} {len(content) / 1e6:7.2f} MB {measured(path)}", flush=True)


if __name__ == "__main__":
    main()
