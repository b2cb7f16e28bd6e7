"""One article under construction: title lines, paragraphs, and the credits taken off them.

Knows how to repair a paragraph that a column break cut in two, and the role of every stretch of
the page it uses. Does not know where articles begin, nor the page's other articles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..text.article_id import article_id
from ..text.ranges import subtract_ranges
from ..types import Article, Role, Span
from . import bylines
from .furniture import JUMP_INLINE
from .lines import TextLine, ends_sentence, strip_ends
from .units import STORY_DAY, Unit, join

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
class ArticleBuilder:
    """One article under construction; `page` is the page's text, a paragraph a list of lines."""

    page: str
    titles: dict[Role, list[Unit]] = field(default_factory=dict)
    paragraphs: list[list[TextLine]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    dateline: str | None = None
    agency: str | None = None
    section: str | None = None
    captions: list[str] = field(default_factory=list)
    jumps: list[str] = field(default_factory=list)
    style: str = ""
    closed: bool = False
    subhead: str = ""
    """The last subhead."""
    sealed: bool = True
    """Nothing can join the last paragraph: it is a subhead, or there is none."""

    def mark(self, lines: list[TextLine], role: Role) -> None:
        """Records the lines' places in the page, with their role."""
        self.spans += [Span(start=a, end=b, role=role) for line in lines for a, b in line.pieces]

    def add_byline(self, byline: str) -> None:
        """Adds a byline, unless it names nobody new."""
        byline = byline.strip("（）()【】：: \u3000")
        known = " ".join(self.bylines)
        if not known or not all(name in known for name in byline.replace("本报", "").split()):
            self.bylines.append(byline)

    def sample_text(self, limit: int = 700) -> str:
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

    def add_subhead(self, unit: Unit) -> None:
        """Adds a title line inside the article: its own paragraph, or the rest of a cut one."""
        if (
            self.paragraphs
            and not self.sealed
            and not unit.mark
            and not unit.indented
            and self.is_broken()
            and unit.gap <= 1
            and len(unit.text) < 6
        ):
            self.paragraphs[-1] += unit.lines
            self.mark(unit.lines, Role.BODY)
            return
        if (
            not unit.mark
            and ("，" in unit.text or STORY_DAY.search(unit.text))
            and unit.text[-1] not in "？！”"
        ):
            self.add_paragraph(unit)  # the first piece of a cut paragraph
            return
        self.paragraphs.append(list(unit.lines))
        self.mark(unit.lines, Role.BODY)
        self.subhead, self.sealed = unit.text, True

    def add_paragraph(self, unit: Unit) -> None:
        """Adds a paragraph, or the rest of one that a column break cut in two."""
        if not self.paragraphs:
            self.take_dateline(unit)
        self.take_tail(unit)
        self.take_jumps(unit)
        if not unit.lines:
            return
        joins = (
            bool(self.paragraphs)
            and not self.sealed
            and not unit.indented
            and self.is_broken()
            and not unit.text.startswith(LIST_ITEM)
        )
        if joins:
            self.paragraphs[-1] += unit.lines
        else:
            self.paragraphs.append(list(unit.lines))
        self.sealed = False
        self.mark(unit.lines, Role.BODY)

    def add_agency(self, unit: Unit) -> None:
        """Adds an agency line: before the text its dateline, after it its end."""
        if self.paragraphs:
            self.agency, self.closed = unit.text.strip("（）()"), True
            self.mark(unit.lines, Role.AGENCY)
        else:
            self.dateline = unit.text
            self.mark(unit.lines, Role.DATELINE)

    def is_broken(self) -> bool:
        """Whether the last paragraph stops in mid-sentence."""
        last = self.paragraphs[-1]
        tail = last[-1].text
        return (
            not ends_sentence(tail if len(tail) > 60 else join(line.text for line in last[-3:]))
            and tail[-1] not in "：:"
        )

    def take_dateline(self, unit: Unit) -> None:
        """Takes 本报讯, 新华社北京3月5日电（记者 …） off the first paragraph."""
        text = join(line.text for line in unit.lines[:4])
        size = bylines.dateline(text)
        role = Role.DATELINE
        if not size:
            size, role = bylines.leading_byline(text), Role.BYLINE
        if not size:
            return
        words = text[:size].strip()
        if role is Role.DATELINE:
            self.dateline = words
            named = bylines.byline_in(words)
            if named and not self.bylines:
                self.bylines.append(named)
        else:
            self.add_byline(words)
        self.take(unit, size, head=True, role=role)

    def take_tail(self, unit: Unit) -> None:
        """Takes （据新华社电）, （记者 …） off the end of a paragraph; the article ends there."""
        text = join(line.text for line in unit.lines[-4:])
        start, kind = bylines.closing_credit(text)
        if not kind:
            return
        words = text[start:].strip().strip("（）()")
        if kind == "agency":
            self.agency = words
        else:
            self.add_byline(words)
        self.closed = True
        self.take(unit, len(text) - start, head=False, role=Role.AGENCY if kind == "agency" else Role.BYLINE)

    def take_jumps(self, unit: Unit) -> None:
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
                    self.jumps.append(found[0].strip("（）()"))
                    self.take(
                        unit,
                        found.end() if head else len(text) - found.start(),
                        head=head,
                        role=Role.JUMP,
                    )
                    self.closed = self.closed or not head
                    break

    def take(self, unit: Unit, size: int, *, head: bool, role: Role) -> None:
        """Takes `size` characters off the front or the end of the unit and records their role."""
        while size > 0 and unit.lines:
            line = unit.lines[0 if head else -1]
            pieces, left = list(line.pieces), list[tuple[int, int]]()
            if size >= len(line.text):
                size -= len(line.text)
                unit.lines.pop(0 if head else -1)
            else:
                strip_ends(self.page, line, size if head else 0, 0 if head else size)
                left = line.pieces
                size = 0
            ranges = [piece for a, b in pieces for piece in subtract_ranges(a, b, left)]
            self.spans += [Span(start=a, end=b, role=role) for a, b in ranges]
        if unit.lines and not unit.lines[0 if head else -1].text:
            unit.lines.pop(0 if head else -1)

    def build(self, *, source: str, page_number: str | None, order: int) -> Article:
        """The article so far; its id depends on its words alone."""
        headline = self.joined_titles(Role.HEADLINE) or ""
        paragraphs = tuple(join(line.text for line in lines) for lines in self.paragraphs)
        return Article(
            id=article_id(headline, paragraphs),
            headline=headline,
            paragraphs=paragraphs,
            kicker=self.joined_titles(Role.KICKER),
            deck=self.joined_titles(Role.DECK),
            byline=" ".join(self.bylines) or None,
            dateline=self.dateline,
            agency=self.agency,
            section=self.section,
            captions=tuple(self.captions),
            jumps=tuple(self.jumps),
            source=source,
            page_number=page_number,
            order=order,
            spans=tuple(sorted(self.spans, key=lambda s: s.start)),
        )

    def joined_titles(self, role: Role) -> str | None:
        """The title lines of one role, joined."""
        us = self.titles.get(role)
        if not us:
            return None
        glue = "" if role is Role.HEADLINE else " "
        return glue.join(u.text for u in us)


__all__ = ["ArticleBuilder"]
