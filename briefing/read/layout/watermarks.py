"""Finds the level watermarks among the lines of a page: type that lies across other type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from .glyphs import Glyph
from .print_page import PrintLine, overlap

ACROSS = 0.2
"""Share of the smaller of two lines that lies on the other."""
OFTEN, MANY = 3, 10
"""Copies of a short line on one page, if one lies across type, and if none does."""
LARGER = 1.8
"""Size of a single watermark, in ems of the type it lies on."""
LONGEST = 40
"""Most characters of a watermark."""
CELL = 24.0
"""Height of the strips in which lines that touch are looked for, in points."""


def without_watermarks(
    lines: Sequence[PrintLine], glyphs: Sequence[Glyph]
) -> tuple[list[PrintLine], list[PrintLine]]:
    """The lines without watermarks, and the watermarks.

    One is short and lies across other lines, and is much larger than they, or pale (`glyphs` say
    where type is), or stands there several times; then its copies between the lines are, too.
    """
    strips: defaultdict[int, list[PrintLine]] = defaultdict(list)
    for line in lines:
        for strip in _strips(line):
            strips[strip].append(line)
    copies = Counter(line.text for line in lines)
    pale = {(glyph.text, round(glyph.box[0]), round(glyph.box[1])) for glyph in glyphs if glyph.pale}
    repeated = {text for text, count in copies.items() if count >= MANY and 2 < len(text) <= LONGEST}
    across: dict[int, list[PrintLine]] = {}
    for at, line in enumerate(lines):
        if len(line.text) <= LONGEST:
            near = {id(other): other for strip in _strips(line) for other in strips[strip]}.values()
            across[at] = [one for one in near if one.text != line.text and _lies_across(line, one)]
            if across[at] and copies[line.text] >= OFTEN and len(line.text) > 2:
                repeated.add(line.text)
    found: set[int] = set()
    for at, others in across.items():
        line, under = lines[at], [other for other in others if other.text not in repeated]
        light = (line.text[0], round(line.left), round(line.top)) in pale
        large = len(under) >= 2 and all(line.size >= LARGER * other.size for other in under)
        if (under and light) or large:
            found.add(at)
    aside = [at in found or line.text in repeated for at, line in enumerate(lines)]
    return (
        [line for line, one in zip(lines, aside, strict=True) if not one],
        [line for line, one in zip(lines, aside, strict=True) if one],
    )


def _strips(line: PrintLine) -> range:
    return range(int(line.top // CELL), int(line.bottom // CELL) + 1)


def _lies_across(line: PrintLine, other: PrintLine) -> bool:
    shared = overlap(line.box, other.box, 0) * overlap(line.box, other.box, 1)
    areas = [(one.right - one.left) * (one.bottom - one.top) for one in (line, other)]
    return shared > ACROSS * min(areas)
