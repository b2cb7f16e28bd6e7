"""The outbox: letters to be sent and what became of them, in SQLite; a crash sends no second copy.

A delivery is one recipient's copy: waiting -> handed -> sent | refused | unknown | waiting again.
"handed" is on the disk before the final dot is sent. A copy that is still "handed" when no process
sends was cut off before the answer: whether the server has it cannot be known. It becomes "unknown"
and is sent again only on request, with the same Message-ID. One process sends at a time: it holds a
lock that dies with it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..text.clean_input import clean_line
from .deliveries import AFTER, OPEN, POSSIBLE, Delivery, Letter, QueueState, delivery_of
from .outbox_file import BusyError, damaged, expected_failures, open_database, sending_lock, transaction
from .replies import Reply
from .transaction import OutgoingMail

__all__ = ["OPEN", "Delivery", "Letter", "Outbox", "QueueState"]
CUT_OFF = "the program was ended before the server answered"
LOST_BODY = "the letter's text is damaged in the outbox / 信的正文在发件箱里已损坏"


class Outbox:
    """The outbox in one file, which only its owner may read: it holds addresses and letters.

    Every method may raise DeliveryError, where the file cannot be used or is damaged.
    """

    def __init__(self, path: Path) -> None:
        """Opens it, created if need be."""
        self.path = path
        self._db = open_database(path)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _transaction(self) -> contextlib.AbstractContextManager[None]:
        return transaction(self._db, self.path)

    @contextlib.contextmanager
    def sending(self, patience: float = 600.0, waiting: Callable[[], None] | None = None) -> Iterator[None]:
        """The right to send, which one process has at a time and loses when it ends.

        `waiting` is called once if another process has it; after `patience` seconds that is a
        DeliveryError. On entry, copies left "handed" become "unknown"; on exit, bodies without open
        copies are deleted.
        """
        with sending_lock(self.path, patience, waiting):
            with self._transaction():
                self._db.execute(
                    "UPDATE copies SET state = ?, reply = ?, changed = ? WHERE state = ?",
                    (QueueState.UNKNOWN, CUT_OFF, _now(), QueueState.HANDED),
                )
            yield
            with self._transaction():
                self._delete_bodies()

    def settle(self) -> None:
        """Turns copies that were cut off into "unknown", unless another process is sending."""
        with contextlib.suppress(BusyError), self.sending(patience=-1):
            pass

    def known_addresses(self, key: str) -> set[str]:
        """The addresses, casefolded, that have a copy of that key."""
        return {delivery.address.casefold() for delivery in self.deliveries(key)}

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so."""
        with expected_failures(self.path):
            rows = self._db.execute(
                "SELECT DISTINCT key FROM copies WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
            ).fetchall()
        return [str(key) for (key,) in rows]

    def of_day(self, day: str) -> list[Delivery]:
        """The copies of that day's briefings which their recipients have, may have or will have."""
        marks = ", ".join("?" * len(POSSIBLE))
        return self._select(f"m.day = ? AND c.state IN ({marks}) ORDER BY c.id", (day, *POSSIBLE))

    def queue(self, key: str, letters: Iterable[Letter], hours: str = "") -> None:
        """Writes down all of the letters or none, to be sent within the hours. The recipients must not be
        `known_addresses`.
        """
        with self._transaction():
            for letter in letters:
                head, _, body = letter.content.partition(b"\r\n\r\n")
                digest = hashlib.sha256(body).hexdigest()
                self._db.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?)", (digest, body))
                message_id = self._db.execute(
                    "INSERT INTO messages (key, title, sender, head, body, international, made, day)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        key,
                        clean_line(letter.title),
                        letter.sender,
                        head,
                        digest,
                        letter.international,
                        _now(),
                        letter.day,
                    ),
                ).lastrowid
                self._db.executemany(
                    "INSERT INTO copies (key, address, name, message, state, changed, hours)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        (key, to.address, clean_line(to.name), message_id, QueueState.WAITING, _now(), hours)
                        for to in letter.recipients
                    ],
                )

    def due(self, ids: Sequence[int] | None = None) -> list[list[Delivery]]:
        """The waiting copies that may be sent now, or those of them in `ids`, by message, in the order of
        queuing.
        """
        wanted = None if ids is None else set(ids)
        groups: dict[int, list[Delivery]] = {}
        for message, delivery in self._select_rows("c.state = ? ORDER BY c.id", (QueueState.WAITING,)):
            if (wanted is None or delivery.id in wanted) and not delivery.held_until():
                groups.setdefault(message, []).append(delivery)
        return list(groups.values())

    def mail(self, deliveries: Sequence[Delivery]) -> OutgoingMail | None:
        """The message of copies that share one, byte for byte as it was queued.

        None if it is damaged.
        """
        with expected_failures(self.path):
            row = self._db.execute(
                "SELECT m.sender, m.head, b.content, m.body, m.international FROM copies c"
                " JOIN messages m ON m.id = c.message LEFT JOIN bodies b ON b.digest = m.body WHERE c.id = ?",
                (deliveries[0].id,),
            ).fetchone()
        if row is None:
            return None
        sender, head, body, digest, international = row
        if not (isinstance(sender, str) and isinstance(head, bytes) and isinstance(body, bytes)):
            return None
        if hashlib.sha256(body).hexdigest() != digest:
            return None
        return OutgoingMail(
            sender=sender,
            recipients=tuple(delivery.address for delivery in deliveries),
            content=head + b"\r\n\r\n" + body,
            international=bool(international),
        )

    def mark_handed(self, deliveries: Sequence[Delivery]) -> None:
        """Records that the final dot is about to be sent."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET state = ?, attempts = attempts + 1, changed = ? WHERE id = ?",
                [(QueueState.HANDED, _now(), delivery.id) for delivery in deliveries],
            )

    def record_replies(self, replies: Iterable[tuple[Delivery, Reply]]) -> None:
        """Records the server's answers."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET attempts = attempts + (state = ?), state = ?, code = ?, reply = ?,"
                " changed = ? WHERE id = ?",
                [
                    (
                        QueueState.WAITING,
                        AFTER[reply.status],
                        reply.code,
                        clean_line(reply.text),
                        _now(),
                        delivery.id,
                    )
                    for delivery, reply in replies
                ],
            )

    def set_hours(self, ids: Sequence[int], hours: str) -> None:
        """From now on these copies, as far as they wait, are sent within these hours."""
        with self._transaction():
            self._db.executemany(
                "UPDATE copies SET hours = ? WHERE id = ? AND state = ?",
                [(hours, id, QueueState.WAITING) for id in ids],
            )

    def retry(self, ids: Sequence[int]) -> None:
        """Makes these copies wait again, unless they were sent or dropped."""
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
        """Deletes the bodies that no open copy needs; the record of who got what stays."""
        self._db.execute(
            "DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM messages m JOIN copies c ON c.message = m.id"
            " WHERE m.body = bodies.digest AND c.state NOT IN (?, ?))",
            (QueueState.SENT, QueueState.DROPPED),
        )

    def deliveries(
        self, key: str | None = None, states: Sequence[QueueState] = tuple(QueueState)
    ) -> list[Delivery]:
        """The copies of that key, or of all, in those states, in the order of queuing."""
        marks = ", ".join("?" * len(states))
        where, values = ("", ()) if key is None else ("c.key = ? AND ", (key,))
        if set(states) == set(QueueState):  # a state that is none must not hide its copy
            return self._select(f"{where}1 ORDER BY c.id", values)
        return self._select(f"{where}c.state IN ({marks}) ORDER BY c.id", (*values, *states))

    def _select(self, where: str, values: Sequence[str]) -> list[Delivery]:
        return [delivery for _, delivery in self._select_rows(where, values)]

    def _select_rows(self, where: str, values: Sequence[str]) -> list[tuple[int, Delivery]]:
        with expected_failures(self.path):
            rows = self._db.execute(
                "SELECT c.message, c.id, c.key, m.title, m.day, c.address, c.name, c.state, c.attempts,"
                " c.code, c.reply, c.changed, c.hours FROM copies c LEFT JOIN messages m ON m.id = c.message"
                f" WHERE {where}",
                tuple(values),
            ).fetchall()
        try:
            return [(message, delivery_of(row)) for message, *row in rows]
        except ValueError as error:
            raise damaged(self.path, str(error)) from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
