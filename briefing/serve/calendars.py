"""A month of editions as a calendar's rows."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..types.archived import EditionEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of a calendar; `within` tells whether it belongs to the month."""

    date: datetime.date
    within: bool
    editions: tuple[EditionEntry, ...] = ()


def month_rows(month: datetime.date, editions: Sequence[EditionEntry]) -> list[list[Day]]:
    """The weeks of a month, from Monday on; editions of a day in the order in which they came."""
    return [
        [
            Day(
                date=date,
                within=date.month == month.month,
                editions=tuple(e for e in reversed(editions) if e.day == date),
            )
            for date in week
        ]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]


def last_of(month: datetime.date) -> datetime.date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The first days of all months from one day to another, the newest first."""
    found = []
    at = last.replace(day=1)
    while at >= first.replace(day=1):
        found.append(at)
        at = (at - datetime.timedelta(days=1)).replace(day=1)
    return found
