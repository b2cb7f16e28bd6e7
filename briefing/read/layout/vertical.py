"""Tells vertical type from level type, and puts its lines together: with words on their side, from pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from .glyphs import LEVEL
from .print_page import Box, around, is_between
from .run import Run, is_sideways, most_size

NEAR = 0.75
"""Largest gap between two pieces of a line, in ems."""
LARGE = 1.2
"""Size of a headline, in ems of body type."""
TIER, STRIP = 3, 2.0
"""Fewest lines that begin at one height where a tier of vertical type begins, and that height in points."""
MOST_RUNS = 5000
"""Most runs of a page among which vertical ones are looked for."""
COLUMN = 3
"""Fewest characters of a line of vertical type that stands alone."""


def vertical_apart(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The level runs and the vertical ones; short ones are vertical beside a long one.

    Characters under one another that are no column of type are level runs of one character.
    """
    long = [run for run in runs if run.down and len(run.glyphs) >= COLUMN]
    long = [run for run in long if _is_column(run, runs)] if len(runs) <= MOST_RUNS else []
    if not long:
        return _levelled(runs), []
    level: list[Run] = []
    down = long
    chosen = set(map(id, long))
    for run in runs:
        if id(run) in chosen:
            continue
        single = [Run([glyph]) for glyph in run.glyphs]
        if len(single) <= COLUMN and all(any(_is_beside(one, other) for other in long) for one in single):
            down = down + ([run] if run.down is not False else single)
        else:
            level += _levelled([run])
    return level, down


def _is_column(run: Run, runs: list[Run]) -> bool:
    """Whether a run is vertical type: Chinese, and no first characters of level lines or cells."""
    upright = [glyph for glyph in run.glyphs if not is_sideways(glyph)]
    if 2 * sum(glyph.text >= "\u2e80" for glyph in upright) < len(upright):
        return False
    left, top, right, bottom = run.box
    beside = [
        other
        for other in runs
        if other.down is False
        and 0.8 < other.size / run.size < 1.25
        and top - 1 < (other.box[1] + other.box[3]) / 2 < bottom + 1
        and (-0.5 * run.size < other.box[0] - right < 0.5 * run.size
             or -0.5 * run.size < left - other.box[2] < 0.5 * run.size)
    ]  # fmt: skip
    return 2 * len(beside) < len(run.glyphs)


def _is_beside(run: Run, column: Run) -> bool:
    """Whether a short run stands at the pitch of lines beside a column of its size, or over or under it."""
    if not 0.85 < run.size / column.size < 1.18:
        return False
    em = run.size
    away = abs((run.box[0] + run.box[2]) - (column.box[0] + column.box[2])) / 2
    beside = 0.9 * em < away < 2.3 * em and column.box[1] - 2.5 * em < run.box[1] < column.box[3]
    apart = max(run.box[1] - column.box[3], column.box[1] - run.box[3])
    return beside or (away < 0.35 * em and -0.5 * em < apart < 1.2 * em)


def _levelled(runs: list[Run]) -> list[Run]:
    """The runs with vertical ones taken apart."""
    return [one for run in runs for one in ([Run([glyph]) for glyph in run.glyphs] if run.down else [run])]


def sideways_in(down: list[Run], tilted: list[Run], level: int) -> tuple[list[Run], list[Run]]:
    """The vertical runs with what lies on its side among them: Latin words, or all of the type.

    `level` is the number of level glyphs: a few words on their side beside those are no text.
    """
    other: list[Run] = []
    sideways = [run for run in tilted if abs(run.glyphs[0].angle - 90) <= LEVEL]
    type_of_its_own = sum(len(run.glyphs) for run in sideways) > 0.15 * max(level, 1)
    lying = set(map(id, sideways))
    for run in tilted:
        if id(run) not in lying:
            other.append(run)
            continue
        middle = (run.box[0] + run.box[2]) / 2
        inside = [one for one in down if one.box[0] < middle < one.box[2]]
        over = [one for one in inside if -0.5 * one.size < run.box[1] - one.box[3] < 1.2 * one.size]
        if over:
            over[0].text += run.text
            over[0].box = around([over[0].box, run.box])
        elif type_of_its_own or inside:
            down.append(run)
        else:
            other.append(run)
    return down, other


def rejoined(down: list[Run], rules: Sequence[Box], order: Mapping[int, int]) -> list[Run]:
    """The vertical runs, with the pieces of one line put together where no rule parts them.

    `order` has the places of glyphs in the file. Two headlines one under the other do not follow one another
    there, since each has other lines; nor do the lines of two tiers.
    """
    out: list[Run] = []
    ends: dict[int, int] = {}
    body = most_size(down)
    tops = Counter(round(run.box[1] / STRIP) for run in down)
    for run in sorted(down, key=lambda one: (one.box[1], -one.box[0])):
        begin = order[id(run.glyphs[0])]
        for last in out:
            same = abs(last.box[0] + last.box[2] - run.box[0] - run.box[2]) < 0.7 * run.size
            gap = run.box[1] - last.box[3]
            strip = round(run.box[1] / STRIP)
            heads = run.size >= LARGE * body
            tiers = sum(tops[at] for at in (strip - 1, strip, strip + 1)) >= TIER
            if (
                same
                and 0.85 < run.size / last.size < 1.18
                and -0.5 * run.size < gap < NEAR * run.size
                and not ((heads or tiers) and len(run.text) > 1 and begin != ends[id(last)] + 1)
                and not any(is_between(rule, last.box, run.box) for rule in rules)
            ):
                last.text += run.text
                last.box = around([last.box, run.box])
                ends[id(last)] = order[id(run.glyphs[-1])]
                break
        else:
            out.append(run)
            ends[id(run)] = order[id(run.glyphs[-1])]
    return sorted(out, key=lambda one: order[id(one.glyphs[0])])


__all__ = ["rejoined", "sideways_in", "vertical_apart"]
