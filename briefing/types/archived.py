"""The nouns of the archive: what is kept of past editions, and what a search finds there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is what was looked for."""


DAILY = "daily"
"""The name of the edition that a day has where no other is given."""
OF_READER = "."
"""Stands in the name of a reader's edition, as in daily.zhang; no other name has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionEntry:
    """An edition in a list; `made` is when, in UTC."""

    day: datetime.date
    name: str
    title: str
    made: str
    stories: int

    @property
    def key(self) -> str:
        """Its day, and its name unless that is the usual one: 2026-11-20, 2026-11-20-evening."""
        return edition_key(self.day, self.name)

    @staticmethod
    def parts(key: str) -> tuple[str, str]:
        """The day and the name of a key."""
        return key[:10], key[11:] or DAILY


def edition_key(day: datetime.date, name: str) -> str:
    """The key of an edition."""
    return day.isoformat() if name == DAILY else f"{day.isoformat()}-{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """A story in a list; it is the `number`-th of the edition of that day and name, from 1."""

    day: datetime.date
    name: str
    number: int
    section: str
    paper: str
    page: str
    headline: str
    gist: str
    summary: str

    @property
    def edition(self) -> str:
        """The key of its edition."""
        return edition_key(self.day, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story that a search found: its headline and the place in the text, with the hits marked."""

    story: StoryEntry
    headline: Pieces
    excerpt: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of the stories that a search found; `total` counts all of them, unless there are `more`. The
    best of `ranked` come first, the newest where there are more; 0 if all hits come newest first.
    """

    hits: tuple[Hit, ...]
    total: int
    ranked: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which stories are wanted: a range of days (both within), a section, a paper; all where empty."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    section: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEntry:
    """A person or a place, and how often and when stories told of it."""

    name: str
    kind: str
    stories: int
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The stories of a week, which begins on a Monday, by section."""

    monday: datetime.date
    stories: int
    sections: tuple[tuple[str, int], ...]


__all__ = [
    "DAILY",
    "OF_READER",
    "EditionEntry",
    "Filter",
    "Found",
    "Hit",
    "NameEntry",
    "Pieces",
    "StoryEntry",
    "Week",
    "edition_key",
]
