"""Sending the waiting letters of an outbox one after another over one connection, with retries.

Knows when to try again and how fast to go; does not know what the letters say or how they are
stored.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..errors import DeliveryError
from ..messages import Message
from .deliveries import Delivery
from .outbox import LOST_BODY, Outbox
from .replies import DeliveryStatus, Reply
from .smtp import UnreachableError
from .transaction import OnFinalDot, OutgoingMail

LOST_IN_A_ROW = 3
"""Messages without a valid answer after which a server is given up; `retries` + 1 if that is
more.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast, and how often.

    At most `rate` messages a minute, 0 for no limit; a new connection after `per_connection`
    messages, 0 for never; `retries` of a transient failure, the first after `backoff` seconds, each
    later one after twice the time.
    """

    rate: float = 0.0
    per_connection: int = 0
    retries: int = 3
    backoff: float = 10.0


class Connection(Protocol):
    """What a message is handed over to: a mail server, or a channel."""

    sent_count: int

    @property
    def server(self) -> Named:
        """Who it is."""
        ...

    def hand_over(self, mail: OutgoingMail, on_final_dot: OnFinalDot) -> dict[str, Reply]:
        """A reply for each recipient; `on_final_dot` is called before it may have the message."""
        ...

    def close(self) -> None:
        """Ends what is open."""
        ...


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str:
        """The name."""
        ...


OnAddress = Callable[[str], None]
"""Called with each recipient's address when nothing more is tried for it."""


@dataclass(slots=True, kw_only=True)
class _Round:
    """One pass over the queue: what is due when, and how the server has behaved so far.

    `due` holds (time, order, tries so far, the deliveries of one message).
    """

    outbox: Outbox
    connection: Connection
    pace: Pace
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    due: list[tuple[float, int, int, list[Delivery]]]
    queued: int = 0
    earliest: float = 0.0
    failures: int = 0
    lost: int = 0

    def step(self) -> list[Delivery]:
        """Hands over the message that is due first; the deliveries for which nothing more is
        tried.
        """
        time_due, order, tries, deliveries = heapq.heappop(self.due)
        self._wait(time_due)
        try:
            replies = _send_one(self.outbox, self.connection, deliveries)
        except UnreachableError:
            self.failures += 1
            if self.failures > self.pace.retries:
                raise
            self.sleep(self.pace.backoff * 2 ** (self.failures - 1))
            heapq.heappush(self.due, (time_due, order, tries, deliveries))
            return []
        self.failures = 0
        self._count_lost(replies)
        if self.pace.per_connection and self.connection.sent_count >= self.pace.per_connection:
            self.connection.close()
        deferred = [one for one, reply in replies if reply.status is DeliveryStatus.DEFERRED]
        if not deferred or tries == self.pace.retries:
            return deliveries
        again = self.clock() + self.pace.backoff * 2**tries
        heapq.heappush(self.due, (again, self.queued, tries + 1, deferred))
        self.queued += 1
        return [delivery for delivery in deliveries if delivery not in deferred]

    def _wait(self, time_due: float) -> None:
        """Waits until a message is due and the rate allows it."""
        start = max(time_due, self.earliest)
        if start and (wait := start - self.clock()) > 0:
            self.sleep(wait)
        self.earliest = self.clock() + 60 / self.pace.rate if self.pace.rate else 0.0

    def _count_lost(self, replies: list[tuple[Delivery, Reply]]) -> None:
        """Raises DeliveryError where the server has lost too many messages in a row, and more are
        due.
        """
        answered = not replies or any(reply.code for _, reply in replies)
        self.lost = 0 if answered else self.lost + 1
        if self.lost >= max(LOST_IN_A_ROW, self.pace.retries + 1) and self.due:
            raise _unusable(self.connection, replies)


def send_queue(
    outbox: Outbox,
    connection: Connection,
    pace: Pace,
    ids: Sequence[int] | None = None,
    on_address: OnAddress | None = None,
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Hands over every waiting delivery, or those in `ids`; the outcomes are in the outbox.

    Must run under `outbox.sending()`. Raises DeliveryError where the server cannot be used at all;
    the rest then waits.
    """
    due = [(0.0, n, 0, deliveries) for n, deliveries in enumerate(outbox.due(ids))]
    round_ = _Round(
        outbox=outbox, connection=connection, pace=pace, sleep=sleep, clock=clock, due=due, queued=len(due)
    )
    try:
        while round_.due:
            for delivery in round_.step():
                if on_address:
                    on_address(delivery.address)
    finally:
        connection.close()


def _send_one(
    outbox: Outbox, connection: Connection, deliveries: list[Delivery]
) -> list[tuple[Delivery, Reply]]:
    """Hands one message over and records the replies."""
    mail = outbox.mail(deliveries)
    by_address = {delivery.address: delivery for delivery in deliveries}
    if mail is None:
        damaged = [(delivery, Reply(DeliveryStatus.REFUSED, 0, LOST_BODY)) for delivery in deliveries]
        outbox.record_replies(damaged)
        return []
    replies = connection.hand_over(
        mail, lambda accepted: outbox.mark_handed([by_address[address] for address in accepted])
    )
    answers = [(by_address[address], reply) for address, reply in replies.items()]
    outbox.record_replies(answers)
    return answers


def _unusable(connection: Connection, replies: list[tuple[Delivery, Reply]]) -> DeliveryError:
    name, reason = connection.server.name, replies[0][1].text
    return DeliveryError(
        Message(
            f"{name} 一再断线或答非所问：{reason}",
            f"{name} keeps losing the connection or breaking the protocol: {reason}",
        ),
        Message("请询问邮件服务商，或换一台服务器", "ask the mail provider, or use another server"),
    )
