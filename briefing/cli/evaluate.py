"""briefing eval: summarizers measured on articles with references, side by side."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from ..messages import Message, both
from . import console, language, options
from . import options_tools as tools
from .progress import progress as showing_progress

HELP = both(
    "用带参考摘要的文章评测摘要方法，逐一并列。",
    "Measure summarizers on articles with reference summaries, side by side.",
)
ROWS = (
    (Message("文章数", "articles"), "{articles}"),
    (
        Message("摘要 ROUGE-1/2/L", "summary ROUGE-1/2/L"),
        "{summary[0]:.1f}/{summary[1]:.1f}/{summary[2]:.1f}",
    ),
    (Message("　ROUGE-L 95% 区间", "  ROUGE-L 95 % interval"), "{low:.1f}–{high:.1f}"),
    (Message("要点 ROUGE-1/2/L", "gist ROUGE-1/2/L"), "{gist[0]:.1f}/{gist[1]:.1f}/{gist[2]:.1f}"),
    (Message("　ROUGE-L 95% 区间", "  ROUGE-L 95 % interval"), "{gist_low:.1f}–{gist_high:.1f}"),
    (Message("事实覆盖 %", "facts covered %"), "{facts:.1f}"),
    (
        Message("数字/人名地名/说法 无据的文章", "articles with unsupported numbers/names/claims"),
        "{wrong_numbers}/{wrong_names}/{wrong_claims}",
    ),
    (Message("照抄 2字/8字 %", "copied 2-grams/8-grams %"), "{copied:.1f}/{copied_long:.1f}"),
    (Message("平均字数", "characters"), "{length:.0f}"),
    (
        Message("每篇秒数（单篇中位）", "seconds an article (median of one)"),
        "{seconds:.2f} ({median_seconds:.2f})",
    ),
    (Message("内存峰值 MB", "peak memory MB"), "{peak_mb:.0f}"),
    (Message("产生方式", "origins"), "{ways}"),
)
"""The lines of the table: a label, and how its figures are written."""


def evaluate(
    context: typer.Context,
    cases: tools.Cases,
    models: options.Models = None,
    length: options.Length = None,
    jobs: options.Jobs = None,
    show: tools.Show = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Prints a column of figures for each model."""
    from ..app.models import evaluate as measured

    settings = options.chosen_settings(context, None)
    results: dict[str, dict[str, Any]] = {}
    with showing_progress(quiet, verbose=verbose) as progress:
        for name, figures, stories in measured(cases, models, settings.length, settings.jobs, progress):
            results[name] = asdict(figures)
            for story, case in stories if show else ():
                console.print_json(_comparison(name, story, case))
    if as_json:
        console.print_json(results)
    else:
        _print_table(results)
    return 0


def _comparison(model: str, story: Any, case: Any) -> dict[str, Any]:
    """The JSON of one article: its reference and what the model wrote."""
    return {
        "model": model,
        "id": case.article.id,
        "headline": case.article.headline,
        "origin": story.summary.origin.value,
        "reference": {"gist": case.gist, "summary": case.summary},
        "got": {"gist": story.summary.gist, "summary": story.summary.text},
    }


def _print_table(results: dict[str, dict[str, Any]]) -> None:
    """One column a model."""
    from ..text.width import width

    speak = language.current()
    cells = [
        [label(speak), *(_cell(pattern, figures) for figures in results.values())] for label, pattern in ROWS
    ]
    table = [["", *results], *cells]
    widest = [max(width(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        padded = (cell + " " * (room - width(cell)) for cell, room in zip(row, widest, strict=True))
        console.echo("  ".join(padded).rstrip())


def _cell(pattern: str, figures: dict[str, Any]) -> str:
    origins = " ".join(f"{origin} {count}" for origin, count in figures["origins"].items())
    return pattern.format(**figures, ways=origins)
