"""An endpoint against a real server on this machine: answers, waiting, refusals, the budget, the key."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from briefing.errors import ModelError
from briefing.summarization.generate.endpoint import LONGEST, EndpointWriter, Timeouts, is_endpoint
from briefing.summarization.generate.writer import Draft
from briefing.types import Article

pytest.importorskip("httpx", reason="httpx is not installed")
KEY = "sk-secret-0123456789"
GOOD = "要点：大桥通车\n摘要：云汀大桥通车。车程缩短。"


def completion(*contents: str | None, tokens: int | None = 900, finish: str = "stop") -> dict[str, Any]:
    choices = [
        {"index": 0, "message": {"role": "assistant", "content": c}, "finish_reason": finish}
        for c in contents
    ]
    usage = {} if tokens is None else {"usage": {"total_tokens": tokens}}
    return {"id": "1", "object": "chat.completion", "choices": choices, **usage}


class Server:
    """Answers with what stands in `answers`, the last of them again and again, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any, dict[str, str]]] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.lag = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append(json.loads(body))
                outer.headers.append(dict(self.headers))
                outer.paths.append(self.path)
                time.sleep(outer.lag)
                status, answer, headers = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                try:
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(data)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # the client has gone away, as it should

            def log_message(self, *_: Any) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def says(self, *answers: Any) -> None:
        for answer in answers:
            status, said, headers = answer if isinstance(answer, tuple) else (200, answer, {})
            self.answers.append((status, said, headers))


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BRIEFING_API_KEY", "OPENAI_API_KEY", "BRIEFING_MAX_TOKENS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # never used for this machine


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def writer(server: Server, waits: list[float]) -> EndpointWriter:
    return EndpointWriter(f"tiny@{server.url}", timeouts=Timeouts(connect=1, read=0.2, sleep=waits.append))


def refused(writer: EndpointWriter, article: Article) -> ModelError:
    with pytest.raises(ModelError) as caught:
        writer.drafts(article, 40, 2)
    error = caught.value
    assert error.exit_code == 4 and error.hint and error.hint.zh and error.hint.en
    return error


def test_success(server: Server, writer: EndpointWriter, news: Article) -> None:
    server.says(completion(GOOD, "要点：桥通了\n摘要：通车。", GOOD))
    found = writer.drafts(news, 40, 3)
    assert writer.name == "tiny"
    assert found == [Draft("大桥通车", "云汀大桥通车。车程缩短。"), Draft("桥通了", "通车。")]
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert (asked["model"], asked["temperature"], asked["n"]) == ("tiny", 0, 3) and "seed" in asked
    assert news.text in asked["messages"][0]["content"] and "不超过40个字" in asked["messages"][0]["content"]
    assert "Authorization" not in server.headers[0]


def test_fewer_drafts_than_asked_for(server: Server, writer: EndpointWriter, news: Article) -> None:
    server.says(completion(GOOD), completion(*[GOOD + str(n) for n in range(9)]))
    assert len(writer.drafts(news, 40, 4)) == 1
    assert len(writer.drafts(news, 40, 4)) <= 4
    assert writer.drafts(news, 40, 4, bound=True) == []
    assert writer.drafts(Article(id="a", headline="云汀", paragraphs=(" ",)), 40, 4) == []
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("content", "finish", "found"),
    [
        (None, "content_filter", []),
        ("<think>想", "length", []),
        ([{"type": "text", "text": GOOD}], "stop", [Draft("大桥通车", "云汀大桥通车。车程缩短。")]),
        ("要点：大桥通车\n摘要：云汀大桥通车。车程缩", "length", [Draft("大桥通车", "云汀大桥通车。")]),
    ],
)
def test_answers_of_all_kinds(
    server: Server, writer: EndpointWriter, news: Article, content: Any, finish: str, found: list[Draft]
) -> None:
    server.says(completion(content, finish=finish))
    assert writer.drafts(news, 40, 1) == found


