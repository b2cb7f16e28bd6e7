"""Puts the daily job into the system's scheduler, and takes it out again.

Writes unit files, or the user's crontab between two marks of its own, and tells systemd or launchd.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..deliver.folder import write_all
from ..errors import DeliveryError, reason
from ..messages import Message
from .schedule import Plan, System, cron_lines, places, units, with_own_lines, without_own_lines

TIMEOUT = 30.0
"""Seconds for a command of the system."""


def install(system: System, chosen: Plan) -> list[str]:
    """Puts the job in place, instead of an earlier one; what was written or changed."""
    if system == "cron":
        _write_table(with_own_lines(_table(), cron_lines(chosen)))
        return ["crontab"]
    files = units(system, chosen)
    _take_out(system, [path for path in _all(system) if path not in [unit.path for unit in files]])
    for unit in files:
        unit.path.parent.mkdir(parents=True, exist_ok=True)
        write_all(unit.path.parent, [(unit.path.name, unit.content.encode())])
    if system == "systemd":
        _told(["systemctl", "--user", "daemon-reload"])
        timers = [unit.path.name for unit in files if unit.path.suffix == ".timer"]
        _told(["systemctl", "--user", "enable", "--now", *timers])
    for unit in files if system == "launchd" else ():
        _asked(["launchctl", "bootout", f"gui/{_user()}/{unit.path.stem}"])  # an earlier one, if there is one
        _told(["launchctl", "bootstrap", f"gui/{_user()}", str(unit.path)])
    return [str(unit.path) for unit in files]


def remove(system: System) -> list[str]:
    """Takes the job out; what was removed or changed, nothing if it was not there."""
    if system == "cron":
        table = _table()
        if without_own_lines(table) == table:
            return []
        _write_table(without_own_lines(table))
        return ["crontab"]
    return _take_out(system, _all(system))


def _take_out(system: System, paths: Sequence[Path]) -> list[str]:
    """Ends and removes those of the files that are there; which they were."""
    there = [path for path in paths if path.exists()]
    for path in there:
        if path.suffix == ".timer":
            _asked(["systemctl", "--user", "disable", "--now", path.name])
        elif system == "launchd":
            _asked(["launchctl", "bootout", f"gui/{_user()}/{path.stem}"])
    for path in there:
        path.unlink()
    if there and system == "systemd":
        _asked(["systemctl", "--user", "daemon-reload"])
    return [str(path) for path in there]


def _all(system: System) -> list[Path]:
    return [path for group in places(system) for path in group]


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _table() -> str:
    """The user's crontab; "" if there is none. One that cannot be read is not taken for empty."""
    done = _asked(["crontab", "-l"])
    none = any(words in done.stderr.lower() for words in ("no crontab", "no such file"))
    if done.returncode and not none:
        raise _failure("crontab", done)
    return done.stdout


def _write_table(table: str) -> None:
    _told(["crontab", "-"], table)


def _told(command: list[str], text: str = "") -> None:
    """Runs a command of the system; raises DeliveryError if it fails."""
    done = _asked(command, text)
    if done.returncode:
        raise _failure(command[0], done)


def _failure(name: str, done: subprocess.CompletedProcess[str]) -> DeliveryError:
    words = (done.stderr or done.stdout).strip().splitlines()
    why = words[0][:200] if words else f"exit {done.returncode}"
    return DeliveryError(
        Message(f"{name} 没有成功：{why}", f"{name} failed: {why}"),
        Message(
            "briefing schedule print 打印出来，再自己放进去",
            "put in by hand what briefing schedule print shows",
        ),
    )


def _asked(command: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command of the system; raises DeliveryError if there is none or it does not end."""
    try:
        return subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
            env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"},  # its words are read
        )
    except FileNotFoundError:
        why = Message("系统里没有这个命令", "this system does not have it")
    except subprocess.TimeoutExpired:
        why = Message("没有结束", "it did not end")
    except OSError as error:
        why = reason(error)
    raise DeliveryError(
        Message(f"用不了 {command[0]}：{why.zh}", f"cannot use {command[0]}: {why.en}"),
        Message(
            "用 --system 换一种：systemd、cron、launchd",
            "choose another with --system: systemd, cron, launchd",
        ),
    )
