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
from collections.abc import Iterator
from dataclasses import dataclass
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
class Database:
    """An open database, and what is to be said of it."""

    engine: sa.Engine
    name: str
    notes: tuple[Problem, ...] = ()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to read by; raises StoreError."""
        with failures(self.name), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction: all of it or nothing; raises StoreError."""
        with failures(self.name), self.transaction() as connection:
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


def open_database(place: str | Path, tables: sa.MetaData) -> Database:
    """The database at a path or an address, with its tables; raises StoreError."""
    if "://" in str(place):
        return _at_address(str(place), tables)
    path = Path(place)
    with failures(str(path)):
        _make_private(path)
        try:
            return Database(_opened(path, tables), str(path))
        except sa.exc.DatabaseError as error:
            if not _is_damaged(error):
                raise
            moved = _set_aside(path)
            return Database(_opened(path, tables), str(path), (_damaged(path, moved),))


def _at_address(address: str, tables: sa.MetaData) -> Database:
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
    with failures(name):
        tables.create_all(engine)
    return Database(engine, name)


def _opened(path: Path, tables: sa.MetaData) -> sa.Engine:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": WAIT})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    try:
        tables.create_all(engine)
        with engine.connect() as connection:
            for table in tables.sorted_tables:
                connection.execute(sa.select(table).limit(1)).first()
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(connection: Any, _: object) -> None:
    """Leaves transactions to us: the driver would begin them late, and never for reading."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN"
    )


def _make_private(path: Path) -> None:
    """Makes folder and file, readable by their owner only."""
    if path.exists() and not path.is_file():
        raise StoreError(
            Message(f"{path} 不是文件", f"{path} is no file"),
            Message("请在 [archive] database 里换一处", "name another place as database under [archive]"),
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _is_damaged(error: sa.exc.DatabaseError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in DAMAGED


def _set_aside(path: Path) -> Path:
    """Moves the file and what belongs to it; where to."""
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    for end in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{end}").replace(f"{target}{end}")
    return target


def _damaged(path: Path, moved: Path) -> Problem:
    return Problem(
        source=str(path),
        message=Message(
            f"已损坏，移到了 {moved.name}，另起了一个空的",
            f"was damaged; it is now {moved.name}, and an empty one was begun",
        ),
        hint=Message("可从备份恢复", "restore it from a backup if there is one"),
    )


@contextlib.contextmanager
def failures(name: str) -> Iterator[None]:
    """What disk or database cannot do, as a StoreError."""
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        raise _unusable(name, _reason(error)) from None
    except OSError as error:
        raise _unusable(name, reason(error)) from None


def _reason(error: sa.exc.SQLAlchemyError) -> Message:
    """Why, in the database's own words but without the statement, which may hold what is private."""
    cause = getattr(error, "orig", None)
    words = (str(cause or type(error).__name__).strip() or "?").splitlines()[0][:200]
    known = {
        "database or disk is full": Message("磁盘已满", "the disk is full"),
        "database is locked": Message("别的程序一直占着它", "another program keeps it locked"),
        "attempt to write a readonly database": Message("没有写的权限", "it may not be written"),
        "unable to open database file": Message("打不开", "it cannot be opened"),
    }
    return known.get(words, Message(words, words))


def _unusable(name: str, why: Message) -> StoreError:
    return StoreError(
        Message(f"存档 {name} 用不了：{why.zh}", f"the archive {name} cannot be used: {why.en}"),
        Message(
            "请检查磁盘和权限，或在 [archive] database 里换一处",
            "check disk and permissions, or name another place as database under [archive]",
        ),
    )
