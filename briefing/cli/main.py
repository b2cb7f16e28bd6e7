"""The `briefing` command: which commands there are."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import __version__
from ..messages import both
from . import (
    archive,
    batch,
    check,
    config,
    console,
    digest,
    doctor,
    evaluate,
    help_command,
    init,
    mcp,
    models,
    options,
    outbox,
    render,
    run,
    schedule,
    segment,
    send,
    serve,
    subscribe,
    summarize,
    templates,
)
from .command import Command, Group, Program

app = typer.Typer(
    cls=Program,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=both(
        "把当天的中文报纸版面变成一页每日简报；离线运行，不需要网络和密钥。",
        "Turns the day's Chinese newspaper pages into a one-page daily briefing, offline.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(value: bool) -> None:
    if value:
        console.echo(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=_print_version,
            is_eager=True,
            help=both("显示版本号并退出", "Show the version and exit."),
        ),
    ] = False,
    lang: options.Lang = None,
) -> None:
    """Takes the options that stand before a command."""


for name, function, text in (
    ("digest", digest.digest, digest.HELP),
    ("summarize", summarize.summarize, summarize.HELP),
    ("check", check.check, check.HELP),
    ("batch", batch.batch, batch.HELP),
    ("segment", segment.segment, segment.HELP),
    ("render", render.render, render.HELP),
    ("send", send.send, send.HELP),
    ("run", run.run, run.HELP),
    ("init", init.init, init.HELP),
    ("doctor", doctor.doctor, doctor.HELP),
    ("serve", serve.serve, serve.HELP),
    ("mcp", mcp.mcp, mcp.HELP),
    ("subscribe", subscribe.subscribe, subscribe.SUBSCRIBE),
    ("unsubscribe", subscribe.unsubscribe, subscribe.UNSUBSCRIBE),
    ("answers", subscribe.answers, subscribe.ANSWERS),
    ("eval", evaluate.evaluate, evaluate.HELP),
    ("help", help_command.help_, help_command.HELP),
):
    app.command(name, cls=Command, help=text)(function)
for name, group, text in (
    ("archive", archive.app, archive.HELP),
    ("config", config.app, config.HELP),
    ("schedule", schedule.app, schedule.HELP),
    ("models", models.app, models.HELP),
    ("outbox", outbox.app, outbox.HELP),
    ("templates", templates.app, templates.HELP),
):
    app.add_typer(group, name=name, cls=Group, help=text)
