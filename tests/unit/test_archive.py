"""The archive: frozen editions, receipts, and full text in Chinese."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import StoreError, UsageError
from briefing.store.archive import Archive, Receipt, Run, StoredStory
from briefing.store.full_text import grams, query_of, search

DAY = datetime.date(2026, 11, 20)


def story(position: int = 0, headline: str = "云汀大桥通车", text: str = "", **more: str) -> StoredStory:
    parts = {"section": "要闻", "paper": "云汀日报", "page": "1", "gist": "", "summary": ""} | more
    return StoredStory(position=position, headline=headline, text=text, **parts)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.sqlite3") as opened:
        yield opened


def found(archive: Archive, words: str, **more: object) -> list[str]:
    with archive.database.reading() as connection:
        return [one.headline for one in search(connection, words, **more)]  # type: ignore[arg-type]


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
        assert len(archive.editions()) == 1
        assert found(archive, "大桥") == ["云汀大桥通车"]


def test_editions_by_day_newest_first(archive: Archive) -> None:
    for back in range(4):
        archive.add(DAY - datetime.timedelta(days=back), "daily", str(back), "{}", [])
    assert [one.title for one in archive.editions()] == ["0", "1", "2", "3"]
    assert [one.title for one in archive.editions("2026-11-18", "2026-11-19")] == ["1", "2"]
    assert [one.title for one in archive.editions(limit=1)] == ["0"]


def test_a_removed_edition_is_found_no_more(archive: Archive) -> None:
    edition = archive.add(DAY, "daily", "一", "{}", [story(text="台风“海葵”登陆")])
    archive.record_receipts(edition, [Receipt(channel="mail", target="a@b.cn", state="sent")])
    archive.remove(edition)
    assert archive.editions() == []
    assert found(archive, "海葵") == []
    again = archive.add(DAY, "daily", "二", "{}", [story(text="台风“海葵”减弱")])
    assert found(archive, "海葵") == ["云汀大桥通车"]
    assert archive.receipts(again) == []


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


@pytest.mark.parametrize(
    "words",
    ["大桥", "桥", "通车", "台北", "臺北", "ＮＢＡ", "nba", "3.5", "“通车仪式”", "仪式 大桥", "隧道 OR 大桥", "或者 | 大桥", "大桥 -隧道", "式"],
)  # fmt: skip
def test_what_is_there_is_found(archive: Archive, words: str) -> None:
    archive.add(DAY, "daily", "一", "{}", [story(text="臺北市長參加NBA賽前的通車儀式，3.5萬人觀看")])
    assert found(archive, words) == ["云汀大桥通车"]


@pytest.mark.parametrize("words", ["桥云", "市参", "大桥 隧道", "大桥 -通车", '"大桥通车仪式"', "xyz"])
def test_what_is_not_there_is_not_found(archive: Archive, words: str) -> None:
    archive.add(DAY, "daily", "一", "{}", [story(text="市长，参加通车仪式")])
    assert found(archive, words) == []


def test_search_is_narrowed_and_ordered(archive: Archive) -> None:
    old, new = DAY - datetime.timedelta(days=9), DAY
    archive.add(old, "daily", "一", "{}", [story(headline="大桥", section="城事", paper="云汀晚报")])
    archive.add(new, "daily", "二", "{}", [story(headline="隧道", text="在大桥以东")])
    assert found(archive, "大桥") == ["大桥", "隧道"]
    assert found(archive, "大桥", newest=True) == ["隧道", "大桥"]
    assert found(archive, "大桥", since="2026-11-15") == ["隧道"]
    assert found(archive, "大桥", until="2026-11-15") == ["大桥"]
    assert found(archive, "大桥", section="城事") == found(archive, "大桥", paper="云汀晚报") == ["大桥"]
    assert found(archive, "大桥", limit=1, offset=1) == ["隧道"]


@pytest.mark.parametrize("words", ["", " ", "，。", '""', "-大桥", "-"])
def test_a_query_for_nothing_is_an_error(words: str) -> None:
    with pytest.raises(UsageError):
        query_of(words)


@given(words=st.text(max_size=40))
def test_no_query_breaks_the_index(words: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.sqlite3") as archive:
        archive.add(DAY, "daily", "一", "{}", [story()])
        try:
            found(archive, words)
        except UsageError:
            assert not any(char.isalnum() for char in words) or words.lstrip().startswith(
                ("-", "－", "OR", "或", "|")
            )


@given(
    text=st.text(alphabet="云汀大桥通车，。 a1", max_size=30),
    start=st.integers(0, 30),
    size=st.integers(1, 6),
)
def test_whatever_stands_in_a_run_is_found(text: str, start: int, size: int) -> None:
    piece = text[start : start + size]
    if not piece or any(char not in "云汀大桥通车" for char in piece):
        return
    tokens = grams(text).split()
    wanted = query_of(piece)
    words = wanted.strip("()").rstrip("*").strip('"').split()
    if wanted.rstrip(")").endswith("*"):
        assert any(token.startswith(words[0]) for token in tokens)
    else:
        assert any(tokens[at : at + len(words)] == words for at in range(len(tokens)))


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    place = tmp_path / "archive.sqlite3"
    place.write_bytes(b"no database" * 999)
    with Archive(place) as archive:
        assert archive.editions() == []
        assert "archive.sqlite3.damaged-" in archive.notes[0].message.zh
    (kept,) = tmp_path.glob("*.damaged-*")
    assert kept.read_bytes() == b"no database" * 999


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Archive(tmp_path)
    for address in ("nonsense://x", "postgresql://[", "sqlite+nothing://"):
        with pytest.raises(StoreError):
            Archive(address)
