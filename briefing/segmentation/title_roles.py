"""What each line of a title group is: section name, kicker, headline, deck, byline.

Knows the lines of one group, the page's layout and headline level; does not know whether the
group opens an article.
"""

from __future__ import annotations

from ..types import Role
from . import bylines
from .layout import Layout
from .title_groups import TitleGroup
from .units import COLUMN_NAME, Unit


def title_roles(group: TitleGroup, layout: Layout, level: int) -> dict[Role, list[Unit]]:
    """The group's lines by role: section, kicker, headline, deck, byline."""
    titles = list(group.titles)
    out: dict[Role, list[Unit]] = {}
    while len(titles) > 1 and COLUMN_NAME.fullmatch(titles[0].text):
        out.setdefault(Role.SECTION, []).append(titles.pop(0))
    if len(titles) > 1 and not titles[-1].mark and bylines.is_bare_names(titles[-1].text):
        out[Role.BYLINE] = [titles.pop()]
    decks = [u for u in titles[1:] if u.mark == "dash"]
    titles = [u for u in titles if u not in decks]
    main = _headline_range(titles, layout, level)
    if main[0]:
        out[Role.KICKER] = titles[: main[0]]
    out[Role.HEADLINE] = titles[main[0] : main[1]]
    rest = titles[main[1] :] + decks
    if rest:
        out[Role.DECK] = rest
    return out


def _headline_range(titles: list[Unit], layout: Layout, level: int) -> tuple[int, int]:
    """[start, end) of the headline among the title lines, between kicker and deck."""
    sharp = [i for i, u in enumerate(titles) if u.mark == "#"]
    marked = [i for i, u in enumerate(titles) if u.mark]
    if sharp:
        exact = [i for i in sharp if titles[i].level == level]
        at = exact[-1] if exact else min(sharp, key=lambda i: titles[i].level)
        return at, at + 1
    if marked and len(marked) < len(titles):
        return marked[0], marked[-1] + 1 if len(marked) == 1 else marked[0] + 1
    runs = _wrapped_titles(titles, layout)
    return runs[0] if len(runs) == 1 else runs[1]


def _wrapped_titles(titles: list[Unit], layout: Layout) -> list[tuple[int, int]]:
    """The lines as [start, end) titles: on a wrapped page a full line continues in the next."""
    runs = [(0, 1)]
    for at in range(1, len(titles)):
        before, unit = titles[at - 1], titles[at]
        full = (
            layout.wrap
            and before.lines[-1].width >= layout.wrap
            and unit.gap == 0
            and not unit.mark
            and not before.mark
        )
        runs[-1:] = [(runs[-1][0], at + 1)] if full else [runs[-1], (at, at + 1)]
    return runs


__all__ = ["title_roles"]
