"""briefing run: the daily job, for cron, systemd or launchd."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import typer

from ..errors import BriefingError
from ..messages import Message, both
from . import console, language, options
from . import options_job as job_options
from .language import say
from .progress import progress as showing_progress
from .usage import whole_number

if TYPE_CHECKING:
    from ..app.run_report import RunReport
    from ..config import Settings

HELP = both(
    "每日任务：做出当天的简报，存档、发布、寄出；做过的不再做，没做完的接着做。",
    "The daily job: make, keep, publish and mail the day's briefing. What is done is not done again; what is "
    "missing is made up for.",
)


def run(
    context: typer.Context,
    sources: options.Sources = None,
    edition: job_options.Edition = None,
    date: options.Date = None,
    catch_up: job_options.CatchUp = None,
    remake: job_options.Remake = False,
    dry_run: job_options.DryRun = False,
    log_json: job_options.LogJson = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Runs the job; one line a run on stderr, with --json its report on stdout."""
    from ..app import run as app
    from ..app.run_watchers import Watchers

    days = None if catch_up is None else whole_number(catch_up, "--catch-up")
    given = {name: value for name, value in (("edition", edition), ("catch_up", days)) if value is not None}
    settings = options.chosen_settings(context, config, job=given)
    if dry_run:
        return _show_plan(settings, as_json)
    watchers = Watchers(settings)
    log = _Log(settings, log_json)
    _say(watchers.begun(), quiet)
    try:
        with showing_progress(quiet or log_json, verbose=verbose) as progress:
            reports = app.run(settings, remake=remake, progress=progress, step=log.step, waiting=_say_waiting)
    except BriefingError as error:
        _say(watchers.stopped(error), quiet)
        raise
    notes = watchers.ended(reports)
    for report in reports:
        _print(report, log, quiet)
    _say(notes, quiet)
    if as_json:
        console.print_json([report.as_dict(settings.lang) for report in reports])
    return max(report.code for report in reports)


def _show_plan(settings: Settings, as_json: bool) -> int:
    """Prints what a run would do; 1 where some source is not there."""
    from ..app.run_plan import run_plan, text

    plan = run_plan(settings)
    if as_json:
        editions = [one.as_dict() for one in plan.editions]
        console.print_json({"sources": list(plan.sources), "editions": editions})
    else:
        console.echo(text(plan)(language.current()))
    for item in plan.problems:
        console.problem(item)
    return int(bool(plan.problems))


def _print(report: RunReport, log: _Log, quiet: bool) -> None:
    """What there is to say of a run: its problems, and one line; for the log, the report."""
    if log.in_json:
        log.step("report", report.as_dict(language.current()))
        return
    for item in (*report.problems, *(() if quiet else report.notes)):
        console.problem(item)
    for source, seconds in () if quiet else report.slow.items():
        console.talk(say(f"{source}：读了 {seconds:.0f} 秒", f"{source}: took {seconds:.0f} s to read"))
    console.talk(report.line()(language.current()))
    if report.hint and not quiet:
        console.hint(report.hint.zh, report.hint.en)


def _say(notes: list[Any], quiet: bool) -> None:
    for note in () if quiet else notes:
        console.problem(note)


def _say_waiting() -> None:
    console.talk(
        say("另一个 briefing run 正在进行，等它结束…", "another briefing run is at work; waiting for it…")
    )


class _Log:
    """The steps of a run on stderr, a line of JSON each, where that was asked for."""

    def __init__(self, settings: Settings, in_json: bool) -> None:
        self.in_json = in_json
        self._edition = settings.job.edition

    def step(self, name: str, what: dict[str, Any]) -> None:
        """Writes a step down."""
        if not self.in_json:
            return
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        plain = {
            key: value(language.current()) if isinstance(value, Message) else value
            for key, value in what.items()
        }
        console.talk(
            json.dumps({"time": now, "step": name, "edition": self._edition} | plain, ensure_ascii=False)
        )
