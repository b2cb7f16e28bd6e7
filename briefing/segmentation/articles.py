"""A page becomes articles: the walk over its units, in which title groups open articles and all else goes to one.

Every character that is not white space ends up in exactly one span, of an article or of what is set aside. Knows what
the page holds beside its articles; does not know how an article's paragraphs and credits are put together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ..errors import Text
from ..text.masthead import date_of, edition_of, paper_of
from ..types import Article, Page, Role, Segmentation, Span
from . import credits
from .cutter import units
from .drafts import Draft
from .furniture import JUMP, JUMP_FROM
from .lines import Line, without
from .stated import Stated, stated
from .titles import Group, Judge, closes, groups, parts, unfinished
from .units import COLUMN_NAME, Kind, Unit

MASTHEAD = Text("报头", "the masthead")
KEPT = {Role.CAPTION, Role.CREDIT, Role.JUMP}
"""Furniture that belongs to the article in which it stands."""


class Segmenter:
    """Cuts one page; used once."""

    def __init__(self, page: Page, *, single: bool = False) -> None:
        """`single` takes the page for one article: the first title group is its headline, all others are subheads."""
        self.page = page
        self.single = single
        self.units, self.form = units(page)
        self.groups = groups(self.units, self.form)
        self.judge = Judge(self.units, self.form, self.groups)
        self.drafts: list[Draft] = []
        self.aside: list[Span] = []
        self.section: tuple[str, list[Line]] | None = None
        self.mast: list[str] = []

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
        return _whole(self.page, self.articles(), self.aside, self.mast)

    @property
    def draft(self) -> Draft | None:
        """The article that is open."""
        return self.drafts[-1] if self.drafts else None

    def set_aside(self, unit: Unit, role: Role) -> None:
        """Puts the unit on the list of what no article holds."""
        self.aside += [Span(start=a, end=b, role=role) for line in unit.lines for a, b in line.pieces]

    def group(self, group: Group) -> None:
        """A title group opens an article, or is a subhead, or stands without text."""
        draft = self.draft
        if group.text < 0 or any(u.kind is Kind.TITLE for u in self.units[group.end : group.text]):
            self.without_text(group)
        elif draft is None or (not draft.paragraphs and not draft.titles) or self.opens(group, draft):
            self.open(group)
        else:
            for unit in self.units[group.start : group.end]:
                if unit.kind is Kind.TITLE:
                    draft.subhead(unit)
                else:
                    self.unit(unit)
            return
        for unit in self.units[group.start : group.end]:
            if unit.kind is not Kind.TITLE:
                self.unit(unit)

    def opens(self, group: Group, draft: Draft) -> bool:
        """Whether the evidence speaks for a new article."""
        if self.single:
            return False
        if not draft.paragraphs:
            return True
        before = self.units[group.start - 1]
        texts = [u for u in self.units[max(0, group.start - 4) : group.start] if u.kind is Kind.TEXT]
        broken = bool(texts) and unfinished(texts[-1])
        return (
            self.judge.score(group, draft.words(), draft.style, draft.closed or closes(before), broken) > 0.5
        )

    def open(self, group: Group) -> None:
        """Begins an article with the group's lines."""
        draft = Draft(self.page.text, titles=parts(group, self.form, self.judge.level), style=group.style)
        for role, us in draft.titles.items():
            for unit in us:
                draft.mark(unit.lines, role)
        if Role.BYLINE in draft.titles:
            draft.bylines += [u.text for u in draft.titles.pop(Role.BYLINE)]
        if Role.SECTION in draft.titles:
            draft.section = draft.titles.pop(Role.SECTION)[-1].text
        self.take_section(draft)
        self.drafts.append(draft)

    def take_section(self, draft: Draft) -> None:
        """The column's name that stood before the article is its section."""
        if self.section:
            name, lines = self.section
            draft.section = draft.section or name
            draft.mark(lines, Role.SECTION)
            self.section = None

    def without_text(self, group: Group) -> None:
        """Titles that no text follows: a headline in print without article, or the last short words of one."""
        draft = self.draft
        for unit in group.titles:
            if COLUMN_NAME.fullmatch(unit.text):
                self.hold_section(unit)
            elif (
                draft
                and draft.paragraphs
                and not unit.mark
                and not draft.closed
                and unit.gap <= self.judge.gap
            ):
                if credits.is_bare_names(unit.text):
                    draft.signed(unit.text)
                    draft.mark(unit.lines, Role.BYLINE)
                else:
                    draft.subhead(unit)
            elif self.single and draft is None:
                self.open(Group(start=group.start, end=group.end, titles=[unit]))
                draft = self.draft
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
        if unit.kind is Kind.TEXT:
            if self.draft is None:
                self.drafts.append(Draft(self.page.text))
                self.take_section(self.drafts[-1])
            self.drafts[-1].add(unit)
        elif unit.kind is Kind.FURNITURE:
            self.furniture(unit)
        elif self.draft is None:
            self.set_aside(unit, Role.BYLINE if unit.kind is Kind.BYLINE else Role.AGENCY)
        elif unit.kind is Kind.BYLINE:
            self.drafts[-1].signed(unit.text)
            self.drafts[-1].mark(unit.lines, Role.BYLINE)
            self.drafts[-1].closed = bool(self.drafts[-1].paragraphs)
        else:
            self.drafts[-1].sourced(unit)

    def furniture(self, unit: Unit) -> None:
        """Captions, credits and jump lines stay with their article; the rest is set aside."""
        role = unit.role or Role.NOTICE
        if role is Role.SECTION:
            self.hold_section(unit)
            return
        if role in (Role.MASTHEAD, Role.FOLIO):
            self.mast.append(unit.text)
        draft = self.draft
        if (
            role is Role.JUMP
            and JUMP_FROM.search(unit.text)
            and (draft is None or draft.paragraphs)
            and JUMP.fullmatch(unit.text)
        ):
            draft = Draft(self.page.text)
            self.drafts.append(draft)
        if role not in KEPT or draft is None or (role is Role.JUMP and not JUMP.fullmatch(unit.text)):
            self.set_aside(unit, role)
            return
        (draft.jumps if role is Role.JUMP else draft.captions).append(unit.text.strip("（）()"))
        draft.mark(unit.lines, role)

    def articles(self) -> list[Article]:
        """The finished articles; a title that got no text is set aside."""
        out: list[Article] = []
        edition = self.page.number or next((n for n in map(edition_of, self.mast) if n), None)
        for draft in self.drafts:
            if not draft.paragraphs:
                self.aside += draft.spans
                continue
            out.append(draft.article(source=self.page.source, edition=edition, order=len(out)))
        if self.section:
            self.aside += [
                Span(start=a, end=b, role=Role.SECTION) for line in self.section[1] for a, b in line.pieces
            ]
        return out


