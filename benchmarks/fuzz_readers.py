#!/usr/bin/env python3
"""Feeds mutilated files to the readers for as long as it is told, and stops at the first that is neither read nor refused.

usage: fuzz_readers.py [--seconds 600] [--seed 1] [READER ...]      (html feed zip epub docx csv jsonl pdf address)

A refusal is a SourceError with a hint. A case that computes for longer than SLOW seconds is a failure too. What failed is
written to the current folder as fuzz-READER.bin. `address` is a hostile server on loopback: mutilated answers, odd
redirects, packed bodies, lines that drip or break off; there every source must end as pages or Problems.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import io
import random
import sys
import time
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from epaper import founder, layered  # noqa: E402  # lies with the tests
from print_sheet import Sheet, printed  # noqa: E402
from raw_server import raw_server  # noqa: E402
from source_files import BOOK, BRIDGE, CSV, PAGE, RSS, packed, word  # noqa: E402

from briefing.errors import SourceError  # noqa: E402
from briefing.protocols import ReadContext  # noqa: E402
from briefing.read import fetch, ocr  # noqa: E402
from briefing.read.fetch import FetchPolicy  # noqa: E402
from briefing.read.sources import ReadingOptions, SourceReader  # noqa: E402
from briefing.segmentation.articles import segment  # noqa: E402
from briefing.types import Page  # noqa: E402

SLOW = 20.0
TOKENS = [
    b"<",
    b">",
    b"</div>",
    b"<map><area href=x.htm>",
    b"&#0;",
    b"\x00",
    b"\xff\xfe",
    b"<!--",
    b"]]>",
    b"\xe4\xba",
    b'"',
    b"{",
    b"\n" * 50,
    b"PK\x03\x04",
    b"%PDF",
    b"0" * 40,
    b"[" * 3000,
]


def sheet() -> bytes:
    page = Sheet()
    page.put(40, 200, 26, "望江桥提前通车")
    for at in range(20):
        page.put(40, 240 + 15 * at, 10, BRIDGE[:30])
    return printed([page.data])


SEEDS = {
    "html": lambda: [PAGE.encode(), *list(founder().values())[:6], *list(layered().values())[:6]],
    "feed": lambda: [RSS.format(host="x.example", encoding="utf-8").encode()],
    "zip": lambda: [packed(dict(list(founder().items())[:9]))],
    "epub": lambda: [packed(BOOK)],
    "docx": lambda: [word(("Heading 1", "望江桥提前通车"), ("Normal", BRIDGE))],
    "csv": lambda: [CSV.encode(), CSV.encode("gb18030")],
    "jsonl": lambda: [b'{"id": 1, "title": "\xe4\xba\x91", "text": "\xe4\xba\x91"}\n' * 3],
    "pdf": lambda: [sheet()],
}
READERS = {
    "html": "html", "feed": "feed", "zip": "zipped", "epub": "epub", "docx": "docx", "csv": "records", "jsonl": "records", "pdf": "pdf",
}  # fmt: skip


def mutilated(data: bytes, chance: random.Random, pool: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(6):
            case 0 if out:
                out[at % len(out)] = chance.randrange(256)
            case 1:
                del out[at : at + chance.choice((1, 10, 300))]
            case 2:
                out[at:at] = chance.choice(TOKENS)
            case 3:
                out[at:at] = out[at : at + 200] * chance.choice((1, 3, 30))
            case 4:
                other = chance.choice(pool)
                out[at:at] = other[chance.randrange(len(other)) :][:300]
            case _:
                out[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"9999"))
        out = out[:2_000_000]
    return bytes(out)


def repacked(data: bytes, chance: random.Random, pool: list[bytes]) -> bytes:
    """An archive that is whole, with mutilated members; without, the reader would see little but wrong checksums."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample(sorted(files), min(len(files), chance.choice((1, 1, 2, 5)))):
        body = files.pop(name)
        if chance.random() < 0.1:
            name = mutilated(name.encode(), chance, pool)[:80].decode("utf-8", "replace").replace("\0", "")
        if name and chance.random() < 0.95:
            files[name] = mutilated(body, chance, [other for other in files.values() if other] or pool)
    return packed(files)


HEADERS = (
    "Location: http://[", "Location: //", "Location:", "Location: /a.html", "Location: file:///etc/passwd", "Location: http://169.254.169.254/",
    "Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: br, gzip", "Content-Encoding: zstd", "Transfer-Encoding: chunked",
    "Content-Type: text/html; charset=zlib", "Content-Type: application/pdf", "Content-Type: application/rss+xml", "Content-Type: application/zip",
    "Content-Length: 99999999999999999999", "Content-Length: -1", "Retry-After: nan", "Retry-After: 1e999", "ETag: \x1b[31m", "Set-Cookie: a=" + "b" * 5000,
    "Last-Modified: \xff", "X: " + "y" * 70_000,
)  # fmt: skip
STATUS = (
    "200 OK",
    "200 OK",
    "200 OK",
    "204 No",
    "206 Part",
    "301 x",
    "302 x",
    "304 x",
    "307 x",
    "401 x",
    "429 x",
    "500 x",
    "503 x",
    "999 x",
    "20 x",
)
ROBOTS = (
    b"",
    b"User-agent: *\nDisallow: /no/",
    b"User-agent: *\nCrawl-delay: " + b"9" * 5000,
    b"\xff\xfe" * 50,
    b"Disallow: //[\n" * 999,
)


