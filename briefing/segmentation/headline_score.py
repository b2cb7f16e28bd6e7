"""Scores a group of title lines as the start of a new article: named rules and shared vocabulary.

The rules are in headline_rules.py. Where they leave the decision open, rare character bigrams
shared with the open article speak for a subhead (lexical cohesion, Hearst 1997). `briefing
segment --explain` prints the rules that fired. Knows the units of one page; does not know which
line of a group is kicker, headline or deck.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, pairwise

from ..messages import Message
from ..text.chars import bigrams, han_runs
from ..types import Reason, Role
from .headline_rules import RULES, Evidence, OpenArticle, PageStyle
from .layout import Layout
from .title_groups import TitleGroup, headline_level
from .units import Unit, UnitKind

OPENS_ABOVE = 0.5
"""Points above which a group opens an article."""
WINDOW = 500
"""Characters of text compared on either side, for shared vocabulary."""
UNDECIDED = (-1.5, 2.7)
"""Points within which shared vocabulary can turn the decision."""
COHESION_SLOPE, COHESION_BASE, COHESION_FLOOR = -34.0, 2.0, -2.2
"""Points for a cohesion c: slope · c + base, at least the floor."""
COHESION = Message("与上文共用的词语", "vocabulary shared with the article before")


class HeadlineScorer:
    """Judges the title groups of one page by its layout, its headline style and its vocabulary."""

    def __init__(self, units: Sequence[Unit], layout: Layout, groups: Sequence[TitleGroup]) -> None:
        """Takes the page's units, layout and title groups."""
        self.units = units
        self.with_text = [group for group in groups if group.text >= 0]
        self.style = self._page_style(layout, groups)

    def _page_style(self, layout: Layout, groups: Sequence[TitleGroup]) -> PageStyle:
        with_text = self.with_text
        styles = Counter(group.style for group in with_text)
        first = with_text[0].style if with_text else ""
        gaps = Counter(
            b.gap for a, b in pairwise(self.units) if a.kind is UnitKind.TEXT and b.kind is UnitKind.TEXT
        )
        gap = gaps.most_common(1)[0][0] if gaps else 1
        under_section_names = sum(map(self._follows_section_name, with_text))
        return PageStyle(
            level=headline_level(groups),
            style=first if first or styles.get("", 0) >= len(with_text) else "",
            marked=sum(n for style, n in styles.items() if style),
            gap=gap,
            wide=sum(group.titles[0].gap > max(1, gap) for group in with_text[1:]),
            sectioned=under_section_names >= max(2, 0.4 * len(with_text)),
            indents=layout.indents,
        )

    def reasons(self, group: TitleGroup, before: OpenArticle) -> tuple[Reason, ...]:
        """The rules that fired for a group with text, in the order of RULES.

        A sum of points above OPENS_ABOVE means a new article, else a subhead.
        """
        seen = Evidence(group, self.units[group.text], before, self.style, self._follows_section_name(group))
        fired = [
            rule
            for question in RULES
            if (rule := next((rule for rule in question if rule.holds(seen)), None))
        ]
        reasons = tuple(Reason(name=rule.name, points=rule.points) for rule in fired)
        if UNDECIDED[0] <= sum(rule.points for rule in fired) <= UNDECIDED[1]:
            shared = self.cohesion(before.words, group)
            points = max(COHESION_FLOOR, COHESION_BASE + COHESION_SLOPE * shared)
            reasons += (Reason(name=COHESION, points=points, found=f"{shared:.3f}"),)
        return reasons

    @cached_property
    def common(self) -> Counter[str]:
        """Document frequency of each bigram over the texts after the page's title groups."""
        return Counter(chain.from_iterable(_bigrams(self._text_after(group)) for group in self.with_text))

    def cohesion(self, before: str, group: TitleGroup) -> float:
        """Share of the rarer bigrams after the group that occur in the text before it, 0 to 1."""
        limit = max(2, len(self.with_text) // 3)
        after = {pair for pair in _bigrams(self._text_after(group)) if self.common[pair] <= limit}
        have = _bigrams(before)
        return len(after & have) / max(12, min(len(after), len(have))) if after else 0.0

    def _follows_section_name(self, group: TitleGroup) -> bool:
        """Whether a section's name comes right before the group."""
        before = self.units[group.start - 1] if group.start else None
        return before is not None and before.role is Role.SECTION

    def _text_after(self, group: TitleGroup) -> str:
        """The first WINDOW characters of running text after the group."""
        parts: list[str] = []
        size = 0
        for at in range(group.text, len(self.units)):
            unit = self.units[at]
            if size >= WINDOW or unit.kind not in (UnitKind.TEXT, UnitKind.FURNITURE):
                break
            if unit.kind is UnitKind.TEXT:
                parts.append(unit.text[:WINDOW])
                size += len(parts[-1])
        return "".join(parts)[:WINDOW]


def _bigrams(text: str) -> set[str]:
    """The bigrams of Chinese characters."""
    return {pair for run in han_runs(text) for pair in bigrams(run)}


__all__ = ["OPENS_ABOVE", "HeadlineScorer"]
