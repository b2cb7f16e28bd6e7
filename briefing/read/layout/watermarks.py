"""Finds the level watermarks among the lines of a page: type that lies across other type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from .glyphs import Glyph
from .print_page import PrintLine, overlap

ACROSS = 0.2
"""Share of the smaller of two lines that lies on the other."""
OFTEN, MANY = 3, 10
"""Copies of a short line on one page, if one lies across type, and if none does."""
LARGER = 1.8
"""Size of a single watermark, in ems of the type it lies on."""
HUGE = 8.0
"""Size of pale type that is a watermark wherever it stands, in ems of most type."""
LONGEST = 40
"""Most characters of a watermark."""
APART = 1.4
"""Smallest pitch of a watermark that has its characters apart, in ems."""
CELL = 24.0
"""Height of the strips in which lines that touch are looked for, in points."""


def without_watermarks(
    lines: Sequence[PrintLine], glyphs: Sequence[Glyph]
) -> tuple[list[PrintLine], list[PrintLine]]:
    """The lines without watermarks, and the watermarks.

    One is short and lies across other lines, and is much larger than they, or pale (`glyphs` say
    where type is), or stands there several times; then its copies between the lines are, too. Huge pale
    type is one wherever it stands.
    """
    copies = Counter(line.text for line in lines)
    pale, white = (
        _marked(lines, [glyph for glyph in glyphs if glyph.pale]),
        _marked(lines, [glyph for glyph in glyphs if glyph.white]),
    )
    across = _crossings(lines)
    repeated = {text for text, count in copies.items() if count >= MANY and 2 < len(text) <= LONGEST}
    repeated |= {
        lines[at].text
        for at, others in across.items()
        if others and copies[lines[at].text] >= OFTEN and len(lines[at].text) > 2
    }
    body = max(_sizes(lines).items(), key=lambda pair: pair[1], default=(10.0, 0))[0]
    found = _letters_apart(lines, {at for at, others in across.items() if others})
    for at, others in across.items():
        line, under = lines[at], [other for other in others if other.text not in repeated]
        large = len(under) >= 2 and all(line.size >= LARGER * other.size for other in under)
        huge = pale[at] and not white[at] and line.size >= HUGE * body
        if (under and pale[at]) or large or huge:
            found.add(at)
    aside = [
        at in found or line.text in repeated or (pale[at] and any(line.text in mark for mark in repeated))
        for at, line in enumerate(lines)
    ]
    return (
        [line for line, one in zip(lines, aside, strict=True) if not one],
        [line for line, one in zip(lines, aside, strict=True) if one],
    )


def _crossings(lines: Sequence[PrintLine]) -> dict[int, list[PrintLine]]:
    """The lines of other words that each short line lies across, by its place."""
    strips: defaultdict[int, list[PrintLine]] = defaultdict(list)
    for line in lines:
        for strip in _strips(line):
            strips[strip].append(line)
    across: dict[int, list[PrintLine]] = {}
    for at, line in enumerate(lines):
        if len(line.text) <= LONGEST:
            near = {id(other): other for strip in _strips(line) for other in strips[strip]}.values()
            across[at] = [one for one in near if one.text != line.text and _lies_across(line, one)]
    return across


def _marked(lines: Sequence[PrintLine], glyphs: Sequence[Glyph]) -> list[bool]:
    """Whether each line begins with one of the glyphs."""
    places = {(glyph.text, round(glyph.box[0]), round(glyph.size)) for glyph in glyphs}
    return [(line.text[0], round(line.left), round(line.size)) in places for line in lines]


def _sizes(lines: Sequence[PrintLine]) -> Counter[float]:
    """The characters of each size."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes


def _letters_apart(lines: Sequence[PrintLine], crossing: set[int]) -> set[int]:
    """The characters of marks that stand apart under one another, at one pitch, some across type."""
    columns: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if len(line.text) == 1:
            columns[round(line.size), round(line.left / 3)].append(at)
    out: set[int] = set()
    for column in columns.values():
        tops = sorted(lines[at].top for at in column)
        gaps = [below - top for top, below in pairwise(tops)]
        apart = len(column) >= OFTEN and min(gaps) > APART * lines[column[0]].size
        if apart and max(gaps) < 1.1 * min(gaps) and crossing & set(column):
            out.update(column)
    return out


def _strips(line: PrintLine) -> range:
    return range(int(line.top // CELL), int(line.bottom // CELL) + 1)


def _lies_across(line: PrintLine, other: PrintLine) -> bool:
    shared = overlap(line.box, other.box, 0) * overlap(line.box, other.box, 1)
    areas = [(one.right - one.left) * (one.bottom - one.top) for one in (line, other)]
    return shared > ACROSS * min(areas)
