"""The same news reaches nobody twice, however it is named; a second letter of a day is asked for."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from briefings import PROBLEM, briefing, many, story
from mail_commands import PAGES, configured
from mail_commands import briefing as run
from servers import Counting

from briefing.deliver.news_key import NewsKey, news_key
from briefing.deliver.outbox import Outbox
from briefing.edit.duplicates import grouped
from briefing.render.json import JsonRenderer, load
from briefing.types import Article, Briefing, Form

DAY = datetime.date(2026, 11, 20)


def on(day: Briefing, date: datetime.date | None, **parts: Any) -> Briefing:
    sections = tuple(
        replace(
            s,
            stories=tuple(
                replace(one, article=replace(one.article, date=date, **parts)) for one in s.stories
            ),
        )
        for s in day.sections
    )
    return replace(day, sections=sections)


def turned(day: Briefing) -> Briefing:
    return replace(day, sections=tuple(replace(s, stories=s.stories[::-1]) for s in day.sections[::-1]))


SAME: dict[str, Callable[[Briefing], Briefing]] = {
    "another path": lambda day: on(day, DAY, source="elsewhere/x.txt"),
    "another order": turned,
    "another title": lambda day: replace(day, title="Daily Briefing", papers=()),
    "a failed source": lambda day: replace(day, problems=(PROBLEM,), sources=(*day.sources, "坏文件.pdf")),
    "no stated date": lambda day: on(day, None),
    "another day of the briefing": lambda day: replace(day, date=DAY + datetime.timedelta(1)),
    "other summaries": lambda day: replace(
        day,
        sections=tuple(
            replace(s, stories=tuple(replace(one, form=Form.LINE, summary=replace(one.summary, gist="x")) for one in s.stories))
            for s in day.sections
        ),
    ),
    "other spaces": lambda day: on(day, DAY, paragraphs=("本报讯　记者林晚舟报道：云汀市地铁3号线昨日开通初期运营，全长28.6 公里。\n", "首日客流达到31.2万人次。市民说，出门方便多了。 ")),
}  # fmt: skip


@pytest.mark.parametrize("change", SAME)
def test_the_same_articles_are_the_same_news(change: str) -> None:
    day = on(many(3), DAY)
    assert news_key(day).same_news(str(news_key(SAME[change](day))))
    assert news_key(SAME[change](day)).same_news(str(news_key(day)))


def test_other_articles_or_another_stated_day_are_other_news() -> None:
    key = news_key(on(many(3), DAY))
    assert not key.same_news(str(news_key(on(many(4), DAY))))
    assert not key.same_news(str(news_key(on(many(3), DAY + datetime.timedelta(1)))))
    assert key.same_news(str(news_key(on(many(3), DAY), again="now"))), "an extra letter is the same news"
    assert not key.same_news("0" * 64) and key.same_news(str(NewsKey(articles=key.articles)))


@pytest.mark.parametrize("date", [DAY, DAY - datetime.timedelta(1), None])
def test_a_briefing_read_again_has_the_same_key_to_the_letter(date: datetime.date | None) -> None:
    day = on(many(3), date)
    assert news_key(load(JsonRenderer()(day, "en").content)) == news_key(day)


@pytest.mark.parametrize(("first", "second"), [("z/01.txt", "y/01.txt"), ("y/01.txt", "z/01.txt")])
def test_of_two_reports_of_an_event_the_same_leads_by_any_name(first: str, second: str) -> None:
    text = "云汀市地铁3号线昨日开通初期运营，全长28.6公里，设车站22座，首日客流达到31.2万人次。"
    reports = [
        Article(id=source, headline="地铁3号线昨日开通", paragraphs=(text + end,), source=source)
        for source, end in ((first, "市民说，出门方便多了。"), (second, "记者说，出门方便多了。"))
    ]
    (group,) = grouped(reports)
    assert group.main.text.endswith(("市民说，出门方便多了。",)), group.main.source


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    for page in sorted(PAGES.iterdir())[:2]:
        (tmp_path / "pages" / page.name).write_bytes(page.read_bytes())
    return tmp_path


def test_the_same_pages_by_any_name_are_sent_once(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve(), to=["a@yunting.test"])
    send = ("send", "--model", "lead")
    assert run(desk, *send, "pages").returncode == 0
    copy = desk / "copy"
    copy.mkdir()
    names = []
    for page in (desk / "pages").iterdir():
        names.append(copy / f"x-{page.name}")
        names[-1].write_bytes(page.read_bytes())
    (desk / "empty.txt").write_text("", encoding="utf-8")
    run(desk, "digest", "pages", "--model", "lead", "--format", "json", "--out", "out")
    (made,) = (desk / "out").glob("*.json")
    for words in (
        [copy], names, names[::-1], ["pages", "--lang", "en"], ["pages", "empty.txt"], [made],
        ["pages", "--title", "另一个名字"], ["pages", "--date", "2026-12-01"],
    ):  # fmt: skip
        again = run(desk, *send, *words)
        assert again.returncode in (0, 1) and handler.count == {"a@yunting.test": 1}, words
        assert again.returncode == ("empty.txt" in words or "--date" in words), again.stderr
    one = run(desk, *send, names[0])
    assert one.returncode == 1 and "--again" in one.stderr and len(handler.letters) == 1
    assert run(desk, *send, "pages", "--again").returncode == 0 and len(handler.letters) == 2
    assert run(desk, *send, "pages").returncode == 0 and len(handler.letters) == 2


def write(desk: Path, name: str, day: Briefing) -> None:
    (desk / name).write_bytes(JsonRenderer()(day, "zh").content)


def test_a_second_letter_of_a_day_is_asked_for(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve())
    write(desk, "a.json", many(3))
    write(desk, "b.json", many(4))
    write(desk, "c.json", replace(many(4), date=DAY + datetime.timedelta(1)))
    assert run(desk, "send", "a.json", "--to", "a@yunting.test").returncode == 0
    held = run(desk, "send", "b.json", "--to", "A@yunting.test", "--to", "b@yunting.test", "--json")
    assert held.returncode == 1 and "--again" in held.stderr and "A@yunting.test" not in held.stdout
    assert "a@yunting.test：" in held.stderr or "a@yunting.test:" in held.stderr
    assert [row["address"] for row in json.loads(held.stdout)] == ["b@yunting.test"]
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1}
    assert run(desk, "send", "b.json", "--to", "a@yunting.test", "--again").returncode == 0
    assert handler.count["a@yunting.test"] == 2
    assert run(desk, "send", "c.json", "--to", "c@yunting.test").returncode == 0


def test_what_waits_or_is_unknown_counts_and_what_was_refused_does_not(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve(), retries=0)
    write(desk, "a.json", many(3))
    write(desk, "b.json", many(4))
    handler.rcpt["w@yunting.test"] = ["450 later"]
    handler.rcpt["r@yunting.test"] = ["550 no"]
    handler.data["u@yunting.test"] = ["take and drop"]
    to = [word for name in "wru" for word in ("--to", f"{name}@yunting.test")]
    assert run(desk, "send", "a.json", *to).returncode == 5
    second = run(desk, "send", "b.json", *to)
    assert second.returncode == 1 and handler.count == {"r@yunting.test": 1, "u@yunting.test": 1}


def test_what_was_dropped_is_told_and_not_sent(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve(), retries=0, to=["a@yunting.test", "b@yunting.test"])
    write(desk, "a.json", many(3))
    handler.rcpt["a@yunting.test"] = ["550 no"]
    assert run(desk, "send", "a.json").returncode == 5
    assert run(desk, "outbox", "drop", "--all").returncode == 0
    after = run(desk, "send", "a.json")
    assert after.returncode == 1 and "a@yunting.test" in after.stderr and "--again" in after.stderr
    assert handler.count == {"b@yunting.test": 1}


def test_an_odd_row_costs_one_letter(desk: Path, serve: Callable[..., int], handler: Counting) -> None:
    configured(desk, serve(), recipients="名单.csv")
    write(desk, "a.json", many(3))
    rows = [
        "a@yunting.test,=?utf-8?b?YQpCY2M6IHhAeS5jbg==?=",
        "坏地址,乙",
        "c@yunting.test,丙\u202e",
        "d@yunting.test," + "丁" * 300,
    ]
    (desk / "名单.csv").write_text("邮箱,姓名\n" + "\n".join(rows) + "\n", encoding="utf-8")
    sent = run(desk, "send", "a.json")
    assert sent.returncode == 1 and "第 3 行" in sent.stderr and "第 5 行" in sent.stderr
    assert handler.count == {"a@yunting.test": 1, "c@yunting.test": 1}
    assert handler.message()["Bcc"] is None


def test_one_letter_to_all_goes_to_those_whom_the_server_can_reach(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve(enable_SMTPUTF8=False), to=["林晚舟@例子.cn", "b@yunting.test"], bcc=True)
    write(desk, "a.json", many(3))
    sent = run(desk, "send", "a.json")
    assert sent.returncode == 5 and "林晚舟@" in sent.stderr and "SMTPUTF8" in sent.stderr
    assert handler.count == {"b@yunting.test": 1}


def test_a_preview_needs_no_recipient_and_sources_are_looked_at_first(desk: Path) -> None:
    write(desk, "a.json", many(3))
    shown = run(desk, "send", "a.json", "--preview")
    assert shown.returncode == 0 and (desk / "briefing-2026-11-20-mail.html").is_file()
    assert run(desk, "send", "a.json").returncode == 2
    for source in ("nothing.txt", "nothing.json"):
        missing = run(desk, "send", source)
        assert missing.returncode == 3 and source in missing.stderr
    assert "没有说寄给谁" in run(desk, "send", "a.json").stderr
    assert "[mail]" in run(desk, "send", "a.json", "--to", "a@yunting.test").stderr


OLD = """
CREATE TABLE bodies (digest TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, sender TEXT NOT NULL, head BLOB NOT NULL,
    body TEXT NOT NULL, international INTEGER NOT NULL, made TEXT NOT NULL);
