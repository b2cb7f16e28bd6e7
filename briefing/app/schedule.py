"""The daily job as the system's own scheduler wants it: systemd timers, cron, launchd.

Makes the texts; `schedule_install` puts them in place. The command that is run is this very program, by
its full path, with the settings file that counts.
"""

from __future__ import annotations

import datetime
import os
import plistlib
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..deliver.hours import bounds, is_within
from ..errors import UsageError
from ..messages import Message
from ..user_folders import home

System = Literal["systemd", "cron", "launchd"]
LABEL, SENDING = "cn.briefing.run", "cn.briefing.send"
UNIT, SEND_UNIT = "briefing", "briefing-send"
BEGIN, END = "# briefing: begin", "# briefing: end"
TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the job runs, in which time zone (IANA), and by which command and settings file; at which further
    times of the day what was held for its readers is sent, and by which command.
    """

    hour: int
    minute: int
    timezone: str
    command: tuple[str, ...]
    folder: Path
    sends: tuple[tuple[int, int], ...] = ()
    sending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A file for a scheduler."""

    path: Path
    content: str


def plan(at: str, timezone: str, settings_file: Path | None, hours: Sequence[str] = ()) -> Plan:
    """The plan for a time such as 06:40, for readers with those hours; raises UsageError for another word."""
    hour, minute = time_of_day(at)
    if settings_file is None:
        raise UsageError(
            Message("还没有配置文件", "there is no settings file"),
            Message("先用 briefing init 写一份", "write one with briefing init first"),
        )
    file = settings_file.absolute()
    program, named = _program(), ("--config", str(file))
    held = [one for one in hours if not is_within(one, datetime.time(hour, minute))]
    return Plan(
        hour=hour,
        minute=minute,
        timezone=timezone,
        command=(*program, "run", *named),
        folder=file.parent,
        sends=tuple(sorted({divmod(bounds(one)[0], 60) for one in held})),
        sending=(*program, "outbox", "send", "--quiet", *named),
    )


def time_of_day(at: str) -> tuple[int, int]:
    """Hour and minute of a time such as 06:40; raises UsageError for another word."""
    found = TIME.fullmatch(at.strip())
    if found is None:
        raise UsageError(
            Message(f"看不懂时间：{at}", f"not a time of day: {at}"),
            Message("例如 06:40", "for example 06:40"),
        )
    return int(found[1]), int(found[2])


def _program() -> tuple[str, ...]:
    """How this program is called, by full path."""
    called = Path(sys.argv[0])
    if called.name.startswith("briefing") and called.is_file() and os.access(called, os.X_OK):
        return (str(called.absolute()),)
    beside = Path(sys.executable).with_name("briefing")
    return (str(beside),) if beside.is_file() else (sys.executable, "-m", "briefing")


def usual_system() -> System:
    """The scheduler of this computer."""
    if sys.platform == "darwin":
        return "launchd"
    return "systemd" if Path("/run/systemd/system").is_dir() and shutil.which("systemctl") else "cron"


def units(system: System, chosen: Plan) -> list[Unit]:
    """The files for systemd or launchd; none for cron, whose table has a line."""
    if system == "cron":
        return []
    run, send = places(system)
    at = ((chosen.hour, chosen.minute),)
    if system == "launchd":
        found = [Unit(path=run[0], content=_plist(LABEL, chosen, chosen.command, at))]
        if chosen.sends:
            found.append(Unit(path=send[0], content=_plist(SENDING, chosen, chosen.sending, chosen.sends)))
        return found
    texts = [
        _service("the daily briefing", chosen, chosen.command),
        _timer("every morning", chosen.timezone, at),
    ]
    if chosen.sends:
        texts += [
            _service("what is due to its readers", chosen, chosen.sending),
            _timer("when readers want it", chosen.timezone, chosen.sends),
        ]
    return [Unit(path=path, content=text) for path, text in zip((*run, *send), texts, strict=False)]


def places(system: System) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Where the files of the job are, and those of sending later; none for cron."""
    if system == "cron":
        return (), ()
    if system == "launchd":
        folder = home() / "Library/LaunchAgents"
        return (folder / f"{LABEL}.plist",), (folder / f"{SENDING}.plist",)
    folder = _systemd_folder()
    run, send = (
        tuple(folder / f"{name}.{kind}" for kind in ("service", "timer")) for name in (UNIT, SEND_UNIT)
    )
    return run, send


def _systemd_folder() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or home() / ".config") / "systemd" / "user"


def _service(what: str, chosen: Plan, command: tuple[str, ...]) -> str:
    """systemd.service(5): a % is doubled, a word with spaces is quoted; the first word may hold no quotes."""
    if re.search(r"[\"'\\$]", command[0]):
        command = ("/usr/bin/env", *command)
    return f"""[Unit]
Description=briefing: {what}

[Service]
Type=oneshot
WorkingDirectory={_unit_word(str(chosen.folder), quoted=False)}
ExecStart={" ".join(map(_unit_word, command))}
SuccessExitStatus=1
Nice=10
"""


def _unit_word(word: str, quoted: bool = True) -> str:
    escaped = word.replace("%", "%%")
    if not quoted:
        return escaped
    escaped = escaped.replace("\\", "\\\\").replace("$", "$$")
    return '"' + escaped.replace('"', '\\"') + '"' if re.search(r"[\s\"'\\;]", word) else escaped


def _timer(when: str, timezone: str, times: Sequence[tuple[int, int]]) -> str:
    """systemd.timer(5): a run that the computer slept through is made up for."""
    lines = "\n".join(f"OnCalendar=*-*-* {hour:02d}:{minute:02d}:00 {timezone}" for hour, minute in times)
    return f"""[Unit]
Description=briefing: {when}

[Timer]
{lines}
Persistent=true
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""


def cron_lines(chosen: Plan) -> list[str]:
    """crontab(5): % ends a command there, so it is escaped. The zone is known to cronie only."""
    run, send = (
        " ".join(map(shlex.quote, command)).replace("%", r"\%")
        for command in (chosen.command, chosen.sending)
    )
    return [
        BEGIN,
        f"CRON_TZ={chosen.timezone}",
        f"{chosen.minute} {chosen.hour} * * * {run}",
        *(f"{minute} {hour} * * * {send}" for hour, minute in chosen.sends),
        END,
    ]


def _plist(label: str, chosen: Plan, command: tuple[str, ...], times: Sequence[tuple[int, int]]) -> str:
    """launchd.plist(5); launchd knows no time zones but the system's."""
    return plistlib.dumps(
        {
            "Label": label,
            "ProgramArguments": list(command),
            "WorkingDirectory": str(chosen.folder),
            "StartCalendarInterval": [{"Hour": hour, "Minute": minute} for hour, minute in times],
            "StandardErrorPath": str(home() / "Library/Logs/briefing.log"),
        }
    ).decode()


def without_own_lines(table: str) -> str:
    """A crontab without the lines between our marks; a mark that stands alone bounds nothing."""
    lines = table.splitlines()
    while BEGIN in lines and END in lines[(begin := lines.index(BEGIN)) :]:
        end = lines.index(END, begin)
        begin = end - lines[end::-1].index(BEGIN)  # the nearest: between two of them are others' lines
        del lines[begin : end + 1]
    return "".join(line + "\n" for line in lines)


def with_own_lines(table: str, lines: Sequence[str]) -> str:
    """A crontab with our lines at its end, once."""
    return without_own_lines(table) + "".join(line + "\n" for line in lines)
