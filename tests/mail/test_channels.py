"""Chat channels, against servers that answer as the channels' documents say, errors included."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from mail_commands import PAGES, briefing

from briefing.app.channels import fitted_message
from briefing.config import explicit_settings
from briefing.deliver.channels import KINDS, Channel, judged, measure, request
from briefing.deliver.replies import DeliveryStatus
from briefing.deliver.secret import Secret
from briefing.render.channel import message
from briefing.types import Article, Briefing, Section, Sentence, Story, Summary

DAY = "2026-11-20"
GROUPS = ("wecom", "dingtalk", "feishu", "telegram", "slack")
YES = {
    "wecom": (200, '{"errcode":0,"errmsg":"ok"}'),
    "dingtalk": (200, '{"errcode":0,"errmsg":"ok"}'),
    "feishu": (200, '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}'),
    "telegram": (200, '{"ok":true,"result":{"message_id":1}}'),
    "slack": (200, "ok"),
    "webhook": (204, ""),
}
NO = {
    "wecom": [
        (200, '{"errcode":93000,"errmsg":"invalid webhook url"}'),
        (200, '{"errcode":"0"}'),
        (200, "ok"),
    ],
    "dingtalk": [
        (200, '{"errcode":310000,"errmsg":"sign not match"}'),
        (200, "{}"),
        (200, '{"errcode":false}'),
    ],
    "feishu": [(200, '{"code":19021,"msg":"sign match fail"}'), (400, '{"code":9499}x'), (200, "[0]")],
    "telegram": [(400, '{"ok":false,"error_code":400,"description":"chat not found"}'), (200, '{"ok":1}')],
    "slack": [(404, "no_service"), (200, "invalid_payload"), (200, "")],
    "webhook": [(302, ""), (400, ""), (410, "")],
}
BUSY = {
    "wecom": (200, '{"errcode":45009,"errmsg":"api freq out of limit"}'),
    "dingtalk": (200, '{"errcode":130101,"errmsg":"send too fast"}'),
    "feishu": (200, '{"code":11232,"msg":"frequency limited"}'),
    "telegram": (429, '{"ok":false,"error_code":429,"parameters":{"retry_after":5}}'),
    "slack": (429, "rate_limited"),
    "webhook": (503, ""),
}


def channel(kind: str, secret: str = "") -> Channel:
    address = Secret("https://robot.example.cn/send?key=s3cr3t")
    return Channel(name="desk", kind=kind, address=address, secret=Secret(secret), chat="-100")


def many(count: int, text: str = "云汀港今天开通新航线，首班货船上午离港，载货三千吨。") -> Briefing:
    stories = tuple(
        Story(
            article=Article(id=str(n), headline=f"第{n}条：云汀港 *开通* <新>航线 @所有人", paragraphs=(text,), paper="云汀日报", page_number="01"),
            summary=Summary(gist=text[:20], sentences=(Sentence(text=text, evidence=((0, len(text)),)),), model="x"),
            score=float(count - n),
        )
        for n in range(count)
    )  # fmt: skip
    sections = (
        Section(name="要闻", stories=stories[: count // 2]),
        Section(name="经济", stories=stories[count // 2 :]),
    )
    return Briefing(title="云汀简报", date=datetime.date(2026, 11, 20), sections=sections)


@pytest.mark.parametrize("kind", GROUPS)
@pytest.mark.parametrize("count", [1, 12, 60, 400])
def test_one_message_always_fits(kind: str, count: int) -> None:
    text = fitted_message(many(count), channel(kind), explicit_settings())
    assert 0 < measure(KINDS[kind], text) <= 1
    assert "云汀简报" in text and "经济" in text
    assert count == 1 or "要闻" in text
    if count <= 12:
        assert text.count("第0条") == 1
    if count == 400:
        assert measure(KINDS[kind], text) > 0.6, "room was left"


@pytest.mark.parametrize("kind", GROUPS)
def test_words_of_articles_are_no_markup(kind: str) -> None:
    text = message(many(1), kind, "zh")
    assert "<新>" not in text and "@" not in text
    if kind in ("wecom", "dingtalk", "feishu"):
        assert "*开通*" not in text
    if kind == "telegram":
        assert "&lt;新&gt;" in text
    if kind == "slack":
        assert "*开通*" not in text and "&lt;新&gt;" in text


@pytest.mark.parametrize("kind", [*GROUPS, "webhook"])
def test_only_the_documented_yes_is_yes(kind: str) -> None:
    status, body = YES[kind]
    assert judged(KINDS[kind], status, body.encode()).status is DeliveryStatus.SENT
    for status, body in NO[kind]:
        assert judged(KINDS[kind], status, body.encode()).status is DeliveryStatus.REFUSED, body
    status, body = BUSY[kind]
    assert judged(KINDS[kind], status, body.encode()).status is DeliveryStatus.DEFERRED
    for status in (500, 504):
        assert judged(KINDS[kind], status, b"").status is DeliveryStatus.UNKNOWN


def test_signatures_are_as_the_documents_say() -> None:
    address, _, _ = request(channel("dingtalk", secret="SEC秘"), {})
    query = parse_qs(urlsplit(address).query)
    (moment,), (sign,) = query["timestamp"], query["sign"]
    wanted = hmac.new("SEC秘".encode(), f"{moment}\nSEC秘".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign) == wanted and len(moment) == 13 and query["key"] == ["s3cr3t"]
    _, _, body = request(channel("feishu", secret="秘"), {"msg_type": "text"})
    told = json.loads(body)
    key = f"{told['timestamp']}\n秘".encode()
    assert base64.b64decode(told["sign"]) == hmac.new(key, b"", hashlib.sha256).digest()
    _, headers, body = request(channel("webhook", secret="x"), {"a": 1})
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = hmac.new(b"x", signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(wanted).decode()


class Robot(BaseHTTPRequestHandler):
    """Answers each path as it is told, and keeps what it took."""

    answers: ClassVar[dict[str, list[tuple[int, str] | None]]] = {}
    taken: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        kind = self.path.strip("/").partition("?")[0]
        waiting = self.answers.get(kind)
        answer = waiting.pop(0) if waiting else YES[kind]
        if answer is None:
            self.close_connection = True
            return
        if answer == YES[kind]:
            self.taken.append((kind, body))
        self.send_response(answer[0])
        self.send_header("content-length", str(len(answer[1].encode())))
        self.end_headers()
        self.wfile.write(answer[1].encode())

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def robot() -> Iterator[int]:
    Robot.answers, Robot.taken = {}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def desk(folder: Path, port: int, kinds: tuple[str, ...] = (*GROUPS, "webhook")) -> Path:
    lines = [
        f"sources = [{json.dumps(str(PAGES))}]",
        'out = "out"',
        'format = ["md"]',
        "[archive]",
        'database = "a.sqlite3"',
    ]
    for kind in kinds:
        (folder / f"{kind}.secret").write_text("s3cr3t-of-robot", encoding="utf-8")
        (folder / f"{kind}.secret").chmod(0o600)
        lines += [
            "[[channels]]",
            f'name = "desk"\nkind = "{kind}"' if len(kinds) == 1 else f'name = "{kind}"\nkind = "{kind}"',
        ]
        lines += [
            f'address = "http://127.0.0.1:{port}/{kind}?key=t0ken-of-robot"',
            f'secret_file = "{kind}.secret"',
            'chat = "-100"',
        ]
    (folder / "briefing.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def run(folder: Path) -> Any:
    return briefing(folder, "run", "--date", DAY, "--json", BRIEFING_MODEL="extract")


def test_each_channel_gets_an_edition_once(robot: int, tmp_path: Path) -> None:
    folder = desk(tmp_path, robot)
    for _ in range(2):
        done = run(folder)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)[0]["deliveries"] == {"sent": 6}
    assert sorted(kind for kind, _ in Robot.taken) == sorted((*GROUPS, "webhook"))
    told = dict(Robot.taken)
    assert told["webhook"]["data"]["schema"] == "briefing/1"
    assert told["telegram"]["chat_id"] == "-100" and len(told["telegram"]["text"]) <= 4096
    assert len(told["wecom"]["markdown"]["content"].encode()) <= 4096
    shown = json.loads(briefing(folder, "archive", "show", "--json").stdout)
    assert {(one["channel"], one["state"]) for one in shown["receipts"]} == {
        (k, "sent") for k in (*GROUPS, "webhook")
    }


def test_one_channel_that_fails_costs_only_itself_and_tells_no_secret(robot: int, tmp_path: Path) -> None:
    folder = desk(tmp_path, robot, ("wecom", "slack"))
    Robot.answers["wecom"] = [(200, '{"errcode":93000,"errmsg":"bad key t0ken-of-robot s3cr3t-of-robot"}')]
    done = run(folder)
    assert done.returncode == 5
    assert [kind for kind, _ in Robot.taken] == ["slack"]
    listed = briefing(folder, "outbox", "list", "--json")
    (row,) = json.loads(listed.stdout)
    assert (row["state"], row["address"]) == ("refused", "wecom:wecom")
    kept = b"".join(path.read_bytes() for path in (folder / "data").rglob("*") if path.is_file())
    for secret in ("t0ken-of-robot", "s3cr3t-of-robot"):
        assert (
            secret
            not in done.stdout + done.stderr + listed.stdout + briefing(folder, "config", "show").stdout
        )
        assert secret.encode() not in kept
    assert briefing(folder, "outbox", "retry").returncode == 0
    assert [kind for kind, _ in Robot.taken] == ["slack", "wecom"]
    assert run(folder).returncode == 0
    assert len(Robot.taken) == 2


def test_a_line_lost_after_the_message_is_uncertain_and_not_sent_again(robot: int, tmp_path: Path) -> None:
    folder = desk(tmp_path, robot, ("slack",))
    Robot.answers["slack"] = [None]
    for _ in range(2):
        assert run(folder).returncode == 5
    assert Robot.taken == []
    (row,) = json.loads(briefing(folder, "outbox", "list", "--json").stdout)
    assert (row["state"], row["address"]) == ("unknown", "slack:desk")
    assert briefing(folder, "outbox", "retry").returncode == 0
    assert Robot.taken == []
    assert briefing(folder, "outbox", "retry", "--unknown").returncode == 0
    assert len(Robot.taken) == 1


def test_a_secret_that_cannot_sign_is_said_before_anything_is_made(robot: int, tmp_path: Path) -> None:
    folder = desk(tmp_path, robot, ("webhook",))
    (folder / "webhook.secret").write_text("whsec_no base64 at all!", encoding="utf-8")
    done = run(folder)
    assert done.returncode == 2 and "whsec_" in done.stderr
    assert not (folder / "out").exists() and Robot.taken == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('name = "a"\nkind = "wecom"', "address"),
        ('name = "a"\nkind = "telegram"\naddress = "https://a.cn/x"', "chat"),
        ('name = "a"\nkind = "icq"\naddress = "https://a.cn/x"', "wecom"),
        ('name = "a b"\nkind = "wecom"', "name"),
        ('name = "a"\nkind = "slack"\naddress = "https://a.cn/x"\n[[channels]]\nname = "a"\nkind = "wecom"\naddress = "https://a.cn/y"', "a"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_before_anything_is_made(tmp_path: Path, lines: str, words: str) -> None:
    text = f"sources = [{json.dumps(str(PAGES))}]\n[[channels]]\n{lines}\n"
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    done = run(tmp_path)
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr
