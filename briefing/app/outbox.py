"""The outbox seen from outside a mailing: what is in it, and giving deliveries up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from ..deliver.outbox import OPEN, Delivery, QueueState
from ..deliver.send_queue import OnAddress
from ..errors import UsageError
from ..messages import Message
from . import channels, mail
from .mail import open_outbox
from .receipts import record_outcomes
from .subscribing import gone

if TYPE_CHECKING:
    from ..config import Settings


def list_deliveries(settings: Settings, *, everything: bool = False) -> list[Delivery]:
    """The deliveries that did not succeed, or all on record."""
    with closing(open_outbox(settings)) as outbox:
        outbox.settle()
        return outbox.deliveries(states=tuple(QueueState) if everything else OPEN)


def retry_deliveries(
    settings: Settings,
    wanted: Callable[[Delivery], bool],
    progress: OnAddress | None = None,
    waiting: Callable[[], None] | None = None,
    *,
    at_once: bool = False,
) -> list[Delivery]:
    """Sends the open deliveries that are wanted again, by mail and to channels, `at_once` or in their hours;
    their outcomes, which the archive knows then too.
    """
    done = channels.retry(settings, wanted, waiting, at_once=at_once)
    if settings.mail.host or not settings.channels:
        done += mail.retry(settings, wanted, progress, waiting, at_once=at_once)
    record_outcomes(settings, done)
    return done


def send_due(
    settings: Settings,
    wanted: Callable[[Delivery], bool] = lambda delivery: True,
    progress: OnAddress | None = None,
    waiting: Callable[[], None] | None = None,
) -> list[Delivery]:
    """Sends what waits, is wanted and may be sent at this hour; the outcomes.

    Who unsubscribed since it was written gets nothing. Where nothing is due, no server is asked.
    """
    left = gone(settings)
    with closing(open_outbox(settings)) as outbox:
        waits = outbox.deliveries(states=(QueueState.WAITING,))
        due = [one for one in waits if wanted(one) and not one.held_until()]
        given_up = [one.id for one in due if one.address.casefold() in left]
        if given_up:
            with outbox.sending(waiting=waiting):
                outbox.drop(given_up)
    ids = {one.id for one in due} - set(given_up)
    return retry_deliveries(settings, lambda one: one.id in ids, progress, waiting) if ids else []


def drop_deliveries(
    settings: Settings, ids: Sequence[int] | None, waiting: Callable[[], None] | None = None
) -> int:
    """Gives up the open deliveries of those ids, or all for None; how many. UsageError for no
    ids.
    """
    if ids is not None and not ids:
        raise UsageError(
            Message("没有说放弃哪些", "no delivery to drop was named"),
            Message("给出编号，或用 --all", "give their numbers, or use --all"),
        )
    with closing(open_outbox(settings)) as outbox, outbox.sending(waiting=waiting):
        dropped = [one.id for one in outbox.deliveries(states=OPEN) if ids is None or one.id in ids]
        outbox.drop(dropped)
    return len(dropped)
