"""Lines become units: a paragraph (or a piece of one), a line that could be a title, a byline, furniture.

Knows the page's layout (is it hard-wrapped, at what width; does it indent) and each line's neighbours; does not
know yet which titles open an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from ..types import Page, Role
from . import credits
from .furniture import NOTICE_HEAD, TEASER_HEAD, caption_ends, furniture
from .lines import BOLD, BRACKET, CLOSERS, TERMINAL, Line, cut, ends_sentence, split

COLUMN_NAME = re.compile(
    r"(?:本报|今日)?(?:要闻|时政|国内|国际|本地|本市|本埠|社会|经济|财经|科技|文化|体育|教育|健康|民生|评论|综合|副刊|地方|县域|生活|娱乐|环球|天下|法治|军事|时评|产业|"
    r"金融|城市|城事|区县|乡村|三农|人物|读书|旅游|生态|环保|卫生|医疗|交通|天气|气象|简讯|短讯|快讯|速览|图片|聚焦|关注|深度|调查|特稿|言论|社论|要聞|國際|國內|社會|經濟|財經|體育|綜合|評論|文教)"
    r"(?:新闻|新聞|要闻|版|之窗|快讯|简讯|周刊|专版|视野|观察|动态|在线|纵横|广角|速递|快报)?"
)

KICKER_COLON = re.compile(r"[^，。；！？]{2,14}[：:]")
"""A kicker that names who speaks or where: 云汀高新区："""
STORY_DAY = re.compile(r"今天|昨天|近日|日前|[1-3]?\d日|记者")
"""Days as an article's first sentence names them and a headline seldom does."""


class Kind(Enum):
    """What a unit can be."""

    TEXT = "text"
    TITLE = "title"
    BYLINE = "byline"
    AGENCY = "agency"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Layout:
    """How the page is set: `wrap` is the number of characters of a full line (0: not wrapped)."""

    wrap: int
    slack: int
    """By how much a full line may fall short: a character, or the columns of one, and closing marks kept together."""
    indents: bool
    gap: int
    """Blank lines between paragraphs, most often."""


