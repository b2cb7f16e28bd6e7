"""What a run needs: its day, settings that can work, that no other run is at work, and something to tell."""

from __future__ import annotations

import contextlib
import datetime
import zoneinfo
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..deliver.folder_lock import FolderInUseError, folder_lock
from ..errors import DeliveryError, NothingReadable, UsageError
from ..messages import Message
from . import channels, mail
from . import reader_editions as readers
from .archive import lock_folder
from .mail_prepare import recipients
from .output import is_one_file

if TYPE_CHECKING:
    from ..config import Settings

PATIENCE = 900.0
"""Seconds that a run waits for another one of the same archive."""


def today(settings: Settings) -> datetime.date:
    """The day in the settings' time zone."""
    return datetime.datetime.now(zoneinfo.ZoneInfo(settings.job.timezone)).date()


def check(settings: Settings) -> None:
    """Raises UsageError for what could only fail every morning."""
    if is_one_file(settings.out):
        raise UsageError(
            Message("run 要写进文件夹，不是一个文件", "run writes into a folder, not into one file"),
            Message("请把 out 设为文件夹", "name a folder as out"),
        )
    if not settings.sources:
        raise UsageError(
            Message("没有说要读哪些版面", "no source was given"),
            Message(
                "请在 briefing.toml 里写 sources；还没有的话，用 briefing init 写一份",
                "write sources in briefing.toml; briefing init makes one",
            ),
        )
    channels.channels(settings)
    readers.check(settings)
    if has_recipients(settings):
        recipients(settings)
        mail.check(settings, recipient=False)


def has_recipients(settings: Settings) -> bool:
    """Whether editions are mailed to anybody."""
    return settings.job.deliver and bool(settings.mail.to or settings.mail.recipients)


@contextlib.contextmanager
def alone(settings: Settings, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Waits until no other run of this archive is at work."""
    folder = lock_folder(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with folder_lock(folder, PATIENCE, waiting):
            yield
    except FolderInUseError:
        raise DeliveryError(
            Message("另一个 briefing run 一直没有结束", "another briefing run does not come to an end"),
            Message("请看看它在做什么，或结束它", "see what it does, or end it"),
        ) from None


def nothing_to_tell(day: datetime.date, told: int) -> NothingReadable:
    """The error of a day without a story, or with `told` stories that were all told before."""
    if told:
        return NothingReadable(
            Message(f"{day} 的 {told} 条此前都已报过", f"all {told} stories of {day} were told before"),
            Message("要照报，请设 [job] told_days = 0", "to tell them again, set told_days = 0 under [job]"),
        )
    return NothingReadable(
        Message(f"没有 {day} 的新闻", f"no news of {day}"),
        Message("请检查来源和日期", "check the sources and the day"),
    )
