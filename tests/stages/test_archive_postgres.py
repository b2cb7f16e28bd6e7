"""The archive in PostgreSQL: a server of its own, on a socket in a folder, for as long as the tests run."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from briefing.errors import StoreError
from briefing.store.archive import Archive, Receipt, Run, StoredStory
from briefing.store.archive_search import search
from briefing.store.search import parse
from briefing.store.summaries import SUMMARIES, SummaryStore
from briefing.types import Article, Sentence, Story, Summary
from briefing.types.archived import Filter

pytest.importorskip("psycopg", reason="psycopg is not installed")
DAY = datetime.date(2026, 11, 20)
PLACES = [
    os.environ.get("PATH", ""),
    *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty database."""
    places = os.pathsep.join(PLACES)
    initdb, postgres = shutil.which("initdb", path=places), shutil.which("postgres", path=places)
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # the path of a socket must be short
    as_user: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
    words = [
        *as_user,
        initdb,
        "-D",
        str(folder / "data"),
        "-U",
        "briefing",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    subprocess.run([*words, "--locale", "C", "--no-sync"], check=True, capture_output=True, cwd=folder)
    words = [*as_user, postgres, "-D", str(folder / "data"), "-k", str(folder)]
    running = subprocess.Popen(
        [*words, "-c", "listen_addresses=", "-c", "fsync=off"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        address = f"postgresql://briefing@/postgres?host={folder}"
        for _ in range(300):
            try:
                Archive(address).close()
                break
            except StoreError:
                threading.Event().wait(0.1)
        yield address
    finally:
        running.terminate()
        running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def story(position: int = 0) -> StoredStory:
    return StoredStory(
        position=position, section="要闻", paper="云汀日报", page="1", headline="云汀大桥通车", gist="", summary="", text="今天通车"
    )  # fmt: skip


def test_an_edition_is_frozen_there_too(server: str) -> None:
    with Archive(server) as archive:
        first = archive.add(DAY, "daily", "一", "{}", [story(0), story(1)])
        assert archive.add(DAY, "daily", "二", "{}", []) == first
        assert archive.find(DAY, "daily") == first
        archive.record_receipts(first, [Receipt(channel="mail", target="a@b.cn", state="sent")])
        assert [one.state for one in archive.receipts(first)] == ["sent"]
        archive.record_run(Run(day="2026-11-20", name="daily", started="t", code=0, report="{}"))
        assert [one.code for one in archive.runs("2026-11-20")] == [0]
        archive.remove(first)
        assert archive.find(DAY, "daily") is None


@pytest.mark.parametrize(
    ("typed", "within", "wanted"),
    [
        ("大桥", Filter(), ["云汀大桥通车", "青溪改造"]),
        ("大橋 通車", Filter(), ["云汀大桥通车", "青溪改造"]),
        ('"大桥通车"', Filter(), ["云汀大桥通车"]),
        ("大桥 -改造", Filter(), ["云汀大桥通车"]),
        ("改造 OR 云汀", Filter(), ["云汀大桥通车", "青溪改造"]),
        ("桥", Filter(), ["云汀大桥通车", "青溪改造"]),
        ("大桥", Filter(section="社会"), ["青溪改造"]),
        ("大桥", Filter(paper="云汀晚报"), []),
        ("大桥", Filter(until=DAY), []),
        ("O'Neil", Filter(), ["青溪改造"]),
        ("造大", Filter(), []),
    ],
)
def test_it_finds_there_what_it_finds_here(
    server: str, tmp_path: Path, typed: str, within: Filter, wanted: list[str]
) -> None:
    told = [
        replace(story(0), text="全长1860米。"),
        replace(story(1), headline="青溪改造", section="社会", text="大桥昨日通车，O'Neil 剪彩。"),
    ]
    day = DAY + datetime.timedelta(days=1)
    within = replace(within, since=day)
    for place in (server, str(tmp_path / "archive.sqlite3")):
        with Archive(place) as archive:
            edition = archive.add(day, "search", "一", "{}", told)
            try:
                with archive.database.reading() as connection:
                    found = search(connection, parse(typed), within)
                assert sorted(hit.story.headline for hit in found.hits) == sorted(wanted), place
                assert found.total == len(wanted)
            finally:
                archive.remove(edition)


def test_of_two_at_once_one_wins_there_too(server: str) -> None:
    made = []

    def add(title: str) -> None:
        with Archive(server) as archive:
            made.append(archive.add(DAY, "race", title, "{}", [story()]))

    threads = [threading.Thread(target=add, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len({one.title for one in made}) == 1


def told(gist: str) -> Story:
    article = Article(id="1", headline="云汀大桥通车", paragraphs=("今天\x00通车。",))
    said = Sentence(text="今天\x00通车。", evidence=((0, 6),), coverage=1.0)
    return Story(article=article, summary=Summary(gist=gist, sentences=(said,), model="m"))


def test_summaries_are_remembered_there_too_by_several_at_once(server: str) -> None:
    def write(gist: str) -> None:
        store = SummaryStore(server)
        for number in range(30):
            store.put(str(number), told(gist))
        store.close()
        assert not store.notes

    threads = [threading.Thread(target=write, args=(gist,)) for gist in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = SummaryStore(server)
    found = [store.get(str(number), told("").article) for number in range(30)]
    assert all(one in (told("甲"), told("乙"), told("丙")) for one in found)
    assert store.get("31", told("").article) is None
    store.close()
    assert not store.notes


def test_the_summaries_used_longest_ago_go_there_too(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.store.summaries.MOST", 3)
    store = SummaryStore(server)
    for number in range(6):
        store.put(f"bound{number}", told("甲"))
    store.close()
    store = SummaryStore(server)
    with store._database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(SUMMARIES)).scalar() == 3
    store.close()


def test_a_server_that_is_not_there_is_an_error_in_words_without_the_password() -> None:
    with pytest.raises(StoreError) as error:
        Archive("postgresql://u:s3cret@127.0.0.1:1/x")
    assert "s3cret" not in f"{error.value.message}{error.value.hint}"
