"""Who a letter is from, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..deliver.addresses import parse_recipient, recipient_from
from ..errors import UsageError
from ..messages import Message
from ..types import Recipient
from .digest import TITLE

if TYPE_CHECKING:
    from ..config import Settings

DRY_RUN_SENDER = "briefing@localhost"
"""From of a letter that is only shown, where the settings name no sender."""


def sender(settings: Settings, *, required: bool = False) -> Recipient:
    """The sender that the settings name.

    If they name none, UsageError where one is required, else DRY_RUN_SENDER.
    """
    mail = settings.mail
    where = Message("发件人", "the sender")
    if mail.sender:
        return parse_recipient(mail.sender, where)
    if "@" in mail.user:
        return recipient_from(mail.user, "", where)
    if required:
        raise UsageError(
            Message("没有说由谁发出", "no sender was named"),
            Message(
                "用 --from 地址，或在 [mail] 里写 from", "use --from ADDRESS, or write from under [mail]"
            ),
        )
    return Recipient(address=DRY_RUN_SENDER, name=settings.title or TITLE(settings.lang))
