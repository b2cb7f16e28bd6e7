"""One connection to a mail server, and what it says to each recipient (RFC 5321, 3207, 4954, 1870, 6531, 8314).

Knows the conversation, and at which step of it a lost line leaves a message's fate unknown: after the final dot and before
the answer. Knows nothing of queues; trying again is the caller's.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from ..errors import DeliveryError
from ..messages import Message
from .secret import Secret

Security = Literal["starttls", "tls", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
MESSAGE_TIMEOUT_FACTOR = 10
"""How many times longer than for a command a server may take to answer to a whole message (RFC 5321 4.5.3.2: 5 and 10 minutes)."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class DeliveryStatus(StrEnum):
    """What became of a message for one recipient."""

    SENT = "sent"
    """The server answered 250 to the whole message."""
    DEFERRED = "deferred"
    """Not now: a 4xx answer, or the line was lost while the server could not yet have taken it."""
    REFUSED = "refused"
    """A 5xx answer: trying again is no use."""
    UNKNOWN = "unknown"
    """The line was lost after the final dot: the server may have taken it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of it, with the server's code (0 where the line was lost) and words."""

    status: DeliveryStatus
    code: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed over. `timeout` is in seconds, for one command; `ca_file` holds certificates to be trusted."""

    host: str
    port: int = 0
    security: Security = "starttls"
    user: str = ""
    secret: Secret = field(default_factory=lambda: Secret(""))
    timeout: float = 60.0
    ca_file: Path | None = None

    @property
    def name(self) -> str:
        """host:port."""
        return f"{self.host}:{self.port or PORTS[self.security]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A message's bytes and its envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    international: bool = False


class UnreachableError(DeliveryError):
    """No connection now; another try may do."""


class SmtpConnection:
    """A connection that is opened when first needed, kept for many messages, and opened again after it was lost."""

    def __init__(self, server: Server) -> None:
        """Opens nothing yet."""
        self.server = server
        self.sent_count = 0
        """Messages over the connection that is open."""
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connects, encrypts and logs in, unless that is done. UnreachableError may pass; any other DeliveryError will not."""
        if self._smtp is not None:
            return
        server = self.server
        if server.user and server.security == "none" and server.host not in LOOPBACK:
            raise DeliveryError(
                Message(
                    f"不会把密码明文发给 {server.name}",
                    f"a password is not sent to {server.name} in the clear",
                ),
                Message(
                    "[mail] security 请设为 starttls 或 tls", "set security to starttls or tls under [mail]"
                ),
            )
        try:
            self._smtp = self._connect()
        except DeliveryError:
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise self._connection_error(error) from None
        self.sent_count = 0

    def close(self) -> None:
        """Says goodbye, if there is somebody to say it to."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()

    def hand_over(
        self, mail: OutgoingMail, on_final_dot: Callable[[Sequence[str]], None]
    ) -> dict[str, Reply]:
        """Hands a message over: a reply for each recipient. Opens the line first, and may raise as open() does.

        `on_final_dot` is told the recipients that the server took, just before the final dot: from then on, until the answer is
        there, nobody but the server knows whether they get it.
        """
        self.open()
        smtp = self._smtp
        assert smtp is not None
        replies: dict[str, Reply] = {}
        accepted: list[str] = []
        final = False
        try:
            if (unfit := self._refusal_by_ehlo(smtp, mail)) is not None:
                return dict.fromkeys(mail.recipients, unfit)
            if (refused := self._send_envelope(smtp, mail, replies, accepted)) is not None:
                replies.update(dict.fromkeys(accepted, refused))
                accepted = []
            if not accepted:
                smtp.rset()
                return self._reply_for_each(mail, replies)
            smtp.send(_dot_stuffed(mail.content))
            on_final_dot(accepted)
            final = True
            if smtp.sock:
                smtp.sock.settimeout(self.server.timeout * MESSAGE_TIMEOUT_FACTOR)
            smtp.send(b".\r\n")
            answer = self._parse_reply(*smtp.getreply())
            if smtp.sock:
                smtp.sock.settimeout(self.server.timeout)
            self.sent_count += 1
            replies.update(dict.fromkeys(accepted, answer))
            if answer.code == 421:
                self.close()
        except (OSError, smtplib.SMTPException) as error:
            self._smtp = None
            smtp.close()
            if self.sent_count and not (accepted or replies):
                return self.hand_over(
                    mail, on_final_dot
                )  # the server had closed a line that lay idle: nothing was tried yet
            lost = Reply(
                DeliveryStatus.UNKNOWN if final else DeliveryStatus.DEFERRED, 0, self._error_text(error)
            )
            replies.update(dict.fromkeys(accepted, lost))
        return self._reply_for_each(mail, replies)

    def _reply_for_each(self, mail: OutgoingMail, replies: dict[str, Reply]) -> dict[str, Reply]:
        """A reply for everybody: whom the conversation did not come to is put off."""
        lost = Reply(DeliveryStatus.DEFERRED, 0, "connection lost")
        return {one: replies.get(one, lost) for one in mail.recipients}

    def _refusal_by_ehlo(self, smtp: smtplib.SMTP, mail: OutgoingMail) -> Reply | None:
        """Why this server cannot take such a message, if its EHLO says so."""
        limit = smtp.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < len(mail.content):
            return Reply(
                DeliveryStatus.REFUSED,
                552,
                f"message of {len(mail.content)} bytes; {self.server.name} takes {limit}",
            )
        if mail.international and not smtp.has_extn("smtputf8"):
            return Reply(
                DeliveryStatus.REFUSED, 550, f"{self.server.name} has no SMTPUTF8, which this address needs"
            )
        return None

    def _send_envelope(
        self, smtp: smtplib.SMTP, mail: OutgoingMail, replies: dict[str, Reply], accepted: list[str]
    ) -> Reply | None:
        """MAIL, RCPT for each, DATA; what the server objects to the whole, or None when it wants the message."""
        options = []
        if smtp.has_extn("size"):
            options.append(f"SIZE={len(mail.content)}")
        if mail.international:
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        answer = self._parse_reply(*smtp.mail(mail.sender, options))
        if answer.code != 250:
            self._raise_if_closing(answer)
            accepted[:] = mail.recipients
            return answer
        for one in mail.recipients:
            answer = self._parse_reply(*smtp.rcpt(one))
            if answer.code in (250, 251, 252):
                accepted.append(one)
            else:
                replies[one] = answer
                if answer.code == 421:
                    raise smtplib.SMTPServerDisconnected(answer.text)
        if not accepted:
            return None
        answer = self._parse_reply(*smtp.docmd("DATA"))
        return None if answer.code == 354 else answer

    def _raise_if_closing(self, answer: Reply) -> None:
        if answer.code == 421:
            raise smtplib.SMTPServerDisconnected(answer.text)

    def _parse_reply(self, code: int, text: bytes) -> Reply:
        """A server's answer; smtplib gives -1 where there was none."""
        if code < 0:
            raise smtplib.SMTPServerDisconnected("connection lost")
        words = " ".join(text.decode("utf-8", "replace").split())
        status = (
            DeliveryStatus.SENT
            if code < 400
            else DeliveryStatus.DEFERRED
            if code < 500
            else DeliveryStatus.REFUSED
        )
        return Reply(status, code, self.server.secret.hidden_in(words))

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        port = server.port or PORTS[server.security]
        context = ssl.create_default_context(cafile=server.ca_file)
        hello = socket.gethostname()
        smtp = (
            smtplib.SMTP_SSL(server.host, port, hello, timeout=server.timeout, context=context)
            if server.security == "tls"
            else smtplib.SMTP(server.host, port, hello, timeout=server.timeout)
        )
        try:
            # The final dot is a small packet of its own: held back for an acknowledgement it cost 40 ms a message on loopback.
            if smtp.sock:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                if not smtp.has_extn("starttls"):
                    raise DeliveryError(
                        Message(f"{server.name} 不提供 STARTTLS", f"{server.name} does not offer STARTTLS"),
                        Message(
                            "[mail] security 改为 tls（端口 465），或确知线路可信时设为 none",
                            "set security to tls (port 465) under [mail], or to none where the line is trusted",
                        ),
                    )
                smtp.starttls(context=context)
                smtp.ehlo_or_helo_if_needed()
            if server.user:
                self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        """Logs in by the best way that the server has; smtplib's own ones cannot say a name or password in Chinese."""
        user, secret = self.server.user, self.server.secret.value
        if (user + secret).isascii():
            smtp.login(user, secret)
            return
        if "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
            raise smtplib.SMTPNotSupportedError("AUTH PLAIN")
        credentials = base64.b64encode(f"\0{user}\0{secret}".encode()).decode("ascii")
        code, text = smtp.docmd("AUTH", f"PLAIN {credentials}")
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, text)

    def _connection_error(self, error: Exception) -> DeliveryError:
        """The error for a connection that did not come about; UnreachableError where another try may do."""
        name, reason = self.server.name, self._error_text(error)
        if isinstance(error, ssl.SSLCertVerificationError):
            return DeliveryError(
                Message(
                    f"{name} 的证书不可信：{error.verify_message}",
                    f"the certificate of {name} is not trusted: {error.verify_message}",
                ),
                Message(
                    "请核对 [mail] host；自签证书用 ca_file 指明",
                    "check host under [mail]; name your own certificate as ca_file",
                ),
            )
        if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500:
            return DeliveryError(
                Message(
                    f"{name} 不接受 {self.server.user} 的密码：{reason}",
                    f"{name} does not take the password of {self.server.user}: {reason}",
                ),
                Message(
                    "请核对用户名和密码；QQ、163 邮箱要用网页上生成的授权码",
                    "check user and password; some providers want a password made for programs",
                ),
            )
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return DeliveryError(
                Message(f"{name} 不支持登录：{reason}", f"{name} does not do that: {reason}"),
                Message("请核对 [mail] security 和 user", "check security and user under [mail]"),
            )
        if isinstance(error, ssl.SSLError):
            return DeliveryError(
                Message(f"与 {name} 的加密没有谈成：{reason}", f"no encryption with {name}: {reason}"),
                Message("请核对 [mail] port 和 security", "check port and security under [mail]"),
            )
        return UnreachableError(
            Message(f"连不上邮件服务器 {name}：{reason}", f"cannot reach the mail server {name}: {reason}"),
            Message(
                "请检查网络，以及 [mail] host 和 port", "check the network, and host and port under [mail]"
            ),
        )

    def _error_text(self, error: Exception) -> str:
        """An exception's words on one line, without the password."""
        if isinstance(error, smtplib.SMTPResponseException):
            raw = error.smtp_error
            words = f"{error.smtp_code} {raw.decode('utf-8', 'replace') if isinstance(raw, bytes) else raw}"
        else:
            words = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return self.server.secret.hidden_in(" ".join(words.split()))


def _dot_stuffed(content: bytes) -> bytes:
    """The content as it goes over the line: CRLF at all ends, a dot doubled where it begins a line (RFC 5321 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
