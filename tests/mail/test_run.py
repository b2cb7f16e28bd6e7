"""The daily job as the system runs it: once a day, whatever happens in between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from mail_commands import PAGES, ROOT, briefing
from servers import Counting

from briefing.app.report_text import report_text
from briefing.app.run_report import RunReport
from briefing.app.stage_times import StageTimes
from briefing.messages import Message
from briefing.protocols import Outcome
from briefing.types import Article, Page, Problem, Story

DAY = "2026-11-20"
NEXT = "2026-11-21"
KILLS = int(os.environ.get("BRIEFING_KILLS", "6"))


def desk(folder: Path, port: int = 0, job: str = "", **mail: object) -> Path:
    """A folder with settings: the example's pages of a day, and two recipients where there is a server."""
    lines = [
        f"sources = [{json.dumps(str(PAGES))}]",
        'title = "云汀简报"',
        'out = "out"',
        'format = ["html", "json"]',
    ]
    lines += ["[archive]", 'database = "archive.sqlite3"', "[job]", *filter(None, [job])]
    if port:
        values: dict[str, object] = {
            "host": "127.0.0.1",
            "port": port,
            "security": "none",
            "from": "desk@yunting.test",
            "to": ["a@yunting.test", "b@yunting.test"],
            "retries": 0,
        }
        lines += ["[mail]", *(f"{name} = {json.dumps(value)}" for name, value in (values | mail).items())]
    (folder / "briefing.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def job(folder: Path, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return briefing(folder, "run", *words, BRIEFING_MODEL="extract", **env)


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found[-1]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}


def test_an_edition_is_made_once_and_mailed_once(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = desk(tmp_path, serve())
    first = job(folder, "--date", DAY, "--json")
    made = files(folder)
    again = job(folder, "--date", DAY, "--json")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert (report(first)["state"], report(again)["state"]) == ("made", "frozen")
    assert report(first)["stories"] == report(again)["stories"] > 10
    assert report(again)["deliveries"] == {"sent": 2}
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1}
    assert files(folder) == made
    assert set(made) == {f"briefing-{DAY}.html", f"briefing-{DAY}.json"}


def test_what_is_missing_is_made_up_for(serve: Callable[..., int], handler: Counting, tmp_path: Path) -> None:
    folder = desk(tmp_path, 9)  # nobody listens on the port "discard"
    first = job(folder, "--date", DAY)
    assert first.returncode == 5
    assert "Traceback" not in first.stderr
    made = files(folder)
    (folder / "out" / f"briefing-{DAY}.html").unlink()
    desk(tmp_path, serve())
    again = job(folder, "--date", DAY)
    assert again.returncode == 0, again.stderr
    assert files(folder) == made
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1}


def test_yesterdays_letters_are_made_up_for_today(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = desk(tmp_path, 9)
    assert job(folder, "--date", DAY).returncode == 5
    desk(tmp_path, serve())
    for _ in range(2):
        job(folder, "--date", NEXT, "--catch-up", "1")
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1}


