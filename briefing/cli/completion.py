"""Completion in bash, zsh, fish and PowerShell: Typer's own, with explanations in the user's
language.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

import typer

from ..errors import UsageError
from ..messages import Message, in_language
from . import console, language
from .language import say

VARIABLE = "_BRIEFING_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


def accept_click_style(environment: MutableMapping[str, str]) -> None:
    """Lets _BRIEFING_COMPLETE=bash_source, as Click's manual has it, mean Typer's source_bash."""
    shell, _, instruction = environment.get(VARIABLE, "").partition("_")
    if shell in SHELLS and instruction == "source":
        environment[VARIABLE] = f"{instruction}_{shell}"


def localized(items: Iterable[Any]) -> list[Any]:
    """The completions, each explained in one language."""
    found = list(items)
    for item in found:
        if item.help:
            item.help = in_language(item.help, language.current())
    return found


def choices(*values: str) -> Callable[[str], list[str]]:
    """Completes one of the values, the last of several with commas between them."""

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        return [before + comma + value for value in values if value.startswith(last)]

    return complete


def models(incomplete: str) -> list[str]:
    """Completes a model or method of the program."""
    from ..registry import METHODS, bundled_models

    return [name for name in (*bundled_models(), *METHODS) if name.startswith(incomplete)]


def themes(incomplete: str) -> list[str]:
    """Completes a bundled theme."""
    from ..render.theme_catalog import theme_entries

    return [entry.name for entry in theme_entries(()) if entry.name.startswith(incomplete)]


def install_completion(context: Any, parameter: Any, value: Any) -> None:
    """Installs completion for the shell that runs the program, and says where."""
    if not value or context.resilient_parsing:
        return
    from typer.completion import install  # type: ignore[attr-defined]  # it is there in every version

    try:
        with contextlib.redirect_stdout(io.StringIO()):
            shell, path = install(shell=value) if isinstance(value, str) else install()
    except typer.Exit:
        raise UsageError(
            Message("认不出当前的 shell", "cannot tell which shell this is"),
            Message(
                "支持 bash、zsh、fish；也可在其配置文件里写："
                'eval "$(_BRIEFING_COMPLETE=source_bash briefing)"',
                "bash, zsh and fish are supported; or write into the shell's configuration: "
                'eval "$(_BRIEFING_COMPLETE=source_bash briefing)"',
            ),
        ) from None
    console.echo(
        say(
            f"{shell} 的命令补全已装到 {path}，重新打开终端后生效",
            f"{shell} completion installed in {path}; it takes effect in a new terminal",
        )
    )
    raise typer.Exit
