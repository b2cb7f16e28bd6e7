"""Mail servers on loopback: they take mail, count it, and do what they are told to do wrong."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP as READING
from typing import Any

import pytest

from briefing.types import Recipient

aiosmtpd = pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed")
from aiosmtpd.controller import Controller  # noqa: E402  # after the skip
from aiosmtpd.smtp import SMTP, AuthResult  # noqa: E402

USER, PASSWORD = "desk", "秘密 s3cret-pass"


@dataclass
class Counting:
    """Takes everything, unless `refuse` or `hang` say otherwise.

    `rcpt` and `data` map a recipient to the answers that come first, one a try; "drop" cuts the line there, "hang" is silent
    until `freed`.
    """

    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: dict[str, list[str]] = field(default_factory=dict)
    latency: float = 0.0
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    sessions: set[int] = field(default_factory=set)
    freed: threading.Event = field(default_factory=threading.Event)

    @property
    def count(self) -> Counter[str]:
        """How many letters each recipient has."""
        return Counter(address for address, _ in self.letters)

    def message(self, n: int = 0) -> Any:
        return message_from_bytes(self.letters[n][1], policy=READING)

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        if id(session) not in self.sessions:
            self.sessions.add(id(session))
            self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = await self._told(self.rcpt, address, server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await self._told(self.data, envelope.rcpt_tos[0], server)
        if answer is not None:
            return answer
        self.letters += [(one, envelope.original_content or envelope.content) for one in envelope.rcpt_tos]
        if self.latency:
            await asyncio.sleep(self.latency)
        return "250 OK queued"

    async def _told(self, orders: dict[str, list[str]], address: str, server: Any) -> str | None:
        answer = orders[address].pop(0) if orders.get(address) else None
        if answer in ("drop", "take and drop"):
            if answer == "take and drop":
                self.letters.append((address, b""))
            server.transport.abort()
        if answer == "hang":
            while not self.freed.is_set():
                await asyncio.sleep(0.01)
        return answer


class Serving(Controller):
    """A server that says how it wants to be reached."""

    def __init__(self, handler: Counting, **options: Any) -> None:
        self.options = options
        super().__init__(handler, hostname="127.0.0.1", port=0, ssl_context=options.pop("implicit", None))

    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="mx.yunting.test", ident="test", **self.options)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # port 0 is any free one
        super()._trigger_server()


def authenticator(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=good, handled=good)


def people(n: int) -> list[Recipient]:
    return [Recipient(address=f"reader{i}@yunting.test", name=f"读者{i}") for i in range(1, n + 1)]