def test_yesterdays_paper_is_not_todays(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    done = job(folder, "--date", NEXT)
    assert done.returncode == 3
    assert not (folder / "out").exists()
    assert job(folder, "--date", NEXT, "--catch-up", "1").returncode == 3
    assert set(files(folder)) == {f"briefing-{DAY}.html", f"briefing-{DAY}.json"}


def test_two_editions_of_a_day_have_files_and_letters_of_their_own(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = desk(tmp_path, serve())
    assert job(folder, "--date", DAY, "--edition", "morning").returncode == 0
    (folder / "briefing.toml").write_text(
        (folder / "briefing.toml").read_text("utf-8").replace(str(PAGES), str(PAGES / "2026-11-20-01.md")),
        encoding="utf-8",
    )
    assert job(folder, "--date", DAY, "--edition", "evening").returncode == 0
    assert {name.rpartition(".")[0] for name in files(folder)} == {
        f"briefing-{DAY}-morning",
        f"briefing-{DAY}-evening",
    }
    assert handler.count == {"a@yunting.test": 2, "b@yunting.test": 2}


def test_made_anew_only_when_asked(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    job(folder, "--date", DAY)
    text = (folder / "briefing.toml").read_text("utf-8").replace("云汀简报", "云汀晨报")
    (folder / "briefing.toml").write_text(text, encoding="utf-8")
    assert report(job(folder, "--date", DAY, "--json"))["state"] == "frozen"
    assert "云汀简报" in files(folder)[f"briefing-{DAY}.json"].decode()
    assert report(job(folder, "--date", DAY, "--remake", "--json"))["state"] == "made"
    assert "云汀晨报" in files(folder)[f"briefing-{DAY}.json"].decode()
    listed = json.loads(briefing(folder, "archive", "list", "--json").stdout)
    assert [(one["day"], one["title"]) for one in listed] == [(DAY, "云汀晨报")]


@pytest.mark.parametrize("out", ["one.pdf", "-"])
def test_a_file_is_no_place_for_a_job(tmp_path: Path, out: str) -> None:
    folder = desk(tmp_path)
    done = briefing(folder, "run", BRIEFING_OUT=out)
    assert done.returncode == 2
    assert "out" in done.stderr


def test_a_log_for_machines(tmp_path: Path) -> None:
    done = job(desk(tmp_path), "--date", DAY, "--log-json")
    steps = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["step"] for one in steps] == ["made", "published", "report"]
    assert steps[-1]["code"] == 0
    assert done.stdout == ""


def test_a_damaged_archive_is_set_aside_and_said(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    (folder / "archive.sqlite3").write_bytes(b"no database at all" * 500)
    done = job(folder, "--date", DAY)
    assert "archive.sqlite3.damaged-" in done.stderr
    assert list(folder.glob("archive.sqlite3.damaged-*"))
    assert f"briefing-{DAY}.html" in files(folder)


class Unchanged(BaseHTTPRequestHandler):
    """A page with an ETag; `asked` are the ETags that were asked about."""

    asked: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        self.asked.append(self.headers["if-none-match"])
        same = self.headers["if-none-match"] == '"1"'
        body = b"" if same else (PAGES / "2026-11-20-01.md").read_bytes()
        self.send_response(304 if same else 200)
        for name, value in (
            ("etag", '"1"'),
            ("content-type", "text/markdown"),
            ("content-length", str(len(body))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


def test_a_source_that_has_not_changed_is_not_fetched_again(tmp_path: Path) -> None:
    Unchanged.asked = []
    server = HTTPServer(("127.0.0.1", 0), Unchanged)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = desk(tmp_path)
    text = (
        (folder / "briefing.toml")
        .read_text("utf-8")
        .replace(str(PAGES), f"http://127.0.0.1:{server.server_port}/page.md")
    )
    (folder / "briefing.toml").write_text("allow_private = true\ndelay = 0\n" + text, encoding="utf-8")
    try:
        for _ in range(2):
            done = job(folder, "--date", DAY, "--remake", "--json", XDG_CACHE_HOME=str(folder / "cache"))
            assert done.returncode == 0, done.stderr
            assert report(done)["stories"] > 2
    finally:
        server.shutdown()
        server.server_close()
    assert Unchanged.asked == [None, '"1"']


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_at_random_moments(serve: Callable[..., int], handler: Counting, tmp_path: Path) -> None:
    """BRIEFING_KILLS sets how often. Nobody has it twice; in the end everybody has it, or is known as uncertain."""
    chance = random.Random(20261120)
    port, kills, rounds, uncertain = serve(), 0, 0, 0
    handler.latency = 0.05
    while kills < KILLS:
        rounds += 1
        handler.letters.clear()
        (tmp_path / str(rounds)).mkdir()
        folder = desk(tmp_path / str(rounds), port)
        for way in (signal.SIGKILL, chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP))):
            started = begun(folder)
            threading.Event().wait(chance.uniform(0.2, 2.2))
            started.send_signal(way)
            kills += started.wait(60) != 0
        code = begun(folder).wait(120)
        states = Counter(
            one["state"] for one in json.loads(briefing(folder, "outbox", "list", "--all", "--json").stdout)
        )
        assert code == (5 if states["unknown"] else 0)
        assert states["sent"] + states["unknown"] == 2
        assert max(handler.count.values()) == 1, "somebody has it twice"
        assert sum(handler.count.values()) >= states["sent"], "somebody was lost"
        uncertain += states["unknown"]
        assert set(files(folder)) == {f"briefing-{DAY}.html", f"briefing-{DAY}.json"}
        shown = json.loads(briefing(folder, "archive", "show", "--json").stdout)
        assert {one["state"] for one in shown["receipts"]} <= {"sent", "unknown"}
        assert len(shown["receipts"]) == 2
        assert json.loads(files(folder)[f"briefing-{DAY}.json"]) == shown["briefing"]
    print(f"{kills} kills in {rounds} mornings: {uncertain} of {2 * rounds} copies uncertain, nobody twice")


def begun(folder: Path) -> subprocess.Popen[bytes]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_"))}
    env |= {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}
    words = [sys.executable, "-m", "briefing", "run", "--date", DAY]
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        words, cwd=folder, env=env | {"BRIEFING_MODEL": "extract"}, stdout=silent, stderr=silent
    )


def put(folder: Path, day: str, *stories: str) -> None:
    """A page of that day with these stories."""
    page = "\n\n".join(f"## {story}" for story in stories)
    month, number = int(day[5:7]), int(day[8:])
    text = f"# 云汀日报　2026年{month}月{number}日　第01版\n\n{page}\n"
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / f"{day}-01.md").write_text(text, encoding="utf-8")


BRIDGE = (
    "望江桥提前通车\n\n　　全长1860米的望江桥11月20日提前二十天通车，两岸通勤时间由四十五分钟缩短到二十五分钟。\n"
    "　　市交通局局长范明远说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放。\n"
)
CLOSED = (
    "望江桥封闭检修\n\n　　望江桥11月21日零时起封闭检修三天，两岸通勤改走老桥，公交加开十二班。\n"
    "　　全长1860米的望江桥11月20日提前二十天通车，桥面设双向六车道，市交通局局长范明远说，检修后照常开放。\n"
)
PORT = (
    "云汀港开通新航线\n\n　　云汀港11月21日开通首条远洋航线，货轮江屿七号载着1200个集装箱离港，全年将开行48班。\n"
    "　　港务局说，新航线把到东洲的航程缩短了五天，首批货物是本地的茶叶和瓷器。\n"
)


def test_what_was_told_yesterday_is_not_told_again(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    settings = folder / "briefing.toml"
    settings.write_text(settings.read_text("utf-8").replace(str(PAGES), "pages"), encoding="utf-8")
    put(folder, DAY, BRIDGE)
    assert job(folder, "--date", DAY).returncode == 0
    put(folder, NEXT, BRIDGE, PORT)
    assert job(folder, "--date", NEXT).returncode == 0
    made = json.loads((folder / "out" / f"briefing-{NEXT}.json").read_text("utf-8"))
    assert [story["headline"] for section in made["sections"] for story in section["stories"]] == [
        "云汀港开通新航线"
    ]
    assert [(one["date"], one["headline"]) for one in made["told"]] == [(DAY, "望江桥提前通车")]
    assert "此前已报 1 条" in (folder / "out" / f"briefing-{NEXT}.html").read_text("utf-8")
    third = "2026-11-22"
    put(folder, third, BRIDGE, CLOSED)
    assert job(folder, "--date", third).returncode == 0
    made = json.loads((folder / "out" / f"briefing-{third}.json").read_text("utf-8"))
    ((story,),) = [section["stories"] for section in made["sections"]]
    assert story["headline"] == "望江桥封闭检修" and story["earlier"]["date"] == DAY
    page = (folder / "out" / f"briefing-{third}.html").read_text("utf-8")
    assert "后续" in page and "此前（11月20日）：" in page


def test_a_day_on_which_all_was_told_has_no_edition(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    settings = folder / "briefing.toml"
    settings.write_text(settings.read_text("utf-8").replace(str(PAGES), "pages"), encoding="utf-8")
    put(folder, DAY, BRIDGE)
    assert job(folder, "--date", DAY).returncode == 0
    put(folder, NEXT, BRIDGE)
    done = job(folder, "--date", NEXT)
    assert done.returncode == 3 and "此前都已报过" in done.stderr and "told_days" in done.stderr
    settings.write_text(
        settings.read_text("utf-8").replace("[job]", "[job]\ntold_days = 0"), encoding="utf-8"
    )
    assert job(folder, "--date", NEXT).returncode == 0


def test_a_dry_run_says_who_would_get_what_and_does_nothing(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    folder = desk(tmp_path, serve())
    before = sorted(tmp_path.rglob("*"))
    done = job(folder, "--date", DAY, "--dry-run", "--json", "--catch-up", "1")
    assert done.returncode == 0, done.stderr
    plan = json.loads(done.stdout)
    assert [Path(one).name for one in plan["sources"]] == sorted(path.name for path in PAGES.glob("2026-*"))
    assert [(one["day"], one["made"]) for one in plan["editions"]] == [("2026-11-19", False), (DAY, False)]
    assert plan["editions"][1]["targets"] == [
        {"target": f"{who}@yunting.test", "state": "sends"} for who in "ab"
    ]
    assert sorted(tmp_path.rglob("*")) == before and not handler.letters
    assert job(folder, "--date", DAY).returncode == 0
    briefing(folder, "unsubscribe", "b@yunting.test")
    (again,) = json.loads(job(folder, "--date", DAY, "--dry-run", "--json").stdout)["editions"]
    assert again["made"] and [one["state"] for one in again["targets"]] == ["has", "left"]
    said = job(folder, "--date", NEXT, "--dry-run").stdout
    assert f"{NEXT} daily：要做" in said and "送  a@yunting.test" in said and "已退订  b@yunting.test" in said
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1}


def test_a_report_tells_the_time_of_each_stage(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    for _ in range(2):
        assert job(folder, "--date", DAY).returncode == 0
    second, first = json.loads(briefing(folder, "archive", "show", "--report", "--json").stdout)
    assert set(first["seconds"]) == {"read", "segment", "summarize", "edit", "render"}
    assert set(second["seconds"]) == {"render"} and second["state"] == "frozen"
    assert all(spent >= 0 for spent in first["seconds"].values()) and first["slow"] == []
    said = briefing(folder, "archive", "show", "--report").stdout
    assert said.count("排版写出") == 2 and "切成文章" in said


class Ticking:
    """A clock that stands still but when it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_stages_and_sources_are_told_apart() -> None:
    clock = Ticking()
    begun: list[str] = []
    times = StageTimes(Told(begun), clock)

    def reading() -> Iterator[Page]:
        for name, spent in (("a", 3.0), ("b", 30.0)):
            times(name)
            for _ in range(2):
                clock.now += spent / 2
                yield Page(source=name, text="", blocks=())

    def working(articles: Iterable[Outcome[Article]]) -> Iterator[Outcome[Story]]:
        for _ in articles:
            clock.now += 7
            yield Problem(source="", message=Message("", ""))

    for _ in times.pages(reading()):
        clock.now += 1  # cutting a page
    articles = [Article(id=str(n), headline="", paragraphs=("x",)) for n in range(2)]
    for _ in times.stage(working)(articles):
        clock.now += 100  # neither
    assert times.seconds == {"read": 33.0, "segment": 4.0, "summarize": 14.0}
    assert times.sources == {"a": 3.0, "b": 30.0} and begun == ["a", "b"]
    report = RunReport(day=date(2026, 11, 20), edition="daily", started="")
    report.took(times.seconds, times.sources)
    assert report.as_dict("zh")["slow"] == [{"source": "b", "seconds": 30.0}]
    assert "1 处来源慢" in report.line().zh
    assert "慢的来源  b  30.0 s" in report_text(report.as_dict("zh"), "zh")


class Told:
    """A progress that notes what is begun."""

    def __init__(self, begun: list[str]) -> None:
        self.begun = begun

    def __call__(self, name: str) -> None:
        self.begun.append(name)

    def counted(self, done: int, total: int) -> None:
        pass
