"""Reads texts that name the fields of each article line by line (标题：… 来源：… 正文：…, 【标题】…).

Exports of monitoring services and forms in e-mail are written so. Knows the names of fields and the
lines they begin; offsets into the text stay exact. Does not know other texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from ..text.lazy_pattern import lazy_pattern
from ..types import Block, Role
from .columns import FIELD_ROLES, field_of
from .days import day_of
from .flow import is_title_like
from .headings import front_role, is_front_line, is_little

LABEL = lazy_pattern(
    r"[ \t\u3000]*(?:\d{1,3}[、.．)）][ \t]*)?"
    r"(?:【[ \t\u3000]*(?P<inside>[^【】\n]{1,12}?)[ \t\u3000]*】[ \t\u3000]*[：:]?"
    r"|(?P<name>[^：:，。【】\s][^：:，。【】\n\t]{0,11})(?:[：:](?!//)|\t))[ \t\u3000]*"
)
BETWEEN = lazy_pattern(
    r"[\s\-=_*~—─━#＝＊]+|[（(【第]?\s*(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s*[.．、）)】条篇]?"
)
"""A rule or the number of an article, between two."""
LOOKED_AT = 40
"""Characters at the front of a line that may hold a label."""
SUMMARY = lazy_pattern(r".*(?:摘要|提要)")
EVENT = "时间"
"""A label that tells, below a text, when something takes place, not when it was printed."""
THEMES, PROGRAMME = ("主题", "主題"), ("内容", "內容")
"""Labels of a mail's headline, and of what an event is about."""
MAIL = lazy_pattern(r"(?:发件人|寄件人|收件人|寄件者|收件者|抄送|From|To|Cc|Sent)[ \t]*[：:]", re.IGNORECASE)
SPOKEN = lazy_pattern(r".*[？！?!]|.*。.*\S")
"""What is said or told; the value of a field is a name, a day or a number."""
VERBAL = ("title", "kicker", "deck", "text", "link")
"""Fields whose values may be sentences, or hold their marks."""
FEWEST_LABELS = 2
MOST_LABELS = 20
"""Most labels that are looked at after one another."""
SENTENCE_END = tuple("。！？!?…”』」；;：:）)")
FEWEST_WRAPPED, SLACK, NARROWEST = 3, 3, 14
"""Lines of a paragraph that is taken for one broken at the width of a page, by how much they differ, and
their least width; narrower ones are verses or names."""
ARTICLE_ROLES = frozenset({Role.HEADLINE, Role.KICKER, Role.DECK, Role.BYLINE})
"""Roles of an article's fields; those of the page come first."""


@dataclass(slots=True)
class _Line:
    """A line with words at `start` of the page, and the field that a label in front of them names.

    `head` is the length of the label; the value comes after it.
    """

    text: str
    start: int
    blank_before: bool
    kind: str = ""
    name: str = ""
    head: int = 0

    @property
    def value(self) -> str:
        """The words after the label."""
        return self.text[self.head :]


@dataclass(slots=True)
class _Record:
    """The lines of one article by their fields."""

    fields: list[tuple[_Line, Role]] = field(default_factory=list)
    body: list[_Line] = field(default_factory=list)
    summary: list[_Line] = field(default_factory=list)
    """The lines of a field that sums up the text."""
    named: set[str] = field(default_factory=set)
    """The labels so far."""
    awaits: str = ""
    """The field whose label stands alone in the line before."""
    in_summary: bool = False


def field_blocks(text: str) -> tuple[Block, ...] | None:
    """The blocks of the articles with their roles; None if the text names no fields."""
    lines = list(_lines(text))
    _drop_themes(lines)
    labels = [at for at, line in enumerate(lines) if line.kind]
    if len(labels) < FEWEST_LABELS or all(lines[at].kind != "title" for at in labels) or _is_page(lines):
        return None
    above = lines[: labels[0]]
    if not is_little([line.text for line in above]):
        return None
    blocks = [_block(text, [line], front_role(line.text)) for line in above]
    for number, record in enumerate(_records(lines[labels[0] :])):
        blocks += _record_blocks(text, record, number)
    return tuple(blocks) if any(block.role is Role.BODY for block in blocks) else None


def _lines(text: str) -> Iterator[_Line]:
    """The lines that have words, with their labels."""
    at, blank = 0, False
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            line = _Line(words, at + raw.index(words), blank)
            label = LABEL.match(words[:LOOKED_AT])
            name = (label["inside"] or label["name"]).strip() if label else ""
            kind = field_of(name) if label else None
            if label and kind and not (kind not in VERBAL and SPOKEN.match(words, label.end())):
                line.kind, line.name, line.head = kind, name, label.end()
            yield line
        blank = not words
        at += len(raw) + 1


def _drop_themes(lines: Sequence[_Line]) -> None:
    """Takes what an event is about for text, unless the lines are of a mail or name a text."""
    if any(MAIL.match(line.text) or (line.kind == "text" and line.name not in PROGRAMME) for line in lines):
        return
    for line in lines:
        if line.name in THEMES:
            line.kind, line.head = "", 0


def _is_page(lines: Sequence[_Line]) -> bool:
    """Whether the lines name no text, and headlines with their texts follow: a page below a box."""
    if any(line.kind == "text" for line in lines):
        return False
    first = next((at for at, line in enumerate(lines) if line.kind and line.value), 0)
    below = [line for line in lines[first:] if not (line.kind or BETWEEN.fullmatch(line.text))]
    titled = [
        is_title_like(line.text) and not line.text.endswith(SENTENCE_END) and "。" in after.text
        for line, after in pairwise(below)
    ]
    return sum(titled) > 1 and titled[0]


def _records(lines: Sequence[_Line]) -> list[_Record]:
    """The articles; one begins with the labels around its title, which has one name in all of them."""
    records = [_Record()]
    title = next(line.name for line in lines if line.kind == "title")
    for at, line in enumerate(lines):
        record = records[-1]
        told = bool(record.body or record.summary)
        if BETWEEN.fullmatch(line.text) and _begins_record(lines, at + 1, title):
            continue
        if told and not line.kind and is_front_line(line.text) and _begins_record(lines, at + 1, title):
            record.fields.append((line, Role.MASTHEAD))
            continue
        if not told and _is_deck(lines, at, record):
            record.fields.append((line, Role.DECK))
            continue
        if line.kind and told and _begins_record(lines, at, title):
            record = _Record()
            records.append(record)
        elif line.kind and told and not _goes_on(lines, at, record, title):
            line = _Line(line.text, line.start, line.blank_before)
        _add(record, line)
    return records


def _begins_record(lines: Sequence[_Line], at: int, title: str) -> bool:
    """Whether the label is a title's, or one of those right above a title."""
    labels = takewhile(lambda line: line.kind not in ("", "text"), lines[at : at + MOST_LABELS])
    return any(line.name == title for line in labels)


def _is_deck(lines: Sequence[_Line], at: int, record: _Record) -> bool:
    """Whether a line without a label stands right below a title, above the other fields and the text."""
    line = lines[at]
    titled = record.fields and record.fields[-1][1] in (Role.HEADLINE, Role.DECK)
    if line.kind or record.awaits or line.blank_before or not titled or not is_title_like(line.text):
        return False
    kinds = list(takewhile(bool, (other.kind for other in lines[at + 1 : at + 1 + MOST_LABELS])))
    return "text" in kinds and "。" not in line.text


def _goes_on(lines: Sequence[_Line], at: int, record: _Record, title: str) -> bool:
    """Whether a label below the text of an article names a field: only fields follow, or its text."""
    line = lines[at]
    if line.kind == "text":
        return line.name not in record.named and not (record.body and line.name in PROGRAMME)
    if line.kind == "title":
        return False
    if line.kind == "date" and (line.name == EVENT or not day_of(line.value)):
        return False
    following = lines[at : at + MOST_LABELS]
    rest = list(takewhile(lambda other: bool(other.kind), following))
    return len(rest) == len(following) or any(other.name == title for other in rest)


def _add(record: _Record, line: _Line) -> None:
    """Adds a line to the article, by its label or by the label that awaits it."""
    kind = line.kind or record.awaits
    record.awaits = ""
    if line.kind:
        record.named.add(line.name)
        record.in_summary = line.kind == "text" and bool(SUMMARY.fullmatch(line.name))
        if not line.value:
            record.awaits = line.kind if line.kind != "text" else ""
            return
    if kind not in ("", "text"):
        record.fields.append((line, FIELD_ROLES[kind]))
    else:
        record.in_summary = record.in_summary and bool(line.kind or not record.body)
        (record.summary if record.in_summary else record.body).append(line)


def _record_blocks(text: str, record: _Record, number: int) -> Iterator[Block]:
    """The blocks of one article: its fields, its headline first, then its text."""
    body = record.body or record.summary
    for line, role in sorted(record.fields, key=lambda one: one[1] in ARTICLE_ROLES):
        yield _block(text, [line], role, number)
    if record.body:
        for line in record.summary:
            yield _block(text, [line], Role.NOTICE)
    for paragraph in _paragraphs(text, body):
        yield _block(text, paragraph, Role.BODY, number)


def _paragraphs(text: str, body: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The paragraphs: a line each, or the lines of a run that is broken at the width of a page."""
    runs: list[list[_Line]] = []
    for line in body:
        if line.blank_before or not runs or text[_end(runs[-1][-1]) : line.start].strip():
            runs.append([])
        runs[-1].append(line)
    for run in runs:
        cut = [len(line.text) for line in run[:-1] if not line.text.endswith(SENTENCE_END)]
        even = max(cut, default=0) - min(cut, default=0) <= SLACK
        wrapped = len(run) >= FEWEST_WRAPPED and 2 * len(cut) > len(run) - 1
        if not (wrapped and even and min(cut) >= NARROWEST):
            yield from ([line] for line in run)
            continue
        paragraph: list[_Line] = []
        for line in run:
            paragraph.append(line)
            if line.text.endswith(SENTENCE_END) and len(line.text) < min(cut) - SLACK:
                yield paragraph
                paragraph = []
        if paragraph:
            yield paragraph


def _end(line: _Line) -> int:
    return line.start + len(line.text)


def _block(text: str, lines: Sequence[_Line], role: Role, number: int | None = None) -> Block:
    """A block of lines that follow one another, without the label of the first."""
    start = lines[0].start + lines[0].head
    return Block(text=text[start : _end(lines[-1])], start=start, gap=1, role=role, article=number)


__all__ = ["field_blocks"]
