"""From letters to outcomes: news that a recipient does not have yet is queued and sent.

Knows who may get what; does not know how letters are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..errors import DeliveryError, UsageError
from ..messages import Message
from ..types import Problem, Recipient
from .news_key import NewsKey
from .outbox import OPEN, Delivery, Letter, Outbox, QueueState
from .send_queue import Connection, OnAddress, Pace, send_queue

Waiting = Callable[[], None]
"""Called once if another process is sending."""
WriteLetters = Callable[[Sequence[Recipient]], Iterable[Letter | Problem]]
"""The letters to recipients; a Problem for each that cannot be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The news to be sent, its day (YYYY-MM-DD), the recipients, and a writer of letters; the hours in which
    it may be sent, as `hours.kept` has them."""

    key: NewsKey
    day: str
    recipients: tuple[Recipient, ...]
    write: WriteLetters
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """A delivery for each recipient of this news, and a Problem for each who was passed over.

    Passed over are those who have another letter of the same day, those whose delivery was dropped
    before, and those whose letter could not be written.
    """

    deliveries: tuple[Delivery, ...]
    problems: tuple[Problem, ...] = ()


def dispatch(
    outbox: Outbox,
    connection: Connection,
    pace: Pace,
    mail: Mail,
    on_address: OnAddress | None = None,
    waiting: Waiting | None = None,
) -> Dispatched:
    """Queues the letters that are new to their recipients, then sends what waits of this news, in its hours.

    A recipient who has, may have or will have another letter of the same day gets none, unless
    `mail.key.again` is set. Raises DeliveryError where the server or the outbox cannot be used.
    """
    with outbox.sending(waiting=waiting):
        known = _known(outbox, mail)
        new = [one for one in mail.recipients if one.address.casefold() not in known]
        held = {} if mail.key.again else _held(outbox, mail, new)
        fresh = [one for one in new if one.address.casefold() not in held]
        written = list(mail.write(fresh)) if fresh else []
        letters = [item for item in written if isinstance(item, Letter)]
        refused = [item for item in written if isinstance(item, Problem)]
        if refused and not letters and not known:
            raise UsageError(refused[0].message, refused[0].hint)  # what is wrong is wrong in all letters
        if letters:
            outbox.queue(str(mail.key), letters, mail.hours)
        ids = [one.id for one in _known(outbox, mail).values()]
        outbox.set_hours(ids, mail.hours)  # those queued earlier may have other ones
        send_waiting(outbox, connection, pace, ids, on_address)
        deliveries = tuple(_known(outbox, mail).values())
        dropped = [one for one in deliveries if one.state is QueueState.DROPPED]
        return Dispatched(
            deliveries=deliveries,
            problems=(
                *refused,
                *map(_second_letter, held.values()),
                *map(_dropped_letter, dropped),
            ),
        )


def _second_letter(earlier: Delivery) -> Problem:
    return Problem(
        source=earlier.address,
        message=Message(
            f"没有寄：同一天已有一封“{earlier.title}”（outbox 第 {earlier.id} 号）",
            f"not sent: has another letter of that day, {earlier.title!r} (outbox {earlier.id})",
        ),
        hint=Message("仍要再寄，用 --again", "send it all the same with --again"),
    )


def _dropped_letter(dropped: Delivery) -> Problem:
    return Problem(
        source=dropped.address,
        message=Message(
            f"没有寄：这一封已用 outbox drop 放弃（第 {dropped.id} 号）",
            f"not sent: it was given up with outbox drop ({dropped.id})",
        ),
        hint=Message("仍要寄，用 --again", "send it all the same with --again"),
    )


def _known(outbox: Outbox, mail: Mail) -> dict[str, Delivery]:
    """The delivery of this news to each recipient who has one, by casefolded address.

    The one that was sent, else the last.
    """
    wanted = {one.address.casefold() for one in mail.recipients}
    found: dict[str, Delivery] = {}
    keys = [str(mail.key)]
    if not mail.key.again:
        keys = [key for key in outbox.keys(f"{mail.key.articles}/") if mail.key.same_news(key)]
    for delivery in sorted(
        (delivery for key in keys for delivery in outbox.deliveries(key)), key=lambda one: one.id
    ):
        address = delivery.address.casefold()
        settled = address in found and found[address].state is QueueState.SENT
        if address in wanted and not settled:
            found[address] = delivery
    return found


def _held(outbox: Outbox, mail: Mail, new: Sequence[Recipient]) -> dict[str, Delivery]:
    """Other letters of the same day, by the casefolded addresses of recipients who have one."""
    wanted = {one.address.casefold() for one in new}
    others = {delivery.address.casefold(): delivery for delivery in outbox.of_day(mail.day)}
    return {address: delivery for address, delivery in others.items() if address in wanted}


def retry(
    outbox: Outbox,
    connection: Connection,
    pace: Pace,
    wanted: Callable[[Delivery], bool],
    on_address: OnAddress | None = None,
    waiting: Waiting | None = None,
    *,
    at_once: bool = False,
) -> list[Delivery]:
    """Sends the open deliveries that are wanted, `at_once` or in their hours; their outcomes.

    Raises as `dispatch` does.
    """
    with outbox.sending(waiting=waiting):
        ids = [delivery.id for delivery in outbox.deliveries(states=OPEN) if wanted(delivery)]
        outbox.retry(ids)
        if at_once:
            outbox.set_hours(ids, "")
        send_waiting(outbox, connection, pace, ids, on_address)
        return [delivery for delivery in outbox.deliveries() if delivery.id in set(ids)]


def send_waiting(
    outbox: Outbox,
    connection: Connection,
    pace: Pace,
    ids: Sequence[int],
    on_address: OnAddress | None,
) -> None:
    """Sends those deliveries that wait; an error says that nobody is forgotten."""
    try:
        send_queue(outbox, connection, pace, ids, on_address)
    except DeliveryError as error:
        rest = Message(
            "名单和信都在发件箱里，briefing outbox retry 接着寄",
            "all is in the outbox: briefing outbox retry goes on",
        )
        hint = Message(f"{error.hint.zh}；{rest.zh}", f"{error.hint.en}; {rest.en}") if error.hint else rest
        raise DeliveryError(error.message, hint) from None
