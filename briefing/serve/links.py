"""Addresses of the room's pages, each as seen from another: the room works under any folder of any server."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

INDEX = "index.html"
_KEY = r"\d{4}-\d{2}-\d{2}(?:-[\w-]{1,60})?"
PAGES = {
    "index": re.compile(r"index\.html"),
    "month": re.compile(r"month/(?P<month>\d{4}-\d{2})\.html"),
    "edition": re.compile(rf"day/(?P<key>{_KEY})/index\.html"),
    "printed": re.compile(rf"day/(?P<key>{_KEY})/page\.(?P<format>html|pdf|png)"),
    "story": re.compile(rf"day/(?P<key>{_KEY})/(?P<number>[1-9]\d{{0,5}})\.html"),
    "people": re.compile(r"people\.html"),
    "places": re.compile(r"places\.html"),
    "name": re.compile(r"name/(?P<name>[^/\x00-\x1f]{1,80})\.html"),
    "trends": re.compile(r"trends(?:/(?P<monday>\d{4}-\d{2}-\d{2}))?\.html"),
    "search": re.compile(r"search\.html"),
    "feed": re.compile(r"feed\.xml"),
    "file": re.compile(r"(?P<name>room\.css|icon\.svg)"),
}
"""The kinds of pages, by their paths."""


@dataclass(frozen=True, slots=True)
class Links:
    """Links on the page at `here`, a path such as day/2026-11-20/3.html."""

    here: str

    def __call__(self, path: str, **query: str) -> str:
        """The relative address of the page at `path`."""
        relative = posixpath.relpath(path, posixpath.dirname(self.here) or ".")
        asked = {name: value for name, value in query.items() if value}
        return quote(relative) + (f"?{urlencode(asked)}" if asked else "")


def kind_of(path: str) -> tuple[str, dict[str, str]] | None:
    """Which kind of page a path names, and its parts; None for no page of the room."""
    for kind, pattern in PAGES.items():
        if found := pattern.fullmatch(path):
            return kind, {name: value or "" for name, value in found.groupdict().items()}
    return None
