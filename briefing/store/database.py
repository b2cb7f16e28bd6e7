"""A database by its place: a file of SQLite, or another by its address (SQLAlchemy Core).

Knows how a database is opened, guarded and set aside; does not know what is in it. What cannot be used
is a StoreError with what to do; a file that is damaged is put beside itself under another name, said in
`notes`, and begun anew.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ..errors import StoreError, reason
from ..messages import Message
from ..types import Problem

WAIT = 30.0
"""Seconds to wait for another process that writes."""
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""SQLite's error codes for a file that is damaged."""
WRITES = "briefing_writes"
"""The option of a connection that will write: it waits for others at its begin, not halfway."""
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was told must outlive a power failure
    "PRAGMA foreign_keys = ON",
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a database is for: what it is called when it fails, what to do then and when it is lost, how long
    its writers wait."""

    name: Message
    remedy: Message
    loss: Message
    wait: float = WAIT
    pragmas: tuple[str, ...] = PRAGMAS


ARCHIVE = Purpose(
    Message("存档", "the archive"),
    Message(
        "请检查磁盘和权限，或在 [archive] database 里换一处",
        "check disk and permissions, or name another place as database under [archive]",
    ),
    Message("可从备份恢复", "restore it from a backup if there is one"),
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database, and what is to be said of it."""

    engine: sa.Engine
    name: str
    notes: tuple[Problem, ...] = ()
    purpose: Purpose = ARCHIVE

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to read by; raises StoreError."""
        with failures(self.name, self.purpose), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction: all of it or nothing; raises StoreError."""
        with failures(self.name, self.purpose), self.transaction() as connection:
            yield connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A transaction that raises the database's own errors."""
        with self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Closes it."""
        self.engine.dispose()


def open_database(place: str | Path, tables: sa.MetaData, purpose: Purpose = ARCHIVE) -> Database:
    """The database at a path or an address, with its tables; raises StoreError."""
    if "://" in str(place):
        return _at_address(str(place), tables, purpose)
    path = Path(place)
    with failures(str(path), purpose):
        _make_private(path, purpose)
        try:
            return Database(_opened(path, tables, purpose), str(path), (), purpose)
        except sa.exc.DatabaseError as error:
            if not is_damaged(error):
                raise
            return _begun_anew(path, tables, purpose)


def begin_anew(database: Database, tables: sa.MetaData) -> Database:
    """An empty database in place of a file that shows itself to be damaged; raises StoreError."""
    database.close()
    with failures(database.name, database.purpose):
        return _begun_anew(Path(database.name), tables, database.purpose)


def _begun_anew(path: Path, tables: sa.MetaData, purpose: Purpose) -> Database:
    moved = _set_aside(path)
    _make_private(path, purpose)
    return Database(_opened(path, tables, purpose), str(path), (_damaged(path, moved, purpose),), purpose)


def _at_address(address: str, tables: sa.MetaData, purpose: Purpose) -> Database:
    try:
        url = sa.make_url(address)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ValueError):
        raise StoreError(
            Message("看不懂存档数据库的地址", "the address of the archive's database is not understood"),
            Message("例如 postgresql://user@host/briefing", "for example postgresql://user@host/briefing"),
        ) from None
    except ImportError:
        raise StoreError(
            Message("没有装连接这个数据库的程序", "the driver of this database is not installed"),
            Message("pip install 'briefing[postgres]'", "pip install 'briefing[postgres]'"),
        ) from None
    name = url.render_as_string(hide_password=True)
    with failures(name, purpose):
        try:
            tables.create_all(engine)
        except sa.exc.DBAPIError:  # another process made them at the same moment; else it fails again
            tables.create_all(engine)
    return Database(engine, name, (), purpose)


def _opened(path: Path, tables: sa.MetaData, purpose: Purpose) -> sa.Engine:
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": purpose.wait})
    sa.event.listen(engine, "connect", partial(_prepare, purpose))
    sa.event.listen(engine, "begin", _begin)
    try:
        _make_tables(engine, tables)
        with engine.connect() as connection:
            for table in tables.sorted_tables:
                connection.execute(sa.select(table).limit(1)).first()
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_tables(engine: sa.Engine, tables: sa.MetaData) -> None:
    """Makes the tables that are missing, as a writer: others may make them at the same moment."""
    if set(tables.tables) <= set(sa.inspect(engine).get_table_names()):
        return
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin():
            tables.create_all(connection)


def _prepare(purpose: Purpose, connection: Any, _: object) -> None:
    """Leaves transactions to us: the driver would begin them late, and never for reading."""
    connection.isolation_level = None
    for pragma in purpose.pragmas:
        _execute_waiting(connection, pragma, purpose.wait)


def _execute_waiting(connection: sqlite3.Connection, pragma: str, wait: float) -> None:
    """Executes what SQLite does not wait for: a change of the journal while others open the file."""
    end = time.monotonic() + wait
    while True:
        try:
            connection.execute(pragma)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN"
    )


def _make_private(path: Path, purpose: Purpose) -> None:
    """Makes folder and file, readable by their owner only."""
    if path.exists() and not path.is_file():
        raise StoreError(
            Message(f"{path} 不是文件", f"{path} is no file"),
            purpose.remedy,
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def is_damaged(error: Exception) -> bool:
    """Whether an error of SQLAlchemy says that a file is damaged."""
    if not isinstance(error, sa.exc.DatabaseError):
        return False
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in DAMAGED


def _set_aside(path: Path) -> Path:
    """Moves the file and what belongs to it; where to."""
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    for end in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{end}").replace(f"{target}{end}")
    return target


def _damaged(path: Path, moved: Path, purpose: Purpose) -> Problem:
    return Problem(
        source=str(path),
        message=Message(
            f"已损坏，移到了 {moved.name}，另起了一个空的",
            f"was damaged; it is now {moved.name}, and an empty one was begun",
        ),
        hint=purpose.loss,
        note=purpose is not ARCHIVE,
    )


@contextlib.contextmanager
def failures(name: str, purpose: Purpose = ARCHIVE) -> Iterator[None]:
    """What disk or database cannot do, as a StoreError."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, OSError) as error:
        why, called = reason_of(error), purpose.name
        raise StoreError(
            Message(f"{called.zh} {name} 用不了：{why.zh}", f"{called.en} {name} cannot be used: {why.en}"),
            purpose.remedy,
        ) from None


def reason_of(error: sa.exc.SQLAlchemyError | OSError) -> Message:
    """Why, in the database's own words but without the statement, which may hold what is private."""
    if isinstance(error, OSError):
        return reason(error)
    cause = getattr(error, "orig", None)
    words = (str(cause or type(error).__name__).strip() or "?").splitlines()[0][:200]
    known = {
        "database or disk is full": Message("磁盘已满", "the disk is full"),
        "database is locked": Message("别的程序一直占着它", "another program keeps it locked"),
        "attempt to write a readonly database": Message("没有写的权限", "it may not be written"),
        "unable to open database file": Message("打不开", "it cannot be opened"),
    }
    return known.get(words, Message(words, words))
