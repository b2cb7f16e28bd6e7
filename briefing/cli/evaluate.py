"""briefing eval: how good the summarizers are on articles with references, side by side."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from . import console
from .language import say

HELP = say(
    "用带参考摘要的文章评测摘要方法，逐一并列。",
    "Measure summarizers on articles with reference summaries, side by side.",
)
ROWS = (
    ("articles", say("文章数", "articles"), "{articles}"),
    (
        "summary",
        say("摘要 ROUGE-1/2/L", "summary ROUGE-1/2/L"),
        "{summary[0]:.1f}/{summary[1]:.1f}/{summary[2]:.1f}",
    ),
    ("interval", say("　ROUGE-L 95% 区间", "  ROUGE-L 95 % interval"), "{low:.1f}–{high:.1f}"),
    ("gist", say("要点 ROUGE-1/2/L", "gist ROUGE-1/2/L"), "{gist[0]:.1f}/{gist[1]:.1f}/{gist[2]:.1f}"),
    ("gist_interval", say("　ROUGE-L 95% 区间", "  ROUGE-L 95 % interval"), "{gist_low:.1f}–{gist_high:.1f}"),
    ("facts", say("事实覆盖 %", "facts covered %"), "{facts:.1f}"),
    (
        "wrong",
        say("数字/人名地名/说法 无据的文章", "articles with unsupported numbers/names/claims"),
        "{wrong_numbers}/{wrong_names}/{wrong_claims}",
    ),
    ("copied", say("照抄 2字/8字 %", "copied 2-grams/8-grams %"), "{copied:.1f}/{copied_long:.1f}"),
    ("length", say("平均字数", "characters"), "{length:.0f}"),
    (
        "seconds",
        say("每篇秒数（单篇中位）", "seconds an article (median of one)"),
        "{seconds:.2f} ({median_seconds:.2f})",
    ),
    ("memory", say("内存峰值 MB", "peak memory MB"), "{peak_mb:.0f}"),
    ("origins", say("产生方式", "ways"), "{ways}"),
)


def evaluate(
    cases: Annotated[
        Path,
        typer.Argument(
            metavar="CASES.jsonl",
            help=say(
                "每行一篇：id、title、text、gist、summary、facts",
                "One article a line: id, title, text, gist, summary, facts.",
            ),
        ),
    ],
    models: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="M",
            help=say(
                "可多次给出；默认自带模型与各方法",
                "May be repeated; by default the bundled model and every method.",
            ),
            show_default=False,
        ),
    ] = None,
    length: Annotated[
        int,
        typer.Option(
            metavar="N", min=20, max=2000, help=say("摘要的字数上限", "Characters a summary may have.")
        ),
    ] = 120,
    jobs: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            max=64,
            help=say("同时摘要几篇；0 由模型定", "Articles summarized at a time; 0 leaves it to the model."),
        ),
    ] = 0,
    show: Annotated[
        bool,
        typer.Option(
            "--show", help=say("逐篇打印参考与产出", "Print references and outputs, article by article.")
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=say("以 JSON 打印", "Print as JSON."))] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=say("不显示进度", "Show no progress."))
    ] = False,
) -> int:
    from ..app.models import evaluate as evaluated

    results: dict[str, dict[str, Any]] = {}
    with console.progress(quiet) as progress:
        for name, figures, stories in evaluated(cases, models, length, jobs, progress):
            results[name] = asdict(figures)
            if show:
                for story, case in stories:
                    console.print_json(
                        {
                            "model": name,
                            "id": case.article.id,
                            "headline": case.article.headline,
                            "origin": story.summary.origin.value,
                            "reference": {"gist": case.gist, "summary": case.summary},
                            "got": {"gist": story.summary.gist, "summary": story.summary.text},
                        }
                    )
    if as_json:
        console.print_json(results)
    else:
        _table(results)
    return 0


def _table(results: dict[str, dict[str, Any]]) -> None:
    """One column a model."""
    from ..text.width import width

    cells = [
        [label, *(_cell(pattern, figures) for figures in results.values())] for _, label, pattern in ROWS
    ]
    table = [["", *results], *cells]
    widest = [max(width(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        padded = (cell + " " * (room - width(cell)) for cell, room in zip(row, widest, strict=True))
        typer.echo("  ".join(padded).rstrip())


def _cell(pattern: str, figures: dict[str, Any]) -> str:
    return pattern.format(
        **figures, ways=" ".join(f"{way} {count}" for way, count in figures["origins"].items())
    )