CREATE TABLE copies (id INTEGER PRIMARY KEY, key TEXT NOT NULL, address TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES messages, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    code INTEGER NOT NULL DEFAULT 0, reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL, UNIQUE (key, address));
CREATE INDEX copies_by_state ON copies (state);
CREATE INDEX copies_by_message ON copies (message);
CREATE INDEX messages_by_body ON messages (body);
INSERT INTO messages VALUES (1, 'k', '每日简报 2026-11-20', 'd@yunting.test', 'S: x', 'b', 0, '2026-11-20T00:00:00+00:00');
INSERT INTO copies VALUES (1, 'k', 'a@yunting.test', '', 1, 'sent', 1, 250, 'ok', '2026-11-20T00:00:00+00:00');
PRAGMA user_version = 1;
"""


def test_an_outbox_of_the_version_before_is_opened_and_known(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.sqlite3") as db:
        db.executescript(OLD)
    db.close()
    for _ in range(2):
        box = Outbox(tmp_path / "old.sqlite3")
        assert [(one.address, one.day) for one in box.of_day("2026-11-20")] == [
            ("a@yunting.test", "2026-11-20")
        ]
        box.close()


def test_a_briefing_of_headlines_has_a_key() -> None:
    bare = briefing(replace(story(1), article=replace(story(1).article, paragraphs=())))
    assert news_key(bare).same_news(str(news_key(bare)))
