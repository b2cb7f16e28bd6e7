"""Evidence that a group of title lines opens an article, or is a subhead: a table of named rules.

    marks        how the group is marked, beside the open article's headline and the page's
    text after   a dateline, a byline, or words of a first sentence
    text before  a closing credit, a sentence cut in two
    layout       gaps, several title lines, the section name above, indents

The points were set by hand on composed pages and are the same for every family of pages. Knows
what surrounds one group; shared vocabulary needs the whole page: see headline_score.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from ..messages import Message
from ..text.lazy_pattern import lazy_pattern
from . import bylines
from .title_groups import TitleGroup
from .units import Unit

LEAD = lazy_pattern(
    r"今[天日晨晚年]|昨[天日晚]|[近日]日|日前|当地时间|\d+日|\d+月|记者|获悉|了解到|上午|下午|本周|本月|去年|截至|据|第\d+届"
)


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How a page sets its headlines.

    `level` is the heading level of headlines (0: none), `style` the mark of the first one;
    `marked` counts marked groups, `wide` those after a wider gap than `gap`, the usual number of
    blank lines between paragraphs. `sectioned`: headlines come right after a section's name;
    `indents`: paragraphs are indented.
    """

    level: int
    style: str
    marked: int
    gap: int
    wide: int
    sectioned: bool
    indents: bool


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """The article before: its words, its headline's mark, whether it is closed or cut short."""

    words: str
    style: str
    closed: bool
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What surrounds a group: the paragraph `text` after it; `sectioned`: a section name above."""

    group: TitleGroup
    text: Unit
    before: OpenArticle
    page: PageStyle
    sectioned: bool

    @property
    def first(self) -> Unit:
        """The group's first line."""
        return self.group.titles[0]

    @property
    def alike(self) -> bool:
        """Whether the group is marked as the open article's headline."""
        return bool(self.group.style) and self.group.style == self.before.style

    @property
    def bare(self) -> bool:
        """Whether the first line has no mark."""
        return not self.first.mark

    @property
    def single(self) -> bool:
        """Whether the group is one line."""
        return len(self.group.titles) == 1

    @property
    def after_gap(self) -> bool:
        """Whether the gap before it is wider than between paragraphs."""
        return self.first.gap > max(1, self.page.gap)


class Rule(NamedTuple):
    """An answer to one question about a group, and its points."""

    name: Message
    points: float
    holds: Callable[[Evidence], bool]


def _has_headline_level(seen: Evidence) -> bool:
    """Whether a line of the group has the headlines' heading level, or a higher one."""
    style, level = seen.group.style, seen.page.level
    return style.startswith("#") and (
        int(style[1:]) <= level or any(unit.level == level for unit in seen.group.titles)
    )


def _is_signed(seen: Evidence) -> bool:
    """Whether a byline or a dateline follows."""
    text = seen.text.text
    return bool(bylines.dateline(text[:80]) or bylines.leading_byline(text[:60]) or seen.group.byline)


def _is_long_clause(seen: Evidence) -> bool:
    """Whether it may be a piece of a paragraph: a long line with a comma, no gap before it."""
    words = seen.first.text
    return seen.bare and seen.single and "，" in words and len(words) > 22 and seen.first.gap <= seen.page.gap


def _lacks_wide_gap(seen: Evidence) -> bool:
    """Whether it lacks the wide gap that the page's headlines have."""
    return seen.page.wide >= 2 and seen.bare and not (seen.page.indents and not seen.first.indented)


RULES: tuple[tuple[Rule, ...], ...] = (
    (
        Rule(Message("标记与本篇标题相同", "marked as the open article's headline"), 4.5, lambda e: e.alike),
        Rule(Message("标题级别", "heading of the headline level"), 4.5, _has_headline_level),
        Rule(
            Message("低于标题级别", "heading of a lower level"), -1.5, lambda e: e.group.style.startswith("#")
        ),
        Rule(
            Message("标记与版面标题相同", "marked as the page's headlines"),
            3.0,
            lambda e: bool(e.group.style) and e.group.style == e.page.style,
        ),
        Rule(
            Message("标记与版面标题不同", "marked unlike the page's headlines"),
            -1.5,
            lambda e: bool(e.group.style and e.page.style),
        ),
        Rule(
            Message("有标记而版面标题没有", "marked, unlike the page's bare headlines"),
            1.0,
            lambda e: bool(e.group.style),
        ),
        Rule(
            Message("无标记而版面标题有", "bare, unlike the page's marked headlines"),
            -3.5,
            lambda e: bool(e.page.style) and e.page.marked >= 2,
        ),
    ),
    (
        Rule(Message("下接署名或电头", "a byline or dateline follows"), 3.0, _is_signed),
        Rule(
            Message("下文像首句", "the text after reads like a first sentence"),
            0.7,
            lambda e: LEAD.search(e.text.text[:24]) is not None,
        ),
    ),
    (Rule(Message("上文已收尾", "the article before is closed"), 3.0, lambda e: e.before.closed),),
    (
        Rule(
            Message("上文断在句中", "the text before stops in mid-sentence"),
            -2.0,
            lambda e: e.before.unfinished,
        ),
    ),
    (
        Rule(Message("前有大空", "a wider gap before it"), 3.0, lambda e: e.after_gap),
        Rule(Message("缺版面标题的大空", "no wide gap, unlike the page's headlines"), -3.5, _lacks_wide_gap),
    ),
    (Rule(Message("像断开的长句", "reads like a piece of a paragraph"), -3.0, _is_long_clause),),
    (
        Rule(Message("标题不止一行", "several title lines"), 1.0, lambda e: not e.single),
        Rule(
            Message("太短", "fewer than eight characters"), -3.0, lambda e: e.bare and len(e.first.text) < 8
        ),
    ),
    (
        Rule(
            Message("上接栏目名", "right after a section's name"),
            2.0,
            lambda e: e.page.sectioned and not e.alike and e.sectioned,
        ),
        Rule(
            Message("不在栏目名下", "not after a section's name, unlike the page's headlines"),
            -3.5,
            lambda e: e.page.sectioned and not e.alike,
        ),
    ),
    (
        Rule(
            Message("缩进如段落", "indented like a paragraph"),
            -4.0,
            lambda e: e.page.indents and e.first.indented and e.bare,
        ),
        Rule(Message("不缩进，与段落不同", "not indented, unlike paragraphs"), 2.0, lambda e: e.page.indents),
    ),
)
"""The questions; of each, the first answer that holds counts."""


__all__ = ["RULES", "Evidence", "OpenArticle", "PageStyle", "Rule"]
