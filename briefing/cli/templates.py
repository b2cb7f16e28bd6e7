"""briefing templates: the themes there are, their files, a copy to change, and a check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..messages import both
from . import console, language, options
from . import options_tools as tools
from .command import Command, Group
from .language import say

if TYPE_CHECKING:  # for annotations only: `briefing --help` imports no themes
    from ..render.theme_catalog import ThemeEntry
    from ..render.theme_check import FormatCheck

app = typer.Typer(cls=Group, rich_markup_mode=None)
HELP = both("列出、查看、复制和检查模板主题。", "List, show, copy and check template themes.")
LIST = both("列出可用的主题。", "List the available themes.")
SHOW = both(
    "显示主题由哪些文件组成；给出文件名则打印其内容。",
    "Show which files a theme consists of; with a file's name, print its content.",
)
COPY = both(
    "把主题的文件复制到文件夹，修改后用 --template 使用。",
    "Copy a theme's files to a folder, to be changed and used with --template.",
)
CHECK = both(
    "用样例把主题的每种格式排一遍，指出有误的文件和行。",
    "Render a sample in every format and name the file and line of each error.",
)


@app.command("list", cls=Command, help=LIST)
def list_(context: typer.Context, as_json: options.Json = False, config: options.Config = None) -> int:
    """Prints a line for each theme; 2 where one of them cannot be used."""
    from ..render.theme_catalog import theme_entries

    entries = theme_entries(options.chosen_settings(context, config).templates)
    if as_json:
        console.print_json([_row(entry) for entry in entries])
    else:
        for entry in entries:
            place = str(entry.path) if entry.own else say("自带", "bundled")
            text = (entry.problem or entry.description)(language.current())
            console.echo(f"{entry.name:12} {place:8} {text}".rstrip())
    return 2 if any(entry.problem for entry in entries) else 0


@app.command("show", cls=Command, help=SHOW)
def show(
    context: typer.Context,
    template: tools.Theme = "classic",
    file: tools.ThemeFile = None,
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Prints a theme's files, or one of them."""
    from ..render.theme_catalog import theme_entry

    settings = options.chosen_settings(context, config)
    entry = theme_entry(settings.template, settings.templates)
    if file:
        console.echo(entry.part(file).text, end="")
        return 0
    if as_json:
        console.print_json(_row(entry))
        return 0
    console.echo(f"{entry.name}  {entry.description(language.current())}".rstrip())
    for part in entry.parts:
        where = part.home or say("自己的", "your own")
        console.echo(f"  {part.name:16} {where:10} {part.path}")
    return 0


@app.command("copy", cls=Command, help=COPY)
def copy(
    context: typer.Context,
    template: tools.Theme,
    folder: tools.Folder,
    files: tools.ThemeFiles = None,
    force: tools.Force = False,
    config: options.Config = None,
) -> int:
    """Copies, and says how to go on."""
    from ..app.themes import copy_theme

    settings = options.chosen_settings(context, config)
    for path in copy_theme(settings.template, folder, files or (), settings.templates, force=force):
        console.echo(str(path))
    console.talk(
        say(
            f"修改后使用：briefing digest … --template {folder}；检查：briefing templates check {folder}",
            f"use it: briefing digest … --template {folder}; check it: briefing templates check {folder}",
        )
    )
    return 0


@app.command("check", cls=Command, help=CHECK)
def check(
    context: typer.Context,
    template: tools.Theme = "classic",
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Prints what fails, 2, or that nothing does, 0."""
    from ..render.theme_catalog import theme_entry
    from ..render.theme_check import FILES, check_theme, unused_files

    settings = options.chosen_settings(context, config)
    checks = list(check_theme(settings.template, settings.templates))
    failed = any(one.failures for one in checks)
    name, unused = Path(settings.template).name, []
    if not any(one.format == FILES for one in checks):
        entry = theme_entry(settings.template, settings.templates)
        name, unused = entry.name, unused_files(entry)
    if as_json:
        rows = [
            {"format": t.format, "failures": [message(language.current()) for message, _ in t.failures]}
            for t in checks
        ]
        console.print_json({"template": name, "passed": not failed, "formats": rows, "unused": unused})
    else:
        _print_checks(checks, unused)
    return 2 if failed else 0


def _print_checks(checks: Sequence[FormatCheck], unused: Sequence[str]) -> None:
    """A line a format, with its errors below."""
    for one in checks:
        verdict = say("有误", "fails") if one.failures else say("通过", "passes")
        console.echo(f"{one.format:5} {verdict}")
        for message, hint in one.failures:
            console.echo(f"      {message(language.current())}")
            if hint:
                console.echo(f"      → {hint(language.current())}")
    for name in unused:
        console.talk(
            say(
                f"没有用到的文件：{name}（文件名写对了吗？）",
                f"unused file: {name} (is its name spelled right?)",
            )
        )


def _row(entry: ThemeEntry) -> dict[str, Any]:
    """The JSON of a theme."""
    return {
        "name": entry.name,
        "path": str(entry.path),
        "own": entry.own,
        "description": entry.description(language.current()),
        **({"problem": entry.problem(language.current())} if entry.problem else {}),
        "files": [
            {"name": part.name, "path": str(part.path), "theme": part.home or None} for part in entry.parts
        ],
    }
