"""The outbox's file: where it is, its tables, its lock, and what is said when it cannot be used.

Knows SQLite; does not know what a letter is.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import REASONS, DeliveryError, UnfitFileError, reason
from ..isolation.small_file import NOT_REGULAR
from ..messages import Message
from ..user_folders import data_folder

VERSION = 3
SCHEMA = """
CREATE TABLE bodies (digest TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, sender TEXT NOT NULL, head BLOB NOT NULL,
    body TEXT NOT NULL, international INTEGER NOT NULL, made TEXT NOT NULL, day TEXT NOT NULL DEFAULT '');
CREATE TABLE copies (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, address TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES messages, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    code INTEGER NOT NULL DEFAULT 0, reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL,
    hours TEXT NOT NULL DEFAULT '', UNIQUE (key, address));
CREATE INDEX copies_by_state ON copies (state);
CREATE INDEX copies_by_message ON copies (message);
CREATE INDEX messages_by_body ON messages (body)
"""
FROM_VERSION_1 = """
ALTER TABLE messages ADD COLUMN day TEXT NOT NULL DEFAULT '';
UPDATE messages SET day = substr(title, -10) WHERE title GLOB '*[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
"""
"""Before `day`, the title ended in it."""
FROM_VERSION_2 = "ALTER TABLE copies ADD COLUMN hours TEXT NOT NULL DEFAULT ''"
UPGRADES = {1: FROM_VERSION_1, 2: FROM_VERSION_2}
LOCK_WAIT = 0.2
"""Seconds between two looks at a lock that another process holds."""
ENVIRONMENT = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
)
"""SQLite's error codes that do not speak of a damaged file."""


SYSTEM_ERRORS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}
"""SQLite's error codes that mean the same as one of the system's."""


class BusyError(DeliveryError):
    """Another process is sending."""


def user_outbox() -> Path:
    """The outbox among the user's data."""
    return data_folder() / "outbox.sqlite3"


def open_database(path: Path) -> sqlite3.Connection:
    """The outbox's database, created or upgraded if need be, readable by its owner only.

    DeliveryError if it cannot be.
    """
    with expected_failures(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _refuse_special(path)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        database = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")  # "handed" must outlive a power failure too
            with transaction(database, path):
                _upgrade(database, path)
        except BaseException:
            database.close()
            raise
        return database


def _refuse_special(path: Path) -> None:
    """Raises OSError for a FIFO or a device, which would be waited for."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise UnfitFileError(errno.EINVAL, NOT_REGULAR, str(path))


def _upgrade(database: sqlite3.Connection, path: Path) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise DeliveryError(
            Message(f"发件箱 {path} 是更新版本的程序写的", f"the outbox {path} was made by a later version"),
            Message("请升级 briefing", "upgrade briefing"),
        )
    if version == VERSION:
        return
    steps = [UPGRADES[old] for old in range(version, VERSION)] if version > 0 else [SCHEMA]
    for statement in ";\n".join(step.strip() for step in steps).split(";\n"):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {VERSION}")


@contextlib.contextmanager
def transaction(database: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A transaction: all of it or nothing."""
    with expected_failures(path):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


@contextlib.contextmanager
def sending_lock(path: Path, patience: float, waiting: Callable[[], None] | None) -> Iterator[None]:
    """A lock that dies with its process: a transaction on a file of its own.

    `waiting` is called once if another process holds it; BusyError after `patience` seconds.
    """
    file = Path(f"{path}.lock")
    with _lock_failures(file):
        _refuse_special(file)
        lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        with _lock_failures(file):
            _acquire(lock, time.monotonic() + patience, waiting if patience > 0 else None)
        yield
    finally:
        lock.close()


def _acquire(lock: sqlite3.Connection, deadline: float, waiting: Callable[[], None] | None) -> None:
    while True:
        try:
            lock.execute("BEGIN EXCLUSIVE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        if waiting:
            waiting()
            waiting = None
        if time.monotonic() > deadline:
            raise BusyError(
                Message("另一个 briefing 一直在发信", "another briefing keeps sending"),
                Message(
                    "等它结束后再试；名单都在发件箱里",
                    "try again when it is done; everybody is in the outbox",
                ),
            )
        time.sleep(LOCK_WAIT)


@contextlib.contextmanager
def _lock_failures(file: Path) -> Iterator[None]:
    """What is wrong with the lock's file, as an expected failure."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if _error_code(error) in ENVIRONMENT:
            raise _unusable(file, _sqlite_reason(error)) from None
        why = reason(error) if isinstance(error, OSError) else _sqlite_reason(error)
        raise DeliveryError(
            Message(
                f"发件箱的锁 {file} 已损坏，用不了：{why.zh}",
                f"the outbox's lock {file} is damaged and cannot be used: {why.en}",
            ),
            Message(
                "没有 briefing 正在发信时，删掉它即可，里面没有内容；什么也没有寄出",
                "while no briefing is sending, delete it: it holds nothing; nothing was sent",
            ),
        ) from None


@contextlib.contextmanager
def expected_failures(path: Path) -> Iterator[None]:
    """What the disk or SQLite cannot do, and what is damaged, as expected failures."""
    try:
        yield
    except sqlite3.Error as error:
        if _error_code(error) in ENVIRONMENT:
            raise _unusable(path, _sqlite_reason(error)) from None
        raise damaged(path, str(error)) from None
    except OSError as error:
        raise _unusable(path, reason(error)) from None


def _error_code(error: Exception) -> int:
    """SQLite's primary error code; 0 for what has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _sqlite_reason(error: Exception) -> Message:
    """Why SQLite refused, in both languages; its own words where we have none."""
    number = SYSTEM_ERRORS.get(_error_code(error))
    return REASONS[number] if number else Message(str(error), str(error))


def _unusable(path: Path, why: Message) -> DeliveryError:
    return DeliveryError(
        Message(f"发件箱 {path} 用不了：{why.zh}", f"the outbox {path} cannot be used: {why.en}"),
        Message(
            "请检查磁盘和权限，或用 [mail] outbox 换一处",
            "check disk and permissions, or name another file as outbox under [mail]",
        ),
    )


def damaged(path: Path, reason: str) -> DeliveryError:
    """The error for an outbox whose content is not what was written."""
    return DeliveryError(
        Message(
            f"发件箱 {path} 已损坏，用不了：{reason}",
            f"the outbox {path} is damaged and cannot be used: {reason}",
        ),
        Message(
            "请从备份恢复，或把它移走另起一个；移走后不再知道谁已收过，重寄前请先核对",
            "restore it from a backup, or move it away to begin a new one; what was sent is then "
            "forgotten: check before you send again",
        ),
    )
