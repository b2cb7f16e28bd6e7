"""The archive as the reading room asks for it: the store's tables, and pages made of an edition's JSON."""

from __future__ import annotations

import datetime
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..render.filters import title_line
from ..store import archive_lists as lists
from ..store import archive_search
from ..store.search import parse
from ..types import Briefing, Story
from ..types.archived import OF_READER, EditionEntry, Filter, Found, NameEntry, StoryEntry, Week

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.database import Database

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
FORMATS = ("html", "pdf", "png")
PRINTED, EDITIONS, VALUES = 16, 12, 4
"""Printed pages, editions and lists of values that stay in memory."""
FRESH = 30.0
"""Seconds for which sections and papers are not counted again."""


class ArchiveLibrary:
    """The archive in a database. Calls may come from several threads."""

    def __init__(self, database: Database, settings: Settings) -> None:
        """Takes the database, and the settings by which pages are printed."""
        self.database = database
        self.settings = settings
        self._printed = _Last[tuple[str, str], dict[str, bytes]](PRINTED)
        self._briefings = _Last[tuple[str, str], Briefing](EDITIONS)
        self._values = _Last[tuple[str, int], list[tuple[str, int]]](VALUES)

    def editions(self, within: Filter | None = None, limit: int | None = None) -> list[EditionEntry]:
        """The editions within the days, the newest first."""
        return self._ask(lists.editions, within, limit)

    def edition(self, key: str) -> EditionEntry | None:
        """The edition of that key."""
        return self._ask(lists.edition, key)

    def neighbours(self, of: EditionEntry) -> tuple[str | None, str | None]:
        """The keys of the editions before and after."""
        return self._ask(lists.neighbours, of)

    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day; None of an empty archive."""
        return self._ask(lists.span)

    def briefing(self, key: str) -> Briefing | None:
        """The whole edition."""
        from ..render.json import load

        edition = self.edition(key)
        if edition is None:
            return None
        content = lambda: load((self._ask(lists.content, key) or "").encode())  # noqa: E731
        return self._briefings.get((key, edition.made), content)

    def printed(self, key: str, format: str) -> bytes | None:
        """The edition as its theme prints it: html, pdf or png. Those asked for last stay in memory."""
        briefing, edition = self.briefing(key), self.edition(key)
        if briefing is None or edition is None:
            return None
        return self._printed.get((key, edition.made), lambda: _documents(briefing, self.settings)).get(format)

    def stories(self, key: str) -> list[StoryEntry]:
        """The stories of an edition, in its order."""
        return self._ask(lists.stories, key) or self._of_reader(key)

    def story(self, key: str, number: int) -> tuple[StoryEntry, Story] | None:
        """One story, and all of it."""
        entry, briefing = self._ask(lists.story, key, number), self.briefing(key)
        if entry is None:
            entry = next((one for one in self._of_reader(key) if one.number == number), None)
        if entry is None or briefing is None:
            return None
        return entry, briefing.stories[number - 1]

    def _of_reader(self, key: str) -> list[StoryEntry]:
        """The stories of a reader's edition, which are not listed; none of another's."""
        day, name = EditionEntry.parts(key)
        briefing = self.briefing(key) if OF_READER in name else None
        if briefing is None:
            return []
        placed = [(section.name, story) for section in briefing.sections for story in section.stories]
        return [
            StoryEntry(
                day=datetime.date.fromisoformat(day),
                name=name,
                number=number,
                section=section,
                paper=story.article.paper or "",
                page=story.article.page_number or "",
                headline=title_line(story.article),
                gist=story.summary.gist,
                summary=story.summary.text,
            )
            for number, (section, story) in enumerate(placed, 1)
        ]

    def search(
        self, typed: str, within: Filter, *, newest: bool = False, limit: int = 20, offset: int = 0
    ) -> Found:
        """The stories that a search finds; raises UsageError for one that names nothing."""
        wanted = parse(typed)
        with self.database.reading() as connection:
            return archive_search.search(
                connection, wanted, within, newest=newest, limit=limit, offset=offset
            )

    def values(self, name: str) -> list[tuple[str, int]]:
        """The sections, or the papers, and how many stories each has, the most first."""
        return self._values.get((name, int(time.monotonic() / FRESH)), lambda: self._ask(lists.values, name))

    def names(self, kind: str, limit: int | None = None) -> list[NameEntry]:
        """People (person) or places (place), those of most stories first."""
        return self._ask(lists.names, kind, limit)

    def name(self, wanted: str) -> NameEntry | None:
        """What is known of that name."""
        return self._ask(lists.name, wanted)

    def stories_of(self, wanted: str, limit: int) -> list[StoryEntry]:
        """The stories that tell of a name, the newest first."""
        return self._ask(lists.stories_of, wanted, limit)

    def names_in(self, key: str, number: int) -> list[NameEntry]:
        """The names in one story, those of most stories first."""
        return self._ask(lists.names_in, key, number)

    def weeks(self, until: datetime.date, most: int) -> list[Week]:
        """The weeks that have stories, of the last `most` up to the one of that day, the newest first."""
        return self._ask(lists.weeks, until, most)

    def names_between(self, first: datetime.date, last: datetime.date, most: int) -> dict[str, int]:
        """How many stories of these days tell of each name."""
        return self._ask(lists.names_between, first, last, most)

    def _ask(self, question: Callable[..., T], *arguments: Any) -> T:
        with self.database.reading() as connection:
            return question(connection, *arguments)


class _Last(Generic[K, V]):
    """The values asked for last; each is made once, and one at a time."""

    def __init__(self, most: int) -> None:
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of that key."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return self._kept[key]


def _documents(briefing: Briefing, settings: Settings) -> dict[str, bytes]:
    """The printed page in its formats, fitted once for all of them."""
    from .digest import render_documents

    documents = render_documents(briefing, settings.model_copy(update={"format": FORMATS}))
    return {one.format: one.content for one in documents}
