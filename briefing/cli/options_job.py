"""The options of the daily job and of the archive; see options.py."""

from __future__ import annotations

from typing import Annotated

from .options import Text, option

Edition = Annotated[
    Text,
    option(
        "--edition",
        metavar="NAME",
        zh="期名，默认 daily；同一天可有几期，如 morning、evening",
        en="Name of the edition, default daily; a day may have several, such as morning and evening.",
    ),
]
CatchUp = Annotated[
    Text,
    option(
        "--catch-up",
        metavar="N",
        zh="补做前 N 天漏掉的简报（0–31）",
        en="Make up for briefings missed on the N days before, 0–31.",
    ),
]
Remake = Annotated[
    bool,
    option(
        "--remake",
        zh="重做这一期；已经收到的人不会再收到",
        en="Make the edition anew; who has it gets no second letter.",
    ),
]
DryRun = Annotated[
    bool,
    option(
        "--dry-run",
        zh="只说会读什么、做什么、送给谁；不读、不写、不送",
        en="Only say what would be read, made and sent to whom; nothing is fetched, written or sent.",
    ),
]
LogJson = Annotated[
    bool,
    option(
        "--log-json", zh="每一步在标准错误上写一行 JSON", en="Write each step as a line of JSON on stderr."
    ),
]
At = Annotated[
    str, option("--at", metavar="HH:MM", zh="每天几点运行，默认 06:40", en="Time of day; default 06:40.")
]
Scheduler = Annotated[
    Text,
    option(
        "--system",
        metavar="systemd|cron|launchd",
        zh="放进哪一种；默认由系统决定",
        en="Which scheduler; default: the one of this system.",
    ),
]
