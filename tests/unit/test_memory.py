"""Remembered summaries: the same stories in the same order, asked for once; a damaged memory is made again."""

from __future__ import annotations

import datetime
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from briefing.app.memory import FILE, fingerprint, memory_place, with_memory
from briefing.app.summaries import stories
from briefing.config import explicit_settings
from briefing.engine.local import local
from briefing.messages import Message
from briefing.protocols import Outcome
from briefing.registry import Model, find_model
from briefing.store import summaries
from briefing.store.summaries import SummaryStore
from briefing.types import Article, Checks, Origin, Problem, Sentence, Story, Summary
from briefing.user_folders import cache_folder


@pytest.fixture(autouse=True)
def own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def article(number: int, **other: Any) -> Article:
    return replace(
        Article(id=str(number), headline=f"第{number}号", paragraphs=(f"第{number}号文件公布。",)), **other
    )


class Counting:
    """A stage that counts what it is asked for."""

    def __init__(self, origin: Origin = Origin.GENERATED) -> None:
        self.asked: list[str] = []
        self.origin = origin

    def __call__(self, items: Iterable[Outcome[Article]]) -> Iterator[Outcome[Story]]:
        return local(lambda: self._work)(items)

    def _work(self, item: Article) -> Story:
        self.asked.append(item.id)
        said = Sentence(text=item.text, evidence=((0, len(item.text)),), coverage=0.5)
        checks = Checks(unsupported_numbers=("8",), unsupported_claims=("会谈",))
        summary = Summary(gist="一句", sentences=(said,), model="m", checks=checks, origin=self.origin)
        return Story(article=item, summary=summary)


LEAD = find_model("lead")


def run(
    stage: Counting,
    items: Sequence[Outcome[Article]],
    model: Model = LEAD,
    length: int = 120,
    on: bool = True,
):
    settings = explicit_settings(sources=("x",), length=length, remember=on)
    with with_memory(stage, model, settings) as (remembering, memory):
        found = list(remembering(iter(items)))
    return found, memory.notes if memory else ()


def test_a_second_run_asks_for_nothing_and_says_the_same() -> None:
    problem = Problem(source="x", message=Message("坏", "bad"))
    items: list[Outcome[Article]] = [article(1), problem, article(2), article(3)]
    stage = Counting()
    first, _ = run(stage, items)
    assert stage.asked == ["1", "2", "3"] and first[1] is problem
    assert run(stage, items) == (first, ())
    assert stage.asked == ["1", "2", "3"]
    more: list[Outcome[Article]] = [article(3), article(4), problem, article(1)]
    mixed, _ = run(stage, more)
    assert stage.asked == ["1", "2", "3", "4"]
    assert [s.article.id for s in mixed if isinstance(s, Story)] == ["3", "4", "1"]


def test_another_place_is_the_same_article_and_other_words_are_not() -> None:
    stage = Counting()
    run(stage, [article(1)])
    found, _ = run(stage, [article(1, id="9", source="b.txt", paper="晚报", page_number="3")])
    assert stage.asked == ["1"] and found[0].article.source == "b.txt"
    others = [
        article(1, kicker="引题"),
        article(1, paragraphs=("另一段。",)),
        article(1, date=datetime.date(2026, 1, 2)),
    ]
    run(stage, others)
    run(stage, [article(1)], length=60)
    run(stage, [article(1)], model=find_model("textrank"))
    run(stage, [article(1)], on=False)
    assert len(stage.asked) == 7


def test_damage_is_told_and_made_again(tmp_path: Path) -> None:
    stage = Counting()
    first, _ = run(stage, [article(1), article(2)])
    file = cache_folder() / FILE
    assert file.is_relative_to(tmp_path)
    for content in ("{", "[]", '{"gist": 1}', "null"):
        with sqlite3.connect(file) as database:
            database.execute(
                "UPDATE summaries SET content = ? WHERE key = (SELECT min(key) FROM summaries)", (content,)
            )
        database.close()
        again, notes = run(stage, [article(1), article(2)])
        assert again == first and "1 条" in notes[0].message.zh and notes[0].note
    assert len(stage.asked) == 6
    file.write_bytes(b"no database at all, " * 100)
    again, notes = run(stage, [article(1)])
    assert again == first[:1] and notes
    assert run(stage, [article(1)]) == (first[:1], ())


def test_a_memory_that_cannot_be_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", Path("/dev/null")):
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
        found, notes = run(Counting(), [article(1)])
        assert isinstance(found[0], Story) and notes[0].note


def test_two_runs_at_once_and_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "MOST", 2)
    one, two = SummaryStore(tmp_path / "s"), SummaryStore(tmp_path / "s")
    made = [s for s in Counting()([article(n) for n in range(4)]) if isinstance(s, Story)]
    for number, story in enumerate(made):
        (one, two)[number % 2].put(str(number), story)
    assert two.get("0", made[0].article) == made[0]
    assert one.get("0", article(0, paragraphs=("短",))) is None, "its evidence does not fit the text"
    one.close()
    two.close()
    left = SummaryStore(tmp_path / "s")
    assert sum(left.get(str(n), made[n].article) is not None for n in range(4)) == 2
    left.close()


