"""Mornings of four editions for mailboxes and groups, killed with kill -9 again and again: in the end archive, reports, files
and outbox say the same, nobody has anything twice, and who may have lost something is known.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from mail_commands import ROOT, briefing
from servers import Counting
from test_channels import Robot, robot
from test_readers import DAY, hour_comes, later, with_readers

__all__ = ["robot"]
KILLS = int(os.environ.get("BRIEFING_KILLS", "6"))
EDITIONS = ("daily", "daily.zhang", "daily.li", "daily.wu")
MAILBOXES = {f"{who}@yunting.test" for who in ("a", "b", "zhang", "li", "wu")}
GROUPS = {"desk": "slack", "zhang": "wecom", "wu": "feishu"}


def tables(robot: int) -> str:
    groups = "".join(
        f'[[channels]]\nname = "{name}"\nkind = "{kind}"\naddress = "http://127.0.0.1:{robot}/{kind}"\n'
        for name, kind in GROUPS.items()
    )
    return f"""
[[reader]]
name = "zhang"
to = "zhang@yunting.test"
channels = "zhang"
length = 40

[[reader]]
name = "li"
to = "li@yunting.test"
only = ["经济"]

[[reader]]
name = "wu"
to = "wu@yunting.test"
channels = "wu"
hours = "{later()}"

{groups}"""


def begun(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_"))}
    env |= {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}
    env |= {"BRIEFING_MODEL": "extract"}
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "briefing", *words]
    return subprocess.Popen(command, cwd=folder, env=env, stdout=silent, stderr=silent)


def killed(folder: Path, after: float, *words: str) -> bool:
    """Whether the command was still at work when it was killed."""
    started = begun(folder, *words)
    threading.Event().wait(after)
    started.kill()
    return started.wait(60) == -signal.SIGKILL


def outbox(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(briefing(folder, "outbox", "list", "--all", "--json").stdout)
    return rows


def check_all_say_the_same(folder: Path, code: int, rows: list[dict[str, Any]]) -> None:
    """Outbox, archive, reports and files of a morning that was run to its end."""
    states = {one["address"]: one["state"] for one in rows}
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        reports = db.execute("SELECT name, code, report FROM runs ORDER BY id").fetchall()
        editions = db.execute("SELECT name, count FROM editions").fetchall()
        receipts = db.execute("SELECT target, state FROM receipts").fetchall()
    assert {name for name, count in editions if count} == set(EDITIONS) and len(editions) == len(EDITIONS)
    assert dict(receipts) == states and len(receipts) == len(rows)
    (file,) = folder.glob("data/briefing/outbox.sqlite3")
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    last = {name: (code, json.loads(report)) for name, code, report in reports}
    assert set(last) == set(EDITIONS) and max(code for code, _ in last.values()) == code
    for name, (its, report) in last.items():
        assert its == (5 if report["deliveries"].get("unknown") else 0), (name, report)
        assert report["state"] in ("made", "frozen") and not report["error"]
        assert all((folder / one).is_file() for one in report["files"])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_at_random_moments(
    serve: Callable[..., int], handler: Counting, robot: int, tmp_path: Path
) -> None:
    """BRIEFING_KILLS sets how often."""
    chance = random.Random(20261128)
    port, kills, mornings, uncertain, copies = serve(), 0, 0, 0, 0
    handler.latency = 0.05
    while kills < KILLS:
        mornings += 1
        handler.letters.clear()
        Robot.taken.clear()
        folder = tmp_path / str(mornings)
        folder.mkdir()
        with_readers(folder, port, tables(robot))
        for _ in range(chance.randint(3, 8)):
            kills += killed(folder, chance.uniform(0.4, 6), "run", "--date", DAY)
        code = begun(folder, "run", "--date", DAY).wait(300)
        rows = outbox(folder)
        assert len([one for one in rows if one["due"]]) == 2, "a letter and a message wait for their hour"
        check_all_say_the_same(folder, code, rows)
        hour_comes(folder)
        for _ in range(chance.randint(0, 3)):
            kills += killed(folder, chance.uniform(0.3, 2), "outbox", "send")
        late = begun(folder, "outbox", "send").wait(300)
        code = begun(folder, "run", "--date", DAY).wait(300)
        rows = outbox(folder)
        check_all_say_the_same(folder, code, rows)
        states = Counter(one["state"] for one in rows)
        assert late in (0, 5) and code == (5 if states["unknown"] else 0)
        assert set(states) <= {"sent", "unknown"} and len(rows) == len(MAILBOXES) + len(GROUPS)
        posted = Counter(where for where, _ in Robot.taken)
        assert max((handler.count + posted).values()) == 1, "somebody has it twice"
        assert handler.count.total() + posted.total() >= states["sent"], "somebody was lost"
        uncertain += states["unknown"]
        copies += len(rows)
        print(f"{kills} kills so far", flush=True)
    print(f"{kills} kills in {mornings} mornings: {uncertain} of {copies} copies uncertain, nobody twice")
