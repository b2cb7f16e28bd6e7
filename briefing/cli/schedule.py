"""briefing schedule: the daily job in the system's scheduler."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

import typer

from ..errors import UsageError
from ..messages import Message, both
from . import console, options
from . import options_job as job_options
from .command import Command, Group
from .language import say

if TYPE_CHECKING:
    from ..app.schedule import Plan, System

app = typer.Typer(cls=Group, rich_markup_mode=None)
HELP = both(
    "让系统每天早上运行 briefing run：systemd、cron 或 launchd。",
    "Let the system run `briefing run` each morning: systemd, cron or launchd.",
)
PRINT = both(
    "打印要放进系统的内容，什么也不改。", "Print what would be put into the system; nothing is changed."
)
INSTALL = both("放进系统，每天运行。", "Put it into the system.")
REMOVE = both("从系统里取出。", "Take it out of the system.")
AT = "06:40"


@app.command("print", cls=Command, help=PRINT)
def print_(
    context: typer.Context,
    at: job_options.At = AT,
    system: job_options.Scheduler = None,
    config: options.Config = None,
) -> int:
    """Prints the unit files, or the lines of the crontab."""
    from ..app import schedule as app

    chosen, kind = _chosen(context, at, system, config)
    for line in app.cron_lines(chosen) if kind == "cron" else ():
        console.echo(line)
    for unit in app.units(kind, chosen):
        console.echo(f"# {unit.path}" if kind == "systemd" else f"<!-- {unit.path} -->")
        console.echo(unit.content)
    return 0


@app.command("install", cls=Command, help=INSTALL)
def install(
    context: typer.Context,
    at: job_options.At = AT,
    system: job_options.Scheduler = None,
    config: options.Config = None,
) -> int:
    """Installs, and says what was changed and how to see it."""
    from ..app.schedule_install import install as put_in

    chosen, kind = _chosen(context, at, system, config)
    for place in put_in(kind, chosen):
        console.echo(place)
    time = f"{chosen.hour:02d}:{chosen.minute:02d}"
    console.talk(
        say(f"每天 {time}（{chosen.timezone}）运行", f"runs every day at {time} ({chosen.timezone})")
    )
    if chosen.sends:
        later = "、".join(f"{hour:02d}:{minute:02d}" for hour, minute in chosen.sends)
        console.talk(
            say(f"{later} 送出等到那时的", f"what waits for its hour is sent at {later.replace('、', ', ')}")
        )
    if kind == "systemd":
        console.hint(
            "没有登录时也要运行：loginctl enable-linger；看日志：journalctl --user -u briefing",
            "to run while nobody is logged in: loginctl enable-linger; log: journalctl --user -u briefing",
        )
    elif kind == "launchd":
        console.hint("launchd 按系统的时区计时", "launchd counts by the system's time zone")
    return 0


@app.command("remove", cls=Command, help=REMOVE)
def remove(
    context: typer.Context, system: job_options.Scheduler = None, config: options.Config = None
) -> int:
    """Removes what install put in; nothing there is no mistake."""
    from ..app.schedule_install import remove as take_out

    _, kind = _chosen(context, AT, system, config, needs_file=False)
    removed = take_out(kind)
    for place in removed:
        console.echo(place)
    if not removed:
        console.talk(say("系统里没有", "it was not there"))
    return 0


def _chosen(
    context: typer.Context,
    at: str,
    system: str | None,
    config: options.Config,
    *,
    needs_file: bool = True,
) -> tuple[Plan, System]:
    """When and how, and by which scheduler; raises UsageError."""
    from pathlib import Path

    from ..app.schedule import System, plan, usual_system
    from ..config.files import settings_file

    if system is not None and system not in get_args(System):
        raise UsageError(
            Message(f"没有这种：{system}", f"no such scheduler: {system}"),
            Message("可选 systemd、cron、launchd", "possible: systemd, cron, launchd"),
        )
    settings = options.chosen_settings(context, config)
    file = config or settings_file() or (None if needs_file else Path("briefing.toml"))
    kind = cast("System", system or usual_system())
    hours = [one.hours for one in settings.reader if one.hours]
    return plan(at, settings.job.timezone, file, hours), kind