def test_what_tells_models_apart(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"1")
    (tmp_path / "m").mkdir()
    (tmp_path / "m/model.bin").write_bytes(b"1")
    folder = find_model(str(tmp_path / "m"))
    before = fingerprint(folder)
    (tmp_path / "m/model.bin").write_bytes(b"22")
    assert before != fingerprint(folder) and before is not None
    assert fingerprint(find_model("someone/model")) is None, "the hub's model may be another tomorrow"
    endpoint = find_model("openai:m@http://127.0.0.1:9/v1")
    fallback = Counting(Origin.EXTRACTED)
    for _ in range(2):
        run(fallback, [article(1)], model=endpoint)
    assert fallback.asked == ["1", "1"], "what an endpoint did not write is asked for again"


def test_summarize_remembers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云汀大桥通车\n\n云汀大桥11月20日通车，全长3.5公里。\n", encoding="utf-8")
    settings = explicit_settings(sources=(str(tmp_path / "a.txt"),), model="lead")
    assert list(stories(settings)) == list(stories(settings))
    store = sqlite3.connect(cache_folder() / FILE)
    assert store.execute("SELECT count(*) FROM summaries").fetchone() == (1,)
    store.close()


OLD = "CREATE TABLE summaries (key TEXT PRIMARY KEY, content TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"


def told(number: int) -> Story:
    (made,) = Counting()([article(number)])
    assert isinstance(made, Story)
    return made


def test_a_file_of_an_earlier_version_goes_on_working(tmp_path: Path) -> None:
    store = SummaryStore(tmp_path / "new")
    store.put("1", told(1))
    store.close()
    with closing(sqlite3.connect(tmp_path / "new")) as new, closing(sqlite3.connect(tmp_path / "old")) as old:
        old.execute(OLD)
        rows = new.execute("SELECT key, content, used FROM summaries").fetchall()
        old.executemany("INSERT INTO summaries VALUES (?, ?, ?)", rows)
        old.commit()
    store = SummaryStore(tmp_path / "old")
    store.put("2", told(2))
    assert (store.get("1", article(1)), store.get("2", article(2))) == (told(1), told(2))
    store.close()
    assert not store.notes


def test_damage_that_shows_itself_late_is_set_aside_too(tmp_path: Path) -> None:
    store = SummaryStore(tmp_path / "s")
    for number in range(400):
        store.put(str(number), told(number))
    store.close()
    with (tmp_path / "s").open("r+b") as file:  # its first pages, of which the table speaks, stay as they are
        file.seek(3 * 4096)
        file.write(b"\xff" * ((tmp_path / "s").stat().st_size - 4 * 4096))
    store = SummaryStore(tmp_path / "s")
    assert [store.get(str(number), article(number)) for number in range(400)].count(None) > 100
    store.put("1", told(1))
    assert store.get("1", article(1)) == told(1), "it goes on with an empty file"
    store.close()
    assert "s.damaged-" in store.notes[-1].message.zh and all(one.note for one in store.notes)
    assert list(tmp_path.glob("s.damaged-*"))


def test_a_full_disk_ends_it_for_this_run_and_is_said(tmp_path: Path) -> None:
    store = SummaryStore(tmp_path / "s")
    store.put("1", told(1))
    database = store._database
    assert database is not None

    def fill(connection: Any, _: object, __: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # as many pages as it has: the disk is full

    sqlalchemy.event.listen(database.engine, "checkout", fill)
    for number in range(2, 60):
        store.put(str(number), told(number))
    store.close()
    (note,) = store.notes
    assert "磁盘已满" in note.message.zh and note.note
    again = SummaryStore(tmp_path / "s")
    assert again.get("1", article(1)) == told(1) and not again.notes
    again.close()


WRITER = """
import sys
from briefing.store.summaries import SummaryStore
from briefing.types import Article, Sentence, Story, Summary
store = SummaryStore(sys.argv[1])
for n in range(200):
    one = Article(id=str(n), headline="", paragraphs=("今天通车。",))
    said = Sentence(text=one.text, evidence=((0, 5),), coverage=1.0)
    store.put(str(n), Story(article=one, summary=Summary(gist=sys.argv[2], sentences=(said,), model="m")))
store.close()
sys.exit(len(store.notes))
"""


def test_two_processes_write_the_same_at_once(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WRITER, str(tmp_path / "s")]
    running = [subprocess.Popen([*words, name], cwd=Path(__file__).parents[2]) for name in "ab"]
    assert [one.wait(120) for one in running] == [0, 0]
    store = SummaryStore(tmp_path / "s")
    found = [store.get(str(n), Article(id="", headline="", paragraphs=("今天通车。",))) for n in range(200)]
    assert all(found)
    store.close()


def test_its_place_is_the_archives_where_that_has_an_address(tmp_path: Path) -> None:
    shared = explicit_settings(archive={"database": "postgresql://desk@room.test/briefing"})
    assert memory_place(shared) == "postgresql://desk@room.test/briefing"
    for database in (None, "archive.sqlite3"):
        alone = explicit_settings(archive={"database": database})
        assert memory_place(alone) == cache_folder() / FILE


def test_a_server_that_is_not_there_is_done_without() -> None:
    store = SummaryStore("postgresql://u:s3cret@127.0.0.1:1/x")
    store.put("1", told(1))
    assert store.get("1", article(1)) is None
    store.close()
    (note,) = store.notes
    assert note.note and "s3cret" not in f"{note}"
