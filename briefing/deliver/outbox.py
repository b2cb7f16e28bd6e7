"""The outbox: what is to be sent and what became of it, in SQLite, so that a crash sends nobody a second copy.

A copy is one recipient's: waiting -> handed -> sent | refused | waiting again. "handed" is written down, and on the disk,
before the final dot goes out, and the answer after it came. A copy that is still "handed" when nobody sends any more was
cut off between the two, and whether the server took it cannot be known: it becomes "unknown", is shown, and is sent again
only when somebody says so, with the same Message-ID. One process sends at a time: it holds a lock that dies with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ..errors import DeliveryError
from ..messages import Message
from ..types import Recipient
from .smtp import DeliveryStatus, OutgoingMail, Reply

VERSION = 1
SCHEMA = """
CREATE TABLE bodies (digest TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, sender TEXT NOT NULL, head BLOB NOT NULL,
    body TEXT NOT NULL, international INTEGER NOT NULL, made TEXT NOT NULL);
CREATE TABLE copies (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, address TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES messages, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    code INTEGER NOT NULL DEFAULT 0, reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL, UNIQUE (key, address));
CREATE INDEX copies_by_state ON copies (state);
CREATE INDEX copies_by_message ON copies (message);
CREATE INDEX messages_by_body ON messages (body);
"""
LOCK_WAIT = 0.2


class QueueState(StrEnum):
    """Where a copy stands."""

    WAITING = "waiting"
    HANDED = "handed"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


OPEN = (QueueState.WAITING, QueueState.HANDED, QueueState.REFUSED, QueueState.UNKNOWN)
"""The states of those who were not reached, or of whom that is not known."""
AFTER = {
    DeliveryStatus.SENT: QueueState.SENT,
    DeliveryStatus.DEFERRED: QueueState.WAITING,
    DeliveryStatus.REFUSED: QueueState.REFUSED,
    DeliveryStatus.UNKNOWN: QueueState.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is known of one recipient's copy. `changed` is in UTC; `code` and `reply` are the server's last."""

    id: int
    key: str
    title: str
    address: str
    name: str
    state: QueueState
    attempts: int
    code: int
    reply: str
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to be queued, and whom it goes to."""

    title: str
    sender: str
    recipients: tuple[Recipient, ...]
    content: bytes
    international: bool = False


class _BusyError(DeliveryError):
    """Another process is sending."""


class Outbox:
    """The outbox in one file, which only its owner may read: it holds addresses and letters."""

    def __init__(self, path: Path) -> None:
        """Opens it, made if need be; DeliveryError where that cannot be."""
        self.path = path
        with _expected_failures(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")  # "handed" must outlive a power failure too
            with self._transaction():
                self._create_schema()

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _create_schema(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise DeliveryError(
                Message(
                    f"发件箱 {self.path} 是更新版本的程序写的",
                    f"the outbox {self.path} was made by a later version",
                ),
                Message("请升级 briefing", "upgrade briefing"),
            )
        if version == 0:
            for statement in SCHEMA.strip().split(";\n"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """A transaction: all of it or nothing."""
        with _expected_failures(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextlib.contextmanager
    def sending(self, patience: float = 600.0, waiting: Callable[[], None] | None = None) -> Iterator[None]:
        """The right to send, which one process has at a time; a process that ends, in whatever way, gives it back.

        `waiting` is told once that another process has it; after `patience` seconds that is a DeliveryError. Copies that
        a process left "handed" become "unknown". At the end, letters that nobody is to get any more are no longer kept.
        """
        lock = sqlite3.connect(f"{self.path}.lock", timeout=0, isolation_level=None)
        try:
            self._acquire_lock(lock, patience, waiting)
            with self._transaction():
                self._db.execute(
                    "UPDATE copies SET state = ?, reply = ?, changed = ? WHERE state = ?",
                    (
                        QueueState.UNKNOWN,
                        "the program was ended before the server answered",
                        _now(),
                        QueueState.HANDED,
                    ),
                )
            yield
            with self._transaction():
                self._delete_bodies()
        finally:
            lock.close()

    def settle(self) -> None:
        """Turns what was cut off into "unknown", unless somebody is sending just now."""
        with contextlib.suppress(_BusyError), self.sending(patience=-1):
            pass

    def _acquire_lock(
        self, lock: sqlite3.Connection, patience: float, waiting: Callable[[], None] | None
    ) -> None:
        """A lock by a transaction on a file of its own: the system lifts it when the process dies, on all systems."""
        end = time.monotonic() + patience
        while True:
            try:
                lock.execute("BEGIN EXCLUSIVE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise _outbox_error(self.path, error) from None
            if waiting and patience > 0:
                waiting()
                waiting = None
            if time.monotonic() > end:
                raise _BusyError(
                    Message("另一个 briefing 一直在发信", "another briefing keeps sending"),
                    Message(
                        "等它结束后再试；名单都在发件箱里",
                        "try again when it is done; everybody is in the outbox",
                    ),
                )
            time.sleep(LOCK_WAIT)

    def known_addresses(self, key: str) -> set[str]:
        """The addresses, in small letters, that have a copy of that key."""
        with _expected_failures(self.path):
            return {
                row[0].casefold()
                for row in self._db.execute("SELECT address FROM copies WHERE key = ?", (key,))
            }

    def queue(self, key: str, letters: Iterable[Letter]) -> None:
        """Writes down all of the letters or none. The recipients must not be `known_addresses`."""
        with self._transaction():
            for letter in letters:
                head, _, body = letter.content.partition(b"\r\n\r\n")
                digest = hashlib.sha256(body).hexdigest()
                self._db.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?)", (digest, body))
                message_id = self._db.execute(
                    "INSERT INTO messages (key, title, sender, head, body, international, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (key, letter.title, letter.sender, head, digest, letter.international, _now()),
                ).lastrowid
                self._db.executemany(
                    "INSERT INTO copies (key, address, name, message, state, changed) VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (key, one.address, one.name, message_id, QueueState.WAITING, _now())
                        for one in letter.recipients
                    ],
                )

    def due(self, ids: Sequence[int] | None = None) -> list[list[Delivery]]:
        """The copies that wait, or those of them in `ids`, grouped by message, in the order in which they were queued."""
        wanted = None if ids is None else set(ids)
        groups: dict[int, list[Delivery]] = {}
        rows = self._select_deliveries("c.state = ? ORDER BY c.id", (QueueState.WAITING,))
        for message, delivery in rows:
            if wanted is None or delivery.id in wanted:
                groups.setdefault(message, []).append(delivery)
        return list(groups.values())

    def mail(self, deliveries: Sequence[Delivery]) -> OutgoingMail:
        """The message of copies that share one, byte for byte as it was queued."""
        with _expected_failures(self.path):
            row = self._db.execute(
                "SELECT m.sender, m.head, b.content, m.international FROM copies c JOIN messages m ON m.id = c.message"
                " JOIN bodies b ON b.digest = m.body WHERE c.id = ?",
                (deliveries[0].id,),
            ).fetchone()
        sender, head, body, international = row
        return OutgoingMail(
            sender=sender,
            recipients=tuple(delivery.address for delivery in deliveries),
            content=head + b"\r\n\r\n" + body,
            international=bool(international),
        )

    def mark_handed(self, deliveries: Sequence[Delivery]) -> None:
        """The final dot is about to be sent."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET state = ?, attempts = attempts + 1, changed = ? WHERE id = ?",
                [(QueueState.HANDED, _now(), delivery.id) for delivery in deliveries],
            )

    def record_replies(self, replies: Iterable[tuple[Delivery, Reply]]) -> None:
        """What the server said."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET attempts = attempts + (state = ?), state = ?, code = ?, reply = ?, changed = ? WHERE id = ?",
                [
                    (
                        QueueState.WAITING,
                        AFTER[reply.status],
                        reply.code,
                        reply.text[:500],
                        _now(),
                        delivery.id,
                    )
                    for delivery, reply in replies
                ],
            )

    def retry(self, ids: Sequence[int]) -> None:
        """Makes these copies wait again, whatever they were, unless they were sent or dropped."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET state = ?, changed = ? WHERE id = ? AND state IN (?, ?)",
                [(QueueState.WAITING, _now(), id, QueueState.REFUSED, QueueState.UNKNOWN) for id in ids],
            )

    def drop(self, ids: Sequence[int]) -> None:
        """Gives these copies up. Must run under `sending()`."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET state = ?, changed = ? WHERE id = ? AND state <> ?",
                [(QueueState.DROPPED, _now(), id, QueueState.SENT) for id in ids],
            )

    def _delete_bodies(self) -> None:
        """Takes the texts away that no open copy needs; the record of who got what stays."""
        self._db.execute(
            "DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM messages m JOIN copies c ON c.message = m.id"
            " WHERE m.body = bodies.digest AND c.state NOT IN (?, ?))",
            (QueueState.SENT, QueueState.DROPPED),
        )

    def deliveries(
        self, key: str | None = None, states: Sequence[QueueState] = tuple(QueueState)
    ) -> list[Delivery]:
        """The copies of that key, or of all, in those states, in the order in which they were queued."""
        marks = ", ".join("?" * len(states))
        if key is None:
            return [
                delivery
                for _, delivery in self._select_deliveries(f"c.state IN ({marks}) ORDER BY c.id", states)
            ]
        return [
            delivery
            for _, delivery in self._select_deliveries(
                f"c.state IN ({marks}) AND c.key = ? ORDER BY c.id", (*states, key)
            )
        ]

    def _select_deliveries(self, where: str, values: Sequence[str]) -> list[tuple[int, Delivery]]:
        with _expected_failures(self.path):
            rows = self._db.execute(
                "SELECT c.message, c.id, c.key, m.title, c.address, c.name, c.state, c.attempts, c.code, c.reply, c.changed"
                f" FROM copies c JOIN messages m ON m.id = c.message WHERE {where}",
                tuple(values),
            ).fetchall()
        return [
            (
                message,
                Delivery(
                    id=id,
                    key=key,
                    title=title,
                    address=address,
                    name=name,
                    state=QueueState(state),
                    attempts=attempts,
                    code=code,
                    reply=reply,
                    changed=changed,
                ),
            )
            for message, id, key, title, address, name, state, attempts, code, reply, changed in rows
        ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextlib.contextmanager
def _expected_failures(path: Path) -> Iterator[None]:
    """What the disk or SQLite cannot do, as an expected failure."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise _outbox_error(path, error) from None


def _outbox_error(path: Path, error: Exception) -> DeliveryError:
    reason = getattr(error, "strerror", None) or str(error)
    return DeliveryError(
        Message(f"发件箱 {path} 用不了：{reason}", f"the outbox {path} cannot be used: {reason}"),
        Message(
            "请检查磁盘和权限，或用 [mail] outbox 换一处",
            "check disk and permissions, or name another file as outbox under [mail]",
        ),
    )
