"""What a run would do: which sources it would read, which editions make, and to whom send what.

Nothing is written, sent or fetched.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..deliver.outbox import Delivery, Outbox, QueueState
from ..deliver.outbox_file import user_outbox
from ..errors import StoreError
from ..messages import Message
from ..types import Problem
from ..types.archived import DAILY, edition_key
from . import channels
from . import reader_editions as readers
from .archive import archive_place
from .mail_prepare import recipients
from .reading import reading_options
from .run_conditions import check, has_recipients, today
from .subscribing import gone, with_subscribers

if TYPE_CHECKING:
    from ..config import Settings

SENDS, HAS, WAITS, LEFT = "sends", "has", "waits", "left"
STATES = {
    SENDS: Message("送", "would be sent"),
    HAS: Message("已有", "has it"),
    WAITS: Message("在发件箱里", "in the outbox"),
    LEFT: Message("已退订", "unsubscribed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEdition:
    """An edition: whether it is made already, where its files go, and each target with what it would get; in
    the reader's `hours`, if they have any.
    """

    day: datetime.date
    name: str
    made: bool
    folder: str
    formats: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    hours: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        targets = [{"target": target, "state": state} for target, state in self.targets]
        return {
            "day": self.day.isoformat(),
            "edition": self.name,
            "made": self.made,
            "folder": self.folder,
            "formats": list(self.formats),
            "targets": targets,
            "hours": self.hours,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """The sources that would be read, what is wrong with others, and the editions."""

    sources: tuple[str, ...]
    problems: tuple[Problem, ...]
    editions: tuple[PlannedEdition, ...]


def run_plan(settings: Settings) -> RunPlan:
    """What `run` would do with these settings; raises UsageError as it does."""
    from ..read.dated import on_days
    from ..read.sources import expand

    settings = with_subscribers(settings)
    check(settings)
    day = settings.date or today(settings)
    settings = settings.model_copy(update={"date": day})
    dates = reading_options(settings).dates
    found = list(expand([one for source in settings.sources for one in on_days(source, dates)]))
    days = [day - datetime.timedelta(days=back) for back in range(settings.job.catch_up, -1, -1)]
    return RunPlan(
        sources=tuple(one for one in found if isinstance(one, str)),
        problems=tuple(one for one in found if isinstance(one, Problem)),
        editions=tuple(one for each in days for one in _of_day(settings, each)),
    )


def _of_day(settings: Settings, day: datetime.date) -> Iterator[PlannedEdition]:
    elsewhere = readers.addresses(settings)
    common = _planned(settings, readers.of_everyone(settings), day)
    yield replace(common, targets=tuple(one for one in common.targets if one[0].casefold() not in elsewhere))
    for reader in settings.reader:
        own = _planned(settings, readers.of_reader(settings, reader), day)
        yield replace(own, hours=reader.hours)


def _planned(settings: Settings, own: Settings, day: datetime.date) -> PlannedEdition:
    name = own.job.edition
    made = _is_made(settings, day, name)
    return PlannedEdition(
        day=day,
        name=name,
        made=made,
        folder=str(own.out),
        formats=own.format,
        targets=tuple(_targets(own, day, name)),
    )


def _targets(own: Settings, day: datetime.date, name: str) -> Iterator[tuple[str, str]]:
    if not own.job.deliver:
        return
    wanted = [one.address for one in recipients(own)] if has_recipients(own) else []
    wanted += [one.target for one in channels.channels(own)]
    marked = day.isoformat() if name == DAILY else f"{day.isoformat()}/{name}"
    known = {
        one.address.casefold(): HAS if one.state is QueueState.SENT else WAITS for one in _known(own, marked)
    }
    left = gone(own)
    for one in wanted:
        yield one, LEFT if one.casefold() in left else known.get(one.casefold(), SENDS)


def _known(settings: Settings, day: str) -> list[Delivery]:
    place = settings.mail.outbox or user_outbox()
    if not place.is_file():
        return []
    with closing(Outbox(place)) as outbox:
        return outbox.of_day(day)


def _is_made(settings: Settings, day: datetime.date, name: str) -> bool:
    from ..store.archive_lists import edition
    from ..store.read_only import open_to_read

    place = archive_place(settings)
    if "://" not in place and not Path(place).is_file():
        return False
    try:
        database = open_to_read(place)
        try:
            with database.reading() as connection:
                return edition(connection, edition_key(day, name)) is not None
        finally:
            database.close()
    except StoreError:  # damaged: the run sets it aside and begins anew
        return False


def text(plan: RunPlan) -> Message:
    """The plan for people."""
    zh = [f"读  {source}" for source in plan.sources]
    en = [f"read  {source}" for source in plan.sources]
    for one in plan.editions:
        kinds = ",".join(one.formats)
        state = ("已做好", "is made") if one.made else ("要做", "would be made")
        zh.append(f"{one.day} {one.name}：{state[0]}，写到 {one.folder}（{kinds}）")
        en.append(f"{one.day} {one.name}: {state[1]}, written to {one.folder} ({kinds})")
        for target, what in one.targets:
            hours = f"  {one.hours}" if one.hours and what in (SENDS, WAITS) else ""
            zh.append(f"  {STATES[what].zh}  {target}{hours}")
            en.append(f"  {STATES[what].en}  {target}{hours}")
    return Message("\n".join(zh), "\n".join(en))
