"""The `briefing` command: its options, its commands, and how every run ends."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from .. import __version__
from ..errors import BriefingError
from . import console, digest, evaluate, models, outbox, segment, send, summarize, templates
from .language import LANGUAGE, say

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=say(
        "把当天的中文报纸版面变成一页每日简报；离线运行，不需要网络和密钥。",
        "Turns the day's Chinese newspaper pages into a one-page daily briefing, offline.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=say("显示版本号", "Show the version.")
        ),
    ] = False,
    lang: Annotated[
        str,
        typer.Option(
            help=say("界面和标签的语言：zh 或 en", "Language of messages and labels: zh or en."),
            metavar="zh|en",
        ),
    ] = LANGUAGE,
) -> None:
    if lang not in ("zh", "en"):
        raise typer.BadParameter(say("只能是 zh 或 en", "must be zh or en"), param_hint="--lang")


app.command("digest", help=digest.HELP)(digest.digest)
app.command("summarize", help=summarize.HELP)(summarize.summarize)
app.command("segment", help=segment.HELP)(segment.segment)
app.command("send", help=send.HELP, short_help=say("把简报寄进信箱", "Mail a briefing."))(send.send)
app.command("eval", help=evaluate.HELP)(evaluate.evaluate)
app.add_typer(models.app, name="models", help=models.HELP)
app.add_typer(outbox.app, name="outbox", help=outbox.HELP)
app.add_typer(templates.app, name="templates", help=templates.HELP)

USAGE_ZH = (
    ("Usage:", "用法："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Show this message and exit.", "显示这段说明"),
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
)
ERRORS_ZH = (
    ("No such option: ", "没有这个选项："),
    ("No such command ", "没有这个命令："),
    ("Missing argument ", "缺少参数 "),
    ("Missing command", "缺少命令"),
    ("Missing option ", "缺少选项 "),
    ("Invalid value for ", "这个值不对："),
    ("Invalid value: ", "这个值不对："),
    ("is not a valid integer", "不是整数"),
    ("Got unexpected extra argument", "多出了参数"),
    (" requires an argument", " 后面要跟一个值"),
    ("Did you mean ", "是不是想写 "),
    ("Possible options: ", "相近的选项："),
)


def _translated(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """Typer's own words in Chinese: it has no catalogue to which they could be added."""
    for en, zh in table if LANGUAGE == "zh" else ():
        text = text.replace(en, zh)
    return text


class _Help:
    """stdout while typer prints: its fixed words go through the table."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        self.stream.write(_translated(text, USAGE_ZH))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _run(argv: list[str]) -> int:
    wants_help = not argv or any(word in ("-h", "--help") for word in argv)
    out = sys.stdout
    if wants_help:
        sys.stdout = _Help(out)
    try:
        result = app(args=argv, prog_name="briefing", standalone_mode=False)
    finally:
        sys.stdout = out
    return result if isinstance(result, int) else 0


def _usage(error: Any) -> None:
    """A mistake on the command line: what is wrong, and where the help is."""
    console.talk(say("错误：", "error: ") + _translated(error.format_message(), ERRORS_ZH))
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "briefing"
    console.talk("  → " + say(f"{command} --help 列出用法", f"{command} --help shows how"))


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(sys.argv[1:])
    except BriefingError as error:
        console.failure(error)
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        console.talk(say("已中断，没有写出半份文件", "interrupted; nothing half-written is left"))
        code = 130
    except (BrokenPipeError, SystemExit) as error:
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise  # only of a closed pipe does typer make an exit of its own that is none
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        _usage(error)
        code = 2
    sys.exit(code)
