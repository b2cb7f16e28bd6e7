"""The archive: frozen editions, receipts, and full text in Chinese."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.app.archive import listed
from briefing.errors import StoreError
from briefing.store import version
from briefing.store.archive import Archive, Receipt, Run, StoredStory
from briefing.store.archive_search import search
from briefing.store.search import parse
from briefing.store.tables import VERSION
from briefing.types.archived import Filter

DAY = datetime.date(2026, 11, 20)


def story(position: int = 0, headline: str = "云汀大桥通车", text: str = "", **more: str) -> StoredStory:
    parts = {"section": "要闻", "paper": "云汀日报", "page": "1", "gist": "", "summary": ""} | more
    return StoredStory(position=position, headline=headline, text=text, **parts)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.sqlite3") as opened:
        yield opened


def found(archive: Archive, words: str) -> list[str]:
    with archive.database.reading() as connection:
        return [hit.story.headline for hit in search(connection, parse(words), Filter()).hits]


def test_an_edition_is_frozen(archive: Archive) -> None:
    first = archive.add(DAY, "daily", "一", "{}", [story()])
    assert archive.add(DAY, "daily", "二", '{"a": 1}', []) == first
    assert archive.find(DAY, "daily") == first
    assert archive.find(DAY, "evening") is None
    assert (first.title, first.count, first.content) == ("一", 1, "{}")


def test_of_two_at_once_one_wins_and_both_get_it(tmp_path: Path) -> None:
    place = tmp_path / "archive.sqlite3"
    Archive(place).close()
    made = []

    def add(title: str) -> None:
        with Archive(place) as archive:
            made.append(archive.add(DAY, "daily", title, "{}", [story()]))

    threads = [threading.Thread(target=add, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.title for one in made}) == 1 and len(made) == 6
    with Archive(place) as archive:
        assert len(listed(archive, Filter())) == 1
        assert found(archive, "大桥") == ["云汀大桥通车"]


def test_editions_by_day_newest_first(archive: Archive) -> None:
    for back in range(4):
        archive.add(DAY - datetime.timedelta(days=back), "daily", str(back), "{}", [])
    assert [one.title for one in listed(archive, Filter())] == ["0", "1", "2", "3"]
    two = Filter(since=DAY - datetime.timedelta(days=2), until=DAY - datetime.timedelta(days=1))
    assert [one.title for one in listed(archive, two)] == ["1", "2"]
    assert listed(archive, Filter(), "evening") == []


def test_a_removed_edition_is_found_no_more(archive: Archive) -> None:
    edition = archive.add(DAY, "daily", "一", "{}", [story(text="台风“海葵”登陆")])
    archive.record_receipts(edition, [Receipt(channel="mail", target="a@b.cn", state="sent")])
    archive.remove(edition)
    assert listed(archive, Filter()) == []
    assert found(archive, "海葵") == []
    again = archive.add(DAY, "daily", "二", "{}", [story(text="台风“海葵”减弱")])
    assert found(archive, "海葵") == ["云汀大桥通车"]
    assert archive.receipts(again) == []


def test_an_edition_is_replaced_whole_or_not_at_all(archive: Archive) -> None:
    first = archive.add(DAY, "daily", "一", "{}", [story(text="旧闻")])
    twice = [story(0, text="新闻"), story(0)]  # two at one position: the database refuses
    archive.add(DAY, "daily", "二", "{}", twice, instead_of=first)
    assert archive.find(DAY, "daily") == first
    assert found(archive, "旧闻") and not found(archive, "新闻")
    assert archive.add(DAY, "daily", "三", "{}", twice[:1], instead_of=first).title == "三"
    assert found(archive, "新闻") and not found(archive, "旧闻")


def test_the_last_receipt_counts(archive: Archive) -> None:
    edition = archive.add(DAY, "daily", "一", "{}", [])
    for state in ("waiting", "sent"):
        archive.record_receipts(edition, [Receipt(channel="mail", target="a@b.cn", state=state)])
    assert [one.state for one in archive.receipts(edition)] == ["sent"]


def test_runs_are_kept(archive: Archive) -> None:
    for code in (5, 0):
        archive.record_run(Run(day="2026-11-20", name="daily", started="t", code=code, report="{}"))
    assert [one.code for one in archive.runs("2026-11-20")] == [0, 5]
    assert archive.runs("2026-11-19") == []


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    place = tmp_path / "archive.sqlite3"
    place.write_bytes(b"no database" * 999)
    with Archive(place) as archive:
        assert listed(archive, Filter()) == []
        assert "archive.sqlite3.damaged-" in archive.notes[0].message.zh
    (kept,) = tmp_path.glob("*.damaged-*")
    assert kept.read_bytes() == b"no database" * 999


def test_an_archive_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "archive.sqlite3"
    with Archive(place) as archive, archive.database.writing() as connection:
        connection.execute(VERSION.update().values(version=version.CURRENT + 1))
    before = place.read_bytes()
    with pytest.raises(StoreError) as caught:
        Archive(place)
    assert "later version" in caught.value.message.en and caught.value.hint is not None
    assert place.read_bytes() == before


def test_an_archive_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "archive.sqlite3"
    with Archive(place) as archive:
        archive.add(DAY, "daily", "一", "{}", [story()])
    taken: list[int] = []
    monkeypatch.setattr(version, "CURRENT", version.CURRENT + 2)
    monkeypatch.setattr(version, "STEPS", {n: lambda _, n=n: taken.append(n) for n in (1, 2)})
    for _ in range(2):
        with Archive(place) as archive:
            assert found(archive, "大桥") == ["云汀大桥通车"]
    assert taken == [1, 2]


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Archive(tmp_path)
    for address in ("nonsense://x", "postgresql://[", "sqlite+nothing://"):
        with pytest.raises(StoreError):
            Archive(address)
