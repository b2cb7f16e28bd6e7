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
) -> list[Delivery]:
    """Sends the open deliveries that are wanted again, by mail and to channels; their outcomes."""
    done = channels.retry(settings, wanted, waiting)
    if settings.mail.host or not settings.channels:
        done += mail.retry(settings, wanted, progress, waiting)
    return done


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
