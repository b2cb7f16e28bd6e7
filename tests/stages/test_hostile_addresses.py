"""Servers that misbehave: each is a problem of its own source, in bounded time and memory."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from raw_server import but_robots, raw_server, simple
from source_files import PAGE

from briefing.read import fetch as fetching
from briefing.read.fetch import FetchPolicy
from briefing.read.http_body import LARGEST
from briefing.read.robots import robots_rules
from briefing.read.sources import ReadingOptions, SourceReader
from briefing.types import Page, Problem


def reader(**policy: object) -> SourceReader:
    return SourceReader(ReadingOptions(policy=FetchPolicy(private=True, delay=0, **policy)))  # type: ignore[arg-type]


def said(items: Iterator[Page | Problem]) -> str:
    (problem,) = items
    assert isinstance(problem, Problem) and problem.hint is not None
    message = problem.message.en
    assert "\n" not in message and "\x1b" not in message
    return message


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (simple(b"", status="302 Found"), "no usable address"),
        (simple(b"", "Location: ", status="301 Moved"), "no usable address"),
        (simple(b"", "Location: http://[", status="302 Found"), "no usable address"),
        (simple(b"", "Location: http://[::1]]:x/", status="307 x"), ""),
        (simple(b"", "Location: http://x:99999999/", status="302 Found"), "not an http"),
        (simple(b"", "Location: //", status="308 Found"), "redirects"),
        (simple(b"", "Location: \xff\xfe", status="303 See"), ""),
        (simple(b"", "Location: http://a@b@c/", status="302 Found"), "user name"),
        (simple(b"", "Location: javascript:1", status="302 Found"), "not an http"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "answered 304"),
        (simple(b"", status="300 Choices"), "answered 300"),
        (simple(b"x", status="999 odd"), "answered 999"),
        (simple(b"", "Retry-After: nan", status="503 Busy"), "busy"),
        (simple(b"", "Retry-After: -5", status="429 Busy"), "busy"),
        (simple(b"x", "Content-Encoding: zstd"), "cannot be unpacked"),
        (simple(gzip.compress(gzip.compress(b"x")), "Content-Encoding: gzip, gzip"), "cannot be unpacked"),
        (simple(b"nothing packed", "Content-Encoding: gzip"), "cannot be unpacked"),
        (simple(gzip.compress(PAGE.encode())[:-9], "Content-Encoding: gzip"), "cannot be unpacked"),
        (b"", "cannot be reached"),
        (b"\x00" * 5000, "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n", "cannot be reached"),
        (b"HTTP/1.1 200 \x1b[31mred\r\n\x1b]0;x\x07: 1\r\n\r\n", "cannot be reached"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n", "cannot be reached"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 3, "cannot be reached"),
    ],
)  # fmt: skip
def test_an_odd_answer_is_a_problem(monkeypatch: pytest.MonkeyPatch, answer: bytes, message: str) -> None:
    monkeypatch.setattr("briefing.read.fetch.time.sleep", lambda seconds: None)
    with raw_server(but_robots(answer)) as host:
        assert message in said(reader().read(f"http://{host}/a.html"))


def test_packed_pages_are_read() -> None:
    deflate = zlib.compress(PAGE.encode())
    for packed, how in (
        (gzip.compress(PAGE.encode()), "gzip"),
        (deflate, "deflate"),
        (deflate[2:-4], "deflate"),
    ):
        with raw_server(but_robots(simple(packed, f"Content-Encoding: {how}"))) as host:
            (page,) = reader().read(f"http://{host}/a.html")
            assert isinstance(page, Page)


def test_no_packing_multiplies_without_end() -> None:
    with raw_server(
        but_robots(simple(gzip.compress(bytes(2 * LARGEST), 9), "Content-Encoding: gzip"))
    ) as host:
        assert "64 MB" in said(reader().read(f"http://{host}/a.html"))


def drip(head: bytes) -> Iterator[bytes]:
    """A header that arrives a byte at a time."""
    yield b"HTTP/1.1 200 OK\r\nX: "
    for _ in range(1000):
        time.sleep(0.05)
        yield b"y"
    yield b"\r\nContent-Length: 0\r\n\r\n"


def drip_body(head: bytes) -> Iterator[bytes]:
    """A body that arrives a byte at a time."""
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    for _ in range(1000):
        time.sleep(0.05)
        yield b"y"


@pytest.mark.parametrize("answer", [drip, drip_body])
def test_one_deadline_covers_header_and_body(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    monkeypatch.setattr(fetching, "TOTAL", 1.0)
    with raw_server(answer) as host:  # type: ignore[arg-type]
        message = said(reader().read(f"http://{host}/a.html"))
    assert "in time" in message or "too slowly" in message  # neither waited for nor read to its end


def test_a_host_that_keeps_failing_is_given_up() -> None:
    asked: list[bytes] = []

    def answer(head: bytes) -> list[bytes]:
        asked.append(head)
        return [b""]

    with raw_server(answer) as host:
        one = reader()
        messages = [said(one.read(f"http://{host}/{n}.html")) for n in range(10)]
    assert "not tried again" in messages[-1] and len(asked) <= fetching.FAILURES


@pytest.mark.parametrize(
    "line",
    [
        b"Crawl-delay: " + b"9" * 5000,
        "Crawl-delay: ²".encode(),
        b"Request-rate: 9/" + b"9" * 5000,
        b"Disallow: //[",
        b"\xff\xfe\x00",
        b"Sitemap: http://[",
    ],
)
def test_a_line_of_robots_txt_that_cannot_be_parsed_is_ignored(line: bytes) -> None:
    rules = robots_rules(b"User-agent: *\n" + line + b"\nDisallow: /secret/\n")
    assert not rules.can_fetch("briefing", "http://x.example/secret/a")
    assert rules.can_fetch("briefing", "http://x.example/open/a")


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b'{"etag": 5}', b"[" * 100_000, b'{"etag": "x", "sha256": "0"}']
)
def test_a_damaged_cache_is_none(tmp_path: Path, damage: bytes) -> None:
    with raw_server(but_robots(simple(PAGE.encode(), 'ETag: "1"'))) as host:
        for _ in range(2):
            (page,) = reader(cache=tmp_path).read(f"http://{host}/a.html")
            assert isinstance(page, Page)
            for file in tmp_path.glob("*.json"):
                file.write_bytes(damage)
