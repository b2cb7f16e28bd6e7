"""The daily job: an edition is made once, kept, published and delivered; whatever is missing is made up
for by the next run.

The archive is the truth: files and letters are made of what it keeps, so that a second run publishes the
same and sends nothing twice. Knows the order of the steps; each step is another module's.
"""

from __future__ import annotations

import contextlib
import datetime
import time
import zoneinfo
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from ..deliver.channels import Channel
from ..deliver.dispatch import Dispatched
from ..deliver.folder_lock import FolderInUseError, folder_lock
from ..deliver.outbox import OPEN
from ..errors import BriefingError, DeliveryError, NothingReadable, UsageError
from ..messages import Message
from ..types import Briefing
from ..types.archived import DAILY
from ..user_folders import cache_folder
from . import channels, mail
from .archive import briefing_of, kept, lock_folder, open_archive
from .digest import compose_from_settings, render_documents
from .mail_prepare import mailing_of, recipients
from .output import is_one_file, save
from .reading import Progress
from .run_report import RunReport

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.archive import Archive, Edition

PATIENCE = 900.0
"""Seconds that a run waits for another one of the same archive."""
Way = Callable[["Edition", Briefing, RunReport], None]
"""A way of delivery."""
Step = Callable[[str, dict[str, Any]], None]
"""Is told of each step that is done: its name, and what is to be said of it."""


def today(settings: Settings) -> datetime.date:
    """The day in the settings' time zone."""
    return datetime.datetime.now(zoneinfo.ZoneInfo(settings.job.timezone)).date()


def run(
    settings: Settings,
    *,
    remake: bool = False,
    progress: Progress | None = None,
    step: Step = lambda name, what: None,
    waiting: Callable[[], None] | None = None,
) -> list[RunReport]:
    """Makes the edition of the day, and missed ones before it; a report of each, the last one its own.

    `remake` replaces the edition of the day. Raises UsageError for settings that no run can do with, and
    StoreError for an archive that cannot be used; whatever else fails is in the report.
    """
    _check(settings)
    if settings.cache is None:  # sources that have not changed since the last run are not fetched again
        settings = settings.model_copy(update={"cache": cache_folder() / "pages"})
    day = settings.date or today(settings)
    with _alone(settings, waiting), open_archive(settings) as archive:
        missed = [day - datetime.timedelta(days=back) for back in range(settings.job.catch_up, 0, -1)]
        missed = [one for one in missed if not _is_done(archive, one, settings.job.edition)]
        job = _Job(settings, archive, progress, step)
        return [*(job.run(one, late=True) for one in missed), job.run(day, remake=remake)]


def _is_done(archive: Archive, day: datetime.date, name: str) -> bool:
    """Whether an edition was made, and some run about it came to a good end: one that was killed, or
    whose letters are still waiting, is made up for.
    """
    runs = archive.runs(day.isoformat())
    return archive.find(day, name) is not None and any(run.code <= 1 for run in runs if run.name == name)


def _check(settings: Settings) -> None:
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
    if _has_recipients(settings):
        recipients(settings)
        mail.check(settings, recipient=False)


def _has_recipients(settings: Settings) -> bool:
    return settings.job.deliver and bool(settings.mail.to or settings.mail.recipients)


@contextlib.contextmanager
def _alone(settings: Settings, waiting: Callable[[], None] | None) -> Iterator[None]:
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


