"""Fills the day into addresses and paths that hold one: https://…/{date:%Y%m/%d}/node_01.html.

Newspapers have a new address every day. The day is that of the edition; {date} alone is 2026-11-20.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from ..errors import UsageError
from ..messages import Message
from ..text.lazy_pattern import lazy_pattern

PATTERN = lazy_pattern(r"\{date(?::([^{}]*))?\}")
CODE = lazy_pattern(r"%(-?.?)")
CODES = {
    "Y": "{0:04d}",
    "y": "{3:02d}",
    "m": "{1:02d}",
    "d": "{2:02d}",
    "-m": "{1}",
    "-d": "{2}",
    "%": "%",
}
"""What may stand after %: as in strftime, - for numbers without a leading zero."""


def is_dated(source: str) -> bool:
    """Whether a source holds a pattern for the day."""
    return PATTERN.search(source) is not None


def on_day(source: str, day: datetime.date) -> str:
    """The source with the day filled in; raises UsageError for an unknown code."""
    return PATTERN.sub(lambda found: _formatted(found[1], day, source), source)


def on_days(source: str, days: Sequence[datetime.date]) -> list[str]:
    """The source on each of the days; one that holds no pattern once."""
    return [on_day(source, day) for day in days] if is_dated(source) else [source]


def _formatted(form: str | None, day: datetime.date, source: str) -> str:
    def part(found: re.Match[str]) -> str:
        if found[1] not in CODES:
            raise UsageError(
                Message(
                    f"日期写法里不能用 %{found[1]}：{source}", f"%{found[1]} is no code for a day: {source}"
                ),
                Message(
                    f"可用 {' '.join('%' + code for code in CODES)}，例如 {{date:%Y%m/%d}}",
                    f"use {' '.join('%' + code for code in CODES)}, as in {{date:%Y%m/%d}}",
                ),
            )
        return CODES[found[1]].format(day.year, day.month, day.day, day.year % 100)

    return CODE.sub(part, form) if form else day.isoformat()


__all__ = ["is_dated", "on_day", "on_days"]
