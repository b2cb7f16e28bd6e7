"""The outbox's nouns: a letter to be queued, a delivery of it to one recipient, and a delivery's
states.

Data only; does not know where they are stored.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..types import Recipient
from .hours import opening
from .replies import DeliveryStatus


class QueueState(StrEnum):
    """The state of a copy."""

    WAITING = "waiting"
    HANDED = "handed"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


OPEN = (QueueState.WAITING, QueueState.HANDED, QueueState.REFUSED, QueueState.UNKNOWN)
"""The states of copies that were not, or may not have been, delivered."""
POSSIBLE = (QueueState.WAITING, QueueState.HANDED, QueueState.UNKNOWN, QueueState.SENT)
"""The states of copies that the recipient has, may have or will have."""
AFTER = {
    DeliveryStatus.SENT: QueueState.SENT,
    DeliveryStatus.DEFERRED: QueueState.WAITING,
    DeliveryStatus.REFUSED: QueueState.REFUSED,
    DeliveryStatus.UNKNOWN: QueueState.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One recipient's copy.

    `changed` is in UTC; `code` and `reply` are the server's last; `day` is the briefing's; `hours` are those
    in which it may be sent, as `hours.kept` has them, "" for any.
    """

    id: int
    key: str
    title: str
    day: str
    address: str
    name: str
    state: QueueState
    attempts: int
    code: int
    reply: str
    changed: str
    hours: str = ""

    def held_until(self, now: datetime.datetime | None = None) -> datetime.datetime | None:
        """When a waiting copy may be sent; None for one that may be sent now, or does not wait."""
        if self.state is not QueueState.WAITING:
            return None
        return opening(self.hours, now or datetime.datetime.now(datetime.UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to be queued and its recipients. `day` is the briefing's, as YYYY-MM-DD."""

    title: str
    sender: str
    recipients: tuple[Recipient, ...]
    content: bytes
    international: bool = False
    day: str = ""


def delivery_of(row: Sequence[Any]) -> Delivery:
    """A delivery of its fields in order; ValueError if one of them is no such thing."""
    id, key, title, day, address, name, state, attempts, code, reply, changed, hours = row
    texts = (key, title, day, address, name, reply, changed, hours)
    if not (
        state in tuple(QueueState)
        and all(isinstance(value, str) for value in texts)
        and all(isinstance(value, int) for value in (id, attempts, code))
    ):
        raise ValueError(f"copies {id}")
    return Delivery(
        id=id,
        key=key,
        title=title,
        day=day,
        address=address,
        name=name,
        state=QueueState(state),
        attempts=attempts,
        code=code,
        reply=reply,
        changed=changed,
        hours=hours,
    )
