"""Channels by Apprise, against a server on this machine that takes its json:// and form:// messages."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from mail_commands import PAGES, briefing
from test_channels import many
from test_run import begun

pytest.importorskip("apprise", reason="the extra apprise is not installed")

from briefing.app.channels import fitted_message
from briefing.config import explicit_settings
from briefing.deliver.apprise_service import judged, service
from briefing.deliver.channels import Channel
from briefing.deliver.replies import DeliveryStatus
from briefing.deliver.secret import Secret
from briefing.errors import UsageError

# Apprise looks for pictures with a module that Python 3.13 no longer has.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
DAY = "2026-11-20"
TOKEN = "t0ken-of-service"


class Taking(BaseHTTPRequestHandler):
    """Answers as it is told, 200 else, and keeps what it took."""

    answers: ClassVar[list[int | None]] = []
    taken: ClassVar[list[dict[str, Any]]] = []
    wait: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        answer = self.answers.pop(0) if self.answers else 200
        if answer is None:  # takes it, and breaks off
            self.taken.append(body)
            self.close_connection = True
            return
        if answer == 200:
            self.taken.append(body)
        self.wait.wait(20)
        said = f"no {self.path} {self.headers}".encode()
        self.send_response(answer)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def taking() -> Iterator[int]:
    Taking.answers, Taking.taken, Taking.wait = [], [], threading.Event()
    Taking.wait.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    Taking.wait.set()
    server.shutdown()
    server.server_close()


def desk(folder: Path, address: str) -> Path:
    (folder / "apprise.address").write_text(address, encoding="utf-8")
    (folder / "apprise.address").chmod(0o600)
    lines = [
        f"sources = [{json.dumps(str(PAGES))}]",
        'title = "云汀简报"',
        'out = "out"',
        'format = ["html", "json"]',
    ]
    lines += [
        "[archive]",
        'database = "archive.sqlite3"',
        "[[channels]]",
        'name = "phone"',
        'kind = "apprise"',
    ]
    (folder / "briefing.toml").write_text(
        "\n".join([*lines, 'address_file = "apprise.address"']) + "\n", encoding="utf-8"
    )
    return folder


def run(folder: Path) -> Any:
    return briefing(folder, "run", "--date", DAY, "--json", BRIEFING_MODEL="extract")


def states(folder: Path) -> list[str]:
    return [one["state"] for one in json.loads(briefing(folder, "outbox", "list", "--all", "--json").stdout)]


def test_a_service_gets_an_edition_once(taking: int, tmp_path: Path) -> None:
    folder = desk(tmp_path, f"json://u:{TOKEN}@127.0.0.1:{taking}/desk?retry=3")
    for _ in range(2):
        done = run(folder)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)[0]["deliveries"] == {"sent": 1}
    (told,) = Taking.taken
    assert told["title"] == f"云汀简报 {DAY}"
    assert told["message"].startswith("云汀简报") and "■ " in told["message"]
    assert "</" not in told["message"] and "**" not in told["message"]
    assert briefing(folder, "doctor").returncode == 0


@pytest.mark.parametrize(("answer", "state"), [(404, "refused"), (500, "unknown"), (None, "unknown")])
def test_a_no_is_told_apart_and_tells_no_secret(
    taking: int, tmp_path: Path, answer: int | None, state: str
) -> None:
    folder = desk(tmp_path, f"json://u:{TOKEN}@127.0.0.1:{taking}/{TOKEN}")
    Taking.answers = [answer]
    done = run(folder)
    assert done.returncode == 5, done.stderr
    assert states(folder) == [state]
    listed = briefing(folder, "outbox", "list").stdout
    kept = b"".join(path.read_bytes() for path in (folder / "data").rglob("*") if path.is_file())
    assert TOKEN not in done.stdout + done.stderr + listed + briefing(folder, "config", "show").stdout
    assert TOKEN.encode() not in kept
    before = len(Taking.taken)
    assert run(folder).returncode == 5 and len(Taking.taken) == before, "not sent again unasked"
    assert briefing(folder, "outbox", "retry", "--unknown").returncode == 0
    assert states(folder) == ["sent"]


def test_what_a_no_means() -> None:
    assert judged(True, "").status is DeliveryStatus.SENT
    for said, status in (
        ("Failed to send: Too Many Requests, error=429.", DeliveryStatus.DEFERRED),
        ("Failed to send: Bad Gateway, error=502.", DeliveryStatus.DEFERRED),
        ("Failed to send: error=403.", DeliveryStatus.REFUSED),
        ("Failed to send: error=500.", DeliveryStatus.UNKNOWN),
        ("Socket Exception: NewConnectionError: refused", DeliveryStatus.DEFERRED),
        ("Socket Exception: ReadTimeout", DeliveryStatus.UNKNOWN),
        ("the service said errcode 93000", DeliveryStatus.REFUSED),
    ):
        assert judged(False, said).status is status, said
        assert judged(False, said, targets=2).status is DeliveryStatus.UNKNOWN


@pytest.mark.parametrize(
    ("address", "limit", "unit"),
    [
        ("wecombot://botkey", 2048, "bytes"),
        ("dingtalk://token", 19_985, "bytes"),
        ("ntfy://yunting-desk", 4000, "bytes"),
        ("tgram://123456789:abcdefghijklmnopqrstuvwxyz123456789/-100", 4096, "characters"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", 2000, "characters"),
        ("json://127.0.0.1/x", 32_768, "characters"),
    ],
)
@pytest.mark.parametrize("count", [1, 12, 400])
def test_one_message_fits_the_service(address: str, limit: int, unit: str, count: int) -> None:
    found = service(Secret(address))
    assert (found.limit, found.unit) == (limit, unit)
    channel = Channel(name="phone", kind="apprise", address=Secret(address), secret=Secret(""))
    text = fitted_message(many(count), channel, explicit_settings())
    assert len(text.encode() if unit == "bytes" else text) <= limit
    assert "云汀简报" in text and "@" not in text
    if count == 400:
        assert found.size(text) > 0.6, "room was left"


@pytest.mark.parametrize("address", ["nothing://x", "json://", "http://127.0.0.1/x y"])
def test_an_address_that_is_none_is_said_before_anything_is_made(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError):
        service(Secret(address))
    done = run(desk(tmp_path, address))
    assert done.returncode == 2 and "phone" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_before_the_answer_it_is_unknown_and_not_sent_again(taking: int, tmp_path: Path) -> None:
    folder = desk(tmp_path, f"json://127.0.0.1:{taking}/desk")
    Taking.wait.clear()
    started = begun(folder)
    while not Taking.taken:
        assert started.poll() is None
        threading.Event().wait(0.02)
    started.kill()
    started.wait(30)
    Taking.wait.set()
    for _ in range(2):
        assert run(folder).returncode == 5
    assert len(Taking.taken) == 1
    assert states(folder) == ["unknown"]
