"""Those who are told of runs: a webhook of each outcome, and a health check that the job is alive.

What goes wrong with telling is a note, and spoils no run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..deliver import webhook
from ..errors import BriefingError
from ..types import Problem
from .run_report import RunReport

if TYPE_CHECKING:
    from ..config import Settings

MADE, FAILED = "briefing.made", "briefing.failed"


class Watchers:
    """The settings' webhook and health check, as far as there are any."""

    def __init__(self, settings: Settings) -> None:
        """Raises UsageError for a secret that cannot be read."""
        job = settings.job
        self._job, self._lang = job, settings.lang
        self._secret = webhook.webhook_secret(job.webhook_secret_file if job.webhook else None)

    def begun(self) -> list[Problem]:
        """A run begins."""
        return self._pinged("start")

    def ended(self, reports: Sequence[RunReport]) -> list[Problem]:
        """A run ended, with these reports."""
        failed = any(report.error and report.code for report in reports) or any(
            report.code > 1 for report in reports
        )
        notes = self._pinged("fail" if failed else "success")
        for report in reports if self._job.webhook else ():
            if (
                report.error and not report.code
            ):  # a missed day without a paper: nothing was made, nothing failed
                continue
            kind = FAILED if report.error or report.code > 1 else MADE
            said = webhook.tell(self._job.webhook, kind, report.as_dict(self._lang), self._secret)
            notes += [said] if said else []
        return notes

    def stopped(self, error: BriefingError) -> list[Problem]:
        """A run could not even begin."""
        notes = self._pinged("fail")
        if self._job.webhook:
            data = {"error": error.message(self._lang), "code": error.exit_code}
            said = webhook.tell(self._job.webhook, FAILED, data, self._secret)
            notes += [said] if said else []
        return notes

    def _pinged(self, moment: webhook.Moment) -> list[Problem]:
        said = webhook.ping(self._job.ping, moment) if self._job.ping else None
        return [said] if said else []
