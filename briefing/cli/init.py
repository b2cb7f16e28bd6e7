"""briefing init: a first settings file, by five questions or by options."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import UsageError
from ..messages import Message, both
from . import console, language, options
from . import options_init as init_options
from . import options_job as job_options
from . import options_tools as tools
from .language import say

HELP = both(
    "问五个问题，写出带说明的 briefing.toml；也可以用选项回答。",
    "Ask five questions and write a commented briefing.toml; options may answer them too.",
)
if TYPE_CHECKING:  # for annotations only
    from ..app.init import Answers

COMMAS = re.compile("[,，、]")


def init(
    file: init_options.File = Path("briefing.toml"),
    sources: init_options.Sources = None,
    title: options.Title = None,
    out: options.Out = None,
    format: options.Formats = None,
    to: init_options.To = None,
    host: init_options.Host = None,
    sender: init_options.Sender = None,
    at: job_options.At = "06:40",
    yes: init_options.Yes = False,
    force: tools.Force = False,
    lang: options.Lang = None,
) -> int:
    """Asks what no option answers, writes the file, and says how to go on."""
    from ..app import init as app
    from ..app.schedule import time_of_day

    time_of_day(at)
    ask = _asker(yes)
    people = None if to is None else _listed(to)
    given = _Given(sources=sources, title=title, out=out, people=people, host=host, sender=sender)
    answers = _answers(given, _listed(format or "html,pdf"), ask)
    time = _time(ask, at)
    app.write_settings(file, app.settings_text(answers, language.current()), force=force)
    console.echo(str(file))
    found = "" if file == Path("briefing.toml") else f" --config {shlex.quote(str(file))}"
    test, run, daily = f"doctor{found}", f"run{found}", f"schedule install --at {time}{found}"
    console.hint(
        f"briefing {test} 检查；briefing {run} 做今天的；briefing {daily} 每天自动做",
        f"briefing {test} tests it; briefing {run} begins; briefing {daily} does it daily",
    )
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What options have answered already."""

    sources: str | None
    title: str | None
    out: str | None
    people: tuple[str, ...] | None
    host: str | None
    sender: str | None


def _answers(given: _Given, formats: tuple[str, ...], ask: Callable[[str, str], str]) -> Answers:
    """The answers, of options or of whoever is asked."""
    from ..app.init import Answers

    where = say("报纸在哪里（文件夹、网址、订阅源）", "What is read (folders, addresses, feeds)")
    sources = _listed(given.sources or ask(where, "pages"))
    title = given.title or ask(say("简报的名称", "Title of the briefing"), say("每日简报", "Daily Briefing"))
    out = given.out or ask(say("写到哪个文件夹", "Folder of the briefings"), "briefings")
    people, host, sender = given.people, given.host or "", given.sender or ""
    if people is None:
        people = _listed(ask(say("寄给谁（可不填）", "Mailed to whom (may be empty)"), ""))
    if people:
        host = host or ask(say("邮件服务器", "Mail server"), "localhost")
        sender = sender or ask(say("发件人", "Sender"), people[0])
    return Answers(
        sources=sources, title=title, out=out, formats=formats, to=people, host=host, sender=sender
    )


def _time(ask: Callable[[str, str], str], usual: str) -> str:
    """The hour that is answered; a person who mistypes it is asked again."""
    from ..app.schedule import time_of_day

    while True:
        try:
            return "{:02}:{:02}".format(*time_of_day(ask(say("每天几点做", "At what time each day"), usual)))
        except UsageError as error:
            if ask is not _asked:
                raise
            console.talk(say(error.message.zh, error.message.en))


def _asker(yes: bool) -> Callable[[str, str], str]:
    """What answers a question: the default, or a person at a terminal; raises UsageError without one."""
    if yes:
        return lambda question, usual: usual
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(
            Message("这里没有人可以回答问题", "there is nobody here to answer questions"),
            Message(
                "加 --yes，用选项给出 --sources 等", "add --yes, and answer by options such as --sources"
            ),
        )
    return _asked


def _asked(question: str, usual: str) -> str:
    shown = f" [{usual}]" if usual else ""
    console.talk(say(f"{question}{shown}：", f"{question}{shown}: "))
    answer = sys.stdin.readline()
    if not answer:
        raise typer.Abort
    return answer.strip() or usual


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, COMMAS.split(text)) if part)
