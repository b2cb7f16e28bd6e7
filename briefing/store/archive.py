"""The archive: every edition as it was made, with its stories, its receipts and the runs about it.

An edition is frozen: whoever adds one of a day and name that is there gets that one back. Knows rows;
what a briefing's JSON says is the matter of render/json.py.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from ..types import Problem
from .archive_names import add_names, names_of, remove_names
from .database import Database, failures, open_database
from .search_index import add_to_index, prepare_index, remove_from_index
from .tables import A_DAY, EDITIONS, RECEIPTS, RUNS, STORIES, TABLES, first_id
from .version import bring_up_to_date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStory:
    """What a story is listed and searched by; `position` counts from 0 within its edition."""

    position: int
    section: str
    paper: str
    page: str
    headline: str
    gist: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A briefing of a day (YYYY-MM-DD) under a name; `content` is its JSON, `made` in UTC."""

    id: int
    day: str
    name: str
    title: str
    made: str
    count: int
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of an edition on its way to one target of a channel."""

    channel: str
    target: str
    state: str
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run: when it began, its exit code, and its report as JSON."""

    day: str
    name: str
    started: str
    code: int
    report: str


class Archive:
    """The archive at a place. Its methods raise StoreError. To be closed, or used with `with`."""

    def __init__(self, place: str | Path) -> None:
        """Opens it, made if need be."""
        self._database: Database = open_database(place, TABLES)
        try:
            with self.database.writing() as connection:
                bring_up_to_date(connection)
                prepare_index(connection)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Archive:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    @property
    def database(self) -> Database:
        """The open database."""
        return self._database

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is to be said of the database."""
        return self._database.notes

    def close(self) -> None:
        """Closes the database."""
        self._database.close()

    def find(self, day: datetime.date, name: str) -> Edition | None:
        """The edition of that day and name."""
        wanted = sa.select(EDITIONS).where(EDITIONS.c.day == day.isoformat(), EDITIONS.c.name == name)
        with self._database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        return Edition(**row) if row else None

    def add(
        self,
        day: datetime.date,
        name: str,
        title: str,
        content: str,
        stories: Sequence[StoredStory],
        *,
        instead_of: Edition | None = None,
        searched: bool = True,
    ) -> Edition:
        """The edition of that day and name: this one, or the one that was there before.

        `instead_of` is taken out in the same transaction, with its stories and receipts. Unless it is
        `searched`, its stories are neither found nor counted: they are another edition's too.
        """
        row = {"day": day.isoformat(), "name": name, "title": title, "made": now(), "count": len(stories)}
        with failures(self._database.name):
            try:
                with self._database.transaction() as connection:
                    if instead_of:
                        _remove(connection, instead_of)
                    made = connection.execute(EDITIONS.insert().values(**row, content=content))
                    self._add_stories(connection, _key(made), day, stories if searched else ())
            except sa.exc.IntegrityError:
                pass  # there is one, or another process was first
        found = self.find(day, name)
        assert found is not None  # it was just added, and nothing deletes
        return found

    def remove(self, edition: Edition) -> None:
        """Takes an edition out, with its stories and receipts."""
        with self._database.writing() as connection:
            _remove(connection, edition)

    def record_receipts(self, edition: Edition, receipts: Iterable[Receipt]) -> None:
        """Writes down what became of an edition, in place of what was known of the same targets."""
        with self._database.writing() as connection:
            for receipt in receipts:
                same = sa.and_(
                    RECEIPTS.c.edition == edition.id,
                    RECEIPTS.c.channel == receipt.channel,
                    RECEIPTS.c.target == receipt.target,
                )
                connection.execute(RECEIPTS.delete().where(same))
                row = asdict(receipt) | {"edition": edition.id, "changed": now()}
                connection.execute(RECEIPTS.insert().values(**row))

    def receipts(self, edition: Edition) -> list[Receipt]:
        """What became of an edition."""
        columns = (RECEIPTS.c.channel, RECEIPTS.c.target, RECEIPTS.c.state, RECEIPTS.c.reply)
        wanted = sa.select(*columns).where(RECEIPTS.c.edition == edition.id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(RECEIPTS.c.channel, RECEIPTS.c.target)).mappings().all()
        return [Receipt(**row) for row in rows]

    def record_run(self, run: Run) -> None:
        """Writes down a run."""
        with self._database.writing() as connection:
            connection.execute(RUNS.insert().values(**asdict(run)))

    def runs(self, day: str = "", limit: int | None = None) -> list[Run]:
        """The runs, of a day if one is given, the newest first."""
        columns = (RUNS.c.day, RUNS.c.name, RUNS.c.started, RUNS.c.code, RUNS.c.report)
        wanted = sa.select(*columns).order_by(RUNS.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.where(RUNS.c.day == day) if day else wanted).mappings().all()
        return [Run(**row) for row in rows]

    def _add_stories(
        self, connection: sa.Connection, edition: int, day: datetime.date, stories: Sequence[StoredStory]
    ) -> None:
        """All that is kept of the stories, in the transaction of their edition."""
        ids = STORIES.c.id
        last = sa.select(sa.func.max(ids)).where(ids.between(first_id(day), first_id(day) + A_DAY - 1))
        start = 1 + (connection.execute(last).scalar() or first_id(day))
        for id, story in enumerate(stories, start):
            row = asdict(story)
            connection.execute(STORIES.insert().values(id=id, edition=edition, **row))
            add_to_index(connection, id, row)
            add_names(connection, id, names_of(row))


def _remove(connection: sa.Connection, edition: Edition) -> None:
    stories = sa.select(STORIES).where(STORIES.c.edition == edition.id)
    for row in connection.execute(stories).mappings().all():
        remove_from_index(connection, row["id"], dict(row))
        remove_names(connection, row["id"])
    connection.execute(EDITIONS.delete().where(EDITIONS.c.id == edition.id))


def _key(made: sa.CursorResult[Any]) -> int:
    """The key of the row that was inserted."""
    (key,) = made.inserted_primary_key or (0,)
    return int(key)


def now() -> str:
    """The time, in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
