"""Sending the waiting letters of an outbox one after another over one connection, with retries.

Knows when to try again and how fast to go; does not know what the letters say or how they are
stored.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..errors import DeliveryError
from ..messages import Message
from .outbox import LOST_BODY, Delivery, Outbox
from .replies import DeliveryStatus, Reply
from .smtp import SmtpConnection, UnreachableError

LOST_IN_A_ROW = 3
"""Messages without a valid answer after which a server is given up; `retries` + 1 if that is more."""


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


OnAddress = Callable[[str], None]
"""Called with each recipient's address when nothing more is tried for it."""


@dataclass(slots=True)
class _Queue:
    """What is due when: (time, order, tries so far, the deliveries of one message)."""

    entries: list[tuple[float, int, int, list[Delivery]]]
    count: int = field(init=False)

    def __post_init__(self) -> None:
        self.count = len(self.entries)

    def put_off(self, due: float, tries: int, deliveries: list[Delivery]) -> None:
        heapq.heappush(self.entries, (due, self.count, tries, deliveries))
        self.count += 1


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
    """Hands over every waiting delivery, or those in `ids`; the outcomes are in the outbox.

    Must run under `outbox.sending()`. Raises DeliveryError where the server cannot be used at all;
    the rest then waits.
    """
    queue = _Queue([(0.0, n, 0, deliveries) for n, deliveries in enumerate(outbox.due(ids))])
    failures, lost, earliest = 0, 0, 0.0
    try:
        while queue.entries:
            due, order, tries, deliveries = heapq.heappop(queue.entries)
            if (wait := max(due, earliest) - clock()) > 0 and max(due, earliest):
                sleep(wait)
            earliest = clock() + 60 / pace.rate if pace.rate else 0.0
            try:
                replies = _send_one(outbox, connection, deliveries)
            except UnreachableError:
                failures += 1
                if failures > pace.retries:
                    raise
                sleep(pace.backoff * 2 ** (failures - 1))
                heapq.heappush(queue.entries, (due, order, tries, deliveries))
                continue
            failures = 0
            lost = lost + 1 if replies and not any(reply.code for _, reply in replies) else 0
            if lost >= max(LOST_IN_A_ROW, pace.retries + 1) and queue.entries:
                raise _unusable(connection, replies)
            if pace.per_connection and connection.sent_count >= pace.per_connection:
                connection.close()
            later = [delivery for delivery, reply in replies if reply.status is DeliveryStatus.DEFERRED]
            if later and tries < pace.retries:
                queue.put_off(clock() + pace.backoff * 2**tries, tries + 1, later)
            elif later:
                later = []
            _report(deliveries, later, on_address)
    finally:
        connection.close()


def _report(deliveries: list[Delivery], later: list[Delivery], on_address: OnAddress | None) -> None:
    for delivery in deliveries:
        if on_address and delivery not in later:
            on_address(delivery.address)


def _send_one(
    outbox: Outbox, connection: SmtpConnection, deliveries: list[Delivery]
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


def _unusable(connection: SmtpConnection, replies: list[tuple[Delivery, Reply]]) -> DeliveryError:
    name, reason = connection.server.name, replies[0][1].text
    return DeliveryError(
        Message(
            f"{name} 一再断线或答非所问：{reason}",
            f"{name} keeps losing the connection or breaking the protocol: {reason}",
        ),
        Message("请询问邮件服务商，或换一台服务器", "ask the mail provider, or use another server"),
    )
