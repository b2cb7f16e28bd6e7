"""Cuts the lines of a page into units.

Knows each line's mark and words, the unit before it and, through the layout, its neighbours; does
not know yet which titles open an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..text.lazy_pattern import lazy_pattern
from ..types import Page, Role
from . import bylines
from .furniture import NOTICE_HEAD, TEASER_HEAD, caption_ends, furniture_role
from .layout import Layout, layout_of
from .lines import BOLD, BRACKET, TextLine, page_lines, strip_ends, title_like
from .units import COLUMN_NAME, STORY_DAY, Unit, UnitKind

KICKER_COLON = lazy_pattern(r"[^，。；！？]{2,14}[：:]")
"""A kicker that names who speaks or where: 云汀高新区："""
AFTER_LEAD = lazy_pattern(r"\s*[：:|｜]\s*")
"""What keeps a headline apart from the text that follows it in its line."""
REPORTED = lazy_pattern(r"昨[天日晚]|今[天日晨晚]|近日|日前|记者|記者|获悉|了解到|宣布|表示|[说說]，|介绍")
"""Words of a report; a notice tells what is to come and whom to ask."""
SHORTEST_REPORT = 30


class UnitBuilder:
    """Cuts one page; used once."""

    def __init__(self, page: Page, layout: Layout) -> None:
        """`layout` is that of the whole page."""
        self.page = page
        self.layout = layout
        self.units: list[Unit] = []
        self.notice = False  # after the head of a notice: what follows closely belongs to it
        self.teaser = False  # after the head of a list of teasers

    def block(self, lines: list[TextLine], after: Sequence[TextLine] = ()) -> None:
        """Cuts the lines of one block; `after` are those of the next."""
        if self.notice and (lines[0].gap > 1 or self.news_follows(lines, after)):
            self.notice = False
        self.teaser = self.teaser and lines[0].gap <= 1 and len(lines[0].text) < 40
        for at, line in enumerate(lines):
            if line.text:
                self.line(line, lines, at)

    def add(self, kind: UnitKind, line: TextLine, role: Role | None = None) -> None:
        """Makes the line a unit."""
        self.units.append(Unit(kind=kind, lines=[line], role=role, mark=line.mark, level=line.level))

    def open_text(self, at: int) -> Unit | None:
        """The paragraph of the line before, if both are in one block."""
        if at and self.units and self.units[-1].kind is UnitKind.TEXT:
            return self.units[-1]
        return None

    def line(self, line: TextLine, lines: list[TextLine], at: int) -> None:
        """Adds the line to the unit before it, or makes it one of its own."""
        unit = self.open_text(at)
        if unit and not line.mark and self.layout.runs_on(lines, at):
            unit.lines.append(line)
            return
        if self.caption_goes_on(line, at):
            self.units[-1].lines.append(line)
            return
        role = furniture_role(line.text) if line.mark in ("", "dash", "bullet", "bold", "#") else None
        if role:
            self.furniture(line, role)
            return
        if line.mark != "#" and bylines.is_agency(line.text):
            self.add(UnitKind.AGENCY, line)
            return
        if line.mark not in ("#", "bold") and bylines.is_byline(line.text):
            self.add(UnitKind.BYLINE, line)
            return
        if self.teaser and not line.mark and title_like(line.text) and len(lines) > 1:
            self.add(UnitKind.FURNITURE, line, Role.JUMP)
            return
        self.teaser = False
        if (
            self.notice
            and not line.mark
            and (line.gap <= 1 and not bylines.dateline(line.text))
            and len(line.text) < 60
        ):
            self.add(UnitKind.FURNITURE, line, Role.NOTICE)
            return
        self.notice = False
        self.words(line, lines, at)

    def furniture(self, line: TextLine, role: Role) -> None:
        """Adds furniture; the head of a notice or teaser list claims the lines after it."""
        self.notice = role is Role.NOTICE and NOTICE_HEAD.fullmatch(line.text) is not None
        self.teaser = role is Role.JUMP and TEASER_HEAD.fullmatch(line.text) is not None
        self.add(UnitKind.FURNITURE, line, role)

    def news_follows(self, lines: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
        """Whether a block below a notice is a headline over a report, not more of the notice."""
        told = (
            self.units
            and self.units[-1].role is Role.NOTICE
            and not NOTICE_HEAD.fullmatch(self.units[-1].text)
        )
        titles = [line for line in lines if title_like(line.text)]
        below = [line for line in [*lines, *after] if line not in titles]
        if not (told and titles and below) or titles[0] is not lines[0] or furniture_role(lines[0].text):
            return False
        words = below[0].text
        reports = REPORTED.search(words) is not None or bylines.dateline(words) > 0
        return reports and len(words) >= SHORTEST_REPORT and furniture_role(words) is None

    def caption_goes_on(self, line: TextLine, at: int) -> bool:
        """Whether the line is the rest of a caption, or the credit after it."""
        if not (at and self.units and self.units[-1].role is Role.CAPTION) or line.mark or line.indented:
            return False
        before = self.units[-1]
        if caption_ends(before.lines[-1].text) or len(before.text) > 120:
            return bool(re.fullmatch(r"[（(]?(?:新华社|本报).{2,16}[摄发][）)]?", line.text))
        return furniture_role(line.text) in (None, Role.CREDIT)

    def words(self, line: TextLine, lines: list[TextLine], at: int) -> None:
        """Adds a line of an article: title or paragraph."""
        byline = bylines.leading_byline(line.text) or bylines.dateline(line.text)
        if line.text[0] == "【" and not byline and (found := BRACKET.match(line.text)):
            self.bracket(line, found)
            return
        if line.mark != "#" and line.text[0] in "*_" and self.bold_lead(line):
            return
        if line.mark == "#" and len(line.text) <= 90:
            self.add(UnitKind.TITLE, line)
            return
        if line.mark == "dash":
            previous = self.units[-1] if self.units else None
            kind = (
                UnitKind.TITLE
                if previous
                and previous.kind is UnitKind.TITLE
                and line.gap <= 1
                and line.text[-1] not in "。，；"
                else UnitKind.TEXT
            )
            self.add(kind, line)
            return
        if self.title_goes_on(line, lines, at):
            self.units[-1].lines.append(line)
            return
        limit = 80 if line.mark else 60
        if (
            len(line.text) <= limit
            and title_like(line.text[:60])
            and self.layout.stands_alone(lines, at)
            and not self.fragment(line, at)
        ):
            self.add(UnitKind.TITLE, line)
            return
        self.add(UnitKind.TEXT, line)

    def fragment(self, line: TextLine, at: int) -> bool:
        """Whether the line is rather the first piece of a paragraph that a column break cut.

        It opens like one, or is a long clause set apart from the title lines before it.
        """
        if line.mark:
            return False
        if bylines.dateline(line.text):
            return True
        previous = self.units[-1] if self.units else None
        if previous is None or previous.kind not in (UnitKind.TITLE, UnitKind.BYLINE):
            return False
        if line.gap > 0 or at == 0 or previous.kind is UnitKind.BYLINE:
            return "，" in line.text or "," in line.text or bool(STORY_DAY.search(line.text))
        return len(line.text) > 20 and (
            ("，" in line.text and len(line.text) > 30) or bool(STORY_DAY.search(line.text))
        )

    def title_goes_on(self, line: TextLine, lines: list[TextLine], at: int) -> bool:
        """Whether the line is the rest of a wrapped title, however short."""
        before = self.units[-1] if at and self.units else None
        if (
            before is None
            or before.kind is not UnitKind.TITLE
            or before.mark
            or line.mark
            or line.indented
            or not self.layout.wrap
        ):
            return False
        return (
            before.lines[-1].width >= self.layout.wrap
            and line.width < self.layout.wrap
            and self.layout.wraps_title(lines)
        )

    def bracket(self, line: TextLine, found: re.Match[str]) -> None:
        """Reads 【…】: a section's name, a headline alone, or a headline before its text."""
        name, after = found[1], line.text[found.end() :]
        column = COLUMN_NAME.fullmatch(name) is not None or (
            len(name) <= 6 and bool(after) and title_like(after)
        )
        if not after:
            kind = UnitKind.FURNITURE if column or len(name) <= 4 else UnitKind.TITLE
            inner = _trimmed_copy(self.page.text, line, 1, 1)
            inner.mark = "bracket"
            self.units.append(
                Unit(
                    kind=kind,
                    lines=[inner],
                    role=Role.SECTION if kind is UnitKind.FURNITURE else None,
                    mark="bracket",
                )
            )
            return
        head = _trimmed_copy(self.page.text, line, 0, len(after))
        strip_ends(self.page.text, line, found.end(), 0)
        strip_ends(self.page.text, head, 1, len(head.text.rstrip()) - head.text.rfind("】"))
        head.mark, line.gap = "bracket", 0
        line.indented = line.indented and not column
        kind = UnitKind.FURNITURE if column else UnitKind.TITLE
        self.units.append(
            Unit(kind=kind, lines=[head], role=Role.SECTION if column else None, mark="bracket")
        )
        if title_like(after) and column:
            self.add(UnitKind.TITLE, line)
        else:
            self.add(UnitKind.TEXT, line)

    def bold_lead(self, line: TextLine) -> bool:
        """Reads **headline** with text after it on the same line; false if there is none."""
        found = BOLD.match(line.text)
        if (
            not found
            or found.end() == len(line.text)
            or not title_like(found[2])
            or len(line.text) - found.end() < 20
        ):
            return False
        head = _trimmed_copy(self.page.text, line, 2, len(line.text) - found.end(2))
        head.mark = "bold"
        colon = AFTER_LEAD.match(line.text, found.end())
        strip_ends(self.page.text, line, colon.end() if colon else found.end(), 0)
        line.gap = 0
        self.units.append(Unit(kind=UnitKind.TITLE, lines=[head], mark="bold"))
        self.add(UnitKind.TEXT, line)
        return True


def _trimmed_copy(page: str, line: TextLine, head: int, tail: int) -> TextLine:
    """A copy of the line, cut at both ends."""
    part = replace(line, pieces=list(line.pieces))
    strip_ends(page, part, head, tail)
    return part


def units(page: Page) -> tuple[list[Unit], Layout]:
    """The units of a page in reading order, and its layout."""
    blocks = list(page_lines(page))
    layout = layout_of(blocks)
    cutter = UnitBuilder(page, layout)
    for lines, below in zip(blocks, [*blocks, []][1:], strict=True):
        cutter.block(lines, below)
    found = [unit for unit in cutter.units if unit.lines[0].pieces]
    for unit, after in pairwise(found):
        if (
            unit.kind is UnitKind.TEXT
            and after.kind is UnitKind.TITLE
            and after.mark
            and KICKER_COLON.fullmatch(unit.text)
        ):
            unit.kind = UnitKind.TITLE
        elif (
            unit.role is Role.SECTION
            and unit.mark == "bracket"
            and after.kind is UnitKind.TEXT
            and not COLUMN_NAME.fullmatch(unit.text)
        ):
            unit.kind, unit.role = UnitKind.TITLE, None
    return found, layout


__all__ = ["UnitBuilder", "units"]
