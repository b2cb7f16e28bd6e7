"""What every Writer keeps to, whatever it runs on."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from tiny_checkpoints import Checkpoints

from briefing.errors import ModelError
from briefing.summarization.generate.writer import Draft, Writer
from briefing.types import Article

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # sentencepiece's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
ODD = [
    (),
    ("",),
    (" \n\u3000",),
    ("。",),
    ("云",),
    ("</s><|im_end|><pad>[SEP]",),
    ("\x00\ufffd😀\u200b",),
    ("3.5",),
    ("a" * 700,),
    ("云汀",) * 60,
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server that always answers the same, as many times as asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            count = json.loads(self.rfile.read(int(self.headers["Content-Length"]))).get("n", 1)
            said = [{"message": {"content": f"要点：通车\n摘要：通车{'了' * at}。"}} for at in range(count)]
            data = json.dumps({"choices": said}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None: ...

    http = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/v1"
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture(scope="module")
def writers(
    url: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Writer]:
    def checkpoint(family: str) -> Writer:
        from briefing.summarization.generate.transformers import TransformersWriter

        made: Checkpoints = request.getfixturevalue("checkpoint")
        return TransformersWriter(str(made(family)))

    def folder() -> Writer:
        pytest.importorskip("ctranslate2", reason="ctranslate2 is not installed")
        from ctranslate2.converters import TransformersConverter

        from briefing.summarization.generate.ctranslate import CTranslateWriter

        source: Path = request.getfixturevalue("checkpoint")("t5")
        to = tmp_path_factory.mktemp("writers") / "t5"
        TransformersConverter(str(source), copy_files=["spiece.model"]).convert(str(to))
        return CTranslateWriter(to, threads=1)

    def endpoint() -> Writer:
        pytest.importorskip("httpx", reason="httpx is not installed")
        from briefing.summarization.generate.endpoint import EndpointWriter

        return EndpointWriter(f"tiny@{url}")

    made: dict[str, Writer] = {}

    def make(kind: str) -> Writer:
        if kind not in made:
            made[kind] = {"endpoint": endpoint, "folder": folder}.get(kind, lambda: checkpoint(kind))()
        return made[kind]

    return make


each = pytest.mark.parametrize("kind", ["bart", "t5", "qwen", "llama", "folder", "endpoint"])


@each
@pytest.mark.parametrize("count", [0, 1, 4])
def test_at_most_so_many_different_drafts_and_the_same_again(
    writers: Callable[[str], Writer], kind: str, count: int, news: Article
) -> None:
    writer = writers(kind)
    found = writer.drafts(news, 60, count)
    assert isinstance(found, list) and all(isinstance(draft, Draft) for draft in found)
    assert len(found) <= count and len(set(found)) == len(found)
    assert bool(found) is bool(count)
    assert found == writer.drafts(news, 60, count)
    assert all(draft.gist or draft.summary for draft in found)


@each
def test_a_name_without_a_path_or_an_address(writers: Callable[[str], Writer], kind: str) -> None:
    name = writers(kind).name
    assert name and "/" not in name and "://" not in name


@each
def test_bound_drafts_are_promised_by_none(
    writers: Callable[[str], Writer], kind: str, news: Article
) -> None:
    assert writers(kind).drafts(news, 60, 2, bound=True) == []


@each
@pytest.mark.parametrize("paragraphs", ODD, ids=range(len(ODD)))
def test_odd_articles(writers: Callable[[str], Writer], kind: str, paragraphs: tuple[str, ...]) -> None:
    found = writers(kind).drafts(Article(id="a", headline="", paragraphs=paragraphs), 30, 2)
    assert len(found) <= 2
    if not "".join(paragraphs).strip():
        assert found == []


@each
@pytest.mark.parametrize("length", [-1, 0, 1, 400, 100_000])
def test_odd_lengths(writers: Callable[[str], Writer], kind: str, length: int, news: Article) -> None:
    try:
        found = writers(kind).drafts(news, length, 1)
    except ModelError as error:
        assert error.hint
    else:
        assert len(found) <= 1
