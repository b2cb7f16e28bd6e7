"""Addresses and feeds against a real server on loopback: what may be asked, what is refused, what is bounded."""

from __future__ import annotations

import datetime
import gzip
import threading
import zlib
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from epaper import edition, founder
from source_files import PAGE, RSS

from briefing.errors import SourceError
from briefing.read import feed
from briefing.read.fetch import Fetcher, FetchPolicy
from briefing.read.sources import ReadingOptions, SourceReader, read
from briefing.read.transport import is_public
from briefing.segmentation.articles import segment
from briefing.types import DateOrigin, Page, Problem


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says; counts."""

    seen: ClassVar[Counter[str]] = Counter()
    headers_of: ClassVar[dict[str, Any]] = {}

    def log_message(self, *args: Any) -> None:
        pass

    def answer(
        self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = self.path
        self.seen[path] += 1
        self.headers_of[path] = self.headers
        host = self.headers["Host"]
        if path == "/robots.txt":
            self.answer(b"User-agent: *\nDisallow: /secret/\n", "text/plain")
        elif path in ("/bridge.html", "/secret/page.html"):
            self.answer(PAGE.encode())
        elif path == "/feed":
            self.answer(RSS.format(host=host, encoding="utf-8").encode(), "application/rss+xml")
        elif path == "/feed-gbk.xml":
            self.answer(RSS.format(host=host, encoding="gb2312").encode("gb18030"), "text/xml")
        elif path == "/moved":
            self.answer(b"", status=302, Location="/bridge.html")
        elif path == "/loop":
            self.answer(b"", status=302, Location="/loop")
        elif path == "/to-file":
            self.answer(b"", status=302, Location="file:///etc/passwd")
        elif path == "/to-metadata":
            self.answer(b"", status=302, Location="http://169.254.169.254/latest/")
        elif path == "/bomb":
            self.answer(gzip.compress(bytes(80_000_000), 9), Content_Encoding="gzip")
        elif path == "/busy" and self.seen[path] == 1:
            self.answer(b"", status=503, Retry_After="0")
        elif path == "/busy":
            self.answer(PAGE.encode())
        elif path == "/kept":
            if self.headers.get("If-None-Match") == '"1"':
                self.answer(b"", status=304)
            else:
                self.answer(PAGE.encode(), ETag='"1"')
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"<html>")
        elif path.startswith("/epaper/") and (name := path.rpartition("/")[2]) in EDITION:
            self.answer(EDITION[name], "text/html")
        else:
            self.answer(b"gone", status=404)


EDITION = founder("gb2312")


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk() -> SourceReader:
    Handler.seen.clear()
    return SourceReader(ReadingOptions(policy=FetchPolicy(private=True, delay=0)))


def told(items: Iterator[Page | Problem]) -> list[str]:
    return [item.message.zh for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize("path", ["/bridge.html", "/moved", "/busy"])
def test_a_page_behind_an_address(desk: SourceReader, host: str, path: str) -> None:
    (page,) = desk.read(f"http://{host}{path}")
    assert isinstance(page, Page)
    (article,) = segment(page).articles
    assert article.headline == "望江桥提前通车" and article.link and article.link.startswith("http://")


def test_a_whole_edition_behind_an_address(desk: SourceReader, host: str) -> None:
    pages = [
        segment(p)
        for p in desk.read(f"http://{host}/epaper/html/2026-11/20/node_1.htm")
        if isinstance(p, Page)
    ]
    assert [page.page_number for page in pages] == ["01", "02", "03", "04"]
    assert [len(page.articles) for page in pages] == list(map(len, edition()))
    assert max(Handler.seen.values()) == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/secret/page.html", "robots.txt"),
        ("/nowhere", "404"),
        ("/loop", "转向"),
        ("/to-file", "不是 http"),
        ("/bomb", "64 MB"),
        ("/cut", "连不上"),
    ],
)
def test_what_is_refused_is_told_in_one_line(desk: SourceReader, host: str, path: str, said: str) -> None:
    (message,) = told(desk.read(f"http://{host}{path}"))
    assert said in message and "\n" not in message


def test_offline_touches_nothing(host: str) -> None:
    Handler.seen.clear()
    (message,) = told(
        SourceReader(ReadingOptions(policy=FetchPolicy(offline=True))).read(f"http://{host}/bridge.html")
    )
    assert "离线" in message and not Handler.seen


def test_no_private_address_unless_allowed(host: str) -> None:
    Handler.seen.clear()
    (message,) = told(read(f"http://{host}/bridge.html"))
    assert "内网" in message and not Handler.seen


def test_a_redirect_is_checked_as_the_first_address_was(host: str) -> None:
    fetch = Fetcher(FetchPolicy(delay=0), look_up=lambda name, port, type: [(0, 0, 0, "", (name, port))])
    with pytest.raises(SourceError, match="not a public one"):
        fetch(f"http://{host}/to-metadata")


def test_the_address_that_was_checked_is_the_one_connected_to(host: str) -> None:
    port = int(host.rpartition(":")[2])
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1", "10.0.0.1"])
    fetch = Fetcher(
        FetchPolicy(delay=0, private=True), look_up=lambda *a, **k: [(0, 0, 0, "", (next(answers), 0))]
    )
    assert "望江桥".encode() in fetch(f"http://news.yunting.example:{port}/bridge.html").content


@pytest.mark.parametrize(
    ("address", "open"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False),
        ("172.16.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, open: bool) -> None:
    assert is_public(address) is open


@pytest.mark.parametrize(
    "address", ["http://user:s3cret@x.example/", "http://", "http://[::1", "http://x:0/"]
)
def test_odd_addresses_are_refused_and_no_password_is_told(address: str) -> None:
    (problem,) = SourceReader().read(address)
    assert isinstance(problem, Problem)
    assert "s3cret" not in problem.source + problem.message.zh + problem.message.en


def test_what_has_not_changed_is_not_sent_again(host: str, tmp_path: Path) -> None:
    Handler.seen.clear()
    for _ in range(2):
        fetch = Fetcher(FetchPolicy(private=True, delay=0, cache=tmp_path))
        assert fetch(f"http://{host}/kept").content == PAGE.encode()
    assert Handler.headers_of["/kept"]["If-None-Match"] == '"1"' and Handler.seen["/kept"] == 2


def test_a_host_is_asked_once_in_a_while(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("briefing.read.fetch.time.sleep", waits.append)
    fetch = Fetcher(FetchPolicy(private=True, delay=7))
    for _ in range(2):
        fetch(f"http://{host}/bridge.html")
    assert len(waits) == 1 and 6 < waits[0] <= 7


# ---- feeds


@pytest.mark.parametrize("path", ["/feed", "/feed-gbk.xml"])
def test_a_page_for_every_item_of_a_feed(desk: SourceReader, host: str, path: str) -> None:
    first, second = (segment(page) for page in desk.read(f"http://{host}{path}") if isinstance(page, Page))
    (article,) = first.articles
    assert article.headline == "滨湖区护栏换新" and article.paragraphs == (
        "滨湖区三千米护栏本周换新，新护栏高一米二。",
        "区城管局说，工程月底完工，旧护栏全部回收。",
    )
    assert (first.date, first.dated, first.paper, first.section) == (
        datetime.date(2026, 11, 19),
        DateOrigin.FEED,
        "云汀日报",
        "社会",
    )
    assert article.link == f"http://{host}/bridge.html"
    assert [a.text for a in second.articles] == ["提要而已。"]


def test_teasers_are_followed_if_wanted(host: str) -> None:
    desk = SourceReader(ReadingOptions(policy=FetchPolicy(private=True, delay=0), follow=True))
    pages = [segment(page) for page in desk.read(f"http://{host}/feed") if isinstance(page, Page)]
    assert "1860米" in pages[1].articles[0].text and pages[1].articles[0].headline == "望江桥提前通车"


def test_an_element_that_is_no_text_is_none() -> None:
    """Found by fuzzing: of <links//<link> the parser makes a mapping named link."""
    item = "<item><title>滨湖区护栏换新</title><links//<link>http://x.example/</link></item>"
    (page,) = feed.read("x.xml", f"<rss version='2.0'><channel>{item}</channel></rss>".encode())
    assert isinstance(page, Page) and page.link is None and "护栏" in page.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PAGE.encode(), "不是 RSS"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "没有条目"),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x">]><rss>&a;</rss>', "实体"),
        (b"<rss>" + b"<a>" * 100_000, "嵌套"),
        (zlib.compress(b"x" * 1000), "不是"),
    ],
)
def test_bad_feeds(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(feed.read("x.xml", data))
    assert said in caught.value.message.zh
