"""Chat channels as the settings name them: one message to each, fitted to its limit, through the outbox.

The outbox keeps who has what, as for mail: nobody gets an edition twice, and nobody is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import pipeline
from ..deliver import dispatch
from ..deliver.apprise_service import KIND, AppriseConnection, service
from ..deliver.channel_connection import ChannelConnection
from ..deliver.channels import KINDS, Channel, measure, request
from ..deliver.dispatch import Dispatched, Mail, Waiting
from ..deliver.news_key import news_key
from ..deliver.outbox import Delivery, Letter
from ..deliver.secret import Secret, read_private
from ..deliver.send_queue import Connection, Pace
from ..errors import UsageError
from ..messages import Message
from ..render.channel import message
from ..render.json import JsonRenderer
from ..types import Briefing, Problem, Recipient
from .mail import open_outbox

if TYPE_CHECKING:
    from ..config import ChannelSettings, Settings

PACE = Pace(rate=20, retries=3, backoff=10)
"""Group robots take 20 messages a minute."""
HEAD = b"Content-Type: application/json\r\n\r\n"


def channels(settings: Settings) -> list[Channel]:
    """The settings' channels; raises UsageError for one without an address, or named like another."""
    found = [_channel(one) for one in settings.channels]
    names = [one.name for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(
            Message(f"有两个 [[channels]] 都叫 {twice}", f"two of the [[channels]] are called {twice}"),
            Message("请换一个名称", "give one of them another name"),
        )
    return found


def _channel(one: ChannelSettings) -> Channel:
    where = Message(f"[[channels]] {one.name}", f"[[channels]] {one.name}")
    address = one.address or (_read(one.address_file) if one.address_file else "")
    if not address or (one.kind != "apprise" and not address.startswith(("http://", "https://"))):
        raise UsageError(
            Message(f"{where.zh} 没有网址", f"{where.en} has no address"),
            Message(
                "写 address，或用 address_file 指明文件", "write address, or name a file as address_file"
            ),
        )
    if one.kind == "telegram" and not one.chat:
        raise UsageError(
            Message(f"{where.zh} 没有群号", f"{where.en} has no chat"),
            Message("写 chat，例如 -1001234567890", "write chat, for example -1001234567890"),
        )
    secret = _read(one.secret_file) if one.secret_file else ""
    channel = Channel(
        name=one.name, kind=one.kind, address=Secret(address), secret=Secret(secret), chat=one.chat
    )
    try:  # a secret that cannot sign, or an address that is none, is told before anything is made
        service(channel.address) if one.kind == "apprise" else request(channel, {})
    except UsageError as error:
        said = Message(f"{where.zh}：{error.message.zh}", f"{where.en}: {error.message.en}")
        raise UsageError(said, error.hint) from None
    return channel


def _read(file: Path) -> str:
    return read_private(file).decode("utf-8-sig", "replace").strip()


def fitted_message(briefing: Briefing, channel: Channel, settings: Settings) -> str:
    """The briefing as one message that the channel takes; a webhook gets all of it, as JSON."""
    if channel.kind == "webhook":
        return JsonRenderer()(briefing, settings.lang).content.decode()
    size = _measure(channel)
    link = settings.mail.link.replace("{date}", briefing.date.isoformat())

    def text(one: Briefing) -> str:
        return message(one, channel.kind, settings.lang, link)

    fitted = pipeline.fit_for_print(briefing, lambda one, _: size(text(one)), (1.0,), 1)
    return text(fitted.briefing)


def _measure(channel: Channel) -> Callable[[str], float]:
    """How much of its limit a text takes."""
    if channel.kind == "apprise":
        return service(channel.address).size
    return partial(measure, KINDS[channel.kind])


def _connection(channel: Channel) -> Connection:
    return AppriseConnection(channel) if channel.kind == "apprise" else ChannelConnection(channel)


def send(
    settings: Settings,
    channel: Channel,
    briefing: Briefing,
    edition: str = "",
    waiting: Waiting | None = None,
    *,
    hours: str = "",
) -> Dispatched:
    """Sends the edition to a channel, in those hours as the outbox keeps them; what became of it.

    Raises DeliveryError as `dispatch` does.
    """
    day = "/".join(filter(None, (briefing.date.isoformat(), edition)))
    mail = Mail(
        key=news_key(briefing),
        day=day,
        recipients=(Recipient(address=channel.target),),
        write=_writer(briefing, channel, settings, day),
        hours=hours,
    )
    with closing(open_outbox(settings)) as outbox:
        return dispatch.dispatch(outbox, _connection(channel), PACE, mail, None, waiting)


def _writer(
    briefing: Briefing, channel: Channel, settings: Settings, day: str
) -> Callable[[Sequence[Recipient]], list[Letter | Problem]]:
    def write(to: Sequence[Recipient]) -> list[Letter | Problem]:
        title = f"{briefing.title} {briefing.date.isoformat()}"
        kind = KINDS.get(channel.kind, KIND)
        payload = kind.payload(title, fitted_message(briefing, channel, settings), channel)
        content = HEAD + json.dumps(payload, ensure_ascii=False).encode()
        return [Letter(title=title, sender=channel.kind, recipients=tuple(to), content=content, day=day)]

    return write


def retry(
    settings: Settings,
    wanted: Callable[[Delivery], bool],
    waiting: Waiting | None = None,
    *,
    at_once: bool = False,
) -> list[Delivery]:
    """Sends the open deliveries to channels that are wanted, `at_once` or in their hours; their outcomes."""
    done: list[Delivery] = []
    for channel in channels(settings):
        with closing(open_outbox(settings)) as outbox:
            mine = _of(channel, wanted)
            done += dispatch.retry(outbox, _connection(channel), PACE, mine, None, waiting, at_once=at_once)
    return done


def _of(channel: Channel, wanted: Callable[[Delivery], bool]) -> Callable[[Delivery], bool]:
    return lambda delivery: delivery.address == channel.target and wanted(delivery)