def _whole(page: Page, articles: list[Article], aside: list[Span], mast: list[str]) -> Segmentation:
    """The articles with ids of their own, all characters that none of them holds, and what is known of the page."""
    seen: Counter[str] = Counter()
    told: list[Article] = []
    for article in articles:
        seen[article.id] += 1
        again = seen[article.id]
        name = article.id if again == 1 else f"{article.id}-{again}"
        told.append(replace(article, id=name, link=page.link))
    spans = [*aside, *(span for article in told for span in article.spans)]
    covered = sorted((span.start, span.end) for span in spans)
    rest = [
        Span(start=a + word.start(), end=a + word.end(), role=Role.MARKUP)
        for a, b in without(0, len(page.text), covered)
        for word in re.finditer(r"\S(?:[^\n]*\S)?", page.text[a:b])
    ]
    day = page.date or next((d for d in map(date_of, mast) if d), None)
    return Segmentation(
        source=page.source,
        articles=tuple(told),
        aside=tuple(
            (span, page.text[span.start : span.end])
            for span in sorted([*aside, *rest], key=lambda s: s.start)
        ),
        date=day,
        dated=page.dated if page.date else MASTHEAD if day else None,
        paper=page.paper or next((p for p in map(paper_of, mast) if p), None),
        number=page.number or next((n for n in map(edition_of, mast) if n), None),
        section=page.section or next((m for m in map(_section_of, mast) if m), None),
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
    if stated(page):
        return _whole(page, *Stated(page).run())
    return Segmenter(page, single=single).run()


__all__ = ["Segmenter", "segment"]
