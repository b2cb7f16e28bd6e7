"""briefing summarize: one article in, its summary out."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from ..messages import both
from ..types import Problem
from . import console, options
from .progress import progress as showing_progress
from .usage import with_help

HELP = both(
    "摘要一篇文章：每个来源当作一篇；.jsonl 每行一篇（id、title、text）。整版多篇请用 digest。",
    "Summarize one article per source, or per line of a .jsonl (id, title, text). For pages use digest.",
)


def summarize(
    context: typer.Context,
    sources: options.ArticleSources = None,
    length: options.Length = None,
    as_json: options.JsonLines = False,
    model: options.Model = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    offline: options.Offline = None,
    follow: options.Follow = None,
    allow_private: options.AllowPrivate = None,
    delay: options.Delay = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Prints a summary for each article, under the name of its source where there are several."""
    from ..app.summaries import stories
    from ..app.summary_json import summary_as_dict

    settings = options.chosen_settings(context, config, sources=tuple(sources or _stdin(context)))
    done = bad = 0
    above = None if quiet or as_json or not _several(settings.sources) else ""
    with showing_progress(quiet, verbose=verbose) as progress:
        for item, good in console.split(stories(settings, progress)):
            done, bad = done + good, bad + (not good)
            if isinstance(item, Problem):
                continue
            if as_json:
                console.print_json(summary_as_dict(item))
                continue
            if above is not None and item.article.source != above:
                console.echo(("\n" if above else "") + f"==> {item.article.source} <==")
                above = item.article.source
            console.echo(item.summary.text or item.summary.gist)
    return console.status(done, bad or not done)


def _stdin(context: typer.Context) -> tuple[str, ...]:
    """Stdin, where something is piped into it; raises UsageError where nothing was given."""
    try:
        kind = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        kind = 0
    if stat.S_ISFIFO(kind) or stat.S_ISREG(kind) or stat.S_ISSOCK(kind):
        return ("-",)
    raise with_help("缺少参数 SRC...", "SRC... is missing", context=context)


def _several(sources: Sequence[str]) -> bool:
    """Whether the sources are more than one file: several, a folder or a pattern."""
    return len(sources) > 1 or any(Path(one).is_dir() or set(one) & set("*?[") for one in sources)
