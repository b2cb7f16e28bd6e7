"""The daily job: an edition is made once, kept, published and delivered; whatever is missing is made up
for by the next run.

The archive is the truth: files and letters are made of what it keeps, so that a second run publishes the
same and sends nothing twice. Knows the order of the steps; each step is another module's.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..deliver.channels import Channel
from ..deliver.dispatch import Dispatched
from ..deliver.outbox import OPEN
from ..errors import BriefingError, NothingReadable
from ..types import Briefing, Problem
from ..types.archived import DAILY, OF_READER
from ..user_folders import cache_folder
from . import channels, mail
from . import reader_editions as readers
from .archive import briefing_of, earlier_editions, kept, open_archive
from .digest import compose_from_settings, render_documents
from .mail_prepare import mailing_of
from .output import save
from .reading import Progress
from .run_conditions import alone, check, has_recipients, nothing_to_tell, today
from .run_held import held_before
from .run_report import RunReport
from .stage_times import StageTimes
from .subscribing import with_subscribers

if TYPE_CHECKING:
    from ..config import ReaderSettings, Settings
    from ..store.archive import Archive, Edition

Way = Callable[["Edition", Briefing, RunReport], None]
"""A way of delivery."""
Compose = Callable[[RunReport], Briefing]
"""Makes the briefing that a report is about."""
Step = Callable[[str, dict[str, Any]], None]
"""Is told of each step that is done: its name, and what is to be said of it."""


def run(
    settings: Settings,
    *,
    remake: bool = False,
    progress: Progress | None = None,
    step: Step = lambda name, what: None,
    waiting: Callable[[], None] | None = None,
) -> list[RunReport]:
    """Makes the edition of the day, and missed ones before it, with those of the readers; a report of each.

    `remake` replaces the edition of the day. Raises UsageError for settings that no run can do with, and
    StoreError for an archive that cannot be used; whatever else fails is in the report.
    """
    settings = with_subscribers(settings)
    check(settings)
    if settings.cache is None:  # sources that have not changed since the last run are not fetched again
        settings = settings.model_copy(update={"cache": cache_folder() / "pages"})
    day = settings.date or today(settings)
    with alone(settings, waiting), open_archive(settings) as archive:
        held = held_before(settings)
        missed = [day - datetime.timedelta(days=back) for back in range(settings.job.catch_up, 0, -1)]
        missed = [one for one in missed if not _is_done(archive, one, settings)]
        job = _Job(settings, archive, progress, step)
        late = [report for one in missed for report in _for_all(job, one, late=True)]
        return [*late, *_for_all(job, day, remake=remake, problems=held)]


def _is_done(archive: Archive, day: datetime.date, settings: Settings) -> bool:
    """Whether an edition was made, and some run about it came to a good end: one that was killed, or
    whose letters are still waiting, is made up for. So are those of readers that were begun.
    """
    good = {run.name for run in archive.runs(day.isoformat()) if run.code <= 1}
    own = [readers.edition_name(settings, one) for one in settings.reader]
    begun = [name for name in own if archive.find(day, name)]
    return archive.find(day, settings.job.edition) is not None and good >= {settings.job.edition, *begun}


class _Job:
    """The steps of one run."""

    def __init__(self, settings: Settings, archive: Archive, progress: Progress | None, step: Step) -> None:
        self.settings = settings
        self.archive = archive
        self.progress = progress
        self.step = step
        self.elsewhere: frozenset[str] = frozenset()
        self.hours = ""
        self.compose: Compose = self._composed

    def of(self, settings: Settings, name: str = "") -> _Job:
        """The same with other settings; steps of an edition of another name are told under it."""
        step = partial(_named, self.step, name) if name else self.step
        return _Job(settings, self.archive, self.progress, step)

    def run(
        self,
        day: datetime.date,
        *,
        remake: bool = False,
        late: bool = False,
        notes: tuple[Problem, ...] = (),
        problems: tuple[Problem, ...] = (),
    ) -> RunReport:
        """Makes, publishes and delivers; what was expected to be able to fail is in the report."""
        from ..store.archive import now

        report = RunReport(day=day, edition=self.settings.job.edition, started=now())
        report.notes += (*self.archive.notes, *notes)
        report.problems += problems
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
                without = late or OF_READER in report.edition
                report.code = 0 if without else report.code  # no paper, or none of their sections
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
        began = time.monotonic()
        briefing = self.compose(report)
        report.seconds["edit"] = time.monotonic() - began - sum(report.seconds.values())
        if not briefing.stories:
            report.problems = briefing.problems
            raise nothing_to_tell(report.day, len(briefing.told))
        report.notes += briefing.notes
        common = OF_READER not in name
        edition = kept(self.archive, briefing, name, self.settings, instead_of=found, searched=common)
        report.state = "made"
        self.step("made", {"stories": edition.count})
        return edition

    def _composed(self, report: RunReport) -> Briefing:
        """The briefing of the settings' sources, without what the last days' editions told."""
        chosen = self.settings.model_copy(update={"date": report.day, "format": ("json",)})
        days = self.settings.job.told_days
        earlier = earlier_editions(self.archive, report.day, report.edition, days)
        times = StageTimes(self.progress)
        made = compose_from_settings(chosen, strict=True, earlier=earlier, times=times)[0]
        report.took(times.seconds, times.sources)
        return made

    def _publish(self, briefing: Briefing, report: RunReport) -> None:
        with _timed(report, "render"):
            documents = render_documents(briefing, self.settings)
            name = _suffix(report.edition.partition(OF_READER)[0])  # a reader has a folder
            written = save(documents, self.settings.out, report.day, name)
        report.files = [str(one.path) for one in written]
        self.step("published", {"files": report.files})

    def _deliver(self, edition: Edition, briefing: Briefing, report: RunReport) -> None:
        """Sends the edition to mailboxes and channels; what fails waits in the outbox for the next run."""
        wants_mail = has_recipients(self.settings)
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
        mailing = replace(mailing.without(self.elsewhere), hours=self.hours)
        outcome = mail.send(self.settings, mailing)
        report.problems += mailing.problems
        report.notes += mailing.notes
        self._record(edition, "mail", outcome, report)

    def _post(self, channel: Channel, edition: Edition, briefing: Briefing, report: RunReport) -> None:
        edition_name = _suffix(report.edition)
        outcome = channels.send(self.settings, channel, briefing, edition_name, hours=self.hours)
        self._record(edition, channel.kind, outcome, report)

    def _record(self, edition: Edition, channel: str, outcome: Dispatched, report: RunReport) -> None:
        """Writes down who has it."""
        from ..store.archive import Receipt

        report.problems += outcome.problems
        held = [one for one in outcome.deliveries if one.held_until()]
        report.add_deliveries(
            ["held" if one in held else one.state.value for one in outcome.deliveries],
        )
        failed = any(one.state in OPEN and one not in held for one in outcome.deliveries)
        report.code = 5 if failed else report.code
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


def _named(step: Step, edition: str, name: str, what: dict[str, Any]) -> None:
    step(name, {"edition": edition} | what)


def _for_all(
    job: _Job,
    day: datetime.date,
    *,
    remake: bool = False,
    late: bool = False,
    problems: tuple[Problem, ...] = (),
) -> Iterator[RunReport]:
    """The common edition, and those of the readers, made of it."""
    settings = job.settings
    for_everyone = job.of(readers.of_everyone(settings))
    for_everyone.elsewhere = readers.addresses(settings)
    yield for_everyone.run(day, remake=remake, late=late, problems=problems)
    common = job.archive.find(day, settings.job.edition)
    for reader in settings.reader:
        if common is None:
            return
        own = readers.of_reader(settings, reader)
        for_reader = job.of(own, own.job.edition)
        for_reader.hours = readers.hours_of(settings, reader)
        for_reader.compose = partial(_made_of, common, own, reader)
        yield for_reader.run(day, remake=remake, late=late, notes=readers.waiting(settings, reader))


def _made_of(
    common: Edition | None, settings: Settings, reader: ReaderSettings, report: RunReport
) -> Briefing:
    assert common is not None
    return readers.made_of(briefing_of(common), settings, reader)


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
