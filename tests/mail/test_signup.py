"""Subscribing by the reading room's form: every address is answered alike, asked once a day, and confirmed by a letter."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from library import room
from servers import Counting
from test_subscribing import PUBLIC, asked, link, request

from briefing.app import subscribing
from briefing.app.serve import _Desk as Desk
from briefing.app.serve import door_of
from briefing.app.signup import Signups
from briefing.config import Settings, explicit_settings
from briefing.errors import BriefingError, UsageError
from briefing.serve.limits import Limit, client_of
from briefing.serve.signup import SignupPage

pytest.importorskip("starlette", reason="starlette is not installed")
FORM = {"content-type": "application/x-www-form-urlencoded"}


def desk_settings(folder: Path, port: int, **serve: object) -> Settings:
    return explicit_settings(
        title="云汀简报",
        mail={
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
            "from": "desk@yunting.test",
            "retries": 0,
            "outbox": str(folder / "outbox.sqlite3"),
            "subscriptions": str(folder / "subscriptions.json"),
        },
        serve={"address": PUBLIC, "subscribe": True} | serve,
        reader=(
            {"name": "zhang", "title": "张三的简报", "public": True},
            {"name": "li", "title": "李四的简报"},
        ),
    )


class Form:
    """The form as a browser fills it in."""

    def __init__(self, app: Any, signups: Signups) -> None:
        self.app, self.signups = app, signups

    def page(self, **headers: str) -> str:
        return str(request(self.app, "GET", "/subscribe.html", **headers).body.decode())

    def post(self, address: str, *, client: str = "192.0.2.1", headers: Any = (), **fields: str) -> Any:
        (seal,) = re.findall(r'name="seal" value="([^"]+)"', self.page())
        body = urlencode({"address": address, "edition": "", "website": "", "seal": seal} | fields).encode()
        return self.send(body, client, **dict(headers))

    def send(self, body: bytes, client: str = "192.0.2.1", **headers: str) -> Any:
        from starlette.requests import Request

        sent = {"host": "room.yunting.test"} | FORM | headers
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/subscribe.html",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "query_string": b"",
            "client": (client, 1),
        }
        answer = self.app.answer(Request(scope), body)
        self.signups.done()
        return answer


@contextmanager
def form(folder: Path, settings: Settings, most: int = 100) -> Iterator[Form]:
    from briefing.serve.door import Door
    from briefing.serve.web import RoomApp

    failures: list[BriefingError] = []
    signups = Signups(settings, failures.append)
    (folder / "library").mkdir(exist_ok=True)
    with room(folder / "library") as of:
        page = SignupPage(of, signups, Limit(most, 600), Limit(1000, 3600))
        door = Door("long enough", door_of(settings).names)
        yield Form(RoomApp(of, door, Desk(settings), page), signups)


def test_a_stranger_is_asked_and_confirms(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    settings = desk_settings(tmp_path, serve())
    with form(tmp_path, settings) as filled:
        page = filled.page()
        assert "云汀简报" in page and "张三的简报" in page and "李四" not in page, "only public editions"
        assert "<script" not in page and 'type="email"' in page
        answer = filled.post("wang@yunting.test", edition="zhang")
        assert answer.status_code == 200 and "set-cookie" not in answer.headers
        assert subscribing.subscriptions(settings).all() == [], "nothing is noted of who did not confirm"
        message, text = asked(handler)
        assert message["To"] == "wang@yunting.test"
        where = link(text).removeprefix(PUBLIC)
        assert "确认订阅" in request(filled.app, "GET", where).body.decode()
        for _ in range(2):
            assert "订阅好了" in request(filled.app, "POST", where).body.decode()
    (one,) = subscribing.subscriptions(settings).all()
    assert (one.address, one.reader, one.state) == ("wang@yunting.test", "zhang", "active")
    subscribing.left(settings, "wang@yunting.test")
    assert subscribing.done(settings, where.rpartition("/")[2]) is None, "an old letter brings nobody back"


def test_every_address_is_answered_alike(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    settings = desk_settings(tmp_path, serve())
    for address in ("active@yunting.test", "left@yunting.test"):
        subscribing.begun(settings, address, "", confirmed=True)
    subscribing.left(settings, "left@yunting.test")
    before = subscribing.subscriptions(settings).all()
    with form(tmp_path, settings) as filled:
        answers = [
            filled.post(f"{who}@yunting.test") for who in ("active", "left", "new", "new", "NEW", "left")
        ]
        assert len({(one.status_code, one.body) for one in answers}) == 1
        filled.post("new@yunting.test", edition="zhang")
    assert subscribing.subscriptions(settings).all() == before
    assert handler.count == {"left@yunting.test": 1, "new@yunting.test": 1}, "once a day, never who has it"


def test_a_stranger_changes_nobodys_edition(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    settings = desk_settings(tmp_path, serve())
    subscribing.begun(settings, "wang@yunting.test", "", confirmed=True)
    with form(tmp_path, settings) as filled:
        filled.post("wang@yunting.test", edition="zhang")
        assert subscribing.subscriptions(settings).all()[0].reader == ""
        subscribing.done(settings, link(asked(handler)[1]).rpartition("/")[2])
    assert subscribing.subscriptions(settings).all()[0].reader == "zhang", "their own click does"


@pytest.mark.parametrize(
    ("address", "fields", "headers", "status"),
    [
        ("nobody", {}, {}, 400),
        ("a@b@c", {}, {}, 400),
        ("王 <wang@yunting.test>", {}, {}, 400),
        ("a@yunting.test\r\nBcc: b@yunting.test", {}, {}, 400),
        ("wang@yunting.test", {"edition": "li"}, {}, 400),
        ("wang@yunting.test", {"edition": "none"}, {}, 400),
        ("wang@yunting.test", {"seal": "x"}, {}, 400),
        ("wang@yunting.test", {"seal": ""}, {}, 400),
        ("wang@yunting.test", {"website": "http://spam.example"}, {}, 200),
        ("wang@yunting.test", {}, {"sec-fetch-site": "cross-site"}, 403),
        ("wang@yunting.test", {}, {"origin": "https://evil.example"}, 403),
        ("wang@yunting.test", {}, {"content-type": "text/plain"}, 403),
        ("wang@yunting.test", {}, {"host": "evil.example"}, 421),
    ],
)
def test_what_is_no_wish_of_a_reader_sends_nothing(
    serve: Callable[..., int],
    handler: Counting,
    tmp_path: Path,
    address: str,
    fields: dict[str, str],
    headers: dict[str, str],
    status: int,
) -> None:
    with form(tmp_path, desk_settings(tmp_path, serve())) as filled:
        assert filled.post(address, headers=headers.items(), **fields).status_code == status
        assert filled.send(b"&".join(b"a=1" for _ in range(99))).status_code == 400
        assert filled.send(b"\xff\xfe").status_code == 400
    assert not handler.letters


def test_a_browsers_own_words_are_taken(serve: Callable[..., int], handler: Counting, tmp_path: Path) -> None:
    with form(tmp_path, desk_settings(tmp_path, serve())) as filled:
        for n, headers in enumerate(
            ({"sec-fetch-site": "same-origin", "origin": "null"}, {"origin": "https://room.yunting.test"}, {})
        ):
            assert filled.post(f"r{n}@yunting.test", headers=headers.items()).status_code == 200
    assert len(handler.letters) == 3


def test_who_sends_too_many_forms_waits(serve: Callable[..., int], handler: Counting, tmp_path: Path) -> None:
    with form(tmp_path, desk_settings(tmp_path, serve()), most=3) as filled:
        codes = [filled.post(f"r{n}@yunting.test").status_code for n in range(5)]
        assert codes == [200, 200, 200, 429, 429]
        assert filled.post("other@yunting.test", client="198.51.100.7").status_code == 200
    assert len(handler.letters) == 4


def test_a_question_that_could_not_be_sent_waits_in_the_outbox(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    with form(tmp_path, desk_settings(tmp_path, 9)) as filled:  # nobody listens on the port "discard"
        assert filled.post("wang@yunting.test").status_code == 200
    from briefing.app.outbox import send_due

    settings = desk_settings(tmp_path, serve())
    assert [one.address for one in send_due(settings)] == ["wang@yunting.test"]
    assert send_due(settings) == [] and handler.count == {"wang@yunting.test": 1}


def test_a_form_that_is_too_long_or_never_ends_is_refused(
    serve: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.serve.web.PATIENCE", 0.2)

    def answered(app: Any, *chunks: bytes) -> int:
        given, said = list(chunks), []

        async def receive() -> Any:
            if given:
                return {"type": "http.request", "body": given.pop(0), "more_body": True}
            return await asyncio.Event().wait()

        async def send(message: Any) -> None:
            said.append(message)

        headers = [(b"host", b"room.yunting.test"), (b"content-type", FORM["content-type"].encode())]
        scope = {"type": "http", "method": "POST", "path": "/subscribe.html", "headers": headers}
        asyncio.run(app(scope | {"query_string": b"", "client": ("192.0.2.1", 1)}, receive, send))
        return int(said[0]["status"])

    with form(tmp_path, desk_settings(tmp_path, serve())) as filled:
        assert answered(filled.app, b"x" * 5000) == 413
        assert answered(filled.app, b"address=") == 413


def test_the_form_is_there_only_where_it_was_asked_for(tmp_path: Path) -> None:
    settings = desk_settings(tmp_path, 9)
    with pytest.raises(UsageError):
        Signups(
            settings.model_copy(update={"serve": settings.serve.model_copy(update={"address": ""})}), print
        )
    with pytest.raises(UsageError):
        Signups(explicit_settings(serve={"address": PUBLIC, "subscribe": True}), print)
    with room(tmp_path) as of:
        assert of.page("subscribe.html").status == 404
        assert b"subscribe.html" not in of.page("index.html").content


def test_clients_are_told_apart_by_their_network() -> None:
    assert client_of("192.0.2.1", "198.51.100.1") == "192.0.2.1", "what a stranger claims counts for nothing"
    assert client_of("127.0.0.1", "203.0.113.9, 198.51.100.1") == "198.51.100.1"
    assert client_of("127.0.0.1", "nonsense") == "127.0.0.1"
    assert client_of("2001:db8::1", "") == client_of("2001:db8::2:3", "") != client_of("2001:db9::1", "")
    assert client_of("", "") == ""
    clock = [0.0]
    limit = Limit(2, 10, now=lambda: clock[0])
    assert [limit.allows(who) for who in "aaab"] == [True, True, False, True]
    clock[0] = 10.0
    assert limit.allows("a")


def test_a_token_of_a_form_is_no_subscription(tmp_path: Path) -> None:
    settings = desk_settings(tmp_path, 9)
    assert subscribing.done(settings, subscribing.form_seal(settings)) is None
    assert not subscribing.is_form_seal(
        settings, subscribing.confirmation(settings, "a@b.cn", ""), subscribing.VALID
    )
    assert json.dumps([one.address for one in subscribing.subscriptions(settings).all()]) == "[]"
