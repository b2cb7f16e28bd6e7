"""A page becomes articles: the walk over its units, in which title groups open articles and all else goes to one.

Every character that is not white space ends up in exactly one span, of an article or of what is set aside. Knows what
the page holds beside its articles; does not know how an article's paragraphs and credits are put together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ..text.masthead import date_of, page_number_of, paper_of
from ..types import Article, DateOrigin, Page, Role, Segmentation, Span
from . import bylines
from .article_builder import ArticleBuilder
from .furniture import JUMP, JUMP_FROM
from .labelled import LabelledAssembler, is_labelled
from .lines import TextLine, subtract_ranges
from .record import record_article
from .titles import HeadlineScorer, TitleGroup, ends_article, stops_mid_sentence, title_groups, title_roles
from .unit_builder import units
from .units import COLUMN_NAME, Unit, UnitKind

KEPT = {Role.CAPTION, Role.CREDIT, Role.JUMP}
"""Furniture that belongs to the article in which it stands."""


class PageSegmenter:
    """Cuts one page; used once."""

    def __init__(self, page: Page, *, single: bool = False) -> None:
        """`single` takes the page for one article: the first title group is its headline, all others are subheads."""
        self.page = page
        self.single = single
        self.units, self.layout = units(page)
        self.groups = title_groups(self.units, self.layout)
        self.scorer = HeadlineScorer(self.units, self.layout, self.groups)
        self.builders: list[ArticleBuilder] = []
        self.aside: list[Span] = []
        self.section: tuple[str, list[TextLine]] | None = None
        self.mastheads: list[str] = []

    def run(self) -> Segmentation:
        """The segmentation of the page."""
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
        return _segmentation(self.page, self.articles(), self.aside, self.mastheads)

    @property
    def open_article(self) -> ArticleBuilder | None:
        """The article that is open."""
        return self.builders[-1] if self.builders else None

    def set_aside(self, unit: Unit, role: Role) -> None:
        """Puts the unit on the list of what no article holds."""
        self.aside += [Span(start=a, end=b, role=role) for line in unit.lines for a, b in line.pieces]

    def group(self, group: TitleGroup) -> None:
        """A title group opens an article, or is a subhead, or stands without text."""
        builder = self.open_article
        if group.text < 0 or any(u.kind is UnitKind.TITLE for u in self.units[group.end : group.text]):
            self.without_text(group)
        elif builder is None or (not builder.paragraphs and not builder.titles) or self.opens(group, builder):
            self.open(group)
        else:
            for unit in self.units[group.start : group.end]:
                if unit.kind is UnitKind.TITLE:
                    builder.add_subhead(unit)
                else:
                    self.unit(unit)
            return
        for unit in self.units[group.start : group.end]:
            if unit.kind is not UnitKind.TITLE:
                self.unit(unit)

    def opens(self, group: TitleGroup, builder: ArticleBuilder) -> bool:
        """Whether the evidence speaks for a new article."""
        if self.single:
            return False
        if not builder.paragraphs:
            return True
        before = self.units[group.start - 1]
        texts = [u for u in self.units[max(0, group.start - 4) : group.start] if u.kind is UnitKind.TEXT]
        broken = bool(texts) and stops_mid_sentence(texts[-1])
        return (
            self.scorer.score(
                group, builder.sample_text(), builder.style, builder.closed or ends_article(before), broken
            )
            > 0.5
        )

    def open(self, group: TitleGroup) -> None:
        """Begins an article with the group's lines."""
        builder = ArticleBuilder(
            self.page.text, titles=title_roles(group, self.layout, self.scorer.level), style=group.style
        )
        for role, us in builder.titles.items():
            for unit in us:
                builder.mark(unit.lines, role)
        if Role.BYLINE in builder.titles:
            builder.bylines += [u.text for u in builder.titles.pop(Role.BYLINE)]
        if Role.SECTION in builder.titles:
            builder.section = builder.titles.pop(Role.SECTION)[-1].text
        self.take_section(builder)
        self.builders.append(builder)

    def take_section(self, builder: ArticleBuilder) -> None:
        """The column's name that stood before the article is its section."""
        if self.section:
            name, lines = self.section
            builder.section = builder.section or name
            builder.mark(lines, Role.SECTION)
            self.section = None

    def without_text(self, group: TitleGroup) -> None:
        """Titles that no text follows: a headline in print without article, or the last short words of one."""
        builder = self.open_article
        for unit in group.titles:
            if COLUMN_NAME.fullmatch(unit.text):
                self.hold_section(unit)
            elif (
                builder
                and builder.paragraphs
                and not unit.mark
                and not builder.closed
                and unit.gap <= self.scorer.gap
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
        """Keeps a column's name for the article that follows; one that none followed is set aside."""
        if self.section:
            self.aside += [
                Span(start=a, end=b, role=Role.SECTION) for line in self.section[1] for a, b in line.pieces
            ]
        self.section = (unit.text, unit.lines)

    def unit(self, unit: Unit) -> None:
        """Any unit but a title."""
        if unit.kind is UnitKind.TEXT:
            if self.open_article is None:
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

    def furniture(self, unit: Unit) -> None:
        """Captions, credits and jump lines stay with their article; the rest is set aside."""
        role = unit.role or Role.NOTICE
        if role is Role.SECTION:
            self.hold_section(unit)
            return
        if role in (Role.MASTHEAD, Role.FOLIO):
            self.mastheads.append(unit.text)
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
        """The finished articles; a title that got no text is set aside."""
        out: list[Article] = []
        page_number = self.page.page_number or next(
            (n for n in map(page_number_of, self.mastheads) if n), None
        )
        for builder in self.builders:
            if not builder.paragraphs:
                self.aside += builder.spans
                continue
            out.append(builder.build(source=self.page.source, page_number=page_number, order=len(out)))
        if self.section:
            self.aside += [
                Span(start=a, end=b, role=Role.SECTION) for line in self.section[1] for a, b in line.pieces
            ]
        return out


def _segmentation(
    page: Page, articles: list[Article], aside: list[Span], mastheads: list[str]
) -> Segmentation:
    """The articles with ids of their own, all characters that none of them holds, and what is known of the page."""
    seen: Counter[str] = Counter()
    numbered: list[Article] = []
    for article in articles:
        seen[article.id] += 1
        again = seen[article.id]
        name = article.id if again == 1 else f"{article.id}-{again}"
        numbered.append(replace(article, id=name, link=page.link))
    spans = [*aside, *(span for article in numbered for span in article.spans)]
    covered = sorted((span.start, span.end) for span in spans)
    rest = [
        Span(start=a + word.start(), end=a + word.end(), role=Role.MARKUP)
        for a, b in subtract_ranges(0, len(page.text), covered)
        for word in re.finditer(r"\S(?:[^\n]*\S)?", page.text[a:b])
    ]
    day = page.date or next((d for d in map(date_of, mastheads) if d), None)
    return Segmentation(
        source=page.source,
        articles=tuple(numbered),
        aside=tuple(
            (span, page.text[span.start : span.end])
            for span in sorted([*aside, *rest], key=lambda s: s.start)
        ),
        date=day,
        dated=page.dated if page.date else DateOrigin.MASTHEAD if day else None,
        paper=page.paper or next((p for p in map(paper_of, mastheads) if p), None),
        page_number=page.page_number or next((n for n in map(page_number_of, mastheads) if n), None),
        section=page.section or next((m for m in map(_section_of, mastheads) if m), None),
    )


def _section_of(text: str) -> str | None:
    """The section that a masthead or folio names after the page number (第02版 要闻)."""
    words = [word for word in re.split(r"[\s：:·•、/|｜]+", text) if COLUMN_NAME.fullmatch(word)]
    return "·".join(words) or None


def segment(page: Page, *, single: bool = False) -> Segmentation:
    """Cuts a page into articles; total: any page gives a segmentation.

    `single` takes the whole page for one article, whose later titles are subheads; where the source itself says what its
    blocks are, its word goes. Paragraph repair and the line
    roles follow the newspaper's own conventions (GB/T 788 has none for them); see docs/decisions.
    """
    if page.record is not None:
        return _segmentation(page, [record_article(page, page.record)], [], [])
    if is_labelled(page):
        return _segmentation(page, *LabelledAssembler(page).run())
    return PageSegmenter(page, single=single).run()


__all__ = ["PageSegmenter", "segment"]
