"""Joins the glyphs of a page to lines of type, level ones and vertical ones, in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .glyphs import LEVEL, Glyph
from .print_page import Box, PrintLine, around, is_between

GAP, NEAR = 1.5, 0.75
"""Largest gap between two characters of a line, in ems: with a space between them in the file, and
without.
"""
SPREAD = 4.0
"""Largest gap between the letter-spaced characters of a headline, in ems."""
LARGE = 1.2
"""Size of a headline, in ems of body type."""
MOST_RUNS = 5000
"""Most runs of a page among which vertical ones are looked for."""
COLUMN = 3
"""Fewest characters of a line of vertical type that stands alone."""


@dataclass(slots=True)
class Run:
    """The glyphs of a line under construction; `down` if vertical, None while it has one glyph."""

    glyphs: list[Glyph]
    down: bool | None = None
    text: str = ""
    box: Box = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        """Takes the measures of its glyphs."""
        self.text = self.text or "".join(glyph.text for glyph in self.glyphs)
        self.box = (
            around([glyph.box for glyph in self.glyphs]) if len(self.glyphs) > 1 else self.glyphs[0].box
        )
        self.size = self.glyphs[0].size

    def add(self, glyph: Glyph, *, down: bool, space: bool = False) -> None:
        """Adds a glyph."""
        self.glyphs.append(glyph)
        self.down = down
        self.text += " " * space + glyph.text
        (l0, t0, r0, b0), (l1, t1, r1, b1) = self.box, glyph.box
        self.box = (min(l0, l1), min(t0, t1), max(r0, r1), max(b0, b1))

    @property
    def line(self) -> PrintLine:
        """The run as a line of type."""
        return PrintLine(_closed_up(self.text), self.box, self.size)


def runs_of(glyphs: Iterable[Glyph], rules: Sequence[Box] = ()) -> tuple[list[Run], list[Run], list[Run]]:
    """The level runs, the vertical ones, and those at other angles; `rules` part vertical ones."""
    level: list[Run] = []
    tilted: list[Run] = []
    for glyph in glyphs:
        if abs(glyph.angle) <= LEVEL:
            _add_level(level, glyph)
        elif _is_sideways(glyph):
            _add_sideways(level, glyph)
        else:
            _add_tilted(tilted, glyph)
    tilted += [run for run in level if all(map(_is_sideways, run.glyphs))]
    level, down = _vertical_apart([run for run in level if not all(map(_is_sideways, run.glyphs))])
    down, tilted = _sideways_in(down, tilted, sum(len(run.glyphs) for run in level))
    return _letter_spaced(level), _rejoined(down, rules), tilted


def _add_level(runs: list[Run], glyph: Glyph) -> None:
    """Adds a glyph to the run it continues, to the right or down, or begins a run."""
    last = runs[-1] if runs else None
    if last and 0.8 < glyph.size / last.size < 1.25:
        before = last.glyphs[-1]
        if _continues_level(before, glyph):
            if last.down and not _is_pair(before, glyph):
                runs.append(last := Run([before]))
                _take_last(runs[-2])
            gap = glyph.box[0] - before.box[2]
            ascii_pair = before.text.isascii() and glyph.text.isascii()
            space = gap > (0.15 if ascii_pair else 0.45) * glyph.size
            last.add(glyph, down=bool(last.down), space=space and not last.down)
            return
        if last.down is not False and _continues_down(before, glyph):
            last.add(glyph, down=True)
            return
    runs.append(Run([glyph]))


def _is_sideways(glyph: Glyph) -> bool:
    """Whether a glyph lies on its right side, as Latin does in vertical type."""
    return abs(glyph.angle - 90) <= LEVEL


def _add_sideways(runs: list[Run], glyph: Glyph) -> None:
    """Adds a glyph that lies on its side to the vertical run it continues, or begins one."""
    last = runs[-1] if runs else None
    if last and last.down is not False and 0.8 < glyph.size / last.size < 1.25:
        gap = glyph.box[1] - last.glyphs[-1].box[3]
        away = glyph.middle[0] - last.glyphs[-1].middle[0]
        if abs(away) < 0.6 * glyph.size and -0.3 * glyph.size < gap < NEAR * glyph.size:
            last.add(glyph, down=True, space=gap > 0.15 * glyph.size and last.text[-1].isascii())
            return
    runs.append(Run([glyph], down=True))


def _take_last(run: Run) -> None:
    """Removes the last glyph of a run of several."""
    glyphs = run.glyphs[:-1]
    run.glyphs, run.text = glyphs, "".join(glyph.text for glyph in glyphs)
    run.box, run.down = around([glyph.box for glyph in glyphs]), True if len(glyphs) > 1 else None


def _is_pair(before: Glyph, glyph: Glyph) -> bool:
    """Whether two digits stand side by side in a line of vertical type."""
    return before.text.isascii() and glyph.text.isascii() and glyph.box[2] - glyph.box[0] < 0.75 * glyph.size


def _continues_level(before: Glyph, glyph: Glyph) -> bool:
    here, there = glyph.box, before.box
    if abs(here[1] + here[3] - there[1] - there[3]) >= 0.8 * min(glyph.size, before.size):
        return False
    gap = here[0] - there[2]
    # One dash over two ems may be both characters.
    back = 2.2 if glyph.text == before.text and glyph.text in "—…" else 0.6
    return -back * glyph.size < gap < (GAP if glyph.spaced else NEAR) * glyph.size


def _continues_down(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph stands under another, in the middle or, being narrow, at its left edge."""
    em, here, there = glyph.size, glyph.box, before.box
    off = 0.6 if _is_sideways(before) else 0.35
    if abs(glyph.middle[0] - before.middle[0]) >= off * em and abs(here[0] - there[0]) >= 0.2 * em:
        return False
    return -0.6 * em < here[1] - there[3] < (GAP if glyph.spaced else NEAR) * em


