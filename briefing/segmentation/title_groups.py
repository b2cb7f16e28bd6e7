"""Groups of title lines: what could be an article's kicker, headline and deck, or a subhead.

Knows the units of a page; does not know which groups open an article, nor what each line is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..types import Role
from . import bylines
from .furniture import comes_from
from .layout import Layout
from .lines import ends_sentence
from .units import Unit, UnitKind

CLOSING = frozenset({Role.MASTHEAD, Role.FOLIO, Role.SECTION, Role.NOTICE, Role.EDITORS})
"""Furniture between articles: none goes on after it."""
SOURCE = frozenset({Role.MASTHEAD, Role.FOLIO, Role.EDITORS})
"""Furniture that may stand between a headline and its text, as collections print it."""
CREDITS = frozenset({UnitKind.BYLINE, UnitKind.AGENCY})


@dataclass(slots=True)
class TitleGroup:
    """The units [start, end): titles and what is between; `text` is the index of the next text."""

    start: int
    end: int
    titles: list[Unit] = field(default_factory=list)
    byline: bool = False
    text: int = -1

    @property
    def style(self) -> str:
        """The mark of the group's most marked line."""
        marked = [u for u in self.titles if u.mark and u.mark != "dash"]
        if not marked:
            return ""
        sharp = [u.level for u in marked if u.mark == "#"]
        return f"#{min(sharp)}" if sharp else marked[0].mark


def title_groups(units: list[Unit], layout: Layout) -> list[TitleGroup]:
    """The title groups: title lines with only bylines, captions and furniture between them."""
    found: list[TitleGroup] = []
    at = 0
    while at < len(units):
        if units[at].kind is not UnitKind.TITLE:
            at += 1
            continue
        group = TitleGroup(start=at, end=at)
        while at < len(units) and units[at].kind is not UnitKind.TEXT:
            unit = units[at]
            if unit.kind is UnitKind.TITLE:
                if group.titles and _begins_new_group(group, units, at, layout):
                    break
                group.titles.append(unit)
                group.end = at + 1
            elif unit.kind is UnitKind.BYLINE:
                group.byline = True
            elif unit.role in CLOSING and unit.role is not Role.SECTION and not _is_source_line(units, at):
                break
            at += 1
        if at < len(units) and units[at].kind is UnitKind.TEXT:
            group.text = at
        found.append(group)
    return found


def _is_source_line(units: list[Unit], at: int) -> bool:
    """Whether the furniture at `at` tells where the article comes from: its own text follows."""
    if units[at].role not in SOURCE:
        return False
    later = (units[number] for number in range(at + 1, len(units)))
    below = next((unit for unit in later if unit.kind not in CREDITS and unit.role not in SOURCE), None)
    if below is None or below.kind is not UnitKind.TEXT:
        return False
    return not comes_from(below.text)


def _begins_new_group(group: TitleGroup, units: list[Unit], at: int, layout: Layout) -> bool:
    """Whether the title at `at` begins another group."""
    unit = units[at]
    between = units[group.end : at]
    if any(u.kind is UnitKind.BYLINE for u in between) and not any(
        u.kind is UnitKind.TITLE for u in units[at + 1 : at + 2]
    ):
        return not (layout.indents and unit.indented) and unit.gap > 0
    if unit.mark == "dash":
        return False
    return len(group.titles) >= 5 or (unit.gap > 2 and unit.gap > group.titles[0].gap)


def headline_level(found: Sequence[TitleGroup]) -> int:
    """The heading level of the page's headlines: the one most often followed by text."""
    level: Counter[int] = Counter()
    for group in found:
        if group.text >= 0 and group.titles[-1].mark == "#":
            level[min(u.level for u in group.titles[-2:] if u.mark == "#")] += 1
    if not level:
        return 0
    best = max(level.values())
    return min(n for n, count in level.items() if count * 2 >= best)


def ends_article(unit: Unit) -> bool:
    """Whether the unit ends an article: agency line, closing credit, furniture between articles."""
    if unit.kind in (UnitKind.AGENCY, UnitKind.BYLINE):
        return True
    if unit.kind is UnitKind.FURNITURE:
        return unit.role in CLOSING or unit.role is Role.JUMP
    return bool(bylines.closing_credit(unit.text)[1])


def stops_mid_sentence(unit: Unit) -> bool:
    """Whether the paragraph stops in mid-sentence."""
    return unit.kind is UnitKind.TEXT and not ends_sentence(unit.text) and unit.text[-1] not in "：:"


__all__ = ["TitleGroup", "ends_article", "headline_level", "stops_mid_sentence", "title_groups"]
