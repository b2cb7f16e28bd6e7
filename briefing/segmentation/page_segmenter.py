"""The walk over a page's units: title groups open articles; the rest is added or set aside.

Knows what the page holds besides its articles; does not know how an article's paragraphs and
credits are assembled.
"""

from __future__ import annotations

from ..messages import Message
from ..text.list_numbers import counts_on
from ..types import Article, HeadlineDecision, Page, Reason, Role, Span
from . import bylines
from .article_builder import ArticleBuilder
from .folios import Folios
from .furniture import JUMP, JUMP_FROM, comes_from
from .headline_numbers import drop_list_numbers
from .headline_rules import OpenArticle
from .headline_score import OPENS_ABOVE, HeadlineScorer
from .lines import TextLine
from .title_groups import TitleGroup, ends_article, stops_mid_sentence, title_groups
from .title_roles import title_roles
from .unit_builder import units
from .units import COLUMN_NAME, Unit, UnitKind

NONE_BEFORE = Reason(name=Message("前面没有文章", "no article is open before it"), points=0)
EMPTY_BEFORE = Reason(name=Message("前一标题没有正文", "the headline before has no text"), points=0)
ONE_ARTICLE = Reason(name=Message("整页当作一篇", "the page is taken for one article"), points=0)
COUNTS_ON = Reason(name=Message("接上一小标题的序号", "counts on from the subhead before"), points=0)
WITHOUT_TEXT = Reason(name=Message("后面没有正文", "no text follows"), points=0)
"""Decisions that need no scoring."""
KEPT = {Role.CAPTION, Role.CREDIT, Role.JUMP}
"""Furniture that belongs to the article in which it stands."""


