"""The reading room: what its pages show, that they hang together, and who may enter."""

from __future__ import annotations

import base64
import posixpath
import re
import shutil
import subprocess
import sys
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from command import run_briefing
from edition import DATE, DAY, told
from library import ALONE, KEY, PAGES, room

from briefing.app.archive import kept
from briefing.app.site import MARK, write_site
from briefing.errors import UsageError
from briefing.serve.door import TRIES, Door, Entry
from briefing.serve.evidence import paragraphs
from briefing.serve.pages import Room
from briefing.store.archive import Archive
from briefing.types import Section

starlette = pytest.importorskip("starlette", reason="starlette is not installed")
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def text(of: Room, path: str, **query: str) -> str:
    page = of.page(path, query)
    assert page.status == 200, path
    return page.content.decode()


def links(page: str, path: str) -> set[str]:
    """The paths of the room to which a page leads."""
    found = re.findall(r'(?:href|src|action)="([^"#?]+)', page)
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(one)))
        for one in found
        if not urlsplit(one).scheme
    }


def test_pages_lead_to_pages_that_are_there(tmp_path: Path) -> None:
    with room(tmp_path, DAY, days=3) as of:
        seen, ahead = set(), {"index.html"}
        while ahead:
            path = ahead.pop()
            seen.add(path)
            page = of.page(path)
            assert page.status == 200, path
            if page.type.startswith("text/html") and not page.printed:
                ahead |= links(page.content.decode(), path) - seen
        assert {*PAGES[:8], f"day/{KEY}-evening/index.html", f"day/{KEY}/page.pdf", "feed.xml"} <= seen


def test_a_sentence_leads_to_its_evidence(tmp_path: Path) -> None:
    with room(tmp_path) as of:
        page = text(of, f"day/{KEY}/1.html")
    assert 'href="#e2">市长沈砚秋在现场宣布' in page
    assert re.search(
        r'<mark class="e2 " id="e2">市长沈砚秋在现场宣布，三号线计划明年9月试运行。</mark>', page
    )
    assert "云汀晚报" in page and "沈砚秋.html" in unquote(page)


def test_the_pieces_of_an_article_are_the_article() -> None:
    for story in DAY.stories:
        pieces = paragraphs(story)
        assert ["".join(one.text for one in row) for row in pieces] == list(story.article.paragraphs)


def test_a_search_shows_its_hits(tmp_path: Path) -> None:
    with room(tmp_path) as of:
        page = text(of, "search.html", q="三號線", order="newest")
        assert page.count("<mark>三号线</mark>") >= 10 and f"day/{KEY}/1.html" in page
        assert "找到 10 条" in page
        within = text(of, "search.html", q="三号线", **{"from": "2026-11-19", "to": "2026-11-19"})
        assert "找到 1 条" in within and 'value="2026-11-19"' in within
        assert "没有找到" in text(of, "search.html", q="不存在的词")
        assert "nothing" not in text(of, "search.html", q="-") and 'class="problem"' in text(
            of, "search.html", q="-"
        )
        assert text(of, "search.html", q="云汀", page="9" * 30, **{"from": "昨天"})


@pytest.mark.parametrize(
    "path",
    [
        "nope.html",
        "../archive.sqlite3",
        "day/2026-11-20/99.html",
        "day/2026-11-20/page.json",
        "day/2025-01-01/index.html",
        "month/2026-13.html",
        "month/2020-01.html",
        "trends/2026-11-10.html",
        "trends/2026-99-99.html",
        "name/某人.html",
        "room/base.html.j2",
        "room.css/",
        "a/b/c/d",
        "",
    ],
)
def test_what_is_not_there_is_said(tmp_path: Path, path: str) -> None:
    with room(tmp_path) as of:
        page = of.page(path)
    assert page.status == 404 and "没有这一页" in page.content.decode()


def test_what_an_article_says_is_text(tmp_path: Path) -> None:
    story = told(HOSTILE, (HOSTILE + "。",), gist=HOSTILE, paper=HOSTILE, source="javascript:alert(1)")
    hostile = replace(
        DAY,
        title=HOSTILE,
        overview=(HOSTILE,),
        papers=(HOSTILE,),
        sections=(Section(name=HOSTILE, stories=(story,)),),
    )
    with room(tmp_path, hostile) as of:
        for path in (*PAGES, f"day/{KEY}-evening/index.html", f"day/{KEY}-evening/1.html"):
            page = text(of, path, **({"q": f"{HOSTILE} alert"} if path == "search.html" else {}))
            assert (
                "<script" not in page and "<img src=x" not in page and "javascript:" not in links(page, path)
            ), path
        assert b"<script" not in of.page("feed.xml").content
        assert 'href="javascript' not in text(of, f"day/{KEY}-evening/1.html")


def test_the_feed_is_xml_of_the_editions(tmp_path: Path) -> None:
    with room(tmp_path) as of:
        tree = ET.fromstring(of.page("feed.xml").content)
    entries = tree.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 10
    assert len({entry.findtext("{http://www.w3.org/2005/Atom}id") for entry in entries}) == 10


def test_an_empty_room_says_so(tmp_path: Path) -> None:
    from briefing.app.archive_library import ArchiveLibrary

    with Archive(tmp_path / "a.sqlite3") as archive:
        of = Room(ArchiveLibrary(archive.database, ALONE))
        for path in ("index.html", "people.html", "trends.html", "search.html", "feed.xml"):
            assert of.page(path).status == 200
        assert "还没有简报" in text(of, "index.html")