def test_a_retry_and_then_success(
    server: Server, writer: EndpointWriter, news: Article, waits: list[float]
) -> None:
    server.says((429, {}, {"Retry-After": "7"}), (503, b"<html>", {}), completion(GOOD))
    assert len(writer.drafts(news, 40, 1)) == 1
    assert waits[0] == 7 and 1 <= waits[1] <= 2 and len(server.asked) == 3


def test_a_date_to_wait_for(
    server: Server, writer: EndpointWriter, news: Article, waits: list[float]
) -> None:
    server.says((429, {}, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), completion(GOOD))
    assert len(writer.drafts(news, 40, 1)) == 1 and waits == [0.0]


def test_a_wait_that_is_too_long(
    server: Server, writer: EndpointWriter, news: Article, waits: list[float]
) -> None:
    server.says((429, {}, {"Retry-After": "3600"}))
    assert "429" in str(refused(writer, news))
    assert waits == [] and len(server.asked) == 1


def test_failures_of_the_server(
    server: Server, writer: EndpointWriter, news: Article, waits: list[float]
) -> None:
    server.says((500, {"error": {"message": "boom"}}, {}))
    assert "500" in str(refused(writer, news))
    assert len(server.asked) == 4 and len(waits) == 3 and waits == sorted(waits)


def test_time_outs(server: Server, writer: EndpointWriter, news: Article) -> None:
    server.says(completion(GOOD))
    server.lag = 0.5
    assert "in time" in str(refused(writer, news))
    assert len(server.asked) == 4


def test_an_answer_that_trickles(server: Server, news: Article) -> None:
    server.says(completion(GOOD))
    slow = EndpointWriter(f"tiny@{server.url}", timeouts=Timeouts(article=-1, sleep=lambda _: None))
    assert "in time" in str(refused(slow, news))


class RawServer:
    """Sends `head`, then `drip` every 20 ms until the client goes away; counts its clients."""

    def __init__(self, head: bytes, drip: bytes) -> None:
        self.clients = 0
        self._head, self._drip = head, drip
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}/v1"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                line = self._door.accept()[0]
            except OSError:
                return
            self.clients += 1
            self._threads.append(threading.Thread(target=self._serve, args=(line,)))
            self._threads[-1].start()

    def _serve(self, line: socket.socket) -> None:
        with line:
            try:
                line.recv(65536)
                line.sendall(self._head)
                while self._drip:
                    line.sendall(self._drip)
                    time.sleep(0.02)
            except OSError:
                pass

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join()


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("head", "drip"),
    [
        (OK + b"\r\n", b" "),
        (OK + b"X-Slow: ", b"x"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"", b"H"),
    ],
    ids=["body", "header", "chunks", "status line"],
)
def test_a_drip_ends_with_the_articles_time_and_is_not_waited_for_again(
    news: Article, head: bytes, drip: bytes
) -> None:
    raw = RawServer(head, drip)
    writer = EndpointWriter(f"m@{raw.url}", timeouts=Timeouts(read=5, article=0.5))
    try:
        refused(writer, news)  # comes back at all, though the drip has no end
        asked = raw.clients
        for number in range(3):
            assert "waited for" in str(refused(writer, replace(news, id=f"other {number}")))
        assert raw.clients == asked
    finally:
        raw.close()


def test_the_tries_of_an_article_share_one_time(server: Server, news: Article) -> None:
    server.says((503, {}, {"Retry-After": "50"}))
    waits: list[float] = []
    writer = EndpointWriter(f"m@{server.url}", timeouts=Timeouts(article=40, sleep=waits.append))
    assert "503" in str(refused(writer, news))
    assert waits == [] and len(server.asked) == 1


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br"])
def test_a_packed_answer_is_not_unpacked(
    server: Server, writer: EndpointWriter, news: Article, packing: str
) -> None:
    server.says((200, gzip.compress(bytes(50_000_000)), {"Content-Encoding": packing}))
    assert "not a chat completion" in str(refused(writer, news))


