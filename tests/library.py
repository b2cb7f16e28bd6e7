"""An archive of several days, made of the edition that is written by hand, as the reading room asks for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from edition import DATE, DAY

from briefing.app.archive import kept
from briefing.app.archive_library import ArchiveLibrary
from briefing.config import explicit_settings
from briefing.messages import Language
from briefing.serve.pages import Room
from briefing.store.archive import Archive
from briefing.types import Briefing

KEY = DATE.isoformat()
ALONE = explicit_settings()


@contextmanager
def room(
    folder: Path, *more: Briefing, language: Language = "zh", live: bool = True, days: int = 10
) -> Iterator[Room]:
    """The reading room of an archive with ten days up to DATE, and these editions, named evening. Where all of
    it is printed, at a second of computing a day, fewer days do.
    """
    with Archive(folder / "archive.sqlite3") as archive:
        for back in range(days):
            kept(archive, replace(DAY, date=DATE - datetime.timedelta(days=back)), "daily", ALONE)
        for one in more:
            kept(archive, one, "evening", ALONE)
        yield Room(ArchiveLibrary(archive.database, ALONE), language, live)


PAGES = [
    "index.html",
    "month/2026-11.html",
    f"day/{KEY}/index.html",
    f"day/{KEY}/1.html",
    "people.html",
    "places.html",
    "name/沈砚秋.html",
    "trends.html",
    "trends/2026-11-09.html",
    "search.html",
]
