"""Which groups of title lines open an article, and which are subheads inside one.

Evidence is added up (position, layout, marks, what comes before and after, shared vocabulary); the weights were set
by hand on composed pages and are the same for every family of pages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from operator import add

from ..types import Role
from . import bylines
from .layout import Layout
from .lines import ends_sentence
from .units import COLUMN_NAME, Unit, UnitKind

WINDOW = 500
"""Characters of text looked at on either side, for shared vocabulary."""
LEAD = re.compile(
    r"今[天日晨晚年]|昨[天日晚]|[近日]日|日前|当地时间|\d+日|\d+月|记者|获悉|了解到|上午|下午|本周|本月|去年|截至|据|第\d+届"
)
NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
CLOSING = frozenset({Role.MASTHEAD, Role.FOLIO, Role.SECTION, Role.NOTICE, Role.EDITORS})


@dataclass(slots=True)
class TitleGroup:
    """Title units [start, end) of the page's units and the units between them; `text` is where the words go on."""

    start: int
    end: int
    titles: list[Unit] = field(default_factory=list)
    byline: bool = False
    text: int = -1

    @property
    def style(self) -> str:
        """How the group's most marked line is marked."""
        marked = [u for u in self.titles if u.mark and u.mark != "dash"]
        if not marked:
            return ""
        sharp = [u.level for u in marked if u.mark == "#"]
        return f"#{min(sharp)}" if sharp else marked[0].mark


def title_groups(units: list[Unit], layout: Layout) -> list[TitleGroup]:
    """The title groups of a page: title lines with nothing but bylines, captions and furniture between."""
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
            elif unit.kind is UnitKind.FURNITURE and unit.role in CLOSING and unit.role is not Role.SECTION:
                break
            at += 1
        if at < len(units) and units[at].kind is UnitKind.TEXT:
            group.text = at
        found.append(group)
    return found


def _begins_new_group(group: TitleGroup, units: list[Unit], at: int, layout: Layout) -> bool:
    """Whether the title at `at` no longer belongs to the group before it."""
    unit = units[at]
    between = units[group.end : at]
    if any(u.kind is UnitKind.BYLINE for u in between) and not any(
        u.kind is UnitKind.TITLE for u in units[at + 1 : at + 2]
    ):
        return not (layout.indents and unit.indented) and unit.gap > 0
    if unit.mark == "dash":
        return False
    return len(group.titles) >= 5 or (unit.gap > 2 and unit.gap > group.titles[0].gap)


def headline_level(found: list[TitleGroup]) -> int:
    """The heading level that the page gives its headlines: the one that text follows most often."""
    level: Counter[int] = Counter()
    for group in found:
        if group.text >= 0 and group.titles[-1].mark == "#":
            level[min(u.level for u in group.titles[-2:] if u.mark == "#")] += 1
    if not level:
        return 0
    best = max(level.values())
    return min(n for n, count in level.items() if count * 2 >= best)


