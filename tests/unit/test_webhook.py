"""What a webhook and a health check hear, and that neither spoils a run."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from briefing.app.run_report import RunReport
from briefing.app.run_watchers import Watchers
from briefing.config import explicit_settings
from briefing.deliver.secret import Secret
from briefing.deliver.webhook import VARIABLE, ping, signature, tell, webhook_secret
from briefing.errors import UsageError
from briefing.messages import Message


class Listening(BaseHTTPRequestHandler):
    heard: ClassVar[list[tuple[str, str, dict[str, str], bytes]]] = []
    codes: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.heard.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.codes.pop(0) if self.codes else 204)
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815  # as http.server has it

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Listening.heard, Listening.codes = [], []
    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


def test_what_is_told_is_signed(address: str) -> None:
    assert tell(address, "briefing.made", {"day": "2026-11-20", "标题": "云汀"}, Secret("秘密")) is None
    ((method, path, headers, body),) = Listening.heard
    assert (method, path) == ("POST", "/hook")
    told = json.loads(body)
    assert (told["type"], told["data"]) == ("briefing.made", {"day": "2026-11-20", "标题": "云汀"})
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new("秘密".encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"


def test_a_signature_as_the_specification_has_it() -> None:
    """The example of standard-webhooks/spec, standard-webhooks.md."""
    secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body) == wanted


def test_without_a_secret_nothing_is_signed(address: str) -> None:
    assert tell(address, "briefing.made", {}, Secret("")) is None
    assert "webhook-signature" not in Listening.heard[0][2]


def test_it_is_tried_three_times(address: str) -> None:
    Listening.codes = [500, 503, 200]
    assert tell(address, "briefing.made", {}, Secret("x"), pause=lambda seconds: None) is None
    assert len({headers["webhook-id"] for _, _, headers, _ in Listening.heard}) == 1
    assert len(Listening.heard) == 3


@pytest.mark.parametrize("code", [302, 404, 500])
def test_no_yes_is_a_note_without_the_address(address: str, code: int) -> None:
    Listening.codes = [code] * 3
    said = tell(address, "briefing.made", {}, Secret("x"), pause=lambda seconds: None)
    assert said is not None and said.note
    assert str(code) in said.message.zh
    assert "127.0.0.1" not in f"{said.source}{said.message}{said.hint}"


@pytest.mark.parametrize("wrong", ["http://127.0.0.1:1/", "http://[", "http://127.0.0.1:99999/"])
def test_an_address_that_is_none_is_a_note(wrong: str) -> None:
    assert tell(wrong, "briefing.made", {}, Secret("x"), pause=lambda seconds: None) is not None
    assert ping(wrong, "start") is not None


def test_a_health_check_is_asked_at_its_three_moments(address: str) -> None:
    for moment in ("start", "success", "fail"):
        assert ping(address, moment) is None  # type: ignore[arg-type]
    assert [(method, path) for method, path, *_ in Listening.heard] == [
        ("GET", "/hook/start"),
        ("GET", "/hook"),
        ("GET", "/hook/fail"),
    ]


def test_where_the_secret_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("of the file\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert webhook_secret(None).value == ""
    assert webhook_secret(file).value == "of the file"
    monkeypatch.setenv(VARIABLE, "of the environment")
    assert webhook_secret(file).value == "of the environment"
    with pytest.raises(UsageError):
        signature(Secret("whsec_???"), "a", "1", b"")
    with pytest.raises(UsageError, match="secret does not belong"):
        explicit_settings(job={"webhook_secret": "x"})


def test_what_is_told_of_each_outcome(address: str) -> None:
    def report(code: int, error: Message | None = None) -> RunReport:
        return RunReport(
            day=datetime.date(2026, 11, 20), edition="daily", started="t", code=code, error=error
        )

    none = Message("没有新闻", "no news")
    watchers = Watchers(explicit_settings(job={"webhook": address}))
    assert watchers.ended([report(0, none), report(3, none), report(5), report(1), report(0)]) == []
    told = [json.loads(body)["type"].removeprefix("briefing.") for *_, body in Listening.heard]
    assert told == ["failed", "failed", "made", "made"]
