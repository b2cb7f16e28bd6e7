"""smtplib's client with bounds: each whole reply has a deadline and a limit of lines and bytes.

smtplib waits a full timeout for every piece of a reply, and keeps what a server says out of turn as
the answer to the next command. Knows how replies are framed (RFC 5321 4.2.1); does not know what
they mean.
"""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from typing import Any

from .replies import InvalidReplyError

REPLY_LINES = 100
"""The longest EHLO answers have about 20 lines."""
REPLY_BYTES = 65_536
PIECE = 65_536
LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.S)


class BoundedClient(smtplib.SMTP):
    """Replaces reading and writing; connecting, EHLO, STARTTLS and commands are smtplib's."""

    def __init__(self, host: str, port: int, local_name: str, *, timeout: float, **options: Any) -> None:
        """Connects; `timeout` is in seconds, for each command and each whole reply."""
        self.reply_time = timeout
        self._received = bytearray()
        super().__init__(host, port, local_name, timeout=timeout, **options)

    def close(self) -> None:
        """Closes the connection and forgets what was received."""
        self._received.clear()
        super().close()

    def getreply(self) -> tuple[int, bytes]:
        """The code and text of one reply, its lines joined by a line feed.

        Closes the connection on failure.
        """
        try:
            return self._read_reply(time.monotonic() + self.reply_time)
        except BaseException:
            self.close()
            raise

    def _read_reply(self, deadline: float) -> tuple[int, bytes]:
        codes: set[bytes] = set()
        lines: list[bytes] = []
        size = 0
        while len(lines) < REPLY_LINES:
            line = self._read_line(deadline, REPLY_BYTES - size)
            size += len(line)
            found = LINE.fullmatch(line.rstrip(b"\r\n"))
            if not found or len(codes | {found[1]}) > 1:
                raise InvalidReplyError("the server's answer is no SMTP reply")
            codes.add(found[1])
            lines.append((found[3] or b"").strip(b" \t\r"))
            if found[2] != b"-":
                return int(found[1]), b"\n".join(lines)
        raise InvalidReplyError(f"the server's answer has more than {REPLY_LINES} lines")

    def _read_line(self, deadline: float, limit: int) -> bytes:
        while (end := self._received.find(b"\n")) < 0:
            if len(self._received) > limit:
                raise InvalidReplyError(f"the server's answer has more than {REPLY_BYTES} bytes")
            self._received += self._receive(deadline - time.monotonic())
        line = bytes(self._received[: end + 1])
        del self._received[: end + 1]
        return line

    def _receive(self, seconds: float) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("connection lost")
        if seconds <= 0:
            raise TimeoutError("timed out waiting for the server's answer")
        self.sock.settimeout(seconds)
        data: bytes = self.sock.recv(4096)
        if not data:
            raise smtplib.SMTPServerDisconnected("the server closed the connection")
        return data

    def send(self, s: Any) -> None:
        """Sends a command or a part of the content within `reply_time`, if the server has not
        spoken out of turn."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("connection lost")
        data = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        deadline = time.monotonic() + self.reply_time
        try:
            self._expect_silence()
            while data:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError("timed out sending to the server")
                self.sock.settimeout(left)
                data = data[self.sock.send(data[:PIECE]) :]
            self.sock.settimeout(self.reply_time)
        except BaseException:
            self.close()
            raise

    def _expect_silence(self) -> None:
        """Raises where the server has said something that no command asked for, or closed the
        connection."""
        assert self.sock is not None
        if not self._received:
            self.sock.settimeout(0)
            try:
                received = self.sock.recv(4096)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            if not received:
                raise smtplib.SMTPServerDisconnected("the server closed the connection")
        raise InvalidReplyError("the server spoke out of turn")

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        """Sends a command; its reply.

        What follows the reply to STARTTLS in the clear could be anybody's words.
        """
        reply = super().docmd(cmd, args)
        if cmd.upper() == "STARTTLS" and self._received:
            self.close()
            raise InvalidReplyError("the server spoke out of turn")
        return reply


class PlainClient(BoundedClient):
    """A connection in the clear, at least until STARTTLS."""


class TlsClient(BoundedClient, smtplib.SMTP_SSL):
    """A connection that is encrypted from its first byte (RFC 8314)."""