class _Job:
    """The steps of one run."""

    def __init__(self, settings: Settings, archive: Archive, progress: Progress | None, step: Step) -> None:
        self.settings = settings
        self.archive = archive
        self.progress = progress
        self.step = step

    def run(self, day: datetime.date, *, remake: bool = False, late: bool = False) -> RunReport:
        """Makes, publishes and delivers; what was expected to be able to fail is in the report."""
        from ..store.archive import now

        report = RunReport(day=day, edition=self.settings.job.edition, started=now())
        report.notes += self.archive.notes
        try:
            edition = self._edition(report, remake)
            briefing = briefing_of(edition)
            report.describe(briefing)
            self._publish(briefing, report)
            self._deliver(edition, briefing, report)
            report.code = report.code or int(bool(report.problems))
        except BriefingError as error:
            report.error, report.hint, report.code = error.message, error.hint, error.exit_code
            if isinstance(error, NothingReadable):
                report.state = "nothing"
                report.code = 0 if late else report.code  # a day without a paper
            self.step("failed", {"message": error.message, "hint": error.hint, "code": report.code})
        self._keep(report)
        return report

    def _edition(self, report: RunReport, remake: bool) -> Edition:
        name = report.edition
        found = self.archive.find(report.day, name)
        if found and not remake:
            report.state = "frozen"
            self.step("frozen", {"made": found.made})
            return found
        with _timed(report, "compose"):
            chosen = self.settings.model_copy(update={"date": report.day, "format": ("json",)})
            briefing, _ = compose_from_settings(chosen, self.progress, strict=True)
        if not briefing.stories:
            report.problems = briefing.problems
            raise NothingReadable(
                Message(f"没有 {report.day} 的新闻", f"no news of {report.day}"),
                Message("请检查来源和日期", "check the sources and the day"),
            )
        report.notes += briefing.notes
        edition = kept(self.archive, briefing, name, self.settings, instead_of=found)
        report.state = "made"
        self.step("made", {"stories": edition.count})
        return edition

    def _publish(self, briefing: Briefing, report: RunReport) -> None:
        with _timed(report, "publish"):
            documents = render_documents(briefing, self.settings)
            written = save(documents, self.settings.out, report.day, _suffix(report.edition))
        report.files = [str(one.path) for one in written]
        self.step("published", {"files": report.files})

    def _deliver(self, edition: Edition, briefing: Briefing, report: RunReport) -> None:
        """Sends the edition to mailboxes and channels; what fails waits in the outbox for the next run."""
        wants_mail = _has_recipients(self.settings)
        if not self.settings.job.deliver or not (wants_mail or self.settings.channels):
            return
        with _timed(report, "deliver"):
            ways: list[Way] = [self._mail] if wants_mail else []
            ways += [partial(self._post, channel) for channel in channels.channels(self.settings)]
            errors = [error for way in ways if (error := _caught(way, edition, briefing, report))]
        self.step("delivered", dict(report.deliveries))
        if errors:
            raise errors[0]

    def _mail(self, edition: Edition, briefing: Briefing, report: RunReport) -> None:
        mailing = mailing_of(briefing, self.settings, edition=_suffix(report.edition))
        outcome = mail.send(self.settings, mailing)
        report.problems += mailing.problems
        self._record(edition, "mail", outcome, report)

    def _post(self, channel: Channel, edition: Edition, briefing: Briefing, report: RunReport) -> None:
        outcome = channels.send(self.settings, channel, briefing, _suffix(report.edition))
        self._record(edition, channel.kind, outcome, report)

    def _record(self, edition: Edition, channel: str, outcome: Dispatched, report: RunReport) -> None:
        """Writes down who has it."""
        from ..store.archive import Receipt

        report.problems += outcome.problems
        report.add_deliveries([one.state.value for one in outcome.deliveries])
        report.code = 5 if any(one.state in OPEN for one in outcome.deliveries) else report.code
        receipts = [
            Receipt(channel=channel, target=one.address, state=one.state.value, reply=one.reply)
            for one in outcome.deliveries
        ]
        self.archive.record_receipts(edition, receipts)

    def _keep(self, report: RunReport) -> None:
        """Writes the report down."""
        import json

        from ..store.archive import Run

        told = json.dumps(report.as_dict(self.settings.lang), ensure_ascii=False)
        day = report.day.isoformat()
        self.archive.record_run(
            Run(day=day, name=report.edition, started=report.started, code=report.code, report=told)
        )


def _caught(
    way: Way,
    edition: Edition,
    briefing: Briefing,
    report: RunReport,
) -> BriefingError | None:
    """What kept one way of delivery from working, so that the others are still tried."""
    try:
        way(edition, briefing, report)
    except BriefingError as error:
        return error
    return None


def _suffix(edition: str) -> str:
    """What sets an edition's files and letters apart from others of its day."""
    return "" if edition == DAILY else edition


@contextlib.contextmanager
def _timed(report: RunReport, name: str) -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    finally:
        report.seconds[name] = report.seconds.get(name, 0.0) + time.monotonic() - began
