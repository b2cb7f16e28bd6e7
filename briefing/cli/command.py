"""How commands behave under Click: help, mistakes, and that every run ends with an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from ..errors import BriefingError, system_error
from . import console, language
from .completion import accept_click_style, install_completion, localized
from .help import help_page, short_help
from .process import exit_code
from .usage import extra_arguments, is_usage_error, no_such_command, reworded


class Command(TyperCommand):
    """A command with help and messages in the user's language."""

    allow_extra_args = True  # so that the message about them can be ours

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return help_page(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """What it does, in one clause."""
        return short_help(self)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Completions, explained in the user's language."""
        return localized(super().shell_complete(ctx, incomplete))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises UsageError where words are left over."""
        rest = _parsed(super().parse_args, ctx, args)
        if rest and not ctx.resilient_parsing:
            raise extra_arguments(rest, ctx)
        return rest


class Group(TyperGroup):
    """A group of commands; without a command it prints its help, which is no mistake."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return help_page(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """What it is for, in one clause."""
        return short_help(self)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Completions, explained in the user's language."""
        return localized(super().shell_complete(ctx, incomplete))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Takes the absence of a command for a wish for help."""
        return _parsed(super().parse_args, ctx, args or ([] if ctx.resilient_parsing else ["--help"]))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name; raises UsageError with the nearest there is."""
        if not ctx.resilient_parsing and not args[0].startswith("-") and args[0] not in self.commands:
            raise no_such_command(args[0], ctx)
        return super().resolve_command(ctx, args)


class Program(Group):
    """The whole command line: chooses the language, runs a command, and ends with an exit code."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> NoReturn:
        """Runs the arguments; ends with SystemExit. Unexpected errors are not caught."""
        words = list(sys.argv[1:] if args is None else args)
        language.use(language.chosen(words, os.environ))
        options["standalone_mode"] = False  # the errors are ours to report
        accept_click_style(os.environ)
        for parameter in self.params:
            if parameter.name == "install_completion":
                parameter.callback = install_completion
        try:
            code = super().main(words, *more, **options)
            console.flush()
        except console.ReaderGone:
            code = 0
        except typer.Abort:
            code = exit_code(KeyboardInterrupt())
        except OSError as error:
            code = _failed(system_error(error))
        except BriefingError as error:
            code = _failed(error)
        except Exception as error:
            if not is_usage_error(error):
                raise
            code = _failed(reworded(error))
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        with _before_typer():
            return super().invoke(ctx)

    def make_context(self, *words: Any, **options: Any) -> Any:
        """Parses the command line, and prints the help if that is asked for."""
        with _before_typer():
            return super().make_context(*words, **options)


@contextmanager
def _before_typer() -> Iterator[None]:
    """Reports an interrupt and a closed pipe here, for Typer would end the process in its own
    way.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        console.talk(console.INTERRUPTED(language.current()))
        raise typer.Exit(exit_code(stop)) from None
    except BrokenPipeError as error:
        raise console.refused(error) from None


def _parsed(parse: Callable[[Any, list[str]], list[str]], ctx: Any, args: list[str]) -> list[str]:
    """What Click parses; an error of its parser learns to which command it belongs."""
    try:
        return parse(ctx, args)
    except Exception as error:
        if is_usage_error(error) and getattr(error, "ctx", ctx) is None:
            error.ctx = ctx  # type: ignore[attr-defined]  # it has one, as was just seen
        raise


def _failed(error: BriefingError) -> int:
    console.failure(error)
    return error.exit_code
