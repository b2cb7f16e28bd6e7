"""Readers with editions of their own: one collection, each fitted on its own page, everybody once."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from edition import DAY as BRIEFING
from mail_commands import PAGES, briefing
from servers import Counting
from test_channels import Robot, robot
from test_run import desk, job

from briefing.app import reader_editions
from briefing.app.reader_editions import made_of, of_reader
from briefing.config import explicit_settings, settings
from briefing.deliver.hours import is_within, opening
from briefing.deliver.hours import kept as kept_hours
from briefing.errors import NothingReadable, UsageError

DAY = "2026-11-20"
__all__ = ["robot"]
TWO = """
[[reader]]
name = "zhang"
to = ["张三 <zhang@yunting.test>", "a@yunting.test"]
title = "张三的简报"
watch = ["博物馆"]
length = 40
template = "modern"

[[reader.sections]]
name = "关注"
keywords = ["博物馆"]

[[reader]]
name = "li"
to = ["li@yunting.test"]
script = "hant"
only = ["经济"]
"""


def with_readers(folder: Path, port: int, tables: str = TWO, **mail: object) -> Path:
    desk(folder, port, **mail)
    file = folder / "briefing.toml"
    file.write_text(file.read_text("utf-8") + tables, encoding="utf-8")
    return folder


def reports(done: Any) -> dict[str, Any]:
    return {one["edition"]: one for one in json.loads(done.stdout)}


def kept(folder: Path, name: str) -> Any:
    shown = briefing(folder, "archive", "show", DAY, "--edition", name, "--json")
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


def test_each_reader_has_an_edition_of_their_own_and_gets_it_once(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve())
    first = job(folder, "--date", DAY, "--json")
    assert first.returncode == 0, first.stderr
    sent = list(handler.letters)
    for words in ((), ("--remake",)):
        again = job(folder, "--date", DAY, "--json", *words)
        assert again.returncode in (0, 1), again.stderr
    assert handler.letters == sent
    assert handler.count == {f"{who}@yunting.test": 1 for who in ("a", "b", "zhang", "li")}
    assert [one["state"] for one in json.loads(first.stdout)] == ["made"] * 3
    letters = {who: handler.message(n) for n, (who, _) in enumerate(handler.letters)}
    assert "张三的简报" in letters["zhang@yunting.test"]["Subject"]
    assert "张三的简报" in letters["a@yunting.test"]["Subject"], "their own edition, not the common one"
    assert "云汀简报" in letters["b@yunting.test"]["Subject"]
    assert "經濟" in letters["li@yunting.test"].get_body(("plain",)).get_content()


def test_an_edition_is_told_as_its_reader_wishes(serve: Callable[..., int], tmp_path: Path) -> None:
    folder = with_readers(tmp_path, serve())
    found = reports(job(folder, "--date", DAY, "--json"))
    assert list(found) == ["daily", "daily.zhang", "daily.li"]
    common, zhang, li = (kept(folder, name)["briefing"] for name in found)
    assert "关注" in [one["name"] for one in zhang["sections"]] and zhang["title"] == "张三的简报"
    assert "关注" not in [one["name"] for one in common["sections"]]
    assert [one["name"] for one in li["sections"]] == ["經濟"] and li["script"] == "hant"
    length = {
        b["title"]: max(len(s["summary"]) for c in b["sections"] for s in c["stories"])
        for b in (common, zhang)
    }
    assert length["张三的简报"] <= 40 < length["云汀简报"]
    files = sorted(path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*.*"))
    assert files == sorted(
        f"{place}briefing-{DAY}.{kind}"
        for place in ("", "readers/li/", "readers/zhang/")
        for kind in ("html", "json")
    )
    hits = json.loads(briefing(folder, "archive", "search", "博物馆", "--json").stdout)
    assert hits and {one["edition"] for one in hits} == {"daily"}, "each story is found once"
    newest = json.loads(briefing(folder, "archive", "show", "--json").stdout)
    assert newest["edition"] == "daily"
    listed = json.loads(briefing(folder, "archive", "list", "--json").stdout)
    assert {one["edition"] for one in listed} == set(found)


def test_what_is_not_otherwise_is_as_in_the_common_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> None:
        raise AssertionError("nothing is summarized again")

    monkeypatch.setattr(reader_editions, "remembering_stage", nothing)
    alone = explicit_settings(reader=({"name": "wu", "mute": ["轨道"]}, {"name": "xu", "only": ["天文"]}))
    wu, xu = alone.reader
    own = made_of(BRIEFING, of_reader(alone, wu), wu)
    assert {s.article.headline for s in own.stories} == {s.article.headline for s in BRIEFING.stories}
    told = {s.article.headline: s.summary for s in BRIEFING.stories}
    assert all(told[s.article.headline] == s.summary for s in own.stories)
    last = min(own.stories, key=lambda one: one.score)
    assert "轨道" in last.article.headline
    with pytest.raises(NothingReadable):
        made_of(BRIEFING, of_reader(alone, xu), xu)


def test_a_reader_without_news_costs_nothing(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(
        tmp_path, serve(), '[[reader]]\nname = "xu"\nto = ["xu@yunting.test"]\nonly = ["天文"]\n'
    )
    done = job(folder, "--date", DAY, "--json")
    assert done.returncode == 0, done.stderr
    assert reports(done)["daily.xu"]["state"] == "nothing"
    assert set(handler.count) == {"a@yunting.test", "b@yunting.test"}


def test_a_channel_of_a_reader_gets_the_readers_edition(robot: int, tmp_path: Path) -> None:
    lines = [
        f"sources = [{json.dumps(str(PAGES))}]",
        'out = "out"',
        'format = ["md"]',
        "[archive]",
        'database = "a.sqlite3"',
    ]
    for name in ("all", "zhang"):
        lines += [
            "[[channels]]",
            f'name = "{name}"',
            'kind = "slack"',
            f'address = "http://127.0.0.1:{robot}/slack?key={name}"',
        ]
    lines += ["[[reader]]", 'name = "zhang"', 'title = "张三的简报"', 'channels = "zhang"']
    (tmp_path / "briefing.toml").write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):
        done = job(tmp_path, "--date", DAY)
        assert done.returncode == 0, done.stderr
    titles = [told["text"].splitlines()[0] for _, told in Robot.taken]
    assert len(titles) == 2
    assert "每日简报" in titles[0] and "张三的简报" in titles[1]


def later() -> str:
    """An hour that begins in two hours, in Shanghai."""
    hour = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=10)).hour
    return f"{hour:02}:00-{(hour + 1) % 24:02}:00"


def held() -> str:
    return f'[[reader]]\nname = "zhang"\nto = ["zhang@yunting.test"]\nhours = "{later()}"\n'


def hour_comes(folder: Path) -> None:
    """Two hours later, as far as the outbox can tell."""
    (file,) = folder.glob("data/briefing/outbox.sqlite3")
    with closing(sqlite3.connect(file)) as db:
        now = datetime.datetime.now(datetime.UTC).strftime("%H:%M")
        assert db.execute("UPDATE copies SET hours = ? WHERE hours <> ''", (f"{now} UTC",)).rowcount
        db.commit()


def receipts(folder: Path) -> dict[str, str]:
    return {one["target"]: one["state"] for one in kept(folder, "daily.zhang")["receipts"]}


def test_a_letter_waits_for_its_readers_hours(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve(), held())
    done = job(folder, "--date", DAY, "--json")
    assert done.returncode == 0, done.stderr
    assert (reports(done)["daily.zhang"]["state"], reports(done)["daily.zhang"]["deliveries"]) == (
        "made",
        {"held": 1},
    )
    assert "zhang" in done.stderr and later()[:5] in done.stderr
    (waits,) = json.loads(briefing(folder, "outbox", "list", "--json").stdout)
    assert (waits["state"], waits["address"]) == ("waiting", "zhang@yunting.test")
    due = datetime.datetime.fromisoformat(waits["due"])
    assert due.strftime("%H:%M") == later()[:5] and due > datetime.datetime.now(datetime.UTC)
    for words in (("outbox", "send"), ("outbox", "retry"), ("run", "--date", DAY)):
        done = briefing(folder, *words, BRIEFING_MODEL="extract")
        assert done.returncode == 0, done.stderr
        assert set(handler.count) == {"a@yunting.test", "b@yunting.test"}
    assert receipts(folder) == {"zhang@yunting.test": "waiting"}
    hour_comes(folder)
    for _ in range(2):
        assert briefing(folder, "outbox", "send").returncode == 0
    assert receipts(folder) == {"zhang@yunting.test": "sent"}
    assert job(folder, "--date", DAY).returncode == 0
    assert handler.count == {f"{who}@yunting.test": 1 for who in ("a", "b", "zhang")}


def test_the_next_days_run_sends_what_waited_over_night(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve(), held())
    job(folder, "--date", DAY)
    hour_comes(folder)
    for _ in range(2):
        assert job(folder, "--date", "2026-11-21").returncode == 3, "no paper on that day"
    assert handler.count["zhang@yunting.test"] == 1 and sum(handler.count.values()) == 3
    assert receipts(folder) == {"zhang@yunting.test": "sent"}


def test_one_that_could_not_be_sent_in_its_hour_is_said_and_kept(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    port = serve()
    folder = with_readers(tmp_path, port, held())
    job(folder, "--date", DAY)
    with_readers(tmp_path, 9, held())  # nobody listens there
    hour_comes(folder)
    assert briefing(folder, "outbox", "send").returncode == 5
    done = job(folder, "--date", "2026-11-21", "--json")
    assert "到了时间的信没有送出" in done.stderr
    with_readers(tmp_path, port, held())
    assert briefing(folder, "outbox", "send").returncode == 0
    assert handler.count["zhang@yunting.test"] == 1 and sum(handler.count.values()) == 3


def test_hours_that_change_count_from_the_next_run_on_and_a_number_sends_at_once(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    port = serve()
    folder = with_readers(tmp_path, port, held())
    job(folder, "--date", DAY)
    with_readers(tmp_path, port, held().replace(f'"{later()}"', '""'))
    assert job(folder, "--date", DAY).returncode == 0
    assert handler.count["zhang@yunting.test"] == 1
    (tmp_path / "other").mkdir()
    other = with_readers(tmp_path / "other", port, held())
    job(other, "--date", DAY)
    (waits,) = json.loads(briefing(other, "outbox", "list", "--json").stdout)
    assert briefing(other, "outbox", "retry", str(waits["id"])).returncode == 0
    assert handler.count["zhang@yunting.test"] == 2


def test_who_leaves_before_the_hour_comes_gets_nothing(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = with_readers(tmp_path, serve(), held())
    job(folder, "--date", DAY)
    assert briefing(folder, "unsubscribe", "zhang@yunting.test").returncode == 0
    hour_comes(folder)
    assert briefing(folder, "outbox", "send").returncode == 0
    assert "zhang@yunting.test" not in handler.count
    assert json.loads(briefing(folder, "outbox", "list", "--json").stdout) == []


def test_a_channels_message_waits_too(robot: int, tmp_path: Path) -> None:
    text = f"sources = [{json.dumps(str(PAGES))}]\nout = 'out'\nformat = ['md']\n[archive]\ndatabase = 'a.sqlite3'\n"
    text += f"[[channels]]\nname = 'desk'\nkind = 'slack'\naddress = 'http://127.0.0.1:{robot}/slack'\n"
    text += f"[[reader]]\nname = 'zhang'\nchannels = 'desk'\nhours = '{later()}'\n"
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    assert job(tmp_path, "--date", DAY).returncode == 0
    assert not Robot.taken
    hour_comes(tmp_path)
    for _ in range(2):
        assert briefing(tmp_path, "outbox", "send").returncode == 0
    assert len(Robot.taken) == 1


@pytest.mark.parametrize(
    ("hours", "now", "wanted"),
    [
        ("07:00-22:00", "06:10", "07:00"),
        ("07:00-22:00", "07:00", None),
        ("07:00-22:00", "22:00", "+07:00"),
        ("07:00", "23:59", None),
        ("22:00-06:00", "06:00", "22:00"),
        ("22:00-06:00", "05:59", None),
    ],
)
def test_when_hours_begin_next(hours: str, now: str, wanted: str | None) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    at = datetime.datetime.combine(datetime.date(2026, 11, 20), datetime.time.fromisoformat(now), zone)
    found = opening(kept_hours(hours, "Asia/Shanghai"), at.astimezone(datetime.UTC))
    day = datetime.date(2026, 11, 21 if wanted and wanted.startswith("+") else 20)
    assert found == (
        datetime.datetime.combine(day, datetime.time.fromisoformat(wanted.lstrip("+")), zone)
        if wanted
        else None
    )
    assert opening("no hours at all", at) is None and opening("", at) is None


@pytest.mark.parametrize(
    ("hours", "yes", "no"),
    [
        ("", "00:00 12:00 23:59", ""),
        ("07:00", "07:00 23:59", "06:59 00:00"),
        ("7:00-22:30", "07:00 22:29", "06:59 22:30"),
        ("22:00-06:00", "22:00 23:59 00:00 05:59", "06:00 21:59"),
    ],
)
def test_hours_of_the_day(hours: str, yes: str, no: str) -> None:
    for times, wanted in ((yes, True), (no, False)):
        for time in times.split():
            assert is_within(hours, datetime.time.fromisoformat(time)) is wanted, time


def test_readers_stand_in_files_too(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk/more.toml").write_text(
        '[[reader]]\nname = "li"\nrecipients = "li.csv"\n', encoding="utf-8"
    )
    file = tmp_path / "briefing.toml"
    file.write_text('reader_files = ["desk/more.toml"]\n[[reader]]\nname = "zhang"\n', encoding="utf-8")
    found = settings({}, file)
    assert [one.name for one in found.reader] == ["zhang", "li"]
    assert found.reader[1].recipients == tmp_path / "desk/li.csv"
    (tmp_path / "desk/more.toml").write_text('title = "x"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="title"):
        settings({}, file)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ('[[reader]]\nname = "a"\n[[reader]]\nname = "a"\n', "a"),
        ('[[reader]]\nname = "a b"\n', "name"),
        ('[[reader]]\nname = "a"\nchannels = "none"\n', "none"),
        ('[[reader]]\nname = "a"\nto = ["nobody"]\n', "nobody"),
        ('[[reader]]\nname = "a"\nhours = "25:00"\n', "hours"),
        ('[[reader]]\nname = "a"\nwatched = ["x"]\n', "watch"),
        ('[[reader]]\nname = "a"\nlength = 3\n', "length"),
        ('[[reader]]\nname = "abcdefghijklmnopqrst"\n[job]\nedition = "abcdefghijklmnopqrst"\n', "31"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_made(tmp_path: Path, tables: str, words: str) -> None:
    text = f"sources = [{json.dumps(str(PAGES))}]\nout = 'out'\n[archive]\ndatabase = 'a.sqlite3'\n{tables}"
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    done = job(tmp_path, "--date", DAY)
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
