"""Documents into a folder: all or none, those of one run, and no part left."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from briefing.deliver import folder as folder_module
from briefing.deliver.folder import write_all
from briefing.deliver.folder_lock import folder_lock
from briefing.errors import DeliveryError

NAMES = ("a.html", "a.md", "a.pdf")
posix = pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")


def documents(mark: str) -> list[tuple[str, bytes]]:
    return [(name, mark.encode() * 50_000) for name in NAMES]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes()[:1] for path in folder.iterdir()}


def write_often(folder: Path, mark: str, times: int) -> None:
    for _ in range(times):
        write_all(folder, documents(mark))


@posix
def test_runs_at_the_same_time_leave_the_files_of_one(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=write_often, args=(tmp_path, mark, 15)) for mark in "xyz"]
    for run in runs:
        run.start()
    seen = 0
    while any(run.is_alive() for run in runs):
        with folder_lock(tmp_path, 60):
            found = contents(tmp_path)
        if found:
            seen += 1
            assert set(found) == set(NAMES) and len(set(found.values())) == 1
        time.sleep(0.01)
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0, 0] and seen
    assert set(contents(tmp_path)) == set(NAMES)


@posix
def test_a_folder_in_use_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "PATIENCE", 0.1)
    write_all(tmp_path, documents("x"))
    with folder_lock(tmp_path, 0), pytest.raises(DeliveryError, match="another run is writing") as caught:
        write_all(tmp_path, documents("y"))
    assert caught.value.hint and set(contents(tmp_path).values()) == {b"x"}
    write_all(tmp_path, documents("y"))
    assert set(contents(tmp_path).values()) == {b"y"}


@posix
def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".briefing-0123-0.part").write_bytes(b"half")
    (tmp_path / "others.part").write_bytes(b"")
    write_all(tmp_path, documents("x"))
    assert set(contents(tmp_path)) == {*NAMES, "others.part"}


def test_without_locks_only_old_parts_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.deliver.folder_lock.fcntl", None)
    fresh, old = tmp_path / ".briefing-1-0.part", tmp_path / ".briefing-2-0.part"
    fresh.touch()
    old.touch()
    os.utime(old, (1, 1))
    write_all(tmp_path, documents("x"))
    assert fresh.exists() and not old.exists()


class Interrupted(BaseException):
    """As a signal raises it."""


@pytest.mark.parametrize("step", range(6))
@pytest.mark.parametrize("old", [(), ("a.html", "a.pdf"), NAMES])
def test_an_interrupted_run_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, old: tuple[str, ...]
) -> None:
    write_all(tmp_path, [(name, b"old") for name in old])
    replace, calls = Path.replace, []

    def interrupted(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == step // 2 + 1 and step % 2:
            raise Interrupted
        result = replace(path, target)
        if len(calls) == step // 2 + 1:
            raise Interrupted
        return result

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(Interrupted):
        write_all(tmp_path, documents("x"))
    assert contents(tmp_path) == dict.fromkeys(old, b"o")


def test_a_folder_in_the_place_of_a_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    (tmp_path / "a.html").write_bytes(b"old")
    with pytest.raises(DeliveryError):
        write_all(tmp_path, documents("x"))
    assert (tmp_path / "a.html").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.pdf"]


@posix
def test_files_have_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (path,) = write_all(tmp_path, [("a", b"")])
    (tmp_path / "b").touch()
    assert path.stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_neither_a_fifo_nor_a_link_to_a_device_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    for name in ("pipe", "link"):
        with pytest.raises(DeliveryError):
            write_all(tmp_path, [("new.txt", b"x"), (name, b"x")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]
    assert not (tmp_path / "pipe").is_file()
    assert (tmp_path / "link").is_symlink()
