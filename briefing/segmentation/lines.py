"""Physical lines of a page, with what each shows by itself: indent, length, marks, its end.

Knows the place of each line's words in the page; knows nothing of its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ..text.lazy_pattern import lazy_pattern
from ..text.ranges import subtract_ranges
from ..types import Block, Page

TERMINAL = "。！？!?…"
CLOSERS = "”’」』）)》〉】］]\"'"
CENTER = lazy_pattern(r"\u3000{3,}|[ \u00a0]{7,}|\t{2,}")
INDENT = lazy_pattern(r"(?:\u3000{2}|[ \u00a0]{4}|\t|\u2003{2})")
ATX = lazy_pattern(r"(#{1,6})(?:[\s\u3000]+|(?=[^#\s\d]))")
BOLD = lazy_pattern(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1[\s\u3000]*")
BULLET = lazy_pattern(r"[■●◆▲★▍▌►▶◎⊙❖♦•□◇○☆△※➤✦][\s\u3000]*(?=\S)")
BRACKET = lazy_pattern(r"【[\s\u3000]*([^【】]{2,45}?)[\s\u3000]*】[\s\u3000]*")
DASH = lazy_pattern(r"(?:[—―─–]{1,3}|-{2,3})[\s\u3000]*(?=\S)")


@dataclass(slots=True)
class TextLine:
    """One line: its words, their [start, end) pieces of the page, and its layout.

    `width` counts characters with the indent, `columns` a Chinese one twice; `gap` counts blank
    lines before it; `mark` is the heading mark: "#", "bold", "bullet", "bracket", "center", "dash"
    or ""; `level` the heading level, if any; `joined`: a mark opened one line before closes here.
    """

    text: str
    pieces: list[tuple[int, int]]
    gap: int
    width: int
    columns: int
    indented: bool
    mark: str = ""
    level: int = 0
    joined: bool = False


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, apart from closing quotes and brackets."""
    at = len(text)
    while at and text[at - 1] in CLOSERS:
        at -= 1
    if at and text[at - 1] in TERMINAL:
        return True
    if at > 1 and text[at - 1] == "." and not text[at - 2].isascii():
        return True
    return at < len(text) and text[-1] in "）)" and len(text) > 40


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


def _trim(page: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces without white space at either end of the whole."""
    while pieces:
        start, end = pieces[0]
        while start < end and page[start].isspace():
            start += 1
        if start < end:
            pieces[0] = (start, end)
            break
        pieces.pop(0)
    while pieces:
        start, end = pieces[-1]
        while start < end and page[end - 1].isspace():
            end -= 1
        if start < end:
            pieces[-1] = (start, end)
            break
        pieces.pop()
    return pieces


def page_lines(page: Page) -> Iterator[list[TextLine]]:
    """The lines of each block. Heading marks are removed and kept as `mark` and `level`."""
    markup = list(page.markup)
    ends = [end for _, end in markup]
    for block in page.blocks:
        start = block.start
        lines: list[TextLine] = []
        for raw in block.text.split("\n"):
            if pieces := _words_of_line(page, raw, start, markup, ends):
                lines.append(_text_line(page.text, raw, pieces, block if not lines else None))
            start += len(raw) + 1
        if lines:
            _bold_over_lines(page.text, lines)
            yield lines


def _words_of_line(
    page: Page, raw: str, start: int, markup: list[tuple[int, int]], ends: list[int]
) -> list[tuple[int, int]]:
    """The pieces of the page that are the words of the line at `start`; none of a blank line.

    `markup` is the page's notation, sorted; `ends` are the ends of its ranges.
    """
    body = raw.strip()
    if not body:
        return []
    head = start + len(raw) - len(raw.lstrip())
    tail = head + len(body)
    low = bisect_left(ends, head)
    if low == len(markup) or markup[low][0] >= tail:
        return [(head, tail)]
    return _trim(page.text, subtract_ranges(head, tail, markup[low : bisect_left(ends, tail) + 1]))


def _text_line(page: str, raw: str, pieces: list[tuple[int, int]], block: Block | None) -> TextLine:
    """The line of these pieces; `block` is given for the first line of one."""
    stripped = raw.rstrip()
    centred = raw[0].isspace() and CENTER.match(raw) is not None
    line = TextLine(
        text=_joined_pieces(page, pieces),
        pieces=pieces,
        gap=block.gap if block else 0,
        width=len(stripped),
        columns=len(stripped) if stripped.isascii() else len(stripped.encode("gb18030", "replace")),
        indented=raw[0].isspace() and INDENT.match(raw) is not None and not centred,
        mark="#" if block and block.level else "center" if centred else "",
        level=block.level if block else 0,
    )
    _read_mark(page, line)
    return line


def _bold_over_lines(page: str, lines: list[TextLine]) -> None:
    """Reads a wrapped bold heading: its mark opens in one line and closes one or two later."""
    for at, line in enumerate(lines[:-1]):
        if line.mark or not line.text.startswith("**") or line.text.count("**") != 1:
            continue
        for end in range(at + 1, min(at + 3, len(lines))):
            if (
                lines[end].text.endswith("**")
                and lines[end].text.count("**") == 1
                and len(lines[end].text) > 2
            ):
                strip_ends(page, line, 2, 0)
                strip_ends(page, lines[end], 0, 2)
                for piece in lines[at : end + 1]:
                    piece.mark, piece.joined = "bold", piece is not line
                break


def _joined_pieces(page: str, pieces: list[tuple[int, int]]) -> str:
    return "".join(page[start:end] for start, end in pieces)


def strip_ends(page: str, line: TextLine, head: int, tail: int) -> None:
    """Removes `head` characters from the front of the line's words and `tail` from their end."""
    pieces = line.pieces
    while head and pieces:
        start, end = pieces[0]
        take = min(head, end - start)
        pieces[0] = (start + take, end)
        head -= take
        if start + take == end:
            pieces.pop(0)
    while tail and pieces:
        start, end = pieces[-1]
        take = min(tail, end - start)
        pieces[-1] = (start, end - take)
        tail -= take
        if start == end - take:
            pieces.pop()
    _trim(page, pieces)
    line.text = _joined_pieces(page, pieces)


def _read_mark(page: str, line: TextLine) -> None:
    """Reads and removes the line's heading mark, at its front and, if it closes there, its end."""
    first = line.text[0]
    if first == "#":
        found = ATX.match(line.text)
        if found and found.end() < len(line.text):
            tail = len(line.text) - len(line.text.rstrip("# \u3000"))
            line.mark, line.level = "#", len(found[1])
            strip_ends(page, line, found.end(), tail)
            first = line.text[0] if line.text else ""
    if first in "*_":
        bold = BOLD.fullmatch(line.text)
        if bold and bold[1] not in bold[2]:
            line.mark = "#" if line.mark == "#" else "bold"
            strip_ends(page, line, 2, len(line.text) - bold.end(2))
            first = line.text[0] if line.text else ""
    if first and line.mark in ("", "center"):
        bullet = BULLET.match(line.text)
        if bullet:
            line.mark = "bullet"
            strip_ends(page, line, bullet.end(), 0)
            first = line.text[0] if line.text else ""
        elif first in "—―─–-" and len(line.text) < 60 and (dash := DASH.match(line.text)):
            line.mark = "dash"
            strip_ends(page, line, dash.end(), 0)
    elif first and first in "—―─–-" and (dash := DASH.match(line.text)):
        line.mark = "dash"
        strip_ends(page, line, dash.end(), 0)
