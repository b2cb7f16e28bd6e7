"""What earlier runs wrote for later hours, sent by the first run in these hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..deliver.outbox import Delivery
from ..errors import BriefingError
from ..messages import Message
from ..types import Problem
from ..types.archived import OF_READER
from .outbox import send_due

if TYPE_CHECKING:
    from ..config import Settings


def held_before(settings: Settings) -> tuple[Problem, ...]:
    """Sends what waits for these settings' readers and is due; what kept it from being sent, if anything."""
    names = {one.name for one in settings.reader}
    if not settings.job.deliver or not names:
        return ()

    def mine(delivery: Delivery) -> bool:
        return bool(delivery.hours) and delivery.day.partition(OF_READER)[2] in names

    try:
        send_due(settings, mine)
    except BriefingError as error:
        message = Message(
            f"到了时间的信没有送出：{error.message.zh}",
            f"letters that are due were not sent: {error.message.en}",
        )
        return (Problem(source="outbox", message=message, hint=error.hint),)
    return ()