@dataclass(slots=True)
class Unit:
    """A run of lines with one use on the page."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    role: Role | None = None
    mark: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """The words, wrapped lines joined."""
        return join(line.text for line in self.lines)

    @property
    def gap(self) -> int:
        """Blank lines before it."""
        return self.lines[0].gap

    @property
    def indented(self) -> bool:
        """Whether its first line opens a paragraph by an indent."""
        return self.lines[0].indented


def join(parts: Iterable[str]) -> str:
    """Wrapped lines joined: nothing between Chinese characters, a space between Latin words."""
    out: list[str] = []
    last = ""
    for part in parts:
        if last and part and last.isascii() and last.isalpha() and part[0].isascii() and part[0].isalpha():
            out.append(" ")
        out.append(part)
        last = part[-1:] or last
    return "".join(out)


def layout(blocks: list[list[Line]]) -> Layout:
    """Reads the layout off the line lengths, the indents and the gaps of the whole page.

    Lines are hard-wrapped by characters or by columns, whichever gathers more lines at one length; `Line.width` is
    set to that measure.
    """
    lines = [line for block in blocks for line in block]
    gaps = Counter(block[0].gap for block in blocks)
    long = [line for line in lines if len(line.text) >= 12]
    indents = sum(line.indented for line in long)
    wrap, share = _wrap(Counter(line.width for line in lines if line.width >= 10), 1)
    wide, more = _wrap(Counter(line.columns for line in lines if line.columns >= 20), 2)
    slack = 2
    if wide and more > share:
        wrap, slack = wide, 4
        for line in lines:
            line.width = line.columns
    return Layout(
        wrap=wrap,
        slack=slack,
        indents=indents >= 3 and indents >= 0.08 * max(1, len(long)),
        gap=gaps.most_common(1)[0][0] if gaps else 1,
    )


def _wrap(widths: Counter[int], step: int) -> tuple[int, float]:
    """The length of a full line (0: lines are not wrapped), and the share of lines as long, to a character."""
    total = sum(widths.values())
    if total < 5:
        return 0, 0.0
    best = max(
        widths,
        key=lambda w: (widths[w] + sum(widths[w - k] for k in range(1, step + 1)) + widths[w + step] // 2, w),
    )
    near = sum(widths[best + k] for k in range(-2 * step, step + 1))
    longer = sum(n for w, n in widths.items() if w > best + step)
    wrapped = best <= 60 * step and near >= 0.45 * total and longer <= 0.15 * total
    tight = sum(widths[best - k] for k in range(step + 1))
    return (best, tight / total) if wrapped else (0, 0.0)


def balanced(text: str) -> bool:
    """Whether quotes and brackets close."""
    return all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）", "「」", "【】"))


def title_like(text: str) -> bool:
    """Whether the words alone could be a title: short, not a sentence, not a piece of one."""
    size = len(text)
    if (
        not 3 <= size <= 60
        or text[0] in "，。；：、！？”’）》」』,.;:)"
        or text[-1] in "。，；：、,;:.—（《“「"
    ):
        return False
    if "。" in text.rstrip("。") or (size > 46 and text.count("，") > 1):
        return False
    return text.count("，") <= 2 and not re.search(r"[；;]", text)


class _Cutter:
    """Walks over the lines of a page once and cuts them into units."""

    def __init__(self, page: Page, form: Layout) -> None:
        self.page = page
        self.form = form
        self.units: list[Unit] = []
        self.notice = False
        self.teaser = False

    def block(self, lines: list[Line]) -> None:
        if self.notice and lines[0].gap > 1:
            self.notice = False
        self.teaser = self.teaser and lines[0].gap <= 1 and len(lines[0].text) < 40
        for at, line in enumerate(lines):
            if line.text:
                self.line(line, lines, at)

    def add(self, kind: Kind, line: Line, role: Role | None = None) -> None:
        self.units.append(Unit(kind=kind, lines=[line], role=role, mark=line.mark, level=line.level))

    def open_text(self, at: int) -> Unit | None:
        """The paragraph that the line before belongs to, if the line follows it in the same block."""
        if at and self.units and self.units[-1].kind is Kind.TEXT:
            return self.units[-1]
        return None

    def line(self, line: Line, lines: list[Line], at: int) -> None:
        unit = self.open_text(at)
        if unit and not line.mark and self.runs_on(unit, line, lines, at):
            unit.lines.append(line)
            return
        if self.caption_goes_on(line, at):
            self.units[-1].lines.append(line)
            return
        role = furniture(line.text) if line.mark in ("", "dash", "bullet", "bold", "#") else None
        if role:
            self.furniture(line, role)
            return
        if line.mark != "#" and credits.is_agency(line.text):
            self.add(Kind.AGENCY, line)
            return
        if line.mark not in ("#", "bold") and credits.is_byline(line.text):
            self.add(Kind.BYLINE, line)
            return
        if self.teaser and not line.mark and title_like(line.text) and len(lines) > 1:
            self.add(Kind.FURNITURE, line, Role.JUMP)
            return
        self.teaser = False
        if (
            self.notice
            and not line.mark
            and (line.gap <= 1 and not credits.dateline(line.text))
            and len(line.text) < 60
        ):
            self.add(Kind.FURNITURE, line, Role.NOTICE)
            return
        self.notice = False
        self.words(line, lines, at)

    def furniture(self, line: Line, role: Role) -> None:
        self.notice = role is Role.NOTICE and NOTICE_HEAD.fullmatch(line.text) is not None
        self.teaser = role is Role.JUMP and TEASER_HEAD.fullmatch(line.text) is not None
        self.add(Kind.FURNITURE, line, role)

    def caption_goes_on(self, line: Line, at: int) -> bool:
        if not (at and self.units and self.units[-1].role is Role.CAPTION) or line.mark or line.indented:
            return False
        before = self.units[-1]
        if caption_ends(before.lines[-1].text) or len(before.text) > 120:
            return bool(re.fullmatch(r"[（(]?(?:新华社|本报).{2,16}[摄发][）)]?", line.text))
        return furniture(line.text) in (None, Role.CREDIT)

    def runs_on(self, unit: Unit, line: Line, lines: list[Line], at: int) -> bool:
        """Whether the line continues the paragraph of the line before it."""
        last = lines[at - 1]
        if line.indented or (
            line.text[0] in "图圖▲△左右上下题（("
            and furniture(line.text) is Role.CAPTION
            and caption_ends(line.text)
        ):
            return False
        full = bool(self.form.wrap) and last.width >= self.form.wrap - self.form.slack
        if not ends_sentence(last.text):
            if full or (not self.form.wrap and len(last.text) >= 24) or last.text[-1] in "，、；,;：":
                return not (
                    self.form.indents
                    and not full
                    and title_like(line.text)
                    and at + 1 < len(lines)
                    and lines[at + 1].indented
                )
            return line.text[0] in "，。；：、！？”’）》」』" or (
                not title_like(line.text) and not self.starts(line.text)
            )
        if not full or furniture(line.text):
            return False
        if self.form.indents:
            return not (title_like(line.text) and at + 1 < len(lines) and lines[at + 1].indented)
        return not title_like(line.text) or at + 1 == len(lines)

    def starts(self, text: str) -> bool:
        """Whether a paragraph clearly opens here."""
        return credits.dateline(text) > 0

    def words(self, line: Line, lines: list[Line], at: int) -> None:
        """A line of an article's words: title or paragraph."""
        byline = credits.leading_byline(line.text) or credits.dateline(line.text)
        if line.text[0] == "【" and not byline and (found := BRACKET.match(line.text)):
            self.bracket(line, found)
            return
        if line.mark != "#" and line.text[0] in "*_" and self.bold_lead(line):
            return
        if line.mark == "#" and len(line.text) <= 90:
            self.add(Kind.TITLE, line)
            return
        if line.mark == "dash":
            previous = self.units[-1] if self.units else None
            kind = (
                Kind.TITLE
                if previous
                and previous.kind is Kind.TITLE
                and line.gap <= 1
                and line.text[-1] not in "。，；"
                else Kind.TEXT
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
            and self.stands_alone(line, lines, at)
            and not self.fragment(line, at)
        ):
            self.add(Kind.TITLE, line)
            return
        self.add(Kind.TEXT, line)

    def fragment(self, line: Line, at: int) -> bool:
        """Whether the line is rather the first piece of a paragraph that a column break cut: it opens like one, or
        it is a long clause set apart from the title lines before it."""
        if line.mark:
            return False
        if credits.dateline(line.text):
            return True
        previous = self.units[-1] if self.units else None
        if previous is None or previous.kind not in (Kind.TITLE, Kind.BYLINE):
            return False
        if line.gap > 0 or at == 0 or previous.kind is Kind.BYLINE:
            return "，" in line.text or "," in line.text or bool(STORY_DAY.search(line.text))
        return len(line.text) > 20 and (
            ("，" in line.text and len(line.text) > 30) or bool(STORY_DAY.search(line.text))
        )

    def stands_alone(self, line: Line, lines: list[Line], at: int) -> bool:
        """Whether the layout lets the line be a title: it is not the first line of a wrapped paragraph."""
        if line.mark or not self.form.wrap:
            return True
        if at + 1 == len(lines):
            return "，" not in line.text or line.width < self.form.wrap - self.form.slack
        after = lines[at + 1]
        if after.indented or after.mark or credits.is_byline(after.text) or furniture(after.text):
            return True
        if line.width >= self.form.wrap - self.form.slack // 2 and not self.form.indents:
            return self.wraps_title(lines, at)
        if self.form.indents:
            return title_like(after.text) and at + 2 < len(lines) and self.opens_after(lines, at + 1)
        return line.width < self.form.wrap - self.form.slack

    def title_goes_on(self, line: Line, lines: list[Line], at: int) -> bool:
        """Whether the line is the rest of a title that was wrapped, however short it is."""
        before = self.units[-1] if at and self.units else None
        if (
            before is None
            or before.kind is not Kind.TITLE
            or before.mark
            or line.mark
            or line.indented
            or not self.form.wrap
        ):
            return False
        return (
            before.lines[-1].width >= self.form.wrap
            and line.width < self.form.wrap
            and self.wraps_title(lines, at)
        )

    def wraps_title(self, lines: list[Line], at: int) -> bool:
        """Whether a full line is a piece of a wrapped title: the block is titles and bylines, with no sentence."""
        titles = [line for line in lines if not credits.is_byline(line.text)]
        if len(titles) > 6 or any(line.indented or line.text[-1] in "。；，、" for line in titles):
            return False
        words = "".join(line.text for line in titles)
        return (
            titles[-1].width < self.form.wrap - 1
            and len(words) <= 110
            and words.count("，") <= 1
            and "。" not in words
        )

    def opens_after(self, lines: list[Line], at: int) -> bool:
        after = lines[at + 1]
        return (
            after.indented
            or credits.is_byline(after.text)
            or (title_like(after.text) and at + 2 < len(lines) and lines[at + 2].indented)
        )

    def bracket(self, line: Line, found: re.Match[str]) -> None:
        """【…】: a column's name, a headline alone, or a headline before its text."""
        name, after = found[1], line.text[found.end() :]
        column = COLUMN_NAME.fullmatch(name) is not None or (
            len(name) <= 6 and bool(after) and title_like(after)
        )
        if not after:
            kind = Kind.FURNITURE if column or len(name) <= 4 else Kind.TITLE
            inner = _part(self.page.text, line, 1, 1)
            inner.mark = "bracket"
            self.units.append(
                Unit(
                    kind=kind,
                    lines=[inner],
                    role=Role.SECTION if kind is Kind.FURNITURE else None,
                    mark="bracket",
                )
            )
            return
        head = _part(self.page.text, line, 0, len(after))
        cut(self.page.text, line, found.end(), 0)
        cut(self.page.text, head, 1, len(head.text.rstrip()) - head.text.rfind("】"))
        head.mark, line.gap = "bracket", 0
        line.indented = line.indented and not column
        kind = Kind.FURNITURE if column else Kind.TITLE
        self.units.append(
            Unit(kind=kind, lines=[head], role=Role.SECTION if column else None, mark="bracket")
        )
        if title_like(after) and column:
            self.add(Kind.TITLE, line)
        else:
            self.add(Kind.TEXT, line)

    def bold_lead(self, line: Line) -> bool:
        """**headline** and the text after it on the same line."""
        found = BOLD.match(line.text)
        if (
            not found
            or found.end() == len(line.text)
            or not title_like(found[2])
            or len(line.text) - found.end() < 20
        ):
            return False
        head = _part(self.page.text, line, 2, len(line.text) - found.end(2))
        head.mark = "bold"
        cut(self.page.text, line, found.end(), 0)
        line.gap = 0
        self.units.append(Unit(kind=Kind.TITLE, lines=[head], mark="bold"))
        self.add(Kind.TEXT, line)
        return True


def _part(page: str, line: Line, head: int, tail: int) -> Line:
    """A copy of the line, cut at both ends."""
    part = replace(line, pieces=list(line.pieces))
    cut(page, part, head, tail)
    return part


def units(page: Page) -> tuple[list[Unit], Layout]:
    """The units of a page in reading order, and its layout."""
    blocks = list(split(page))
    form = layout(blocks)
    cutter = _Cutter(page, form)
    for lines in blocks:
        cutter.block(lines)
    found = [unit for unit in cutter.units if unit.lines[0].pieces]
    for unit, after in pairwise(found):
        if (
            unit.kind is Kind.TEXT
            and after.kind is Kind.TITLE
            and after.mark
            and KICKER_COLON.fullmatch(unit.text)
        ):
            unit.kind = Kind.TITLE
        elif (
            unit.role is Role.SECTION
            and unit.mark == "bracket"
            and after.kind is Kind.TEXT
            and not COLUMN_NAME.fullmatch(unit.text)
        ):
            unit.kind, unit.role = Kind.TITLE, None
    return found, form


__all__ = ["CLOSERS", "TERMINAL", "Kind", "Layout", "Unit", "join", "layout", "title_like", "units"]
