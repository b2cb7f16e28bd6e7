"""The front matter of a Markdown file (YAML between ---, TOML between +++): title, day, paper.

Knows one field a line, as editors and site generators write them; does not know nested values.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import paper_of
from .columns import field_of
from .days import day_of

FRONT = lazy_pattern(
    r"\A\n{0,3}(?P<rule>---|\+\+\+)[ \t]*\n(?P<fields>(?:[^\n]*\n){0,60}?)(?P=rule)[ \t]*(?:\n|\Z)"
)
NAMED = r"[A-Za-z\u4e00-\u9fff][^:：=。\n]{0,30}[:：=]"
LINE = lazy_pattern(rf"\s*|[ \t]*[#\-].*|[ \t].*|[\"'\[\]{{}}].*|{NAMED}.*")
"""Front matter has fields, their items and comments; prose between two rules has other lines."""
KEY = lazy_pattern(r"[A-Za-z][\w.\-]*")
"""A name that a program gives; of other names front matter has a known one."""
FIELD = lazy_pattern(r"(?P<name>[^\s:：=#\-][^:：=\n]{0,30}?)[ \t]*[:：=][ \t]*(?P<value>[^\n]{1,200})")
QUOTES = "\"'“”‘’ \t"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter at [0, end) states; the title is at [start, stop), if there is one."""

    end: int = 0
    title: tuple[int, int] | None = None
    date: datetime.date | None = None
    paper: str | None = None


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text; one of no characters if it has none."""
    found = FRONT.match(text)
    if not found or not all(map(LINE.fullmatch, found["fields"].split("\n"))):
        return FrontMatter()
    names = [field["name"].strip() for field in FIELD.finditer(found["fields"])]
    if not any(KEY.fullmatch(name) or field_of(name) for name in names):
        return FrontMatter()
    title: tuple[int, int] | None = None
    day: datetime.date | None = None
    paper: str | None = None
    for field in FIELD.finditer(text, found.end("rule"), found.end()):
        if field.start() and text[field.start() - 1] != "\n":
            continue
        kind, value = field_of(field["name"]), field["value"].strip(QUOTES)
        if kind == "title" and value and not title:
            start = field.start("value") + field["value"].index(value)
            title = (start, start + len(value))
        elif kind == "date":
            day = day or day_of(value)
        elif kind == "paper":
            paper = paper or paper_of(value)
    return FrontMatter(found.end(), title, day, paper)


__all__ = ["FrontMatter", "front_matter"]
