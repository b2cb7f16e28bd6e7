"""Mistakes on the command line, as Click reports them, in the words of both languages.

Known by the type and the attributes of Click's errors, never by their English text. Typer brings
Click along inside itself since 0.26 and takes it from outside before: so the types are known by
name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..errors import UsageError
from ..messages import Message, nearest


def is_usage_error(error: Exception) -> bool:
    """Whether Click raised it about the command line."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def reworded(error: Any) -> UsageError:
    """Click's error as one of ours, in both languages, with where to find help."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    name = getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        return no_such_option(name, context)
    if kind == "BadOptionUsage":
        return with_help(*_bad_option(name, context), context=context)
    if kind == "MissingParameter" and error.param is not None:
        label = _label(error.param)
        return with_help(f"缺少参数 {label}", f"{label} is missing", context=context)
    return with_help(
        f"命令写法不对：{error.format_message()}", error.format_message().rstrip("."), context=context
    )


def no_such_option(name: str, context: Any) -> UsageError:
    """An option that the command does not have, with the nearest that it has."""
    known = [one for p in context.command.get_params(context) for one in (*p.opts, *p.secondary_opts)]
    return suggested(
        f"没有选项 {name}", f"there is no option {name}", name, filter(lambda o: o[:1] == "-", known), context
    )


def no_such_command(name: str, context: Any) -> UsageError:
    """A command that the group does not have, with the nearest that it has."""
    known = context.command.list_commands(context)
    return suggested(f"没有命令 {name}", f"there is no command {name}", name, known, context)


def extra_arguments(words: Iterable[str], context: Any) -> UsageError:
    """Words that the command has no use for."""
    extra = " ".join(words)
    return with_help(f"多出了参数：{extra}", f"unexpected arguments: {extra}", context=context)


def suggested(zh: str, en: str, word: str, known: Iterable[str], context: Any) -> UsageError:
    """The mistake, and as a hint what was probably meant."""
    near = nearest(word, known)
    if near is None:
        return with_help(zh, en, context=context)
    return UsageError(
        Message(zh, en),
        Message(f"是不是想写 {near}？", f"did you mean {near}?"),
    )


def with_help(zh: str, en: str, *, context: Any) -> UsageError:
    """The mistake, and as a hint where to find help."""
    command = context.command_path if context else "briefing"
    return UsageError(
        Message(zh, en), Message(f"{command} --help 显示用法", f"{command} --help shows the usage")
    )


def _bad_option(name: str, context: Any) -> tuple[str, str]:
    """An option without its value, or a flag with one."""
    known = context.command.get_params(context) if context else ()
    option = next((p for p in known if name in (*p.opts, *p.secondary_opts)), None)
    if option is not None and option.is_flag:
        return f"选项 {name} 不带值", f"option {name} takes no value"
    value = option.metavar if option is not None and option.metavar else ""
    return f"选项 {name} 后面要跟一个值 {value}".rstrip(), f"option {name} needs a value {value}".rstrip()


def _label(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(max(parameter.opts, key=len))


def whole_number(text: str, name: str, least: int = 0) -> int:
    """The number that a word states; raises UsageError for anything else."""
    try:
        number = int(text) if len(text) < 10 else least - 1
    except ValueError:
        number = least - 1
    if number < least:
        raise UsageError(
            Message(f"{name}不对：{text}", f"{name.rstrip()} is wrong: {text}"),
            Message(f"应为不小于 {least} 的整数", f"a whole number from {least} on is needed"),
        )
    return number
