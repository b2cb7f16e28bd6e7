"""A page becomes articles: title groups are judged, paragraphs are repaired, credits are taken off the text.

Every character that is not white space ends up in exactly one span, of an article or of what is set aside.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, field

from ..types import Article, Page, Role, Segmentation, Span
from . import credits
from .furniture import JUMP, JUMP_FROM, JUMP_INLINE, date_of, edition_of, paper_of
from .lines import Line, ends_sentence, without
from .titles import Group, Judge, closes, groups, parts, unfinished
from .units import COLUMN_NAME, STORY_DAY, Kind, Layout, Unit, join, units

KEPT = {Role.CAPTION, Role.CREDIT, Role.JUMP}
"""Furniture that belongs to the article in which it stands."""
LIST_ITEM = (
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "（一",
    "（二",
    "（三",
    "第一",
    "第二",
    "第三",
    "——",
    "—",
    "●",
    "■",
    "▲",
    "◆",
    "·",
    "•",
)


@dataclass(slots=True)
class Draft:
    """An article while it is being put together; `paragraphs` are lists of lines."""

    titles: dict[Role, list[Unit]] = field(default_factory=dict)
    paragraphs: list[list[Line]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    dateline: str | None = None
    agency: str | None = None
    section: str | None = None
    captions: list[str] = field(default_factory=list)
    jumps: list[str] = field(default_factory=list)
    style: str = ""
    closed: bool = False
    fresh: bool = True
    """Nothing can join the last paragraph: it is a subhead, or there is none."""

    def mark(self, lines: list[Line], role: Role) -> None:
        """Records where the lines stand, and as what."""
        self.spans += [Span(start=a, end=b, role=role) for line in lines for a, b in line.pieces]

    def signed(self, byline: str) -> None:
        """Adds a byline, unless all whom it names are named already."""
        byline = byline.strip("（）()【】：: \u3000")
        known = " ".join(self.bylines)
        if not known or not all(name in known for name in byline.replace("本报", "").split()):
            self.bylines.append(byline)

    def words(self, limit: int = 700) -> str:
        """Headline and the first `limit` characters of text."""
        out = [u.text for us in self.titles.values() for u in us]
        size = 0
        for paragraph in self.paragraphs:
            for line in paragraph:
                out.append(line.text)
                size += len(line.text)
            if size > limit:
                break
        return "".join(out)


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
                self.unit(self.units[at], at)
                at += 1
        articles = self.articles()
        return self.segmentation(articles)

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
                    self.subhead(draft, unit)
                else:
                    self.unit(unit, -1)
            return
        for unit in self.units[group.start : group.end]:
            if unit.kind is not Kind.TITLE:
                self.unit(unit, -1)

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
        draft = Draft(titles=parts(group, self.form, self.judge.level), style=group.style)
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
                    self.subhead(draft, unit)
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

    def subhead(self, draft: Draft, unit: Unit) -> None:
        """A title line inside an article is a paragraph of its own, unless it goes on a sentence cut before it."""
        if (
            draft.paragraphs
            and not draft.fresh
            and not unit.mark
            and not unit.indented
            and self.broken(draft)
            and unit.gap <= 1
            and len(unit.text) < 6
        ):
            draft.paragraphs[-1] += unit.lines
            draft.mark(unit.lines, Role.BODY)
            return
        if (
            not unit.mark
            and ("，" in unit.text or STORY_DAY.search(unit.text))
            and unit.text[-1] not in "？！”"
        ):
            self.text(draft, unit)  # the first piece of a paragraph that a column break cut
            return
        draft.paragraphs.append(list(unit.lines))
        draft.mark(unit.lines, Role.BODY)
        draft.fresh = True

    def unit(self, unit: Unit, at: int) -> None:
        """Any unit but a title."""
        if unit.kind is Kind.TEXT:
            if self.draft is None:
                self.drafts.append(Draft())
                self.take_section(self.drafts[-1])
            self.text(self.drafts[-1], unit)
        elif unit.kind is Kind.FURNITURE:
            self.furniture(unit, at)
        elif self.draft is None:
            self.set_aside(unit, Role.BYLINE if unit.kind is Kind.BYLINE else Role.AGENCY)
        elif unit.kind is Kind.BYLINE:
            self.drafts[-1].signed(unit.text)
            self.drafts[-1].mark(unit.lines, Role.BYLINE)
            self.drafts[-1].closed = bool(self.drafts[-1].paragraphs)
        else:
            self.agency(self.drafts[-1], unit)

    def agency(self, draft: Draft, unit: Unit) -> None:
        """An agency line before the text is its dateline; after it, its end."""
        if draft.paragraphs:
            draft.agency, draft.closed = unit.text.strip("（）()"), True
            draft.mark(unit.lines, Role.AGENCY)
        else:
            draft.dateline = unit.text
            draft.mark(unit.lines, Role.DATELINE)

    def furniture(self, unit: Unit, at: int) -> None:
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
            draft = Draft()
            self.drafts.append(draft)
        if role not in KEPT or draft is None or (role is Role.JUMP and not JUMP.fullmatch(unit.text)):
            self.set_aside(unit, role)
            return
        (draft.jumps if role is Role.JUMP else draft.captions).append(unit.text.strip("（）()"))
        draft.mark(unit.lines, role)

    def broken(self, draft: Draft) -> bool:
        """Whether the last paragraph stops in mid-sentence."""
        last = draft.paragraphs[-1]
        tail = last[-1].text
        return (
            not ends_sentence(tail if len(tail) > 60 else join(line.text for line in last[-3:]))
            and tail[-1] not in "：:"
        )

    def text(self, draft: Draft, unit: Unit) -> None:
        """A paragraph, or the rest of one that a column break cut in two."""
        if not draft.paragraphs:
            self.take_dateline(draft, unit)
        self.take_tail(draft, unit)
        self.take_jumps(draft, unit)
        if not unit.lines:
            return
        joins = (
            bool(draft.paragraphs)
            and not draft.fresh
            and not unit.indented
            and self.broken(draft)
            and not unit.text.startswith(LIST_ITEM)
        )
        if joins:
            draft.paragraphs[-1] += unit.lines
        else:
            draft.paragraphs.append(list(unit.lines))
        draft.fresh = False
        draft.mark(unit.lines, Role.BODY)

    def take_dateline(self, draft: Draft, unit: Unit) -> None:
        """Takes 本报讯, 新华社北京3月5日电（记者 …） off the first paragraph."""
        text = join(line.text for line in unit.lines[:4])
        size = credits.dateline(text)
        role = Role.DATELINE
        if not size:
            size, role = credits.leading_byline(text), Role.BYLINE
        if not size:
            return
        words = text[:size].strip()
        if role is Role.DATELINE:
            draft.dateline = words
            named = credits.byline_in(words)
            if named and not draft.bylines:
                draft.bylines.append(named)
        else:
            draft.signed(words)
        self.take(draft, unit, size, head=True, role=role)

    def take_tail(self, draft: Draft, unit: Unit) -> None:
        """Takes （据新华社电）, （记者 …） off the end of a paragraph: the article ends there."""
        text = join(line.text for line in unit.lines[-4:])
        start, kind = credits.tail(text)
        if not kind:
            return
        words = text[start:].strip().strip("（）()")
        if kind == "agency":
            draft.agency = words
        else:
            draft.signed(words)
        draft.closed = True
        self.take(
            draft, unit, len(text) - start, head=False, role=Role.AGENCY if kind == "agency" else Role.BYLINE
        )

    def take_jumps(self, draft: Draft, unit: Unit) -> None:
        """Takes （下转第四版） and （上接第一版） off either end of a paragraph."""
        if not unit.lines:
            return
        for head in (True, False):
            if not unit.lines:
                return
            lines = unit.lines[:3] if head else unit.lines[-3:]
            text = join(line.text for line in lines)
            for found in JUMP_INLINE.finditer(text):
                at_edge = not text[: found.start()].strip() if head else not text[found.end() :].strip()
                if at_edge:
                    draft.jumps.append(found[0].strip("（）()"))
                    self.take(
                        draft,
                        unit,
                        found.end() if head else len(text) - found.start(),
                        head=head,
                        role=Role.JUMP,
                    )
                    draft.closed = draft.closed or not head
                    break

    def take(self, draft: Draft, unit: Unit, size: int, *, head: bool, role: Role) -> None:
        """Takes `size` characters off the front or the end of the unit's lines and records their role."""
        while size > 0 and unit.lines:
            line = unit.lines[0 if head else -1]
            pieces, left = list(line.pieces), []
            if size >= len(line.text):
                size -= len(line.text)
                unit.lines.pop(0 if head else -1)
            else:
                left = _cut(self.page.text, line, size, head=head)
                size = 0
            taken = [piece for a, b in pieces for piece in without(a, b, left)]
            draft.spans += [Span(start=a, end=b, role=role) for a, b in taken]
        if unit.lines and not unit.lines[0 if head else -1].text:
            unit.lines.pop(0 if head else -1)

    def articles(self) -> tuple[Article, ...]:
        """The finished articles; a title that got no text is set aside."""
        seen: dict[str, int] = {}
        out: list[Article] = []
        edition = next((n for n in map(edition_of, self.mast) if n), None)
        for draft in self.drafts:
            paragraphs = tuple(join(line.text for line in lines) for lines in draft.paragraphs)
            if not paragraphs:
                self.aside += draft.spans
                continue
            headline = _joined(draft, Role.HEADLINE) or ""
            key = hashlib.sha256(
                "\n".join((headline, *paragraphs)).encode("utf-8", "surrogatepass")
            ).hexdigest()[:12]
            seen[key] = seen.get(key, 0) + 1
            out.append(
                Article(
                    id=key if seen[key] == 1 else f"{key}-{seen[key]}",
                    headline=headline,
                    paragraphs=paragraphs,
                    kicker=_joined(draft, Role.KICKER),
                    deck=_joined(draft, Role.DECK),
                    byline=" ".join(draft.bylines) or None,
                    dateline=draft.dateline,
                    agency=draft.agency,
                    section=draft.section,
                    captions=tuple(draft.captions),
                    jumps=tuple(draft.jumps),
                    source=self.page.source,
                    page=edition,
                    order=len(out),
                    spans=tuple(sorted(draft.spans, key=lambda s: s.start)),
                )
            )
        return tuple(out)

    def segmentation(self, articles: tuple[Article, ...]) -> Segmentation:
        """Articles, and all characters that none of them holds."""
        if self.section:
            self.aside += [
                Span(start=a, end=b, role=Role.SECTION) for line in self.section[1] for a, b in line.pieces
            ]
        spans = [*self.aside, *(span for article in articles for span in article.spans)]
        covered = sorted((span.start, span.end) for span in spans)
        rest = [
            Span(start=a + word.start(), end=a + word.end(), role=Role.MARKUP)
            for a, b in without(0, len(self.page.text), covered)
            for word in re.finditer(r"\S(?:[^\n]*\S)?", self.page.text[a:b])
        ]
        aside = sorted([*self.aside, *rest], key=lambda s: s.start)
        dates: list[datetime.date] = [d for d in map(date_of, self.mast) if d]
        return Segmentation(
            source=self.page.source,
            articles=articles,
            aside=tuple((span, self.page.text[span.start : span.end]) for span in aside),
            date=dates[0] if dates else None,
            paper=next((p for p in map(paper_of, self.mast) if p), None),
            number=next((n for n in map(edition_of, self.mast) if n), None),
            section=next((m for m in map(_section_of, self.mast) if m), None),
        )


def _cut(page: str, line: Line, size: int, *, head: bool) -> list[tuple[int, int]]:
    from .lines import cut

    cut(page, line, size if head else 0, 0 if head else size)
    return list(line.pieces)


def _section_of(text: str) -> str | None:
    """The section that a masthead or folio names after the page number (第02版 要闻)."""
    words = [word for word in re.split(r"[\s：:·•、/|｜]+", text) if COLUMN_NAME.fullmatch(word)]
    return "·".join(words) or None


def _joined(draft: Draft, role: Role) -> str | None:
    us = draft.titles.get(role)
    if not us:
        return None
    glue = "" if role is Role.HEADLINE else " "
    return glue.join(u.text for u in us)


def segment(page: Page, *, single: bool = False) -> Segmentation:
    """Cuts a page into articles; total: any page gives a segmentation.

    `single` takes the whole page for one article, whose later titles are subheads. Paragraph repair and the line
    roles follow the newspaper's own conventions (GB/T 788 has none for them); see docs/decisions.
    """
    return Segmenter(page, single=single).run()


__all__ = ["Layout", "Segmenter", "segment"]
