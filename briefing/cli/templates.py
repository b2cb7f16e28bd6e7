"""briefing templates: the themes there are, what they are made of, a copy to change, and whether it works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import console
from .language import LANGUAGE, say

if TYPE_CHECKING:  # for the annotation only: `briefing --help` must not pay for the themes
    from ..render.theme_catalog import ThemeEntry

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
HELP = say("列出、查看、复制和检查模板主题。", "List, show, copy and check template themes.")
LIST = say("列出可用的主题", "List the themes there are.")
SHOW = say(
    "显示主题由哪些文件组成；给出文件名则打印它的内容",
    "Show which files a theme is made of; with a file's name, print what is in it.",
)
COPY = say(
    "把主题的文件复制到一个文件夹，供修改后用 --template 使用",
    "Copy a theme's files into a folder, to be changed and used with --template.",
)
CHECK = say(
    "用样例把主题的每种格式排一遍，指出有误的文件和行",
    "Render a sample in every format and name the file and line of what fails.",
)
ThemeArgument = Annotated[
    str,
    typer.Argument(
        metavar="T", help=say("主题名、文件夹或单个模板文件", "A theme's name, a folder or a template.")
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=say("以 JSON 打印", "Print as JSON."))]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=say(
            "配置文件；其中的 templates 是自己的模板文件夹",
            "Settings; `templates` in them are folders of your own.",
        ),
        show_default=False,
    ),
]


def _own(config: Path | None) -> tuple[Path, ...]:
    """The user's template folders."""
    from ..config import settings

    return settings({}, config).templates


@app.command("list", help=LIST)
def list_(as_json: AsJson = False, config: Config = None) -> int:
    from ..render.theme_catalog import theme_entries

    found = theme_entries(_own(config))
    if as_json:
        console.print_json([_row(entry) for entry in found])
        return 0
    for entry in found:
        place = str(entry.path) if entry.own else say("自带", "bundled")
        typer.echo(f"{entry.name:12} {place:8} {entry.description(LANGUAGE)}".rstrip())
    return 0


@app.command("show", help=SHOW)
def show(
    template: ThemeArgument = "classic",
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help=say("主题里的文件", "A file of the theme."), show_default=False),
    ] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> int:
    from ..render.theme_catalog import theme_entry

    found = theme_entry(template, _own(config))
    if file:
        typer.echo(found.part(file).text, nl=False)
        return 0
    if as_json:
        console.print_json(_row(found))
        return 0
    typer.echo(f"{found.name}  {found.description(LANGUAGE)}".rstrip())
    for part in found.parts:
        where = say("自己的", "your own") if not part.home else part.home
        typer.echo(f"  {part.name:16} {where:10} {part.path}")
    return 0


@app.command("copy", help=COPY)
def copy(
    template: ThemeArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("目标文件夹", "The folder to copy to."))],
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...",
            help=say(
                "只复制这些文件；默认是主题自己的全部文件",
                "Only these files; by default all of the theme's own.",
            ),
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=say("覆盖已有的文件", "Overwrite files that are there."))
    ] = False,
    config: Config = None,
) -> int:
    from ..app.themes import copy_theme

    for path in copy_theme(template, folder, files or (), _own(config), force=force):
        typer.echo(str(path))
    console.talk(
        say(
            f"修改后使用：briefing digest … --template {folder}；检查：briefing templates check {folder}",
            f"change them, then: briefing digest … --template {folder}; to check: briefing templates check {folder}",
        )
    )
    return 0


@app.command("check", help=CHECK)
def check(template: ThemeArgument = "classic", as_json: AsJson = False, config: Config = None) -> int:
    from ..render.theme_catalog import theme_entry
    from ..render.theme_check import check_theme, unused_files

    own = _own(config)
    found = theme_entry(template, own)
    trials = list(check_theme(template, own))
    slips = unused_files(found)
    failed = any(trial.failures for trial in trials)
    if as_json:
        rows = [
            {"format": t.format, "failures": [message(LANGUAGE) for message, _ in t.failures]} for t in trials
        ]
        console.print_json({"template": found.name, "passed": not failed, "formats": rows, "unused": slips})
        return 2 if failed else 0
    for trial in trials:
        typer.echo(f"{trial.format:5} {say('有误', 'fails') if trial.failures else say('通过', 'passes')}")
        for message, hint in trial.failures:
            typer.echo(f"      {message(LANGUAGE)}")
            if hint:
                typer.echo(f"      → {hint(LANGUAGE)}")
    for name in slips:
        console.talk(
            say(f"没有用到的文件：{name}（文件名写对了吗？）", f"not used: {name} (is its name right?)")
        )
    return 2 if failed else 0


def _row(entry: ThemeEntry) -> dict[str, Any]:
    """The JSON of a theme."""
    return {
        "name": entry.name,
        "path": str(entry.path),
        "own": entry.own,
        "description": entry.description(LANGUAGE),
        "files": [
            {"name": part.name, "path": str(part.path), "theme": part.home or None} for part in entry.parts
        ],
    }