@pytest.mark.parametrize(
    "odd", ["\ud800", "\udfff", "\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200f", "\x00", "\ufeff"]
)
def test_surrogates_controls_and_direction_marks_are_taken_out(
    server: Server, writer: EndpointWriter, news: Article, odd: str
) -> None:
    server.says(completion(f"要点：大桥{odd}通车\n摘要：云汀大桥{odd}通车。车程{odd}缩短。"))
    assert writer.drafts(news, 40, 1) == [Draft("大桥通车", "云汀大桥通车。车程缩短。")]


def test_inside_an_event_loop(server: Server, writer: EndpointWriter, news: Article) -> None:
    server.says(completion(GOOD))

    async def notebook() -> list[Draft]:
        return writer.drafts(news, 40, 1)

    assert len(asyncio.run(notebook())) == 1


@pytest.mark.parametrize("status", [401, 403, 404, 405, 302])
def test_refusals_are_not_repeated(
    server: Server, writer: EndpointWriter, news: Article, status: int
) -> None:
    server.says((status, b"", {"Location": "http://127.0.0.1:1/elsewhere"}))
    assert str(status) in str(refused(writer, news))
    assert len(server.asked) == 1


def test_a_server_that_knows_fewer_options(server: Server, writer: EndpointWriter, news: Article) -> None:
    server.says((400, {"error": {"message": "n is not supported"}}, {}), completion(GOOD))
    assert len(writer.drafts(news, 40, 3)) == 1
    assert len(writer.drafts(news, 40, 3)) == 1
    assert ["n" in asked for asked in server.asked] == [True, False, False]


def test_a_request_that_is_refused_however_simple(
    server: Server, writer: EndpointWriter, news: Article
) -> None:
    server.says((400, {"error": {"message": "context length"}}, {}))
    assert "400" in str(refused(writer, news)) and len(server.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{",
        b"<!doctype html><title>Sign in</title>",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b" " * 5_000_000,
        {},
        [],
        "text",
        {"choices": None},
        {"choices": [1]},
        {"choices": [{"message": "text"}]},
        {"error": {"message": "no"}},
    ],
)
def test_answers_that_are_none(server: Server, writer: EndpointWriter, news: Article, answer: Any) -> None:
    server.says(answer)
    assert "not a chat completion" in str(refused(writer, news))


def test_a_refused_connection(server: Server, news: Article) -> None:
    server.http.shutdown()
    server.http.server_close()
    writer = EndpointWriter(f"tiny@{server.url}", timeouts=Timeouts(sleep=lambda _: None))
    assert "cannot reach" in str(refused(writer, news))


@pytest.mark.parametrize("used", [900, None, -5, "many", 10**6])
def test_the_budget(
    server: Server, writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch, used: Any
) -> None:
    monkeypatch.setenv("BRIEFING_MAX_TOKENS", "2500")
    server.says(completion(GOOD, tokens=used))
    for _ in range(9):
        try:
            writer.drafts(news, 40, 1)
        except ModelError as error:
            assert "budget" in str(error) and error.hint and "BRIEFING_MAX_TOKENS" in error.hint.zh
            break
    else:
        pytest.fail("the budget never ended")
    assert len(server.asked) == (1 if used == 10**6 else 2)


