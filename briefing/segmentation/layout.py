"""How a page is set, and what that says of a line in its block.

Knows the length of a full line, indents, gaps, and the block around each line. Does not know the
units, that is, what the earlier lines were taken for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..types import Role
from . import bylines
from .furniture import caption_ends, furniture_role
from .lines import TextLine, ends_sentence, title_like


@dataclass(slots=True)
class Layout:
    """How the page is set: `wrap` is the number of characters of a full line (0: not wrapped)."""

    wrap: int
    slack: int
    """How much a full line may fall short: a character (or its columns) and a closing mark."""
    indents: bool
    gap: int
    """The most frequent number of blank lines between paragraphs."""

    def runs_on(self, lines: list[TextLine], at: int) -> bool:
        """Whether the line at `at` continues the paragraph of the line before it."""
        last, line = lines[at - 1], lines[at]
        if line.indented or (
            line.text[0] in "图圖▲△左右上下题（("
            and furniture_role(line.text) is Role.CAPTION
            and caption_ends(line.text)
        ):
            return False
        full = bool(self.wrap) and last.width >= self.wrap - self.slack
        if not ends_sentence(last.text):
            if full or (not self.wrap and len(last.text) >= 24) or last.text[-1] in "，、；,;：":
                return not (
                    self.indents
                    and not full
                    and title_like(line.text)
                    and at + 1 < len(lines)
                    and lines[at + 1].indented
                )
            return line.text[0] in "，。；：、！？”’）》」』" or (
                not title_like(line.text) and not bylines.dateline(line.text)
            )
        if not full or furniture_role(line.text):
            return False
        if self.indents:
            return not (title_like(line.text) and at + 1 < len(lines) and lines[at + 1].indented)
        return not title_like(line.text) or at + 1 == len(lines)

    def stands_alone(self, lines: list[TextLine], at: int) -> bool:
        """Whether the line at `at` may be a title, not the first line of a wrapped paragraph."""
        line = lines[at]
        if line.mark or not self.wrap:
            return True
        if at + 1 == len(lines):
            return "，" not in line.text or line.width < self.wrap - self.slack
        after = lines[at + 1]
        if after.indented or after.mark or bylines.is_byline(after.text) or furniture_role(after.text):
            return True
        if line.width >= self.wrap - self.slack // 2 and not self.indents:
            return self.wraps_title(lines)
        if self.indents:
            return title_like(after.text) and at + 2 < len(lines) and _opens_text(lines, at + 2)
        return line.width < self.wrap - self.slack

    def wraps_title(self, lines: list[TextLine]) -> bool:
        """Whether the block is a wrapped title: titles and bylines, no sentence."""
        titles = [line for line in lines if not bylines.is_byline(line.text)]
        if len(titles) > 6 or any(line.indented or line.text[-1] in "。；，、" for line in titles):
            return False
        words = "".join(line.text for line in titles)
        return (
            titles[-1].width < self.wrap - 1
            and len(words) <= 110
            and words.count("，") <= 1
            and "。" not in words
        )


def layout_of(blocks: list[list[TextLine]]) -> Layout:
    """The layout, from the line lengths, indents and gaps of the whole page.

    Lines are hard-wrapped by characters or by columns, whichever puts more lines at one length;
    `TextLine.width` is set to that measure.
    """
    lines = [line for block in blocks for line in block]
    gaps = Counter(block[0].gap for block in blocks)
    long = [line for line in lines if len(line.text) >= 12]
    indents = sum(line.indented for line in long)
    wrap, share = _wrap_length(Counter(line.width for line in lines if line.width >= 10), 1)
    wide, more = _wrap_length(Counter(line.columns for line in lines if line.columns >= 20), 2)
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


def _wrap_length(widths: Counter[int], step: int) -> tuple[int, float]:
    """The length of a full line (0: not wrapped), and the share of lines of that length."""
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


def _opens_text(lines: list[TextLine], at: int) -> bool:
    """Whether an article's text opens at `at`: an indent, a byline, or a title before an indent."""
    line = lines[at]
    return (
        line.indented
        or bylines.is_byline(line.text)
        or (title_like(line.text) and at + 1 < len(lines) and lines[at + 1].indented)
    )


__all__ = ["Layout", "layout_of"]
