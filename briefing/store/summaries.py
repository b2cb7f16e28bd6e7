"""Remembered summaries: a SQLite file of summaries by key, bounded, shared by processes.

Knows how a summary is written down and read again; does not know what a key is made of. It is a
cache: whatever cannot be read is made again, and said.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from ..messages import Message
from ..types import Article, Checks, Origin, Problem, Sentence, Story, Summary

MOST = 20_000
"""Summaries kept; the ones used longest ago go first. Each has some 1.5 kB."""
LONGEST = 60_000
"""Characters of a summary that is kept."""
WAIT = 5.0
"""Seconds to wait for another process that writes."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS summaries (
    key TEXT PRIMARY KEY, content TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID
"""


class SummaryStore:
    """The summaries in one file; without a usable file nothing is remembered, and `notes` says why."""

    def __init__(self, path: Path) -> None:
        """Opens the file, or makes it; one that is no database is made anew."""
        self.path = path
        self.damaged = 0
        self._failure: Message | None = None
        self._database: sqlite3.Connection | None = None
        try:
            self._database = self._open()
        except sqlite3.DatabaseError as error:
            self._give_up(error)
            if not isinstance(error, sqlite3.OperationalError):
                self._begin_again()
        except OSError as error:
            self._give_up(error)

    def get(self, key: str, article: Article) -> Story | None:
        """The story of that key, or None; one that does not fit the article is dropped."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT content FROM summaries WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            summary = _summary(row[0], len(article.text))
            self._database.execute("UPDATE summaries SET used = ? WHERE key = ?", (_now(), key))
        except (ValueError, TypeError, KeyError, RecursionError):
            self.damaged += 1
            return None
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return Story(article=article, summary=summary)

    def put(self, key: str, story: Story) -> None:
        """Keeps the story's summary."""
        content = json.dumps(_written(story.summary), ensure_ascii=False)
        if self._database is None or len(content) > LONGEST:
            return
        try:
            row = (key, content, _now())
            self._database.execute("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?)", row)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._give_up(error)

    def close(self) -> None:
        """Forgets what is too much, and closes the file."""
        if self._database is None:
            return
        with contextlib.suppress(sqlite3.Error):
            self._database.execute(
                "DELETE FROM summaries WHERE key IN "
                "(SELECT key FROM summaries ORDER BY used DESC LIMIT -1 OFFSET ?)",
                (MOST,),
            )
        self._database.close()
        self._database = None

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What could not be used."""
        said = [self._failure] if self._failure else []
        if self.damaged:
            said.append(
                Message(
                    f"有 {self.damaged} 条记下的摘要已损坏，重新做了",
                    f"{self.damaged} remembered summaries were damaged and are made again",
                )
            )
        return tuple(Problem(source=str(self.path), message=one, note=True) for one in said)

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.path.exists() and not self.path.is_file():
            raise OSError("not a regular file")
        database = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(SCHEMA)
            database.execute("SELECT key, content, used FROM summaries LIMIT 1")
        except BaseException:
            database.close()
            raise
        return database

    def _begin_again(self) -> None:
        """Removes a file that is no database, and makes a new one."""
        with contextlib.suppress(OSError, sqlite3.Error):
            for end in ("", "-wal", "-shm"):
                Path(f"{self.path}{end}").unlink(missing_ok=True)
            self._database = self._open()

    def _give_up(self, error: Exception) -> None:
        """Remembers nothing more in this run."""
        if self._database is not None:
            self._database.close()
            self._database = None
        busy = "locked" in str(error)
        self._failure = Message(
            "别的程序正在写摘要缓存，这次没有用它" if busy else "摘要缓存用不了，这次没有用它",
            "another program is writing the remembered summaries: they were not used"
            if busy
            else "the remembered summaries cannot be used: they were not",
        )


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
