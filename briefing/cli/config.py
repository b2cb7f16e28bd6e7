"""briefing config: the settings that count, and where they come from."""

from __future__ import annotations

import json

import typer

from ..errors import UsageError
from ..messages import Message, both
from . import console, options
from . import options_init as init_options
from .command import Command, Group
from .language import say

app = typer.Typer(cls=Group, rich_markup_mode=None)
HELP = both("查看和检查设置。", "Show and check the settings.")
SHOW = both(
    "列出每一项设置的值，以及来自哪里。", "List each setting with its value and where that comes from."
)
CHECK = both("检查配置文件，指出写错的项。", "Check a settings file and name what is wrong in it.")
PATH = both(
    "打印起作用的配置文件，以及找过哪些地方。",
    "Print the settings file that counts, and where it was looked for.",
)
WHERE = {"variable": ("变量", "variable"), "file": ("文件", "file"), "default": ("默认", "default")}


@app.command("show", cls=Command, help=SHOW)
def show(context: typer.Context, config: options.Config = None, as_json: options.Json = False) -> int:
    """Prints a line for each setting, or one object."""
    from ..config.origins import effective

    rows = list(effective(options.chosen_settings(context, config), config))
    if as_json:
        console.print_json({row.name: {"value": row.value, "from": row.where} for row in rows})
        return 0
    for row in rows:
        value = json.dumps(row.value, ensure_ascii=False)
        console.echo(f"{row.name} = {value}  # {say(*WHERE[row.where])}")
    return 0


@app.command("check", cls=Command, help=CHECK)
def check(context: typer.Context, file: init_options.SettingsFile = None) -> int:
    """Loads the file; what is wrong is the usual error."""
    from ..config.files import settings_file

    path = file or settings_file()
    if path is None:
        raise UsageError(
            Message("没有找到配置文件", "no settings file was found"),
            Message("briefing init 写一份", "briefing init writes one"),
        )
    options.chosen_settings(context, path)
    console.echo(say(f"{path}：没有错误", f"{path}: no mistakes"))
    return 0


@app.command("path", cls=Command, help=PATH)
def path_(as_json: options.Json = False) -> int:
    """Prints the path on stdout, where it was looked for on stderr; 1 where there is none."""
    from ..config.files import places, settings_file

    found = settings_file()
    looked = [str(place) for place in places()]
    if as_json:
        console.print_json({"file": str(found.absolute()) if found else None, "looked": looked})
        return 0 if found else 1
    for place in looked:
        console.talk(say(f"找过 {place}", f"looked for {place}"))
    if found is None:
        console.talk(say("没有配置文件；briefing init 写一份", "there is none; briefing init writes one"))
        return 1
    console.echo(str(found.absolute()))
    return 0
