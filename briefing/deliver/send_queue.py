"""A postman's round: the waiting copies of an outbox, handed over one after another on one line, with further tries.

Knows when to try again and how fast to go; knows neither what is written nor where it is written down.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .outbox import Delivery, Outbox
from .smtp import DeliveryStatus, SmtpConnection, UnreachableError


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast, and how often.

    `rate` messages a minute at most, 0 for as many as go; a new connection after `per_connection` messages, 0 for never;
    `retries` further tries of what was put off, the first after `backoff` seconds, each later one after twice the time.
    """

    rate: float = 0.0
    per_connection: int = 0
    retries: int = 3
    backoff: float = 10.0


OnAddress = Callable[[str], None]
"""Told each recipient's address when it is done with, for this round."""


def send_queue(
    outbox: Outbox,
    connection: SmtpConnection,
    pace: Pace,
    ids: Sequence[int] | None = None,
    on_address: OnAddress | None = None,
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Hands over every waiting copy, or those in `ids`; what became of each stands in the outbox.

    Must run under `outbox.sending()`. Raises DeliveryError where the server cannot be used at all; the copies then wait.
    """
    due = [(0.0, n, 0, deliveries) for n, deliveries in enumerate(outbox.due(ids))]
    number, failures, earliest = len(due), 0, 0.0
    try:
        while due:
            at, n, tries, deliveries = heapq.heappop(due)
            if (wait := max(at, earliest) - clock()) > 0 and max(at, earliest):
                sleep(wait)
            earliest = clock() + 60 / pace.rate if pace.rate else 0.0
            try:
                later = _send_one(outbox, connection, deliveries)
            except UnreachableError:
                failures += 1
                if failures > pace.retries:
                    raise
                sleep(pace.backoff * 2 ** (failures - 1))
                heapq.heappush(due, (at, n, tries, deliveries))
                continue
            failures = 0
            if pace.per_connection and connection.sent_count >= pace.per_connection:
                connection.close()
            if tries == pace.retries:
                later = []
            if later:
                heapq.heappush(due, (clock() + pace.backoff * 2**tries, number, tries + 1, later))
                number += 1
            if on_address:
                for delivery in deliveries:
                    if delivery not in later:
                        on_address(delivery.address)
    finally:
        connection.close()


def _send_one(outbox: Outbox, connection: SmtpConnection, deliveries: list[Delivery]) -> list[Delivery]:
    """Hands one message over and writes down what became of it; the copies that were put off."""
    by_address = {delivery.address: delivery for delivery in deliveries}
    replies = connection.hand_over(
        outbox.mail(deliveries), lambda accepted: outbox.mark_handed([by_address[one] for one in accepted])
    )
    outbox.record_replies((by_address[one], reply) for one, reply in replies.items())
    return [by_address[one] for one, reply in replies.items() if reply.status is DeliveryStatus.DEFERRED]
