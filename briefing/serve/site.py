"""The whole room as files for any web server, which then cannot search."""

from __future__ import annotations

from collections.abc import Iterator

from .calendars import months
from .pages import Room
from .trends import SHOWN, bars

PRINTED = ("html", "pdf", "png")


def paths(room: Room) -> Iterator[str]:
    """The paths of all pages, in a fixed order."""
    library = room.library
    yield from ("index.html", "people.html", "places.html", "trends.html", "feed.xml", "room.css", "icon.svg")
    span = library.span()
    if span is None:
        return
    for month in months(*span):
        yield f"month/{month.strftime('%Y-%m')}.html"
    for bar in bars(library.weeks(span[1], SHOWN), ""):
        yield f"trends/{bar.week.monday.isoformat()}.html"
    for edition in library.editions():
        folder = f"day/{edition.key}"
        yield f"{folder}/index.html"
        yield from (f"{folder}/page.{format}" for format in PRINTED)
        yield from (f"{folder}/{number}.html" for number in range(1, edition.stories + 1))
    for kind in ("person", "place"):
        yield from (f"name/{name.name}.html" for name in library.names(kind))


def files(room: Room) -> Iterator[tuple[str, bytes]]:
    """The files of the site; the same archive gives the same bytes."""
    for path in paths(room):
        yield path, room.page(path).content
