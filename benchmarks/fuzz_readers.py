#!/usr/bin/env python3
"""Feeds mutilated files to the readers for as long as it is told, and stops at the first that is neither read nor refused.

usage: fuzz_readers.py [--seconds 600] [--seed 1] [READER ...]      (html feed zip epub docx csv jsonl pdf)

A refusal is a SourceError with a hint. A case that takes longer than SLOW seconds is a failure too. What failed is written
to the current folder as fuzz-READER.bin.
"""

from __future__ import annotations

import argparse
import importlib
import io
import random
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from epaper import founder, layered  # noqa: E402  # lies with the tests
from print_pages import Sheet, printed  # noqa: E402
from source_files import BOOK, BRIDGE, CSV, PAGE, RSS, packed, word  # noqa: E402

from briefing.errors import SourceError  # noqa: E402
from briefing.protocols import ReadContext  # noqa: E402
from briefing.read import ocr  # noqa: E402
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


def main() -> None:
    ocr.installed = lambda: False  # what is tried is the reader of PDF, not the patience for OCR
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("readers", nargs="*", default=list(READERS))
    ap.add_argument("--seconds", type=float, default=600)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    for name in a.readers:
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
            begun = time.perf_counter()
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
            took = time.perf_counter() - begun
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
