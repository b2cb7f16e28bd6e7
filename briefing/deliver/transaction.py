"""One message over an open connection, from MAIL to the final dot (RFC 5321, 1870, 6531).

Knows from which step on a lost connection leaves the outcome unknown: the final dot. Does not know
who opens connections.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .connect import Server, error_text
from .replies import CLOSING, DeliveryStatus, Reply, judge
from .smtp_protocol import BoundedClient

MESSAGE_TIMEOUT_FACTOR = 10
"""A whole message takes this many times longer than a command (RFC 5321 4.5.3.2: 5 and 10 minutes).
"""
SIZE = re.compile(r"0*([1-9][0-9]{0,17})\b", re.A)
"""The limit that a server states in EHLO. A longer number limits nothing that could be sent."""

OnFinalDot = Callable[[Sequence[str]], None]
"""Called with the recipients that the server accepted, just before the final dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A message's bytes and its envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    international: bool = False


@dataclass(slots=True)
class Transaction:
    """The state of one transaction: who was accepted, who was answered, and whether the final dot
    was sent."""

    smtp: BoundedClient
    server: Server
    mail: OutgoingMail
    replies: dict[str, Reply] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)
    final: bool = False
    closing: bool = False

    @property
    def begun(self) -> bool:
        """Whether the server has answered for any recipient."""
        return bool(self.accepted or self.replies)

    def run(self, on_final_dot: OnFinalDot) -> None:
        """Hands the message over.

        Raises OSError (smtplib's errors are such) where the connection is lost.
        """
        if (refusal := self._refusal_by_ehlo()) is not None:
            self._answer_all(self.mail.recipients, refusal)
            return
        if (refusal := self._send_envelope()) is not None:
            self._answer_all(self.accepted or self._unanswered(), refusal)
            self.accepted = []
        if not self.accepted:
            judge("RSET", *self._exchange("RSET"))
            return
        self._send_content(on_final_dot)

    def lose(self, error: Exception) -> None:
        """Records that the connection was lost, for all that have no answer yet."""
        status = DeliveryStatus.UNKNOWN if self.final else DeliveryStatus.DEFERRED
        text = error_text(self.server, error)
        self._answer_all(self.accepted, Reply(status, 0, text))
        self._answer_all(self._unanswered(), Reply(DeliveryStatus.DEFERRED, 0, text))

    def _unanswered(self) -> list[str]:
        return [address for address in self.mail.recipients if address not in self.replies]

    def _answer_all(self, addresses: Sequence[str], reply: Reply) -> None:
        self.replies.update(dict.fromkeys(addresses, reply))

    def _refusal_by_ehlo(self) -> Reply | None:
        """Why this server cannot take the message, as far as its EHLO tells."""
        size = len(self.mail.content)
        limit = SIZE.match(self.smtp.esmtp_features.get("size", ""))
        if limit and int(limit[1]) < size:
            text = f"message of {size} bytes; {self.server.name} takes {limit[1]}"
            return Reply(DeliveryStatus.REFUSED, 552, text)
        if self.mail.international and not self.smtp.has_extn("smtputf8"):
            text = f"{self.server.name} has no SMTPUTF8, which this address needs"
            return Reply(DeliveryStatus.REFUSED, 550, text)
        return None

    def _send_envelope(self) -> Reply | None:
        """MAIL, RCPT for each, DATA; the server's objection to the whole message, or None."""
        options = [f"SIZE={len(self.mail.content)}"] if self.smtp.has_extn("size") else []
        if self.mail.international:
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        answer = self._judged("MAIL", *self.smtp.mail(self.mail.sender, options))
        if answer.status is not DeliveryStatus.SENT:
            return answer
        for address in self.mail.recipients:
            answer = self._judged("RCPT", *self.smtp.rcpt(address))
            if answer.status is DeliveryStatus.SENT:
                self.accepted.append(address)
            else:
                self.replies[address] = answer
        if not self.accepted:
            return None
        answer = self._judged("DATA", *self.smtp.docmd("DATA"))
        return None if answer.status is DeliveryStatus.SENT else answer

    def _send_content(self, on_final_dot: OnFinalDot) -> None:
        smtp = self.smtp
        smtp.reply_time = self.server.timeout * MESSAGE_TIMEOUT_FACTOR
        smtp.send(_dot_stuffed(self.mail.content))
        on_final_dot(self.accepted)
        self.final = True
        smtp.send(b".\r\n")
        code, text = smtp.getreply()
        answer = judge("dot", code, self._text(text))
        smtp.reply_time = self.server.timeout
        self._answer_all(self.accepted, answer)
        self.closing = code == CLOSING

    def _exchange(self, command: str) -> tuple[int, str]:
        code, text = self.smtp.docmd(command)
        return code, self._text(text)

    def _judged(self, step: str, code: int, text: bytes) -> Reply:
        """The meaning of an answer before the final dot.

        A server that is closing ends the transaction.
        """
        if code == CLOSING:
            raise smtplib.SMTPServerDisconnected(f"{code} {self._text(text)}")
        return judge(step, code, self._text(text))

    def _text(self, text: bytes) -> str:
        return self.server.shown(text.decode("utf-8", "replace"))


def _dot_stuffed(content: bytes) -> bytes:
    """The content as it is transmitted: all lines end in CRLF, a leading dot is doubled (RFC 5321
    4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
