"""Groups lines into text columns and heads: consecutive lines in one measure, and larger type.

Knows sizes and distances; does not know which head a column belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ...text.lazy_pattern import lazy_pattern
from .print_page import Box, PrintLine, PrintPage, around, is_between, overlap
from .words import are_latin, goes_on_byline, join_lines, join_pieces

LARGE = 1.22
"""Size of a headline, in ems of body type."""
ROUGHLY, ENOUGH = 1.17, 6
"""The same where sizes are measured, for a line of at least so many characters."""
SURELY, SENTENCE_ENDS = 1.5, "。”"
"""The same for a line that ends like a sentence."""
STRIP = 3.0
"""Bin width in points for finding lines that end at one height or begin at one left edge."""
UNDER = 45.0
"""Ems of body type below a head in which the columns of its text begin."""
CLOSE = 1.25
"""Largest gap between two lines of a text column, in ems."""
FIRST = 3
"""Lines of a column that may all be first lines of paragraphs, indented."""
INDENT = 1.4
"""Indent of a paragraph's first line, in ems."""
SHORT = 1.6
"""Ems by which the last line of a paragraph falls short of the measure."""
WALL = 2.0
"""Height of a rule between two pieces of a line, in ems; a shorter one may be a stroke of type."""
CAPTION_START = lazy_pattern(r"[▲△▼▽↑↓←→]|图[为①-⑩]|[上下左右]图|题图")
"""Beginning of a caption."""
CAPTION_END = lazy_pattern(r"(?:摄|供图|制图|资料图片?)[）)]?$")
"""End of a caption."""
NAME_APART = 2.5
"""Largest gap before the name in a byline, in ems."""
ENDS = "。！？…”’」』）"


@dataclass(slots=True)
class Column:
    """Consecutive lines of body type, or of large type if `head`."""

    lines: list[PrintLine]
    head: bool = False
    frame: Box | None = None
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        """Computes the box of its lines."""
        self.box = around([line.box for line in self.lines])

    def add(self, line: PrintLine) -> None:
        """Adds a line."""
        self.lines.append(line)
        self.box = around([self.box, line.box])

    @property
    def text(self) -> str:
        """Its text as one line."""
        return "".join(line.text for line in self.lines)


def merge_pieces(
    lines: list[PrintLine], body: float, *, measured: bool = False, walls: Sequence[Box] = ()
) -> list[PrintLine]:
    """Merges the pieces of one line: same base line, same size, hardly a gap, none of the `walls` between.

    The pieces of a headline may be an em apart, unless the second begins where a text column does.
    """
    edges = _left_edges(lines, body, measured)
    places = {id(line): at for at, line in enumerate(lines)}
    out: list[PrintLine] = []
    ends: list[int] = []  # the place in the file of the last piece of each
    level: defaultdict[int, list[int]] = defaultdict(list)  # places in `out` of what ends in each strip
    for line in sorted(lines, key=lambda one: one.left):
        high = round(0.3 * line.size / STRIP) + 1
        strip = round(line.bottom / STRIP)
        near = [at for nearby in range(strip - high, strip + high + 1) for at in level.get(nearby, ())[-4:]]
        fits = []
        for at in near:
            follows = measured or places[id(line)] == ends[at] + 1 or len(line.text) == 1
            most = _largest_gap(out[at], line, body, edges, lines, measured, in_order=follows)
            same = _same_size(out[at], line, body, measured)
            if same and line.left - out[at].right < most and _fits(out[at], line, walls):
                fits.append(at)
        if fits:
            at = max(fits, key=lambda one: out[one].right)
            last = out[at]
            out[at] = PrintLine(
                join_pieces(last.text, line.text), around([last.box, line.box]), max(last.size, line.size)
            )
            ends[at] = places[id(line)]
        else:
            level[strip].append(len(out))
            out.append(line)
            ends.append(places[id(line)])
    return out


def _fits(last: PrintLine, line: PrintLine, walls: Sequence[Box]) -> bool:
    """Whether a piece is on the base line of another, with no rule between them."""
    return (
        abs(last.bottom - line.bottom) < 0.3 * line.size
        and line.left - last.right > -1.5 * line.size
        and not any(_is_wall_between(wall, last, line) for wall in walls)
    )


def _left_edges(lines: Sequence[PrintLine], body: float, measured: bool) -> Mapping[int, list[float]]:
    """The tops of the lines of body type that begin in each strip of the page."""
    edges: defaultdict[int, list[float]] = defaultdict(list)
    for line in lines:
        if not _is_large(line, body, measured):
            edges[round(line.left / STRIP)].append(line.top)
    return edges


def _is_large(line: PrintLine, body: float, measured: bool) -> bool:
    """Whether a line is larger than body type. In a picture the size of a few characters is rough, that of
    more is not; and the last line of a paragraph is no headline.
    """
    if measured and line.text[-1:] in SENTENCE_ENDS:
        return line.size >= SURELY * body
    return line.size >= (ROUGHLY if measured and len(line.text) >= ENOUGH else LARGE) * body


def _is_wall_between(wall: Box, last: PrintLine, line: PrintLine) -> bool:
    """Whether a vertical rule taller than the type stands at the joint of two pieces; the left half of an
    opening quotation mark is blank."""
    size, middle = line.size, (line.top + line.bottom) / 2
    at = (wall[0] + wall[2]) / 2
    tall = wall[3] - wall[1] > WALL * size and wall[1] - 0.2 * size < middle < wall[3]
    return tall and last.right - 0.2 * size < at < line.left + 0.6 * size


