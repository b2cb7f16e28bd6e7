"""Joins the glyphs of a page to lines of type, level ones and vertical ones, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .glyphs import LEVEL, Glyph
from .print_page import Box, around
from .run import Run, is_sideways, most_size
from .vertical import rejoined, sideways_in, vertical_apart

GAP, NEAR = 1.5, 0.75
"""Largest gap between two characters of a line, in ems: with a space between them in the file, and
without.
"""
SPREAD = 4.0
"""Largest gap between the letter-spaced characters of a headline, in ems."""
LARGE = 1.2
"""Size of a headline, in ems of body type."""


def runs_of(glyphs: Iterable[Glyph], rules: Sequence[Box] = ()) -> tuple[list[Run], list[Run], list[Run]]:
    """The level runs, the vertical ones, and those at other angles; `rules` part vertical ones."""
    level: list[Run] = []
    tilted: list[Run] = []
    glyphs = list(glyphs)
    for glyph in glyphs:
        if abs(glyph.angle) <= LEVEL:
            _add_level(level, glyph)
        elif is_sideways(glyph):
            _add_sideways(level, glyph)
        else:
            _add_tilted(tilted, glyph)
    tilted += [run for run in level if all(map(is_sideways, run.glyphs))]
    level, down = vertical_apart([run for run in level if not all(map(is_sideways, run.glyphs))])
    down, tilted = sideways_in(down, tilted, sum(len(run.glyphs) for run in level))
    order = {id(glyph): at for at, glyph in enumerate(glyphs)}
    return _letter_spaced(level), rejoined(down, rules, order), tilted


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
    off = 0.6 if is_sideways(before) else 0.35
    if abs(glyph.middle[0] - before.middle[0]) >= off * em and abs(here[0] - there[0]) >= 0.2 * em:
        return False
    return -0.6 * em < here[1] - there[3] < (GAP if glyph.spaced else NEAR) * em


def _add_tilted(runs: list[Run], glyph: Glyph) -> None:
    """Adds a glyph at another angle to the run that it continues in its direction."""
    last = runs[-1] if runs else None
    if last and abs(last.glyphs[-1].angle - glyph.angle) < LEVEL:
        (x0, y0), (x1, y1) = last.glyphs[-1].middle, glyph.middle
        if abs(x1 - x0) + abs(y1 - y0) < 3 * glyph.size:
            last.add(glyph, down=True)
            return
    runs.append(Run([glyph], down=True))


def _letter_spaced(runs: list[Run]) -> list[Run]:
    """The runs with the single characters of letter-spaced headlines put together."""
    body = most_size(runs)
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
