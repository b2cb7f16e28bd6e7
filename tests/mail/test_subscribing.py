"""Subscribing, confirming and leaving: by the command, by a link of a letter, by the one click of a mail program."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from library import room
from mail_commands import briefing
from servers import Counting
from test_readers import with_readers
from test_run import DAY, job

from briefing.app import subscribing
from briefing.app.serve import _Desk as Desk
from briefing.app.serve import door_of
from briefing.config import Settings, explicit_settings
from briefing.deliver.subscriptions import Subscription, Subscriptions
from briefing.deliver.tokens import key_at, parts_of, token
from briefing.errors import DeliveryError, UsageError

PUBLIC = "https://room.yunting.test/news"
NO_READER = ""


def rows(folder: Path) -> dict[str, dict[str, str]]:
    found = json.loads(briefing(folder, "subscribe", "--list", "--json").stdout)
    return {one["address"]: one for one in found}


def asked(handler: Counting, n: int = -1) -> Any:
    message = handler.message(n)
    return message, message.get_body(("plain",)).get_content().replace("\r", "")


def public(folder: Path) -> Path:
    file = folder / "briefing.toml"
    file.write_text(file.read_text("utf-8") + f'[serve]\naddress = "{PUBLIC}"\n', encoding="utf-8")
    return folder


def link(text: str) -> str:
    return re.findall(rf"{re.escape(PUBLIC)}/subscription/[\w.-]+", text)[0]


# the command


def test_nobody_is_mailed_who_did_not_confirm(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve(), NO_READER)
    done = briefing(folder, "subscribe", "王五 <wang@yunting.test>")
    assert done.returncode == 0, done.stderr
    message, text = asked(handler)
    assert message["To"] == "王五 <wang@yunting.test>" and "云汀简报" in message["Subject"]
    assert message["List-Unsubscribe"] is None
    assert job(folder, "--date", DAY).returncode == 0
    assert handler.count["wang@yunting.test"] == 1, "the question alone"
    (signed,) = re.findall(r"^[\w-]{20,}\.[\w-]{20,}$", text, re.MULTILINE)
    assert briefing(folder, "subscribe", "--confirm", signed[:-2] + "xx").returncode == 2
    assert briefing(folder, "subscribe", "--confirm", signed).returncode == 0
    assert briefing(folder, "subscribe", "--confirm", signed).returncode == 0, "twice is no harm"
    for _ in range(2):
        assert job(folder, "--date", DAY).returncode == 0
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1, "wang@yunting.test": 2}
    letter, _ = asked(handler)
    assert letter["List-Unsubscribe"].startswith("<mailto:desk@yunting.test?subject=unsubscribe%20")
    assert letter["List-Unsubscribe-Post"] is None
    assert briefing(folder, "unsubscribe", "WANG@yunting.test").returncode == 0
    assert briefing(folder, "subscribe", "--confirm", signed).returncode == 2, (
        "an old letter brings nobody back"
    )
    job(folder, "--date", DAY, "--remake")
    assert handler.count["wang@yunting.test"] == 2
    assert rows(folder)["wang@yunting.test"]["state"] == "left"


def test_who_left_gets_nothing_whatever_the_list_says(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve(), NO_READER)
    assert briefing(folder, "unsubscribe", "A@yunting.test").returncode == 0
    done = job(folder, "--date", DAY)
    assert done.returncode == 0 and "a@yunting.test" in done.stderr
    assert handler.count == {"b@yunting.test": 1}


def test_who_left_is_gone_until_they_confirm_whoever_asks(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve(), NO_READER)
    assert briefing(folder, "unsubscribe", "a@yunting.test").returncode == 0
    for _ in range(2):
        assert briefing(folder, "subscribe", "a@yunting.test").returncode == 0
    assert rows(folder)["a@yunting.test"]["state"] == "left"
    letters = [asked(handler, n)[1] for n in range(2)]
    assert job(folder, "--date", DAY).returncode == 0
    assert handler.count == {"a@yunting.test": 2, "b@yunting.test": 1}, "the two questions alone"
    (signed,) = re.findall(r"^[\w-]{20,}\.[\w-]{20,}$", letters[1], re.MULTILINE)
    assert briefing(folder, "subscribe", "--confirm", signed).returncode == 0
    assert job(folder, "--date", DAY).returncode == 0
    assert handler.count["a@yunting.test"] == 3


def test_one_subscribes_to_an_edition_of_a_reader(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve())
    assert briefing(folder, "subscribe", "wu@yunting.test", "--reader", "nobody").returncode == 2
    done = briefing(folder, "subscribe", "wu@yunting.test", "--reader", "zhang", "--confirmed")
    assert done.returncode == 0 and not handler.letters
    assert job(folder, "--date", DAY).returncode == 0
    assert handler.count["wu@yunting.test"] == 1
    titles = {who: str(handler.message(n)["Subject"]) for n, (who, _) in enumerate(handler.letters)}
    assert "张三的简报" in titles["wu@yunting.test"]


def test_without_a_server_nobody_is_noted(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("", encoding="utf-8")
    assert briefing(tmp_path, "subscribe", "wu@yunting.test").returncode == 2
    assert briefing(tmp_path, "subscribe", "nobody", "--confirmed").returncode == 2
    assert briefing(tmp_path, "subscribe").returncode == 2
    assert rows(tmp_path) == {}


def test_a_question_that_waits_is_asked_by_the_outbox(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, 9, NO_READER)  # nobody listens on the port "discard"
    assert briefing(folder, "subscribe", "wu@yunting.test").returncode == 5
    assert rows(folder)["wu@yunting.test"]["state"] == "pending"
    with_readers(tmp_path, serve(), NO_READER)
    assert briefing(folder, "outbox", "retry").returncode == 0
    assert handler.count == {"wu@yunting.test": 1}


# links


@contextmanager
def app(folder: Path, settings: Settings, password: str = "") -> Iterator[Any]:
    from briefing.serve.door import Door
    from briefing.serve.web import RoomApp

    (folder / "library").mkdir(exist_ok=True)
    with room(folder / "library") as of:
        names = door_of(settings).names
        yield RoomApp(of, Door(password, names), Desk(settings))


def request(to: Any, method: str, path: str, host: str = "room.yunting.test", **headers: str) -> Any:
    from starlette.requests import Request

    sent = [(b"host", host.encode()), *((k.encode(), v.encode()) for k, v in headers.items())]
    scope: Mapping[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": sent,
        "query_string": b"",
        "client": ("192.0.2.1", 1),
    }
    return to.answer(Request(dict(scope)))


def settings(folder: Path) -> Settings:
    return explicit_settings(
        mail={"subscriptions": str(folder / "subscriptions.json"), "from": "desk@yunting.test"},
        serve={"address": PUBLIC},
    )


def test_a_link_confirms_and_one_click_leaves(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    pytest.importorskip("starlette", reason="starlette is not installed")
    folder = public(with_readers(tmp_path, serve(), NO_READER, subscriptions="subscriptions.json"))
    assert briefing(folder, "subscribe", "wang@yunting.test").returncode == 0
    where = link(asked(handler)[1])
    path = where.removeprefix(PUBLIC)
    own = settings(folder)
    with app(tmp_path, own, password="long enough") as room_app:
        assert request(room_app, "GET", "/index.html").status_code == 401
        assert request(room_app, "GET", "/room.css").status_code == 200
        assert request(room_app, "GET", path, host="evil.example").status_code == 421
        for _ in range(2):  # a mail program looks at links on its own
            page = request(room_app, "GET", path)
            assert page.status_code == 200 and b'method="post"' in page.body
            assert rows(folder)["wang@yunting.test"]["state"] == "pending"
        assert request(room_app, "PUT", path).status_code == 405
        assert "订阅好了" in request(room_app, "POST", path).body.decode()
        assert rows(folder)["wang@yunting.test"]["state"] == "active"
        assert job(folder, "--date", DAY).returncode == 0
        by_address = {who: handler.message(n) for n, (who, _) in enumerate(handler.letters)}
        for who in ("wang@yunting.test", "a@yunting.test"):
            letter = by_address[who]
            assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            leave = link(letter["List-Unsubscribe"].replace("\r\n", ""))
            assert leave in letter.get_body(("html",)).get_content()
            assert request(room_app, "GET", leave.removeprefix(PUBLIC)).status_code == 200
            assert rows(folder).get(who, {}).get("state") != "left"
            for _ in range(2):
                assert request(room_app, "POST", leave.removeprefix(PUBLIC)).status_code == 200
            assert rows(folder)[who]["state"] == "left"
        assert request(room_app, "POST", path).status_code == 404, "the old link brings nobody back"
        assert rows(folder)["wang@yunting.test"]["state"] == "left"


def test_no_link_but_ours_does_anything(tmp_path: Path) -> None:
    pytest.importorskip("starlette", reason="starlette is not installed")
    own = settings(tmp_path)
    foreign = token(b"another key", "leave", "", "a@yunting.test")
    with app(tmp_path, own) as room_app:
        for given in (foreign, "x" * 40, f"{foreign[:-1]}!", foreign + "." + foreign):
            for method in ("GET", "POST"):
                assert request(room_app, method, f"/subscription/{given}").status_code in (404, 405)
    assert subscribing.subscriptions(own).all() == []
    key = key_at(tmp_path / "subscriptions.key")
    old = token(key, "confirm", "2020-01-01T00:00:00+00:00", "", "a@b.cn")
    assert subscribing.asked_by(own, old) is None


def test_a_room_that_is_not_public_answers_no_links(tmp_path: Path) -> None:
    pytest.importorskip("starlette", reason="starlette is not installed")
    from briefing.serve.door import Door
    from briefing.serve.web import RoomApp

    signed = token(key_at(tmp_path / "subscriptions.key"), "leave", "", "a@b.cn")
    with room(tmp_path) as of:
        assert (
            request(RoomApp(of, Door()), "POST", f"/subscription/{signed}", host="localhost").status_code
            == 405
        )


# the file and its key


def test_the_key_is_its_owners_and_made_once(tmp_path: Path) -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(key_at(tmp_path / "d" / "k.key"))) for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(made)) == 1 and len(made[0]) == 64
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "d/k.key").stat().st_mode) == 0o600
        (tmp_path / "d/k.key").chmod(0o644)
        with pytest.raises(UsageError):
            key_at(tmp_path / "d" / "k.key")
    assert [path.name for path in (tmp_path / "d").iterdir()] == ["k.key"]


def test_a_token_says_what_was_signed_and_nothing_else() -> None:
    key = b"0" * 64
    made = token(key, "leave", "", "王@yunting.test")
    assert parts_of(key, made) == ("leave", "", "王@yunting.test")
    assert re.fullmatch(r"[\w.-]+", made)
    said, _, signature = made.partition(".")
    other = base64.urlsafe_b64encode(b"leave\n\nx@yunting.test").decode().rstrip("=")
    for wrong in (
        f"{other}.{signature}",
        f"{said}.",
        f"{said}",
        f"{said}.{signature}A",
        "王.王",
        "",
        "." * 5000,
    ):
        assert parts_of(key, wrong) is None
    assert parts_of(b"1" * 64, made) is None


def test_several_change_the_file_at_once(tmp_path: Path) -> None:
    box = Subscriptions(tmp_path / "s.json")

    def join(n: int) -> None:
        one = Subscription(address=f"r{n}@yunting.test", state="active", changed="2026-11-20T00:00:00+00:00")
        box.change(one.address, lambda _: one)

    threads = [threading.Thread(target=join, args=(n,)) for n in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(box.all()) == 16
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "s.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"subscriptions": [{"address": "a"}]}', '{"subscriptions": [{"address": "a@b.cn", "state": "x", "changed": ""}]}'])  # fmt: skip
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "s.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeliveryError):
        Subscriptions(file).change("a@b.cn", lambda _: None)
    assert file.read_text("utf-8") == text
