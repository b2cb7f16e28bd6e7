"""briefing help: the help of a command, by its name."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..messages import both
from . import console
from .usage import no_such_command

HELP = both("显示命令的用法：briefing help digest", "Show how to use a command: briefing help digest")
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="COMMAND...", help=both("命令的名称", "The command's name."), show_default=False),
]


def help_(context: typer.Context, command: Names = None) -> int:
    """Prints the help of the command named, or of the program."""
    found: Any = context.parent
    for name in command or ():
        child = found.command.get_command(found, name) if hasattr(found.command, "commands") else None
        if child is None:
            raise no_such_command(name, found)
        found = type(found)(child, info_name=name, parent=found)
    console.echo(found.command.get_help(found))
    return 0