def test_an_edition_that_is_made_again_is_the_new_one(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.sqlite3") as archive:
        from briefing.app.archive_library import ArchiveLibrary

        library = ArchiveLibrary(archive.database, ALONE)
        kept(archive, DAY, "daily", ALONE)
        before = {name.name for name in library.names("person")}
        edition = archive.find(DATE, "daily")
        assert edition is not None and before
        archive.remove(edition)
        assert library.names("person") == library.names("place") == []
        kept(archive, replace(DAY, sections=DAY.sections[:1]), "daily", ALONE)
        assert {name.name for name in library.names("person")} < before
        assert (
            library.search(
                "沈砚秋", __import__("briefing.types.archived", fromlist=["Filter"]).Filter()
            ).total
            == 1
        )


def test_a_site_is_the_room_in_files(tmp_path: Path) -> None:
    with room(tmp_path / "db", days=3) as of:
        archive = Archive(tmp_path / "db" / "archive.sqlite3")
        one, two = tmp_path / "one", tmp_path / "two"
        count = write_site(archive, one, ALONE)
        shutil.copytree(one, two)
        for path in two.rglob("*"):
            if path.is_file() and path.name != MARK:
                path.write_text("an earlier day's", encoding="utf-8")
        write_site(archive, two, ALONE)
        archive.close()
        assert of.page("index.html").status == 200
    files = {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()} - {MARK}
    assert len(files) == count > 50 and "search.html" not in files
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in files)
    for name in files:
        if name.endswith(".html") and not name.endswith("page.html"):
            assert links((one / name).read_text(encoding="utf-8"), name) <= files, name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["db", "one", "two"]


def test_a_site_replaces_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with Archive(tmp_path / "a.sqlite3") as archive, pytest.raises(UsageError):
        write_site(archive, tmp_path / "photos", ALONE)
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["a.jpg"]


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"x:{password}".encode()).decode()


def test_the_door() -> None:
    clock = [0.0]
    door = Door("correct horse", frozenset(("room.example",)), now=lambda: clock[0])
    assert door.enter("room.example:80", basic("correct horse"), "a") is Entry.OPEN
    assert door.enter("evil.example", basic("correct horse"), "a") is Entry.WRONG_HOST
    for authorization in ("", basic("wrong"), "Basic ???", "Bearer correct horse", basic("")):
        assert door.enter("room.example", authorization, "b") is Entry.LOGIN
    for _ in range(TRIES):
        door.enter("room.example", basic("wrong"), "c")
    assert door.enter("room.example", basic("correct horse"), "c") is Entry.WAIT
    assert door.enter("room.example", basic("correct horse"), "a") is Entry.OPEN
    clock[0] = 61.0
    assert door.enter("room.example", basic("correct horse"), "c") is Entry.OPEN
    assert "horse" not in repr(door)


@pytest.mark.parametrize(
    ("host", "entry"),
    [
        ("127.0.0.1:8300", Entry.OPEN),
        ("localhost", Entry.OPEN),
        ("[::1]:8300", Entry.OPEN),
        ("LOCALHOST:1", Entry.OPEN),
        ("192.168.1.5", Entry.WRONG_HOST),
        ("attacker.example:8300", Entry.WRONG_HOST),
        ("localhost.attacker.example", Entry.WRONG_HOST),
        ("", Entry.WRONG_HOST),
    ],
)
def test_without_a_password_only_this_machine(host: str, entry: Entry) -> None:
    assert Door().enter(host, "", "127.0.0.1") is entry


def answer(of: Room, path: str, method: str = "GET", **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    from starlette.requests import Request

    from briefing.serve.web import RoomApp

    raw = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in ({"host": "localhost"} | headers).items()
    ]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw}
    response = RoomApp(of, Door()).answer(Request(scope))
    return response.status_code, response.headers, bytes(response.body)


def test_every_answer_is_guarded(tmp_path: Path) -> None:
    with room(tmp_path) as of:
        for path in ("/", "/nope", f"/day/{KEY}/", f"/day/{KEY}/page.html", f"/day/{KEY}", "/" + "x" * 9000):
            _, headers, _ = answer(of, path)
            assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "no-referrer" and "no-cache" in headers["cache-control"]
        _, headers, _ = answer(of, "/")
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert "script" not in headers["content-security-policy"]
        status, again, body = answer(of, "/", if_none_match=headers["etag"])
        assert (status, body, again["etag"]) == (304, b"", headers["etag"])
        assert answer(of, "/", "POST")[0] == 405
        assert answer(of, "/", host="attacker.example")[0] == 421
        assert answer(of, f"/day/{KEY}")[1]["location"] == f"{KEY}/"


def command(*words: str, cwd: Path) -> list[str]:
    del cwd
    return [sys.executable, "-m", "briefing", *words]


def test_the_command_serves(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[archive]\ndatabase = "archive.sqlite3"\n', encoding="utf-8")
    with room(tmp_path):
        pass
    serving = subprocess.Popen(
        command("serve", "--port", "0", cwd=tmp_path),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert serving.stdout is not None
        address = serving.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address + "search.html?q=%E4%B8%89%E5%8F%B7%E7%BA%BF", timeout=30) as got:
            assert got.status == 200 and "<mark>三号线</mark>" in got.read().decode()
    finally:
        serving.terminate()
        _, told_ = serving.communicate(timeout=30)
    assert serving.returncode == 0 and "Traceback" not in told_


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--port", "x"), ("--host", "not a host")])
def test_a_room_without_a_lock_stays_shut(tmp_path: Path, words: tuple[str, ...]) -> None:
    run = run_briefing("serve", *words, cwd=tmp_path, timeout=60)
    assert run.returncode == 2 and run.stdout == "" and "→" in run.stderr and "Traceback" not in run.stderr
