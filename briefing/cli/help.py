"""The help page of a command, in one language, for a terminal with Chinese letters of double width.

Reads the command as Click describes it; takes nothing of Click's own wording, which is English
only.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any

from ..messages import in_language
from ..text.width import width
from . import language
from .language import say

WIDEST, NARROWEST = 100, 50
"""Columns of a help page, whatever the terminal has."""
LEFT = 30
"""Columns of a name at most that still has its explanation beside it."""
BREAKABLE = re.compile(r"[!-~“”’…–]+ ?|.")
"""What a line is broken between: a word of Latin letters with its space, or one Chinese
character.
"""
CLOSING = "，。；：、）！？”…"
"""Not at the start of a line."""


def help_page(command: Any, context: Any) -> str:
    """The page: usage, what the command does, arguments, options, commands."""
    columns = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
    parts = command.get_params(context)
    page = [say("用法：", "Usage: ") + f"{context.command_path} {usage(command, context)}", ""]
    page += [f"  {line}" for line in wrapped(in_language(command.help, language.current()), columns - 2)]
    sections = (
        (
            say("参数", "Arguments"),
            [(p.metavar or p.name, explained(p)) for p in parts if not _is_option(p)],
        ),
        (say("选项", "Options"), [(_names(p), explained(p)) for p in parts if _shown(p)]),
        (say("命令", "Commands"), list(_commands(command, context))),
    )
    for title, rows in sections:
        if rows:
            page += ["", title + say("：", ":"), *_table(rows, columns)]
    return "\n".join(page)


def usage(command: Any, context: Any) -> str:
    """What follows the command's name: its options and arguments, those in brackets that may be
    left out.
    """
    pieces = [say("[选项]", "[OPTIONS]")]
    pieces += [
        (p.metavar or p.name) if p.required else f"[{p.metavar or p.name}]"
        for p in command.get_params(context)
        if not _is_option(p)
    ]
    if hasattr(command, "commands"):
        pieces.append(say("命令 [参数]…", "COMMAND [ARGS]..."))
    return " ".join(pieces)


def wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most `columns`, broken at spaces and between Chinese characters."""
    lines = [""]
    for piece in BREAKABLE.findall(text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > columns and piece not in CLOSING:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _commands(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    for name in command.list_commands(context) if hasattr(command, "commands") else ():
        child = command.get_command(context, name)
        if not child.hidden:
            yield name, short_help(child)


def short_help(command: Any) -> str:
    """What the command does, in one clause."""
    text = in_language(command.short_help or command.help, language.current())
    return re.split(r"(?<=[。；])|(?<=[.;]) ", text)[0].rstrip("。；.;")


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _shown(parameter: Any) -> bool:
    return _is_option(parameter) and not parameter.hidden


def _names(option: Any) -> str:
    """-o, --out DIR."""
    names = ", ".join(sorted([*option.opts, *option.secondary_opts], key=len))
    return names if option.is_flag or not option.metavar else f"{names} {option.metavar}"


def explained(parameter: Any) -> str:
    """What an option or argument is for, in the user's language."""
    own = {
        "help": say("显示本说明并退出", "Show this help and exit."),
        "install_completion": say("为当前的 shell 安装命令补全", "Install completion for the current shell."),
        "show_completion": say(
            "显示当前 shell 的补全脚本", "Show the completion script of the current shell."
        ),
    }
    return own.get(parameter.name) or in_language(parameter.help, language.current())


def _table(rows: Iterable[tuple[str, str]], columns: int) -> Iterator[str]:
    """Names on the left, explanations on the right; a long name has its explanation below it."""
    rows = list(rows)
    left = min(LEFT, max(width(name) for name, _ in rows)) + 4
    for name, text in rows:
        lines = wrapped(text, columns - left) or [""]
        head = f"  {name}"
        if width(head) + 2 <= left:
            yield (head + " " * (left - width(head)) + lines.pop(0)).rstrip()
        else:
            yield head
        for line in lines:
            yield " " * left + line
