"""briefing doctor: whether everything that the daily job needs is in order."""

from __future__ import annotations

import typer

from ..messages import both
from . import console, language, options
from .language import say

HELP = both(
    "逐项检查每日任务所需的一切：时钟、磁盘、模型、模板、来源、存档、邮件服务器、通知。不寄信，不写简报。",
    "Check what the daily job needs: clock, disk, model, theme, sources, archive, mail server, webhook.",
)
STATES = {"ok": ("好", "ok"), "warning": ("注意", "warning"), "failed": ("不行", "failed")}


def doctor(
    context: typer.Context,
    sources: options.Sources = None,
    date: options.Date = None,
    model: options.Model = None,
    template: options.Template = None,
    offline: options.Offline = None,
    allow_private: options.AllowPrivate = None,
    config: options.Config = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> int:
    """Prints a line for each thing; 1 where one of them failed."""
    from ..app.doctor import findings

    settings = options.chosen_settings(context, config)
    failed = 0
    rows = []
    for found in findings(settings):
        failed += found.state == "failed"
        speak = language.current()
        hint = found.hint(speak) if found.hint and found.state != "ok" else None
        row = {"name": found.name(speak), "state": found.state, "message": found.message(speak), "hint": hint}
        rows.append(row)
        if not as_json:
            console.echo(f"{say(*STATES[found.state])}  {row['name']}  {row['message']}")
            if hint:
                console.echo(f"    → {hint}")
    if as_json:
        console.print_json(rows)
    return int(failed > 0)
