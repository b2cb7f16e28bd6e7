"""The page that searches: what was typed into the form, and what was found."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ..errors import UsageError
from ..types.archived import Filter
from .library import Library
from .links import Links
from .words import Words

FIELDS = ("q", "from", "to", "section", "paper", "order", "page")
A_PAGE = 20
MOST_PAGES = 250


def search_view(library: Library, query: Mapping[str, str], links: Links, words: Words) -> dict[str, Any]:
    """What the template is given."""
    asked = {name: query.get(name, "").strip()[:400] for name in FIELDS}
    page = min(int(asked["page"]), MOST_PAGES) if asked["page"].isascii() and asked["page"].isdigit() else 1
    page = max(page, 1)
    view: dict[str, Any] = {
        "template": "search.html.j2",
        "place": "search",
        "query": asked,
        "sections": library.values("section"),
        "papers": library.values("paper"),
        "found": None,
        "problem": None,
        "page": page,
        "first": (page - 1) * A_PAGE + 1,
        "ranked": 0,
        "previous": None,
        "next": None,
    }
    if not asked["q"]:
        return view
    within = Filter(
        since=_day(asked["from"]),
        until=_day(asked["to"]),
        section=asked["section"],
        paper=asked["paper"],
    )
    newest = asked["order"] == "newest"
    try:
        found = library.search(asked["q"], within, newest=newest, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    except UsageError as error:
        return view | {"problem": error.message(words.language)}
    last = found.total if newest else found.ranked
    return view | {
        "found": found,
        "ranked": found.ranked if 0 < found.ranked < found.total else 0,
        "previous": _turn(links, asked, page - 1) if page > 1 else None,
        "next": _turn(links, asked, page + 1) if page * A_PAGE < last and page < MOST_PAGES else None,
    }


def _turn(links: Links, asked: Mapping[str, str], page: int) -> str:
    return links("search.html", **(dict(asked) | {"page": str(page)}))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