class PageSegmenter:
    """Cuts one page; used once."""

    def __init__(self, page: Page, *, single: bool = False) -> None:
        """`single`: the page is one article, titled by its first group; others are subheads."""
        self.page = page
        self.single = single
        self.units, self.layout = units(page)
        self.groups = title_groups(self.units, self.layout)
        self.scorer = HeadlineScorer(self.units, self.layout, self.groups)
        self.builders: list[ArticleBuilder] = []
        self.counted, self.with_text = 0, 0
        self.aside: list[Span] = []
        self.section: tuple[str, list[TextLine]] | None = None
        self.mastheads: list[str] = []
        self.folios = Folios()
        self.headlines: list[HeadlineDecision] = []

    def run(self) -> list[Article]:
        """The articles of the page; fills `aside`, `mastheads` and `headlines`."""
        starts = {group.start: group for group in self.groups}
        at = 0
        while at < len(self.units):
            group = starts.get(at)
            if group:
                self.group(group)
                at = group.end
            else:
                self.unit(self.units[at])
                at += 1
        return self.articles()

    @property
    def open_article(self) -> ArticleBuilder | None:
        """The open article."""
        return self.builders[-1] if self.builders else None

    def articles_above(self) -> int:
        """The articles with text so far; those before the open one are counted once."""
        while self.counted < len(self.builders) - 1:
            self.with_text += bool(self.builders[self.counted].paragraphs)
            self.counted += 1
        return self.with_text + (self.open_article is not None and bool(self.open_article.paragraphs))

    def set_aside(self, unit: Unit, role: Role) -> None:
        """Sets aside a unit that belongs to no article."""
        self.aside += [Span(start=a, end=b, role=role) for line in unit.lines for a, b in line.pieces]

    def group(self, group: TitleGroup) -> None:
        """Makes a title group a new article's titles, or subheads, or titles without text."""
        subheads = False
        if group.text < 0 or any(u.kind is UnitKind.TITLE for u in self.units[group.end : group.text]):
            self.decide(group, False, WITHOUT_TEXT)
            self.without_text(group)
        elif self.opens(group):
            self.open(group)
        else:
            subheads = True
        for unit in self.units[group.start : group.end]:
            if unit.kind is not UnitKind.TITLE:
                self.unit(unit)
            elif subheads:
                self.builders[-1].add_subhead(unit)

    def opens(self, group: TitleGroup) -> bool:
        """Whether the evidence speaks for a new article."""
        builder = self.open_article
        if builder is None or not (builder.paragraphs or builder.titles):
            return self.decide(group, True, NONE_BEFORE)
        if self.single:
            return self.decide(group, False, ONE_ARTICLE)
        if not builder.paragraphs:
            return self.decide(group, True, EMPTY_BEFORE)
        if builder.subhead and counts_on(group.titles[0].text, builder.subhead):
            return self.decide(group, False, COUNTS_ON)
        texts = [u for u in self.units[max(0, group.start - 4) : group.start] if u.kind is UnitKind.TEXT]
        before = OpenArticle(
            words=builder.sample_text(),
            style=builder.style,
            closed=builder.closed or ends_article(self.units[group.start - 1]),
            unfinished=bool(texts) and stops_mid_sentence(texts[-1]),
        )
        reasons = self.scorer.reasons(group, before)
        return self.decide(group, sum(reason.points for reason in reasons) > OPENS_ABOVE, *reasons)

    def decide(self, group: TitleGroup, opens: bool, *reasons: Reason) -> bool:
        """Records and returns the decision on a group."""
        titles = tuple(unit.text for unit in group.titles)
        self.headlines.append(HeadlineDecision(titles=titles, opens=opens, reasons=reasons))
        return opens

    def open(self, group: TitleGroup) -> None:
        """Begins an article with the group's lines."""
        builder = ArticleBuilder(
            self.page.text, titles=title_roles(group, self.layout, self.scorer.style.level), style=group.style
        )
        for role, us in builder.titles.items():
            for unit in us:
                builder.mark(unit.lines, role)
        if Role.BYLINE in builder.titles:
            builder.bylines += [u.text for u in builder.titles.pop(Role.BYLINE)]
        if Role.SECTION in builder.titles:
            builder.section = builder.titles.pop(Role.SECTION)[-1].text
        self.take_section(builder)
        before = self.open_article
        if before and before.jumps and not (before.paragraphs or before.titles):
            builder.jumps, builder.spans = before.jumps, builder.spans + before.spans
            self.builders.pop()
        self.builders.append(builder)

    def take_section(self, builder: ArticleBuilder) -> None:
        """Makes the section name before the article its section."""
        if self.section:
            name, lines = self.section
            builder.section = builder.section or name
            builder.mark(lines, Role.SECTION)
            self.section = None

    def without_text(self, group: TitleGroup) -> None:
        """Titles without text after them: a stray headline, or the last words of an article."""
        builder = self.open_article
        for unit in group.titles:
            if COLUMN_NAME.fullmatch(unit.text):
                self.hold_section(unit)
            elif (
                builder
                and builder.paragraphs
                and not unit.mark
                and not builder.closed
                and unit.gap <= self.scorer.style.gap
            ):
                if bylines.is_bare_names(unit.text):
                    builder.add_byline(unit.text)
                    builder.mark(unit.lines, Role.BYLINE)
                else:
                    builder.add_subhead(unit)
            elif self.single and builder is None:
                self.open(TitleGroup(start=group.start, end=group.end, titles=[unit]))
                builder = self.open_article
            else:
                self.set_aside(unit, Role.HEADLINE)

    def hold_section(self, unit: Unit) -> None:
        """Keeps a section's name for the next article; the one kept before is set aside."""
        if self.section:
            self.aside += [
                Span(start=a, end=b, role=Role.SECTION) for line in self.section[1] for a, b in line.pieces
            ]
        self.section = (unit.text, unit.lines)

    def unit(self, unit: Unit) -> None:
        """Any unit but a title."""
        if unit.kind is UnitKind.TEXT:
            if self.open_article is None or self.comes_from_elsewhere(unit):
                self.builders.append(ArticleBuilder(self.page.text))
                self.take_section(self.builders[-1])
            self.builders[-1].add_paragraph(unit)
        elif unit.kind is UnitKind.FURNITURE:
            self.furniture(unit)
        elif self.open_article is None:
            self.set_aside(unit, Role.BYLINE if unit.kind is UnitKind.BYLINE else Role.AGENCY)
        elif unit.kind is UnitKind.BYLINE:
            self.builders[-1].add_byline(unit.text)
            self.builders[-1].mark(unit.lines, Role.BYLINE)
            self.builders[-1].closed = bool(self.builders[-1].paragraphs)
        else:
            self.builders[-1].add_agency(unit)

    def comes_from_elsewhere(self, unit: Unit) -> bool:
        """Whether a paragraph begins with （上接第一版） below the text of another article."""
        builder = self.open_article
        below = builder is not None and bool(builder.paragraphs) and not self.single
        return below and comes_from(unit.text)

    def furniture(self, unit: Unit) -> None:
        """Captions, credits and jump lines stay with their article; the rest is set aside."""
        role = unit.role or Role.NOTICE
        if role is Role.SECTION:
            self.hold_section(unit)
            return
        if role in (Role.MASTHEAD, Role.FOLIO):
            self.mastheads.append(unit.text)
            self.folios.add(unit.text, self.articles_above(), follows=unit.gap == 0)
        builder = self.open_article
        if (
            role is Role.JUMP
            and JUMP_FROM.search(unit.text)
            and (builder is None or builder.paragraphs)
            and JUMP.fullmatch(unit.text)
        ):
            builder = ArticleBuilder(self.page.text)
            self.builders.append(builder)
        if role not in KEPT or builder is None or (role is Role.JUMP and not JUMP.fullmatch(unit.text)):
            self.set_aside(unit, role)
            return
        (builder.jumps if role is Role.JUMP else builder.captions).append(unit.text.strip("（）()"))
        builder.mark(unit.lines, role)

    def articles(self) -> list[Article]:
        """The finished articles; those without text are set aside."""
        out: list[Article] = []
        drop_list_numbers(self.page.text, [builder for builder in self.builders if builder.paragraphs])
        for builder in self.builders:
            if not builder.paragraphs:
                self.aside += builder.spans
                continue
            number, section = self.folios.of(len(out))
            builder.section = builder.section or section
            number = self.page.page_number or number
            out.append(builder.build(source=self.page.source, page_number=number, order=len(out)))
        if self.section:
            self.aside += [
                Span(start=a, end=b, role=Role.SECTION) for line in self.section[1] for a, b in line.pieces
            ]
        return out


__all__ = ["PageSegmenter"]
