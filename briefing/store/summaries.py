"""Remembered summaries: a table of summaries by key, bounded, shared by processes; in a file of SQLite, or
in the archive's database where that has an address (SQLAlchemy Core).

Knows how a summary is written down and read again; does not know what a key is made of. It is a
cache: whatever cannot be read is made again, and said.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from ..errors import StoreError
from ..messages import Message
from ..types import Article, Checks, Origin, Problem, Sentence, Story, Summary
from .database import Purpose, begin_anew, is_damaged, open_database, reason_of

MOST = 20_000
"""Summaries kept; the ones used longest ago go first. Each has some 1.5 kB."""
LONGEST = 60_000
"""Characters of a summary that is kept."""
TABLES = sa.MetaData()
SUMMARIES = sa.Table(
    "summaries",
    TABLES,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("used", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""`used` is in seconds since 1970."""
PURPOSE = Purpose(
    Message("摘要缓存", "the memory of summaries"),
    Message("这次没有用它，别的都照常", "it was not used; all else is as always"),
    Message("里面的摘要会重新做", "its summaries are made again"),
    wait=5.0,
    pragmas=("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL"),
)
T = TypeVar("T")


class SummaryStore:
    """The summaries at a place; where it cannot be used nothing is remembered, and `notes` says why."""

    def __init__(self, place: str | Path) -> None:
        """Opens the file or the address, or makes it; a file that is damaged is set aside."""
        self.damaged = 0
        self._name = "[archive] database" if "://" in str(place) else str(place)  # which may hold a password
        self._notes: tuple[Problem, ...] = ()
        self._used: set[str] = set()
        self._database = None
        try:
            self._database = open_database(place, TABLES, PURPOSE)
        except StoreError as error:
            self._note(error.message, error.hint)
            return
        self._notes = self._database.notes

    def get(self, key: str, article: Article) -> Story | None:
        """The story of that key, or None; one that does not fit the article is dropped."""
        wanted = sa.select(SUMMARIES.c.content).where(SUMMARIES.c.key == key)
        found = self._asked(lambda connection: connection.execute(wanted).scalar())
        if found is None:
            return None
        try:
            summary = _summary(found, len(article.text))
        except (ValueError, TypeError, KeyError, RecursionError):
            self.damaged += 1
            return None
        self._used.add(key)
        return Story(article=article, summary=summary)

    def put(self, key: str, story: Story) -> None:
        """Keeps the story's summary; one that is too long, or no Unicode, is not kept."""
        content = json.dumps(_written(story.summary), ensure_ascii=False)
        if len(content) > LONGEST or content != content.encode(errors="replace").decode():
            return
        row = {"key": key, "content": content, "used": _now()}
        self._asked(lambda connection: _keep(connection, row), writes=True)

    def close(self) -> None:
        """Notes what was used, forgets what is too much, and closes the database."""
        database, self._database = self._database, None
        if database is None:
            return
        with contextlib.suppress(sa.exc.SQLAlchemyError, OSError), database.transaction() as connection:
            self._tidy(connection)
        database.close()

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What could not be used."""
        if not self.damaged:
            return self._notes
        message = Message(
            f"有 {self.damaged} 条记下的摘要已损坏，重新做了",
            f"{self.damaged} remembered summaries were damaged and are made again",
        )
        return (*self._notes, Problem(source=self._name, message=message, note=True))

    def _tidy(self, connection: sa.Connection) -> None:
        table, keys = SUMMARIES.c, sorted(self._used)  # in one order, for others may do the same now
        for start in range(0, len(keys), 500):
            some = table.key.in_(keys[start : start + 500])
            connection.execute(SUMMARIES.update().where(some).values(used=_now()))
        oldest = sa.select(table.key).order_by(table.used.desc(), table.key).offset(MOST)
        connection.execute(SUMMARIES.delete().where(table.key.in_(oldest)))

    def _asked(self, question: Callable[[sa.Connection], T], *, writes: bool = False) -> T | None:
        """The database's answer; None where it can give none, which is the end of it for this run."""
        database = self._database
        if database is None:
            return None
        try:
            with database.transaction() if writes else database.engine.connect() as connection:
                return question(connection)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            self._give_up(error)
            return None

    def _give_up(self, error: sa.exc.SQLAlchemyError | OSError) -> None:
        """Remembers nothing more in this run; a file that is damaged is set aside, and begun anew."""
        database, self._database = self._database, None
        assert database is not None  # it was just asked
        if is_damaged(error):
            with contextlib.suppress(StoreError):
                self._database = begin_anew(database, TABLES)
                self._notes += self._database.notes
                return
        database.close()
        why = reason_of(error)
        self._note(Message(f"用不了：{why.zh}", f"cannot be used: {why.en}"), PURPOSE.remedy)

    def _note(self, message: Message, hint: Message | None) -> None:
        self._notes += (Problem(source=self._name, message=message, hint=hint, note=True),)


def _keep(connection: sa.Connection, row: dict[str, Any]) -> None:
    """Writes the row, in place of one of the same key, which another process may write just now."""
    insert: Callable[..., Any] = sqlite.insert
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # a tenth of a second of the start

        insert = postgresql.insert
    new = insert(SUMMARIES).values(**row)
    same = {"content": new.excluded.content, "used": new.excluded.used}
    connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=same))


def _now() -> int:
    return int(time.time())


def _written(summary: Summary) -> dict[str, Any]:
    """A summary as JSON."""
    checks = summary.checks
    return {
        "gist": summary.gist,
        "model": summary.model,
        "origin": summary.origin.value,
        "sentences": [
            [one.text, [list(span) for span in one.evidence], one.coverage] for one in summary.sentences
        ],
        "checks": [checks.unsupported_numbers, checks.unsupported_names, checks.unsupported_claims],
    }


def _summary(content: str, length: int) -> Summary:
    """The summary of a text of `length` characters. ValueError and its like for anything else."""
    found = json.loads(content)
    numbers, names, claims = (tuple(map(_text, part)) for part in found["checks"])
    return Summary(
        gist=_text(found["gist"]),
        model=_text(found["model"]),
        origin=Origin(found["origin"]),
        sentences=tuple(
            Sentence(
                text=_text(text),
                evidence=tuple(_span(span, length) for span in spans),
                coverage=float(coverage),
            )
            for text, spans, coverage in found["sentences"]
        ),
        checks=Checks(unsupported_numbers=numbers, unsupported_names=names, unsupported_claims=claims),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _span(value: Any, length: int) -> tuple[int, int]:
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise ValueError("a range within the text expected")
    return start, end
