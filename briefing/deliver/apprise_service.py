"""Services by Apprise (github.com/caronc/apprise): how much each takes, and what it made of a message.

Apprise says yes or no; why stands in its log, which is read here and never shown: addresses are in it. A no
after an error of HTTP is a refusal; a line that could not be opened is to be tried again; one that broke
leaves open whether the service has the message.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..errors import UsageError
from ..messages import Message
from ..text.clean_input import clean_line
from .channel_connection import UNREACHABLE, Server
from .channels import Channel, Kind, Payload
from .replies import DeliveryStatus, Reply
from .secret import HIDDEN, Secret
from .transaction import OnFinalDot, OutgoingMail

BYTES = {
    "wecombot": 2048,  # developer.work.weixin.qq.com/document/path/91770, text
    "dingtalk": 19_985,
    "feishu": 19_985,
    "lark": 19_985,
    "ntfy": 4000,  # docs.ntfy.sh/publish/#limitations: 4,096, beyond which it becomes a file
    "ntfys": 4000,
    "bark": 3000,  # a payload of Apple's push service has 4,096
    "barks": 3000,
}
"""Services that count bytes of UTF-8, which Apprise counts as characters."""
PLAIN = "text"
BREAK = 8
"""Characters that a line's end takes where Apprise turns plain text into HTML."""
NOT_OPENED = re.compile(r"NewConnectionError|ConnectTimeout|NameResolutionError|Connection refused")
BROKEN = re.compile(r"Socket Exception|Connection error|Timeout|timed out", re.IGNORECASE)
STATUS = re.compile(r"error=(\d{3})\b")
LOG = logging.getLogger("apprise")


@dataclass(frozen=True, slots=True)
class Service:
    """A service that an address names; `limit` in bytes of UTF-8, or in characters."""

    plugin: Any = None
    limit: int = 0
    unit: str = "characters"
    converted: bool = False
    titled: bool = False

    def size(self, text: str) -> float:
        """How much of the limit a text takes; over 1 is too long."""
        sent = html.escape(text) + " " * (BREAK * text.count("\n")) if self.converted else text
        return (len(sent.encode()) if self.unit == "bytes" else len(sent)) / self.limit


def service(address: Secret) -> Service:
    """The service of an address; raises UsageError for one that Apprise does not take."""
    try:
        import apprise
    except ImportError:
        raise UsageError(
            Message("没有装 apprise", "apprise is not installed"),
            Message("pip install 'briefing[apprise]'", "pip install 'briefing[apprise]'"),
        ) from None
    asset = apprise.AppriseAsset(
        async_mode=False, interpret_emojis=False, interpret_escapes=False, secure_logging=True
    )
    with _log():
        plugin: Any = apprise.Apprise.instantiate(address.value, asset=asset)
    if plugin is None:
        raise UsageError(
            Message("Apprise 不认得这个地址", "Apprise does not know this address"),
            Message(
                "写法见 github.com/caronc/apprise/wiki，例如 ntfys://主题、mailto://…",
                "see github.com/caronc/apprise/wiki, for example ntfys://topic, mailto://…",
            ),
        )
    plugin.retry = 0  # the outbox tries again, and knows when it may not
    plugin.optional = False
    scheme = address.value.partition(":")[0].casefold()
    formats = plugin.notify_format
    formats = formats if isinstance(formats, tuple | list) else (formats,)
    return Service(
        plugin=plugin,
        limit=max(1, BYTES.get(scheme, plugin.body_maxlen)),
        unit="bytes" if scheme in BYTES else "characters",
        converted=PLAIN not in [str(getattr(one, "value", one)) for one in formats],
        titled=plugin.title_maxlen > 0,
    )


def payload(title: str, text: str, channel: Channel) -> Payload:
    """The message as it is kept in the outbox."""
    return {"title": title, "body": text}


KIND = Kind(limit=0, unit="", payload=payload, code="", yes=None)


class AppriseConnection:
    """A channel by Apprise; every message is a call of its own."""

    def __init__(self, channel: Channel) -> None:
        """Opens nothing; raises UsageError as `service` does."""
        self.channel = channel
        self.server = Server(channel.target)
        self.sent_count = 0
        self._service = service(channel.address)

    def close(self) -> None:
        """There is nothing to close."""

    def hand_over(self, mail: OutgoingMail, on_final_dot: OnFinalDot) -> dict[str, Reply]:
        """Sends a message: the reply."""
        import apprise

        told = json.loads(mail.content.partition(b"\r\n\r\n")[2])
        (target,) = mail.recipients
        with _log() as said:
            sender = apprise.Apprise(asset=self._service.plugin.asset)
            sender.add(self._service.plugin)
            on_final_dot(mail.recipients)
            title = told["title"] if self._service.titled else ""
            done = sender.notify(body=told["body"], title=title, body_format=apprise.NotifyFormat.TEXT)
        self.sent_count += 1
        reply = judged(bool(done), "\n".join(said), len(self._service.plugin))
        return {target: Reply(reply.status, reply.code, self._shown(reply.text))}

    def _shown(self, text: str) -> str:
        """The reason without what nobody should see."""
        parts = [part for part in re.split(r"[/:@?&=]+", self.channel.address.value) if len(part) > 3]
        hidden = any(part in text for part in parts) or self.channel.address.hidden_in(text) == HIDDEN
        return HIDDEN if hidden else clean_line(text[:300])


def judged(done: bool, said: str, targets: int = 1) -> Reply:
    """What a yes or no means, and what was logged with it. Some of several targets may have it."""
    if done:
        return Reply(DeliveryStatus.SENT, 200, "")
    status = int(found[1]) if (found := STATUS.search(said)) else 0
    text = f"HTTP {status}" if status else ""
    if targets > 1:
        return Reply(DeliveryStatus.UNKNOWN, status, text or "one of several targets failed")
    if status in (429, 502, 503):
        return Reply(DeliveryStatus.DEFERRED, status, text)
    if status >= 500:
        return Reply(DeliveryStatus.UNKNOWN, status, text)
    if status:
        return Reply(DeliveryStatus.REFUSED, status, text)
    if NOT_OPENED.search(said):
        return Reply(DeliveryStatus.DEFERRED, 0, UNREACHABLE)
    if BROKEN.search(said):
        return Reply(DeliveryStatus.UNKNOWN, 0, "the line broke before the answer")
    return Reply(DeliveryStatus.REFUSED, 0, "the service did not take it / 服务没有收下")


class _Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage()[:2000])


@contextmanager
def _log() -> Iterator[list[str]]:
    """What Apprise logs, kept from everybody else."""
    handler, level, passing = _Kept(), LOG.level, LOG.propagate
    LOG.addHandler(handler)
    LOG.setLevel(logging.DEBUG)
    LOG.propagate = False
    try:
        yield handler.lines
    finally:
        LOG.removeHandler(handler)
        LOG.setLevel(level)
        LOG.propagate = passing