def _vertical_apart(runs: list[Run]) -> tuple[list[Run], list[Run]]:
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
    upright = [glyph for glyph in run.glyphs if not _is_sideways(glyph)]
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


def _add_tilted(runs: list[Run], glyph: Glyph) -> None:
    """Adds a glyph at another angle to the run that it continues in its direction."""
    last = runs[-1] if runs else None
    if last and abs(last.glyphs[-1].angle - glyph.angle) < LEVEL:
        (x0, y0), (x1, y1) = last.glyphs[-1].middle, glyph.middle
        if abs(x1 - x0) + abs(y1 - y0) < 3 * glyph.size:
            last.add(glyph, down=True)
            return
    runs.append(Run([glyph], down=True))


def _sideways_in(down: list[Run], tilted: list[Run], level: int) -> tuple[list[Run], list[Run]]:
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


def _rejoined(down: list[Run], rules: Sequence[Box]) -> list[Run]:
    """The vertical runs, with the pieces of one line put together where no rule parts them."""
    out: list[Run] = []
    for run in sorted(down, key=lambda one: (one.box[1], -one.box[0])):
        for last in out:
            same = abs(last.box[0] + last.box[2] - run.box[0] - run.box[2]) < 0.7 * run.size
            if (
                same
                and 0.85 < run.size / last.size < 1.18
                and -0.5 * run.size < run.box[1] - last.box[3] < NEAR * run.size
                and not any(is_between(rule, last.box, run.box) for rule in rules)
            ):
                last.text += run.text
                last.box = around([last.box, run.box])
                break
        else:
            out.append(run)
    return out


def _letter_spaced(runs: list[Run]) -> list[Run]:
    """The runs with the single characters of letter-spaced headlines put together."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    body = max(sizes, key=lambda size: sizes[size], default=0.0)
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and run.size >= LARGE * body and _is_next_letter(last, run):
            last.add(run.glyphs[0], down=False)
        else:
            out.append(run)
    return out


def _is_next_letter(last: Run, run: Run) -> bool:
    """Whether a run of one Chinese character goes on at the distance of the ones before it."""
    if len(run.text) != 1 or run.text < "\u2e80" or " " in last.text or last.text < "\u2e80":
        return False
    gaps = [b.box[0] - a.box[2] for a, b in zip(last.glyphs, last.glyphs[1:], strict=False)]
    gap = run.box[0] - last.box[2]
    level = abs(run.box[3] - last.box[3]) < 0.2 * run.size and abs(run.size - last.size) < 0.1 * run.size
    return level and 0 < gap < SPREAD * run.size and all(abs(gap - one) < 0.3 * run.size for one in gaps)


def _closed_up(text: str) -> str:
    """Chinese text without spaces where one follows each character: 书 房 开 放."""
    parts = text.split(" ")
    if len(parts) > 2 and all(len(part) == 1 and part >= "\u2e80" for part in parts):
        return "".join(parts)
    return text