def hostile_answer(chance: random.Random, pool: list[bytes]) -> list[bytes]:
    """The pieces of an answer, well formed or not."""
    body = chance.choice(pool)
    if chance.random() < 0.5:
        body = mutilated(body, chance, pool)
    if chance.random() < 0.3:
        body = chance.choice((gzip.compress, zlib.compress))(body)
    lines = chance.sample(HEADERS, chance.choice((0, 1, 1, 2, 4)))
    if chance.random() < 0.7:
        lines.append(f"Content-Length: {len(body) + chance.choice((0, 0, 0, 5, -5))}")
    head = f"HTTP/1.1 {chance.choice(STATUS)}\r\n" + "".join(f"{line}\r\n" for line in lines) + "\r\n"
    answer = head.encode("latin-1") + body
    if chance.random() < 0.3:
        answer = mutilated(answer, chance, pool)
    if chance.random() < 0.2:
        cut = chance.randrange(len(answer) + 1)
        return [answer[:cut], answer[cut : cut + 1000]]
    return [answer]


def fuzz_addresses(seconds: float, seed: int) -> None:
    """Reads from a hostile server until the time is over."""
    fetch._retry_after = lambda value: 0.0  # a busy server is asked again at once
    chance = random.Random(seed)
    pool = [data for seeds in SEEDS.values() for data in seeds()]
    last: list[bytes] = []

    def answer(head: bytes) -> list[bytes]:
        if head.startswith(b"GET /robots.txt"):
            body = chance.choice(ROBOTS)
            return [b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body]
        last[:] = hostile_answer(chance, pool)
        return last

    cases = pages = refused = 0
    slowest, ends = 0.0, time.monotonic() + seconds
    with raw_server(answer) as host:
        while time.monotonic() < ends:
            policy = FetchPolicy(private=True, delay=0, timeout=0.3)
            reader = SourceReader(ReadingOptions(policy=policy, follow=chance.random() < 0.3))
            name = chance.choice(
                ("a.html", "node_1.htm", "feed.xml", "a.zip", "a.pdf", "a.csv", "", "\x1b[31m")
            )
            begun = time.process_time()
            try:
                for item in reader.read(f"http://{host}/{name}"):
                    if isinstance(item, Page):
                        segment(item)
                        pages += 1
                    else:
                        assert item.hint is not None and "\x1b" not in item.source + item.message.zh
                        refused += 1
            except BaseException:
                Path("fuzz-address.bin").write_bytes(b"".join(last))
                raise
            cases += 1
            slowest = max(slowest, time.process_time() - begun)
            if slowest > SLOW:
                Path("fuzz-address.bin").write_bytes(b"".join(last))
                raise SystemExit(f"address: {slowest:.1f} s")
    print(
        f"address {cases} cases in {seconds:.0f} s: {pages} pages, {refused} refused, the slowest {slowest:.2f} s of computing"
    )


def main() -> None:
    ocr.installed = lambda: False  # what is tried is the reader of PDF, not the patience for OCR
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("readers", nargs="*", default=[*READERS, "address"])
    ap.add_argument("--seconds", type=float, default=600)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    for name in a.readers:
        if name == "address":
            fuzz_addresses(a.seconds, a.seed)
            continue
        read = importlib.import_module(f"briefing.read.{READERS[name]}").read
        chance, pool = random.Random(a.seed), SEEDS[name]()
        cases = pages = refused = 0
        slowest, ends = 0.0, time.monotonic() + a.seconds

        def near(reference: str, chance: random.Random = chance, pool: list[bytes] = pool) -> bytes:
            return chance.choice(pool)

        while time.monotonic() < ends:
            whole = chance.choice(pool)
            within = whole.startswith(b"PK") and chance.random() < 0.8
            data = (repacked if within else mutilated)(whole, chance, pool)
            begun = time.process_time()
            try:
                for item in read(f"x.{name}", data, ReadContext(resolve=near)):
                    if isinstance(item, Page):
                        segment(item)
                        pages += 1
            except SourceError as error:
                assert error.hint is not None
                refused += 1
            except BaseException:
                Path(f"fuzz-{name}.bin").write_bytes(data)
                raise
            cases += 1
            took = time.process_time() - begun
            if took > SLOW:
                Path(f"fuzz-{name}.bin").write_bytes(data)
                raise SystemExit(f"{name}: {took:.1f} s for {len(data)} bytes")
            slowest = max(slowest, took)
        print(
            f"{name:6} {cases} cases in {a.seconds:.0f} s: {pages} pages, {refused} refused, the slowest {slowest:.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
