"""The pages of the reading room, from a path to bytes; the same for the server and for files.

Knows which page shows what; asks the library, and knows nothing of HTTP.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..messages import Language
from ..types import Article
from ..types.archived import Filter
from . import trends
from .calendars import last_of, month_rows, months
from .evidence import has_evidence, paragraphs
from .library import Library
from .links import Links, kind_of
from .search_page import search_view
from .words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).with_name("room")
TYPES = {
    "html": "text/html; charset=utf-8",
    "xml": "application/atom+xml; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
}
LISTED = 300
"""Names, or stories of a name, on one page."""
ENTRIES = 60
"""Editions in the feed."""
IN_FEED = 12
"""Stories of an edition in the feed."""
SPACE = uuid.UUID("3a3c1a58-53f7-5a0e-8c7b-6f0a8f4b6a11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's bytes and their media type; `printed` ones have a style of their own inside."""

    content: bytes
    type: str
    status: int = 200
    printed: bool = False


@dataclass(frozen=True)
class Room:
    """The reading room of a library. `live` where there is a server that can search; `open` where strangers
    may subscribe.
    """

    library: Library
    language: Language = "zh"
    live: bool = True
    open: bool = False

    def page(self, path: str, query: Mapping[str, str] | None = None) -> Page:
        """The page at a path; one that says so, of status 404, where there is none."""
        found = kind_of(path)
        if found is None:
            return self._missing(path)
        kind, parts = found
        if kind == "file":
            name = parts["name"]
            return Page(content=(FOLDER / name).read_bytes(), type=TYPES[name.rpartition(".")[2]])
        if kind == "printed":
            content = self.library.printed(parts["key"], parts["format"])
            type = TYPES[parts["format"]]
            return Page(content=content, type=type, printed=True) if content else self._missing(path)
        view = self._view(kind, parts, path, query or {})
        if view is None:
            return self._missing(path)
        return self.rendered(path, **view)

    def _view(
        self, kind: str, parts: Mapping[str, str], path: str, query: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """What a template is given; None where there is no such page."""
        if kind == "search":
            return search_view(self.library, query, Links(path), self.words) if self.live else None
        if kind in ("people", "places"):
            names = self.library.names("person" if kind == "people" else "place", LISTED)
            return {"template": "names.html.j2", "place": kind, "names": names}
        views = {
            "index": lambda: self._index(None),
            "month": lambda: self._index(parts["month"]),
            "edition": lambda: self._edition(parts["key"]),
            "story": lambda: self._story(parts["key"], int(parts["number"])),
            "name": lambda: self._name(parts["name"]),
            "trends": lambda: self._trends(parts["monday"]),
            "feed": self._feed,
        }
        return views[kind]()

    def _index(self, month: str | None) -> dict[str, Any] | None:
        view: dict[str, Any] = {"template": "index.html.j2", "place": "days", "front": month is None}
        span = self.library.span()
        if span is None:
            return view | {"latest": None, "month": None} if month is None else None
        first = _day(f"{month}-01") if month else span[1].replace(day=1)
        if first is None or not span[0].replace(day=1) <= first <= span[1]:
            return None
        editions = self.library.editions(Filter(since=first, until=last_of(first)))
        latest = self.library.editions(limit=1)[0]
        view |= {"briefing": self.library.briefing(latest.key) if month is None else None}
        rows = month_rows(first, editions)
        return view | {"latest": latest, "month": first, "rows": rows, "months": months(*span)}

    def _edition(self, key: str) -> dict[str, Any] | None:
        edition = self.library.edition(key)
        if edition is None:
            return None
        before, after = self.library.neighbours(edition)
        by_section = groupby(self.library.stories(key), key=lambda story: story.section)
        sections = [(name, list(stories)) for name, stories in by_section]
        view = {"template": "edition.html.j2", "place": "edition", "edition": edition}
        view |= {"briefing": self.library.briefing(key)}
        return view | {"sections": sections, "before": before, "after": after}

    def _story(self, key: str, number: int) -> dict[str, Any] | None:
        found = self.library.story(key, number)
        if found is None:
            return None
        entry, story = found
        return {
            "template": "story.html.j2",
            "place": "story",
            "entry": entry,
            "story": story,
            "article": story.article,
            "edition": self.library.edition(key),
            "paragraphs": paragraphs(story),
            "lit": has_evidence(story),
            "names": self.library.names_in(key, number),
            "address": _address(story.article),
        }

    def _name(self, wanted: str) -> dict[str, Any] | None:
        name = self.library.name(wanted)
        if name is None:
            return None
        days = groupby(self.library.stories_of(wanted, LISTED), key=lambda story: story.day)
        view = {"template": "name.html.j2", "place": "name", "name": name}
        return view | {
            "days": [(day, list(stories)) for day, stories in days],
            "more": name.stories > LISTED,
            "shown": LISTED,
        }

    def _trends(self, monday: str) -> dict[str, Any] | None:
        view: dict[str, Any] = {"template": "trends.html.j2", "place": "trends"}
        span = self.library.span()
        if span is None:
            return None if monday else view | {"bars": []}
        weeks = self.library.weeks(span[1], trends.SHOWN)
        bars = trends.bars(weeks, self.words.other)
        chosen = _day(monday) if monday else bars[-1].week.monday
        if chosen is None or chosen not in [bar.week.monday for bar in bars]:
            return None
        rising = trends.rising(self.library, chosen)
        sections = trends.sections(weeks)
        most = max((one.stories for one in rising), default=0)
        return view | {
            "bars": bars,
            "sections": sections,
            "monday": chosen,
            "rising": rising,
            "most": most,
        }

    def _feed(self) -> dict[str, Any]:
        entries = [
            (edition, _urn(edition.key), edition.made, self.library.stories(edition.key)[:IN_FEED])
            for edition in self.library.editions(limit=ENTRIES)
        ]
        updated = max((made for _, _, made, _ in entries), default="1970-01-01T00:00:00+00:00")
        view = {"template": "feed.xml.j2", "place": "feed", "feed_id": _urn("feed"), "entries": entries}
        return view | {"updated": updated}

    def _missing(self, path: str) -> Page:
        return self.rendered(path, template="missing.html.j2", place="missing", status=404)

    def rendered(self, path: str, *, template: str, place: str, status: int = 200, **view: Any) -> Page:
        """The page that a template makes."""
        links = Links(path if status == 200 else _depth_of(path))
        text = self._templates.get_template(template).render(here=place, href=links, **view)
        kind = template.split(".")[1]
        return Page(content=text.encode("utf-8", "replace"), type=TYPES[kind], status=status)

    @cached_property
    def words(self) -> Words:
        """The room's own words."""
        return Words(self.language)

    @cached_property
    def _templates(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["page_name"] = self._page_name
        environment.globals |= {
            "words": self.words,
            "ui": "en" if self.language == "en" else "zh-CN",
            "told": "zh-CN",
            "live": self.live,
            "open": self.open,
            "paper": lambda name: name if name.startswith("《") else f"《{name}》",
        }
        return environment

    def _page_name(self, number: str | None) -> str:
        """第01版; p. 01."""
        if not number or "版" in number:
            return number or ""
        return f" p. {number}" if self.language == "en" else f"第{number}版"


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _address(article: Article) -> str:
    """Where the article can be read on the web; no other kind of address becomes a link."""
    address = article.link or article.source
    return address if address.startswith(("http://", "https://")) else ""


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(SPACE, name)}"


def _depth_of(path: str) -> str:
    """A path as deep as the one that was asked for, so that links of the 404 page hold."""
    return "x/" * min(path.count("/"), 20) + "x"
