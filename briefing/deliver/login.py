"""Logging in to a mail server (RFC 4954): PLAIN, LOGIN or CRAM-MD5, names and passwords in UTF-8.

smtplib's own log-in takes ASCII only and fails with a traceback at odd challenges. No word that a
server says to AUTH is kept: it could repeat the password in a form that nobody recognizes.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import smtplib
from collections.abc import Callable, Iterator

Responses = Callable[[str, str, bytes], Iterator[bytes]]
"""User, password and the first challenge become the responses, one a challenge."""


def _plain(user: str, password: str, challenge: bytes) -> Iterator[bytes]:
    yield f"\0{user}\0{password}".encode()


def _login(user: str, password: str, challenge: bytes) -> Iterator[bytes]:
    yield user.encode()
    yield password.encode()


def _cram_md5(user: str, password: str, challenge: bytes) -> Iterator[bytes]:
    digest = hmac.new(password.encode(), base64.b64decode(challenge, validate=True), "md5").hexdigest()
    yield f"{user} {digest}".encode()


MECHANISMS: dict[str, Responses] = {"PLAIN": _plain, "LOGIN": _login, "CRAM-MD5": _cram_md5}
"""By preference: the connection is encrypted, or it is to this machine."""
WRONG_PASSWORD = 535


def log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Logs in by the first offered mechanism that the server accepts.

    Raises SMTPAuthenticationError with the server's code and no text, SMTPNotSupportedError where
    none of the mechanisms is offered.
    """
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    code = 0
    for name in (name for name in MECHANISMS if name in offered):
        code = _attempt(smtp, name, user, password)
        if code == 235:
            return
        if not 500 <= code < 600 or code == WRONG_PASSWORD:
            break
    if code:
        raise smtplib.SMTPAuthenticationError(code, b"")
    raise smtplib.SMTPNotSupportedError("AUTH " + "/".join(MECHANISMS))


def _attempt(smtp: smtplib.SMTP, name: str, user: str, password: str) -> int:
    """The server's last code.

    PLAIN needs no challenge; what a challenge says matters to CRAM-MD5 only.
    """
    initial = [_encoded(part) for part in _plain(user, password, b"")] if name == "PLAIN" else []
    code, challenge = smtp.docmd("AUTH", " ".join([name, *initial]))
    try:
        for response in MECHANISMS[name](user, password, challenge):
            if code != 334:
                break
            code, _ = smtp.docmd(_encoded(response))
    except (binascii.Error, ValueError):  # a challenge that is no base64, or no MD5 on this machine
        smtp.docmd("*")
        return 334
    return code


def _encoded(response: bytes) -> str:
    return base64.b64encode(response).decode("ascii")
