"""A mail server's answers: which codes mean yes at each step, and what each means for delivery.

RFC 5321 4.2 and 4.3.2.

Knows the codes; does not know how an answer is read from the line.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import StrEnum


class DeliveryStatus(StrEnum):
    """What became of a message for one recipient."""

    SENT = "sent"
    """The server answered 250 to the whole message."""
    DEFERRED = "deferred"
    """Transient failure: a 4xx answer, or the connection was lost before the final dot."""
    REFUSED = "refused"
    """Permanent failure: a 5xx answer."""
    UNKNOWN = "unknown"
    """No valid answer after the final dot: the server may have the message."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome for a recipient, with the server's text and code (0 without a valid answer)."""

    status: DeliveryStatus
    code: int
    text: str


YES: dict[str, tuple[int, ...]] = {
    "MAIL": (250,),
    "RCPT": (250, 251, 252),
    "DATA": (354,),
    "dot": (250,),
    "RSET": (250,),
}
"""The answers that accept each step.

Other 2xx and 3xx codes accept nothing: RFC 5321 4.3.2 does not name them.
"""
CLOSING = 421


class InvalidReplyError(smtplib.SMTPException):
    """The server broke the protocol; the connection cannot be used any more."""


def judge(step: str, code: int, text: str) -> Reply:
    """An answer's meaning: SENT (accepted), DEFERRED, REFUSED; else InvalidReplyError."""
    if code in YES[step]:
        return Reply(DeliveryStatus.SENT, code, text)
    if 400 <= code < 500:
        return Reply(DeliveryStatus.DEFERRED, code, text)
    if 500 <= code < 600:
        return Reply(DeliveryStatus.REFUSED, code, text)
    raise InvalidReplyError(f"unexpected answer to {step}: {code} {text}")
