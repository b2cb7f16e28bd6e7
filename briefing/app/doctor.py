"""Checks whatever the daily job needs, each on its own: one that fails or hangs costs only itself.

Sends no letter, tells no webhook, writes no briefing.
"""

from __future__ import annotations

import datetime
import shutil
import socket
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from ..errors import BriefingError
from ..messages import Message
from ..registry import DEFAULT_MODEL
from ..types import Problem
from ..types.archived import Filter
from .run_conditions import today

if TYPE_CHECKING:
    from ..config import Settings

State = Literal["ok", "warning", "failed"]
ROOM = 200_000_000
"""Bytes that should be free: a year of editions."""
PATIENCE = 10.0
"""Seconds for a server to answer."""
OLDEST_CLOCK = datetime.date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what to do."""

    name: Message
    state: State
    message: Message
    hint: Message | None = None


def findings(settings: Settings) -> Iterator[Finding]:
    """What is found, one after another."""
    checks: list[tuple[Message, Callable[[Settings], Iterator[Finding] | Finding]]] = [
        (Message("时钟", "clock"), _clock),
        (Message("磁盘", "disk"), _disk),
        (Message("模型", "model"), _model),
        (Message("模板和字体", "theme and fonts"), _theme),
        (Message("来源", "sources"), _sources),
        (Message("存档", "archive"), _archive),
        (Message("邮件", "mail"), _mail),
        (Message("群", "channels"), _channels),
        (Message("通知", "webhook"), _watchers),
    ]
    for name, check in checks:
        try:
            found = check(settings)
            yield from [found] if isinstance(found, Finding) else found
        except BriefingError as error:
            yield Finding(name=name, state="failed", message=error.message, hint=error.hint)


def _clock(settings: Settings) -> Finding:
    now = datetime.datetime.now(zoneinfo.ZoneInfo(settings.job.timezone))
    shown = now.strftime("%Y-%m-%d %H:%M")
    right = now.date() >= OLDEST_CLOCK
    return Finding(
        name=Message("时钟", "clock"),
        state="ok" if right else "failed",
        message=Message(f"{shown}（{settings.job.timezone}）", f"{shown} ({settings.job.timezone})"),
        hint=None if right else Message("请校准系统的时钟", "set the system's clock"),
    )


def _disk(settings: Settings) -> Finding:
    folder = next(one for one in (settings.out.absolute(), *settings.out.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    enough = free > ROOM
    return Finding(
        name=Message("磁盘", "disk"),
        state="ok" if enough else "warning",
        message=Message(f"{folder} 还有 {free // 10**6} MB", f"{free // 10**6} MB free at {folder}"),
        hint=None if enough else Message("请清理磁盘", "make room"),
    )


def _model(settings: Settings) -> Finding:
    """Loads the model and lets it summarize a sentence."""
    from .summaries import summarize

    name = settings.model or DEFAULT_MODEL
    summarize("云汀港今天开通新航线。首班货船上午离港。", model=name)
    return Finding(
        name=Message("模型", "model"),
        state="ok",
        message=Message(f"{name} 可以用", f"{name} works"),
    )


def _theme(settings: Settings) -> Iterator[Finding]:
    from ..render.theme_check import check_theme

    name = Message("模板和字体", "theme and fonts")
    failed = [
        failure for one in check_theme(settings.template, settings.templates) for failure in one.failures
    ]
    for message, hint in failed:
        yield Finding(name=name, state="failed", message=message, hint=hint)
    if not failed:
        yield Finding(
            name=name,
            state="ok",
            message=Message(f"{settings.template} 可以用", f"{settings.template} works"),
        )


def _sources(settings: Settings) -> Iterator[Finding]:
    """Each source of today: what a folder has, whether an address answers."""
    name = Message("来源", "sources")
    if not settings.sources:
        yield Finding(
            name=name,
            state="failed",
            message=Message("没有写 sources", "no sources are named"),
            hint=Message(
                "请在 briefing.toml 里写 sources；还没有的话，用 briefing init 写一份",
                "write sources in briefing.toml; briefing init makes one",
            ),
        )
    for source in settings.sources:
        try:
            yield from _source(source, settings)
        except BriefingError as error:
            shown = Message(f"{source}：{error.message.zh}", f"{source}: {error.message.en}")
            yield Finding(name=name, state="failed", message=shown, hint=error.hint)


def _source(source: str, settings: Settings) -> Iterator[Finding]:
    from ..read.dated import on_day
    from ..read.fetch import Fetcher, is_address
    from ..read.sources import expand
    from .reading import reading_options

    name = Message("来源", "sources")
    dated = on_day(source, settings.date or today(settings))
    if is_address(dated):
        if settings.offline:
            told = Message(f"{dated}：离线，没有查", f"{dated}: not looked at, offline")
            yield Finding(name=name, state="warning", message=told)
            return
        size = len(Fetcher(reading_options(settings).policy)(dated).content)
        yield Finding(
            name=name, state="ok", message=Message(f"{dated}：{size} 字节", f"{dated}: {size} bytes")
        )
        return
    found = list(expand([dated]))
    problems = [one for one in found if isinstance(one, Problem) and not one.note]
    for one in problems:
        told = Message(f"{one.source}：{one.message.zh}", f"{one.source}: {one.message.en}")
        yield Finding(name=name, state="failed", message=told, hint=one.hint)
    if not problems:
        count = sum(isinstance(one, str) for one in found)
        state: State = "ok" if count else "warning"
        yield Finding(
            name=name, state=state, message=Message(f"{dated}：{count} 个文件", f"{dated}: {count} files")
        )


def _archive(settings: Settings) -> Iterator[Finding]:
    from .archive import archive_place, listed, open_archive

    name = Message("存档", "archive")
    with open_archive(settings) as archive:
        for note in archive.notes:
            yield Finding(name=name, state="warning", message=note.message, hint=note.hint)
        count = len(listed(archive, Filter()))
        place = archive_place(settings) if "://" not in archive_place(settings) else archive.database.name
        yield Finding(
            name=name, state="ok", message=Message(f"{place}：{count} 期", f"{place}: {count} editions")
        )


def _mail(settings: Settings) -> Iterator[Finding]:
    """Connects and logs in."""
    from .mail import recipients, smtp_connection

    name = Message("邮件", "mail")
    mail = settings.mail
    if not mail.host and not (mail.to or mail.recipients):
        yield Finding(name=name, state="ok", message=Message("不寄邮件", "nothing is mailed"))
        return
    quick = mail.model_copy(update={"timeout": min(mail.timeout, PATIENCE)})
    connection = smtp_connection(settings.model_copy(update={"mail": quick}))
    connection.open()
    connection.close()
    server = connection.server.name
    yield Finding(name=name, state="ok", message=Message(f"{server} 连得上", f"{server} lets us in"))
    if mail.to or mail.recipients:
        count = len(recipients(settings))
        yield Finding(
            name=name, state="ok", message=Message(f"{count} 人", f"{count} recipient{'s' * (count != 1)}")
        )
    else:
        yield Finding(
            name=name,
            state="warning",
            message=Message("没有收件人，所以不寄", "no recipients, so nothing is mailed"),
            hint=Message("在 [mail] 里写 to 或 recipients", "write to or recipients under [mail]"),
        )


def _channels(settings: Settings) -> Iterator[Finding]:
    """Whether each channel's server can be reached; nothing is posted."""
    from .channels import channels

    for channel in channels(settings):
        where = Message(f"群 {channel.name}", f"channel {channel.name}")
        if channel.kind == "apprise":  # which does not tell where its services are
            known = Message("Apprise 认得这个地址，没有连", "Apprise knows the address; not tried")
            yield Finding(name=where, state="ok", message=known)
            continue
        hint = Message(
            "请检查网络和 [[channels]] 的网址", "check the network and the address in [[channels]]"
        )
        yield _reached(where, channel.address.value, hint)


def _watchers(settings: Settings) -> Iterator[Finding]:
    """Whether the servers of webhook and health check can be reached; neither is told anything."""
    from .run_watchers import Watchers

    Watchers(settings)  # the secret can be read
    hint = Message("请检查 [job] 里的网址", "check the address under [job]")
    for where, address in (
        (Message("通知", "webhook"), settings.job.webhook),
        (Message("健康检查", "health check"), settings.job.ping),
    ):
        if address:
            yield _reached(where, address, hint)


def _reached(name: Message, address: str, hint: Message) -> Finding:
    """Whether the server of an address takes a connection; the address itself is a secret."""
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), PATIENCE).close()
    except (OSError, ValueError):  # ValueError: a port or a host name that is none
        told = Message("服务器连不上", "its server cannot be reached")
        return Finding(name=name, state="failed", message=told, hint=hint)
    return Finding(name=name, state="ok", message=Message("服务器连得上", "its server can be reached"))
