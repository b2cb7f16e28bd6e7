"""What the reading room asks of an archive."""

from __future__ import annotations

import datetime
from typing import Protocol

from ..types import Briefing, Story
from ..types.archived import EditionEntry, Filter, Found, NameEntry, StoryEntry, Week


class Library(Protocol):
    """An archive to be read. Nothing here changes it; each call may come from another thread."""

    def editions(self, within: Filter | None = None, limit: int | None = None) -> list[EditionEntry]:
        """The editions within the days, the newest first."""
        ...

    def edition(self, key: str) -> EditionEntry | None:
        """The edition of that key."""
        ...

    def neighbours(self, of: EditionEntry) -> tuple[str | None, str | None]:
        """The keys of the editions before and after."""
        ...

    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day; None of an empty archive."""
        ...

    def briefing(self, key: str) -> Briefing | None:
        """The whole edition."""
        ...

    def printed(self, key: str, format: str) -> bytes | None:
        """The edition as its theme prints it: html, pdf or png."""
        ...

    def stories(self, key: str) -> list[StoryEntry]:
        """The stories of an edition, in its order."""
        ...

    def story(self, key: str, number: int) -> tuple[StoryEntry, Story] | None:
        """One story, and all of it."""
        ...

    def search(
        self, typed: str, within: Filter, *, newest: bool = False, limit: int = 20, offset: int = 0
    ) -> Found:
        """The stories that a search finds; raises UsageError for one that names nothing."""
        ...

    def values(self, name: str) -> list[tuple[str, int]]:
        """The sections, or the papers, and how many stories each has, the most first."""
        ...

    def names(self, kind: str, limit: int | None = None) -> list[NameEntry]:
        """People (person) or places (place), those of most stories first."""
        ...

    def name(self, wanted: str) -> NameEntry | None:
        """What is known of that name."""
        ...

    def stories_of(self, wanted: str, limit: int) -> list[StoryEntry]:
        """The stories that tell of a name, the newest first."""
        ...

    def names_in(self, key: str, number: int) -> list[NameEntry]:
        """The names in one story, those of most stories first."""
        ...

    def weeks(self, until: datetime.date, most: int) -> list[Week]:
        """The weeks that have stories, of the last `most` up to the one of that day, the newest first."""
        ...

    def names_between(self, first: datetime.date, last: datetime.date, most: int) -> dict[str, int]:
        """How many stories of these days tell of each name."""
        ...
