"""briefing render: a finished briefing in another look or format."""

from __future__ import annotations

import typer

from ..messages import both
from . import console, options
from .language import say
from .output import hand_over, one_for_one, ready

HELP = both(
    "把排好的简报（digest 写出的 .json）换个样子或格式重排，不重新阅读和摘要。",
    "Set a finished briefing (the .json that digest wrote) anew; nothing is read or summarized again.",
)


def render(
    context: typer.Context,
    editions: options.Editions,
    format: options.Formats = None,
    out: options.Out = None,
    pages: options.Pages = None,
    template: options.Template = None,
    title: options.Title = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
) -> int:
    """Loads, renders and writes each edition; the paths are printed, or with --json a line each."""
    from ..app.digest import render_documents
    from ..app.editions import load_edition

    settings = ready(options.chosen_settings(context, config), as_json=as_json)
    one_for_one(editions, settings)
    for briefing in [load_edition(edition, settings) for edition in editions]:
        paths = hand_over(render_documents(briefing, settings), settings, briefing.date, quiet=quiet)
        day, count = briefing.date.isoformat(), len(briefing.stories)
        if as_json:
            console.print_json({"files": paths, "date": day, "stories": count})
            continue
        if not quiet and paths:
            console.talk(say(f"{count} 条，{day}", f"{count} stories, {day}"))
        for path in paths:
            console.echo(path)
    return 0