def test_what_was_refused_costs_nothing(
    server: Server, writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_MAX_TOKENS", "1200")
    server.says((503, {}, {}), (503, {}, {}), completion(GOOD))
    assert len(writer.drafts(news, 40, 1)) == 1


@pytest.mark.parametrize("stated", ["many", "-1", "1.5", "9" * 5000])
def test_a_budget_that_is_no_number(
    server: Server, writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch, stated: str
) -> None:
    monkeypatch.setenv("BRIEFING_MAX_TOKENS", stated)
    server.says(completion(GOOD))
    assert "whole number" in str(refused(writer, news)) and not server.asked


def test_nothing_is_sent_beyond_the_budget(
    server: Server, writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_MAX_TOKENS", "100")
    server.says(completion(GOOD))
    assert "budget" in str(refused(writer, news)) and not server.asked


@pytest.mark.parametrize(
    "names", [("BRIEFING_API_KEY",), ("OPENAI_API_KEY",), ("BRIEFING_API_KEY", "OPENAI_API_KEY")]
)
def test_the_key_goes_into_one_header_and_nowhere_else(
    server: Server,
    writer: EndpointWriter,
    news: Article,
    names: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    for at, name in enumerate(names):
        monkeypatch.setenv(name, KEY if at == 0 else "sk-other")
    server.says(completion(GOOD), (401, {"error": {"message": f"bad key {KEY}"}}, {}))
    writer.drafts(news, 40, 1)
    error = refused(writer, news)
    assert [headers["Authorization"] for headers in server.headers] == [f"Bearer {KEY}"] * 2
    assert KEY not in json.dumps(server.asked) + "".join(server.paths)
    assert error.hint
    said = f"{error!r} {error.message} {error.hint} {vars(writer)} {writer!r} {caplog.text}" + "".join(
        capfd.readouterr()
    )
    assert KEY not in said


def test_the_key_stays_here_when_the_server_redirects(
    server: Server, writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_API_KEY", KEY)
    other = Server()
    thread = threading.Thread(target=other.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        server.says((307, b"", {"Location": f"{other.url}/chat/completions"}))
        assert "redirects" in str(refused(writer, news))
        assert other.asked == []
    finally:
        other.http.shutdown()
        other.http.server_close()
        thread.join()


def test_the_key_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_API_KEY", KEY)
    assert EndpointWriter("m@http://models.example/v1")._headers() == {}
    assert EndpointWriter("m@https://models.example/v1")._headers() == {"Authorization": f"Bearer {KEY}"}


def test_no_key_where_one_is_needed(news: Article) -> None:
    error = refused(EndpointWriter("m@https://models.example/v1"), news)
    assert "no key for models.example" in str(error)


def test_a_key_that_cannot_be_sent(
    server: Server, writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says(completion(GOOD))
    monkeypatch.setenv("BRIEFING_API_KEY", "密钥" + KEY)
    error = refused(writer, news)
    assert not server.asked and KEY not in str(error)


def test_a_long_article_is_sent_whole_by_parts(server: Server, writer: EndpointWriter) -> None:
    server.says(completion(GOOD))
    article = Article(id="a", headline="云汀", paragraphs=tuple(f"第{n}段通车。" * 40 for n in range(90)))
    assert len(article.text) > 2 * LONGEST
    assert writer.drafts(article, 40, 1) == [Draft("大桥通车", "云汀大桥通车。车程缩短。")]
    sent = [asked["messages"][0]["content"] for asked in server.asked]
    assert len(sent) == 4 and all(text in "".join(sent) for text in article.paragraphs)
    assert "云汀大桥通车。车程缩短。\n云汀大桥通车。车程缩短。" in sent[-1]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tiny",
        "@http://localhost",
        "m@http://",
        "m@http://user:secret@h/v1",
        "m@ftp://h",
        "m@http://[::1",
        "m@http://h:x/",
        "m@https://h/v1?k=1",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(ModelError) as caught:
        EndpointWriter(address)
    assert caught.value.hint and "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("qwen2.5:7b@http://localhost:11434/v1", True),
        ("org/model@v2@https://h/v1", True),
        ("lead", False),
        ("org/model", False),
        ("http://h/v1", False),
    ],
)
def test_is_endpoint(address: str, is_one: bool) -> None:
    assert is_endpoint(address) is is_one


def test_the_address_may_be_given_in_full(server: Server, news: Article) -> None:
    server.says(completion(GOOD))
    writer = EndpointWriter(f"org/model@v2@{server.url}/chat/completions")
    assert writer.name == "org/model@v2" and len(writer.drafts(news, 40, 1)) == 1
    assert server.paths == ["/v1/chat/completions"] and server.asked[0]["model"] == "org/model@v2"


def test_without_the_extra(writer: EndpointWriter, news: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    error = refused(writer, news)
    assert error.hint and "httpx" in error.hint.zh
