"""Opening a connection to a mail server (RFC 5321, 3207, 4954, 8314).

Knows what each failure means and what to do about it; does not know what is sent afterwards.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..errors import DeliveryError
from ..messages import Message
from ..text.clean_input import clean_line
from .login import log_in
from .secret import Secret
from .smtp_protocol import BoundedClient, PlainClient, TlsClient

Security = Literal["starttls", "tls", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server and how to reach it.

    `timeout` is in seconds, for one command with its whole reply; `ca_file` holds certificates to
    be trusted.
    """

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

    def shown(self, text: str) -> str:
        """What the server said as it may be shown and stored: printable, and without the
        password.
        """
        return clean_line(self.secret.hidden_in(text, self.user))


class UnreachableError(DeliveryError):
    """A transient failure to connect."""


def connect(server: Server) -> BoundedClient:
    """An open, encrypted, logged-in connection.

    UnreachableError is transient; other DeliveryErrors are permanent.
    """
    if server.user and server.security == "none" and server.host not in LOOPBACK:
        raise DeliveryError(
            Message(
                f"不会把密码明文发给 {server.name}", f"a password is not sent to {server.name} in the clear"
            ),
            Message("[mail] security 请设为 starttls 或 tls", "set security to starttls or tls under [mail]"),
        )
    try:
        return _open(server)
    except DeliveryError:
        raise
    except (
        OSError,
        ValueError,
    ) as error:  # ValueError: a host name that no name can be; smtplib's are OSErrors
        raise _connection_error(server, error) from None


def _open(server: Server) -> BoundedClient:
    port = server.port or PORTS[server.security]
    context = ssl.create_default_context(cafile=server.ca_file)
    hello = _own_name()
    smtp = (
        TlsClient(server.host, port, hello, timeout=server.timeout, context=context)
        if server.security == "tls"
        else PlainClient(server.host, port, hello, timeout=server.timeout)
    )
    try:
        # The final dot is a packet of its own: delayed acknowledgement cost 40 ms a message on loopback.
        if smtp.sock:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _say_hello(smtp)
        if server.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise _no_starttls(server)
            smtp.starttls(context=context)
            _say_hello(smtp)
        if server.user:
            log_in(smtp, server.user, server.secret.value)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _own_name() -> str:
    """This machine's name, if it can be said in EHLO."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9.-]{1,255}", name) else "localhost"


def _say_hello(smtp: smtplib.SMTP) -> None:
    """EHLO, or HELO where the server does not know it; only 250 will do."""
    code, _ = smtp.ehlo()
    if code != 250:
        code, text = smtp.helo()
        if code != 250:
            raise smtplib.SMTPHeloError(code, text)


def _no_starttls(server: Server) -> DeliveryError:
    return DeliveryError(
        Message(f"{server.name} 不提供 STARTTLS", f"{server.name} does not offer STARTTLS"),
        Message(
            "[mail] security 改为 tls（端口 465），或确知线路可信时设为 none",
            "set security to tls (port 465) under [mail], or to none on a trusted network",
        ),
    )


def _connection_error(server: Server, error: Exception) -> DeliveryError:
    """The failure in words; UnreachableError if trying again may help."""
    name = server.name
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _login_error(server, error.smtp_code)
    reason = error_text(server, error)
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
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(
            Message(f"{name} 不支持登录：{reason}", f"{name} offers no usable log-in: {reason}"),
            Message("请核对 [mail] security 和 user", "check security and user under [mail]"),
        )
    if isinstance(error, ssl.SSLError):
        return DeliveryError(
            Message(f"与 {name} 的加密没有谈成：{reason}", f"no encryption with {name}: {reason}"),
            Message("请核对 [mail] port 和 security", "check port and security under [mail]"),
        )
    return UnreachableError(
        Message(f"连不上邮件服务器 {name}：{reason}", f"cannot reach the mail server {name}: {reason}"),
        Message("请检查网络，以及 [mail] host 和 port", "check the network, and host and port under [mail]"),
    )


def _login_error(server: Server, code: int) -> DeliveryError:
    """A log-in that failed.

    The server's text stays unsaid: it may hold the password in any form.
    """
    name, user = server.name, server.user
    if 400 <= code < 500:
        return UnreachableError(
            Message(f"{name} 暂时不能登录（{code}）", f"{name} cannot log you in now ({code})"),
            Message("请稍后再试", "try again later"),
        )
    if 500 <= code < 600:
        return DeliveryError(
            Message(
                f"{name} 不接受 {user} 的密码（{code}）",
                f"{name} does not accept the password of {user} ({code})",
            ),
            Message(
                "请核对用户名和密码；QQ、163 邮箱要用网页上生成的授权码",
                "check user and password; some providers want a password made for programs",
            ),
        )
    return DeliveryError(
        Message(
            f"{name} 对登录的回答（{code}）不合规范",
            f"{name} answered the log-in with {code}, which is no valid answer",
        ),
        Message(
            "请核对 [mail] host、port 和 security，或询问服务商",
            "check host, port and security under [mail], or ask the provider",
        ),
    )


def error_text(server: Server, error: Exception) -> str:
    """An exception's text on one line, without the password."""
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        text = f"{error.smtp_code} {raw.decode('utf-8', 'replace') if isinstance(raw, bytes) else raw}"
    else:
        text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return server.shown(text)
