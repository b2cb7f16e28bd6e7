"""Mail as the settings ask for it: who gets what, and the connection and the outbox it goes
through.

The doors of this floor to mail; letters are prepared in mail_prepare, and written in mail_letters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..deliver import dispatch
from ..deliver.dispatch import Dispatched, Mail, Waiting
from ..deliver.outbox import Delivery, Outbox
from ..deliver.outbox_file import user_outbox
from ..deliver.secret import Secret, password
from ..deliver.send_queue import OnAddress, Pace
from ..deliver.smtp import Server, SmtpConnection
from ..errors import UsageError
from ..messages import Message
from .mail_letters import Mailing, message_bytes, preview_html
from .mail_prepare import check_sources, prepare_mailing, recipients
from .mail_sender import sender

if TYPE_CHECKING:
    from ..config import Settings

__all__ = [
    "Dispatched",
    "Mailing",
    "check",
    "dispatched",
    "message_bytes",
    "open_outbox",
    "prepare_mailing",
    "preview_html",
    "recipients",
    "retry",
    "send",
    "smtp_connection",
]


def check(settings: Settings, *, recipient: bool = True, server: bool = True) -> None:
    """Raises what would keep letters from being sent, before anything is read.

    In this order: sources, recipients, server, sender.
    """
    check_sources(settings)
    if recipient:
        recipients(settings)
    if server:
        smtp_connection(settings)
        sender(settings, required=True)


def open_outbox(settings: Settings) -> Outbox:
    """The outbox that the settings name, else the user's own."""
    return Outbox(settings.mail.outbox or user_outbox())


def smtp_connection(settings: Settings) -> SmtpConnection:
    """A connection, not opened yet, to the settings' server.

    UsageError if they name none, DeliveryError without a password.
    """
    mail = settings.mail
    if not mail.host:
        raise UsageError(
            Message("没有说由哪台邮件服务器发送", "no mail server was named"),
            Message(
                "在 briefing.toml 的 [mail] 里写 host、user、from，或设 BRIEFING_MAIL__HOST；"
                "--dry-run 不需要服务器",
                "write host, user and from under [mail] in briefing.toml, or set BRIEFING_MAIL__HOST; "
                "--dry-run needs none",
            ),
        )
    return SmtpConnection(
        Server(
            host=mail.host,
            port=mail.port,
            security=mail.security,
            user=mail.user,
            secret=password(mail.user, mail.host, mail.password_file) if mail.user else Secret(""),
            timeout=mail.timeout,
            ca_file=mail.ca_file,
        )
    )


def send(
    settings: Settings,
    mailing: Mailing,
    progress: OnAddress | None = None,
    waiting: Waiting | None = None,
) -> Dispatched:
    """Queues the letters, then sends what waits of this briefing.

    The outcome for each recipient, earlier ones included.
    """
    return dispatched(settings, mailing.mail, progress, waiting)


def dispatched(
    settings: Settings,
    letters: Mail,
    progress: OnAddress | None = None,
    waiting: Waiting | None = None,
) -> Dispatched:
    """Queues letters by the settings' server and outbox, then sends them; the outcomes."""
    sender(settings, required=True)
    connection = smtp_connection(settings)
    outbox = open_outbox(settings)
    try:
        return dispatch.dispatch(outbox, connection, _pace(settings), letters, progress, waiting)
    finally:
        outbox.close()


def retry(
    settings: Settings,
    wanted: Callable[[Delivery], bool],
    progress: OnAddress | None = None,
    waiting: Waiting | None = None,
    *,
    at_once: bool = False,
) -> list[Delivery]:
    """Sends the open deliveries by mail that are wanted, `at_once` or in their hours; their outcomes."""
    connection = smtp_connection(settings)
    outbox = open_outbox(settings)
    try:
        mine = dispatch.retry(
            outbox, connection, _pace(settings), _by_mail(wanted), progress, waiting, at_once=at_once
        )
    finally:
        outbox.close()
    return mine


def _by_mail(wanted: Callable[[Delivery], bool]) -> Callable[[Delivery], bool]:
    """Without deliveries to channels, whose names have no @."""
    return lambda delivery: "@" in delivery.address and wanted(delivery)


def _pace(settings: Settings) -> Pace:
    mail = settings.mail
    return Pace(
        rate=mail.rate, per_connection=mail.per_connection, retries=mail.retries, backoff=mail.backoff
    )
