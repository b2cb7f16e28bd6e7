"""The commands and their options, from the Typer app."""

from __future__ import annotations

from typing import Any

from briefing.cli.help import explained
from briefing.cli.language import current
from briefing.messages import Language, in_language


def commands(language: Language) -> list[dict[str, Any]]:
    """Every command, groups before what is in them, in the order of the help."""
    import typer

    from briefing.cli.language import use
    from briefing.cli.main import app

    use(language)
    return list(_commands("briefing", typer.main.get_command(app)))


def _commands(path: str, command: Any) -> Any:
    subcommands = getattr(command, "commands", {})
    shown = [row for p in command.params if not getattr(p, "hidden", False) and (row := _parameter(p))]
    yield {
        "path": path,
        "help": in_language(command.help, current()),
        "group": bool(subcommands),
        "parameters": shown,
    }
    for name, subcommand in subcommands.items():
        if not getattr(subcommand, "hidden", False):
            yield from _commands(f"{path} {name}", subcommand)


def _parameter(parameter: Any) -> dict[str, Any]:
    """One argument or option."""
    option = bool(parameter.opts and parameter.opts[0].startswith("-"))
    flag = bool(getattr(parameter, "is_flag", False))
    default = parameter.default
    return {
        "option": option,
        "names": [*parameter.opts, *parameter.secondary_opts] if option else [parameter.name],
        "metavar": None if flag else (parameter.metavar or ("TEXT" if option else parameter.name.upper())),
        "help": explained(parameter),
        "required": bool(parameter.required),
        "repeat": bool(getattr(parameter, "multiple", False)) or parameter.nargs == -1,
        "default": None if default is None or default is False or callable(default) else str(default),
        "least": _bound(parameter, "min"),
        "most": _bound(parameter, "max"),
    }


def _bound(parameter: Any, name: str) -> float | None:
    """The least or the most of a number: of the option itself, or of its type in earlier versions of Typer."""
    value = getattr(parameter, name, None)
    return value if value is not None else getattr(getattr(parameter, "type", None), name, None)
