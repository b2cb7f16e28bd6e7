"""A damaged outbox is told as damaged, with what to do, and nothing is sent twice."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from briefings import many
from mail_commands import briefing, configured
from servers import Counting

from briefing.render.json import JsonRenderer


@pytest.fixture
def desk(tmp_path: Path, serve: Callable[..., int], handler: Counting) -> Path:
    """A folder with an outbox in which one letter was sent, and one waits."""
    configured(tmp_path, serve(), retries=0, outbox="box.sqlite3", to=["a@yunting.test", "b@yunting.test"])
    (tmp_path / "b.json").write_bytes(JsonRenderer()(many(2), "zh").content)
    handler.rcpt["b@yunting.test"] = ["450 later"]
    assert briefing(tmp_path, "send", "b.json").returncode == 5
    return tmp_path


def changed(desk: Path, statement: str) -> None:
    with sqlite3.connect(desk / "box.sqlite3") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(statement)
    db.close()


def garbage_lock(desk: Path) -> None:
    (desk / "box.sqlite3.lock").write_bytes(b"this is no lock" * 100)


def folder_lock(desk: Path) -> None:
    (desk / "box.sqlite3.lock").unlink(missing_ok=True)
    (desk / "box.sqlite3.lock").mkdir()


def fifo_lock(desk: Path) -> None:
    (desk / "box.sqlite3.lock").unlink(missing_ok=True)
    os.mkfifo(desk / "box.sqlite3.lock")


@pytest.mark.parametrize("damage", [garbage_lock, folder_lock, fifo_lock])
def test_a_lock_that_is_none(desk: Path, handler: Counting, damage: Callable[[Path], None]) -> None:
    damage(desk)
    for words in (["outbox", "list"], ["outbox", "retry"], ["send", "b.json"], ["outbox", "drop", "--all"]):
        run = briefing(desk, *words)
        assert run.returncode == 5 and "已损坏" in run.stderr and "box.sqlite3.lock" in run.stderr
        assert "Traceback" not in run.stderr and "→" in run.stderr
    assert handler.count == {"a@yunting.test": 1}


BODIES = [
    "DELETE FROM bodies", "UPDATE bodies SET content = 5", "UPDATE bodies SET content = 'text'", "UPDATE bodies SET content = x'00'",
    "UPDATE messages SET head = 7", "UPDATE messages SET sender = x'00'",
]  # fmt: skip


@pytest.mark.parametrize("damage", BODIES)
def test_a_letter_that_is_none_is_told_and_can_be_written_again(
    desk: Path, handler: Counting, damage: str
) -> None:
    changed(desk, damage)
    assert briefing(desk, "outbox", "list").returncode == 0
    for words in (["outbox", "retry"], ["send", "b.json"], ["outbox", "retry"]):
        run = briefing(desk, *words)
        assert run.returncode == 5 and "损坏" in run.stderr and "Traceback" not in run.stderr
    assert handler.count == {"a@yunting.test": 1}
    assert briefing(desk, "outbox", "drop", "--all").returncode == 0
    assert briefing(desk, "send", "b.json", "--to", "b@yunting.test", "--again").returncode == 0
    assert handler.count == {"a@yunting.test": 1, "b@yunting.test": 1}


ROWS = [
    "UPDATE copies SET state = 'nonsense'", "UPDATE copies SET state = 5", "UPDATE copies SET attempts = 'x'",
    "UPDATE copies SET address = x'ff' WHERE id = 2", "UPDATE copies SET reply = 5, code = 'x'", "DELETE FROM messages",
    "UPDATE copies SET changed = x'00'", "UPDATE messages SET title = x'00'", "DROP TABLE bodies", "DROP TABLE copies",
    "UPDATE copies SET address = CAST(x'ff' AS TEXT) WHERE id = 2",
]  # fmt: skip


@pytest.mark.parametrize("damage", ROWS)
def test_rows_that_make_no_sense(desk: Path, handler: Counting, damage: str) -> None:
    changed(desk, damage)
    for words in (["outbox", "list", "--all"], ["outbox", "retry"], ["send", "b.json"]):
        run = briefing(desk, *words)
        assert run.returncode in (0, 5) and "Traceback" not in run.stderr
    assert run.returncode == 5 and "损坏" in run.stderr
    assert handler.count == {"a@yunting.test": 1}


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, None])
def test_a_file_that_is_none(desk: Path, handler: Counting, content: bytes | None) -> None:
    for file in desk.glob("box.sqlite3-*"):
        file.unlink()
    file = desk / "box.sqlite3"
    file.write_bytes(file.read_bytes()[:6000] if content is None else content)
    run = briefing(desk, "outbox", "list", "--all")
    assert "Traceback" not in run.stderr
    assert (run.returncode == 0 and content == b"") or (run.returncode == 5 and "损坏" in run.stderr)
