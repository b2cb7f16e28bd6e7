"""One connection to a mail server, kept for many messages.

Knows when to open it again; does not know queues: trying a message again is the caller's business.
"""

from __future__ import annotations

from .connect import PORTS, Security, Server, UnreachableError, connect
from .replies import DeliveryStatus, Reply
from .smtp_protocol import BoundedClient
from .transaction import OnFinalDot, OutgoingMail, Transaction

__all__ = [
    "PORTS",
    "DeliveryStatus",
    "OutgoingMail",
    "Reply",
    "Security",
    "Server",
    "SmtpConnection",
    "UnreachableError",
]
QUIT_TIME = 5.0
"""Seconds that a server has to say goodbye."""


class SmtpConnection:
    """A connection that is opened when first needed, kept for many messages, and opened again after
    it was lost."""

    def __init__(self, server: Server) -> None:
        """Opens nothing yet."""
        self.server = server
        self.sent_count = 0
        """Messages over the open connection."""
        self._smtp: BoundedClient | None = None

    def open(self) -> None:
        """Connects, encrypts and logs in, if need be.

        UnreachableError is transient; other DeliveryErrors are permanent.
        """
        if self._smtp is None:
            self._smtp = connect(self.server)
            self.sent_count = 0

    def close(self) -> None:
        """Says goodbye, if the connection is open."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.reply_time = min(self.server.timeout, QUIT_TIME)
            smtp.quit()
        except OSError:
            smtp.close()

    def hand_over(self, mail: OutgoingMail, on_final_dot: OnFinalDot) -> dict[str, Reply]:
        """Hands a message over: a reply for each recipient.

        Opens the connection first, and may raise as open() does.

        From the call of `on_final_dot` until the reply, only the server knows whether it took the
        message.
        """
        self.open()
        assert self._smtp is not None
        transaction = Transaction(self._smtp, self.server, mail)
        try:
            transaction.run(on_final_dot)
        except OSError as error:  # smtplib's errors are OSErrors
            self._drop()
            if self.sent_count and not transaction.begun:
                return self.hand_over(mail, on_final_dot)  # the server had closed an idle connection
            transaction.lose(error)
        except BaseException:
            self._drop()
            raise
        if transaction.final:
            self.sent_count += 1
        if transaction.closing:
            self.close()
        return transaction.replies

    def _drop(self) -> None:
        """Closes the connection without a word."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()
