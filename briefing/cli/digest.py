"""briefing digest: pages in, a briefing out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from ..messages import both
from ..types import Briefing, Problem
from . import console, language, options
from .date_origin import DATE_ORIGINS
from .language import say
from .output import hand_over, ready
from .progress import progress as showing_progress

HELP = both(
    "读入当天的版面，写出一份简报，并打印写出的文件路径。",
    "Read the day's pages, write a briefing, and print the paths of the files written.",
)


def digest(
    context: typer.Context,
    sources: options.Sources = None,
    date: options.Date = None,
    days: options.Days = None,
    format: options.Formats = None,
    out: options.Out = None,
    pages: options.Pages = None,
    template: options.Template = None,
    model: options.Model = None,
    length: options.Length = None,
    title: options.Title = None,
    script: options.Script = None,
    boost: options.Boost = None,
    mute: options.Mute = None,
    watch: options.Watch = None,
    explain: options.Explain = False,
    offline: options.Offline = None,
    follow: options.Follow = None,
    pictures: options.Pictures = None,
    allow_private: options.AllowPrivate = None,
    delay: options.Delay = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Composes, writes, and reports; the options of a setting's name go there by the context."""
    from ..app import digest as app

    settings = ready(options.chosen_settings(context, config), as_json=as_json)
    with showing_progress(quiet, verbose=verbose) as progress:
        briefing, origin, documents = app.digest(settings, progress)
    for item in (*briefing.problems, *(() if quiet else briefing.notes)):
        console.problem(item)
    code = console.status(len(briefing.stories), len(briefing.problems) or not briefing.stories)
    paths = hand_over(documents, settings, briefing.date, quiet=quiet)
    if as_json:
        console.print_json(_report(briefing, paths))
        return code
    for line in explained(briefing) if explain else ():
        console.talk(line)
    if not quiet:
        day, count = briefing.date.isoformat(), len(briefing.stories)
        console.talk(
            say(
                f"{count} 条，{day}（日期取自{DATE_ORIGINS[origin].zh}）",
                f"{count} stories, {day} (date from {DATE_ORIGINS[origin].en})",
            )
        )
    for path in paths:
        console.echo(path)
    return code


def _report(briefing: Briefing, paths: Sequence[str]) -> dict[str, Any]:
    """The JSON of a run."""
    return {
        "files": list(paths),
        "date": briefing.date.isoformat(),
        "stories": len(briefing.stories),
        "problems": [_told(problem) for problem in briefing.problems],
        "notes": [_told(note) for note in briefing.notes],
    }


def _told(item: Problem) -> dict[str, Any]:
    """A problem or a note in JSON."""
    speak = language.current()
    return {
        "source": item.source,
        "message": item.message(speak),
        "hint": item.hint(speak) if item.hint else None,
    }


def explained(briefing: Briefing) -> Iterator[str]:
    """The rank of each story: its score, and the points for each reason."""
    for section in briefing.sections:
        yield f"\n{section.name}"
        for story in section.stories:
            yield f"{story.score:6.1f}  {story.article.headline or story.summary.gist}"
            for reason in story.reasons:
                words = f"  {reason.found}" if reason.found else ""
                yield f"        {reason.points:+5.1f} {reason.name(language.current())}{words}"