def _same_size(last: PrintLine, line: PrintLine, body: float, measured: bool) -> bool:
    """Whether two pieces have the same size; touching large type in a scan is measured roughly."""
    most = 1.18
    if min(last.size, line.size) >= LARGE * body:
        touch = line.left - last.right < 0.3 * line.size
        most = (1.39 if touch else 1.25) if measured else 1.05
    return 1 / most < last.size / line.size < most


def _largest_gap(
    last: PrintLine,
    line: PrintLine,
    body: float,
    edges: Mapping[int, list[float]],
    lines: Sequence[PrintLine],
    measured: bool,
    *,
    in_order: bool,
) -> float:
    """Largest gap in points between two pieces of a line: hardly any where a text column begins, that of a
    lost character where the line above or below runs on over it.

    Headlines side by side may touch; those of a file do not follow one another in it (`in_order`), since each
    has other lines.
    """
    large = _is_large(line, body, measured)
    slack = 0.6 * line.size if large else 1.0
    first, end = min(last.right, line.left - slack), line.left + slack
    tops = [
        top - line.bottom
        for strip in range(round(first / STRIP), round(end / STRIP) + 1)
        for top in edges.get(strip, ())
    ]
    near = sum((0 if large else -UNDER) * body < top < UNDER * body for top in tops)
    if near >= (3 if large or not in_order else 4):
        return 0.3 * line.size if in_order else -2.0 * line.size
    lost = 1.3 * line.size
    if not large and are_latin(last.text, line.text):  # words of a justified line
        return lost
    if not large and goes_on_byline(last.text, line.text):
        return NAME_APART * line.size
    if not large and near <= 1 and line.left - last.right < lost and _runs_on(last, line, lines):
        return lost
    return 1.1 * line.size if large else min(0.7 * line.size, 7.0)


def _runs_on(last: PrintLine, line: PrintLine, lines: Sequence[PrintLine]) -> bool:
    """Whether a line right above or below runs on over the gap between two pieces of body type."""
    return any(
        other.left < last.right - line.size
        and other.right > line.left + line.size
        and 0.5 * line.size < abs(other.bottom - line.bottom) < 2.2 * line.size
        for other in lines
    )


def columns(print_page: PrintPage, lines: list[PrintLine]) -> list[Column]:
    """The columns of body type and the heads; a rule between two lines separates them."""
    body = print_page.body
    found: list[Column] = []
    for line in sorted(lines, key=lambda one: (one.top, one.left)):
        large = _is_large(line, body, print_page.measured)
        over = [
            one for one in found if one.head == large and _continues_column(one, line, body, print_page.rules)
        ]
        if len(over) == 1:
            over[0].add(line)
        else:  # below no column, or across several
            found.append(Column([line], head=large))
    return found


def _continues_column(column: Column, line: PrintLine, body: float, rules: tuple[Box, ...]) -> bool:
    """Whether the line is directly below the column, in its measure."""
    last = column.lines[-1]
    em = max(last.size, line.size) if column.head else body
    gap = line.top - last.bottom
    if gap < -0.5 * em or gap > CLOSE * em:
        return False
    if CAPTION_START.match(line.text) or (
        CAPTION_START.match(column.lines[0].text) and (gap > 0.8 * em or CAPTION_END.search(last.text))
    ):
        return False  # a caption, or text below one
    if column.head and abs(last.bottom - line.bottom) < 0.5 * em:
        return False
    box = column.box
    if len(column.lines) <= FIRST and not column.head:  # all may be indented, or follow a single word
        box = (box[0] - 2.2 * body, *box[1:])
    if overlap(box, line.box, 0) < 0.6 * min(column.box[2] - column.box[0], line.right - line.left):
        return False
    return not any(is_between(rule, last.box, line.box) for rule in rules)


def paragraphs(parts: list[Column], body: float) -> list[tuple[str, Box]]:
    """The paragraphs of an article's columns in order, each with its box; one may span columns."""
    out: list[tuple[list[PrintLine], bool]] = []
    for part in parts:
        left = _common_edge([line.left for line in part.lines], low=True)
        right = _common_edge([line.right for line in part.lines], low=False)
        for line in part.lines:
            indented = line.left - left > INDENT * body and line.left - left < 4 * body
            short = line.right < right - SHORT * body
            ended = not out or (out[-1][1] and out[-1][0][-1].text.rstrip()[-1:] in ENDS)
            if not out or indented or ended or _stands_alone(line, part, body):
                out.append(([line], short))
            else:
                out[-1] = ([*out[-1][0], line], short)
    return [
        (join_lines([line.text for line in lines]), around([line.box for line in lines])) for lines, _ in out
    ]


def _common_edge(values: list[float], *, low: bool) -> float:
    """The left edge of most lines: the outermost shared by at least two, or the outermost."""
    ordered = sorted(values, reverse=not low)
    for a, b in pairwise(ordered):
        if abs(a - b) < 2:
            return a
    return ordered[0]


def _stands_alone(line: PrintLine, part: Column, body: float) -> bool:
    """Whether a centred line is set apart: a byline, a subhead."""
    left, right = line.left - part.box[0], part.box[2] - line.right
    return left > 2.5 * body and right > 1.2 * body
