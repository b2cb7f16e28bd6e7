"""Weeks as a chart of bars, and the names told of more often than before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..types.archived import Week
from .library import Library

SHOWN = 12
"""Weeks in the chart."""
SECTIONS = 6
"""Sections with a colour of their own; the others are one."""
BEFORE = 4
"""Weeks that a week is compared with."""
LEAST = 3
"""Stories from which a name can rise."""
RISE = 2.0
"""How many times its mean a name is told of when it rises."""
HEIGHT = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: a section's stories; `start` and `size` are shares of the highest bar, in percent."""

    section: str
    stories: int
    colour: int
    start: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A week of the chart."""

    week: Week
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """A name told of more often than in the weeks before."""

    name: str
    stories: int
    usual: float


def sections(weeks: Sequence[Week]) -> list[str]:
    """The sections of most stories in these weeks; they have colours of their own."""
    totals: dict[str, int] = {}
    for week in weeks:
        for name, count in week.sections:
            totals[name] = totals.get(name, 0) + count
    return sorted(totals, key=lambda name: (-totals[name], name))[:SECTIONS]


def bars(weeks: Sequence[Week], other: str) -> list[Bar]:
    """The weeks as bars, the oldest first; a week without stories between others is an empty one."""
    shown = {week.monday: week for week in weeks[:SHOWN]}
    if not shown:
        return []
    monday, last = min(shown), max(shown)
    named = sections(list(shown.values()))
    highest = max(week.stories for week in shown.values())
    found = []
    while monday <= last:
        week = shown.get(monday) or Week(monday=monday, stories=0, sections=())
        found.append(Bar(week=week, parts=_parts(week, named, other, highest)))
        monday += datetime.timedelta(weeks=1)
    return found[-SHOWN:]


def _parts(week: Week, named: Sequence[str], other: str, highest: int) -> tuple[Part, ...]:
    counts = dict(week.sections)
    rows = [(name, counts[name], n) for n, name in enumerate(named, 1) if counts.get(name)]
    if rest := week.stories - sum(count for _, count, _ in rows):
        rows.append((other, rest, SECTIONS + 1))
    parts, at = [], 0.0
    for name, count, colour in rows:
        size = HEIGHT * count / highest
        parts.append(Part(section=name, stories=count, colour=colour, start=at, size=size))
        at += size
    return tuple(parts)


def rising(library: Library, monday: datetime.date, most: int = 12) -> list[Rising]:
    """The names that rise in a week, the steepest first."""
    week = datetime.timedelta(weeks=1)
    day = datetime.timedelta(days=1)
    now = library.names_between(monday, monday + week - day, 400)
    before = library.names_between(monday - BEFORE * week, monday - day, 4000)
    found = [
        Rising(name=name, stories=count, usual=usual)
        for name, count in now.items()
        if count >= LEAST and count >= RISE * (usual := before.get(name, 0) / BEFORE)
    ]
    return sorted(found, key=lambda one: (one.usual - one.stories, one.name))[:most]