def _bigrams(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters."""
    words = NOT_HAN.sub(" ", text)
    return {pair for pair in set(map(add, words, words[1:])) if " " not in pair}


class HeadlineScorer:
    """Decides for one page; remembers its layout, its headline style and its vocabulary."""

    def __init__(self, units: list[Unit], layout: Layout, found: list[TitleGroup]) -> None:
        """Takes the page's units, layout and title groups."""
        self.units = units
        self.layout = layout
        self.level = headline_level(found)
        with_text = [g for g in found if g.text >= 0]
        styles = Counter(g.style for g in with_text)
        first = with_text[0].style if with_text else ""
        self.style = first if first or styles.get("", 0) >= len(with_text) else ""
        self.marked = sum(n for style, n in styles.items() if style)
        pairs = pairwise(units)
        gaps = Counter(b.gap for a, b in pairs if a.kind is UnitKind.TEXT and b.kind is UnitKind.TEXT)
        self.gap = gaps.most_common(1)[0][0] if gaps else 1
        self.wide = sum(g.titles[0].gap > max(1, self.gap) for g in with_text[1:])
        under_section_names = [g for g in with_text if self._follows_section_name(g)]
        self.sectioned = len(under_section_names) >= max(2, 0.4 * len(with_text))
        self.with_text = with_text

    @cached_property
    def common(self) -> Counter[str]:
        """In how many of the page's articles and sections each pair of characters stands."""
        return Counter(chain.from_iterable(_bigrams(self._text_after(group)) for group in self.with_text))

    def _follows_section_name(self, group: TitleGroup) -> bool:
        """Whether a column's name stands right before the group."""
        before = self.units[group.start - 1] if group.start else None
        return before is not None and before.role is Role.SECTION

    def _text_after(self, group: TitleGroup) -> str:
        out, size, at = [], 0, group.text
        while (
            at < len(self.units)
            and size < WINDOW
            and self.units[at].kind in (UnitKind.TEXT, UnitKind.FURNITURE)
        ):
            if self.units[at].kind is UnitKind.TEXT:
                out.append(self.units[at].text[:WINDOW])
                size += len(out[-1])
            at += 1
        return "".join(out)[:WINDOW]

    def cohesion(self, before: str, group: TitleGroup) -> float:
        """Share of the rarer character pairs after the group that the article before it has too, 0 to 1."""
        limit = max(2, len(self.with_text) // 3)
        after = {b for b in _bigrams(self._text_after(group)) if self.common[b] <= limit}
        have = _bigrams(before)
        return len(after & have) / max(12, min(len(after), len(have))) if after else 0.0

    def score(self, group: TitleGroup, before: str, sibling: str, closed: bool, unfinished: bool) -> float:
        """How far the evidence speaks for a new article (above 0) or for a subhead (below).

        `before` is the text of the open article, `sibling` how its own headline is marked.
        """
        first, text = group.titles[0], self.units[group.text]
        alike = bool(group.style) and group.style == sibling
        total = 4.5 if alike else self._style_score(group)
        if bylines.dateline(text.text[:80]) or bylines.leading_byline(text.text[:60]) or group.byline:
            total += 3
        elif LEAD.search(text.text[:24]):
            total += 0.7
        total += 3 * closed - 2 * unfinished
        if first.gap > max(1, self.gap):
            total += 3
        elif self.wide >= 2 and not first.mark and not (self.layout.indents and not first.indented):
            total -= 3.5
        if (
            not first.mark
            and len(group.titles) == 1
            and "，" in first.text
            and len(first.text) > 22
            and first.gap <= self.gap
        ):
            total -= 3
        if len(group.titles) > 1:
            total += 1
        elif not first.mark and len(first.text) < 8:
            total -= 3
        if self.sectioned and not alike:
            total += 2 if self._follows_section_name(group) else -3.5
        if self.layout.indents:
            total += -4 if first.indented and not first.mark else 2
        if -1.5 <= total <= 2.7:  # beyond that, shared vocabulary could not turn the decision
            total += max(-2.2, 2.0 - 34 * self.cohesion(before, group))
        return total

    def _style_score(self, group: TitleGroup) -> float:
        style = group.style
        if style.startswith("#"):
            level = int(style[1:])
            return 4.5 if level <= self.level or any(u.level == self.level for u in group.titles) else -1.5
        if style and style == self.style:
            return 3.0
        if style:
            return -1.5 if self.style else 1.0
        if self.style and self.marked >= 2:
            return -3.5
        return 0.0


def ends_article(unit: Unit) -> bool:
    """Whether an article ends with this unit: an agency line, a closing credit, furniture between articles."""
    if unit.kind in (UnitKind.AGENCY, UnitKind.BYLINE):
        return True
    if unit.kind is UnitKind.FURNITURE:
        return unit.role in CLOSING or unit.role is Role.JUMP
    return bool(bylines.closing_credit(unit.text)[1])


def stops_mid_sentence(unit: Unit) -> bool:
    """Whether the paragraph stops in mid-sentence."""
    return unit.kind is UnitKind.TEXT and not ends_sentence(unit.text) and unit.text[-1] not in "：:"


def title_roles(group: TitleGroup, layout: Layout, level: int) -> dict[Role, list[Unit]]:
    """The group's lines by what they are: section, kicker, headline, deck, byline."""
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
    """[start, end) of the headline among the title lines: before it stands the kicker, after it the deck."""
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
    """The lines as [start, end) titles: in a wrapped page a full line goes on in the next one."""
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


__all__ = [
    "HeadlineScorer",
    "TitleGroup",
    "ends_article",
    "headline_level",
    "stops_mid_sentence",
    "title_groups",
    "title_roles",
]
