"""Puts drop caps back before their text: a large first character that stands beside its first lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .print_page import PrintLine, overlap

SMALLEST, LARGEST = 1.5, 7.0
"""Sizes of a drop cap, in ems of body type."""
APART = 1.2
"""Largest distance of its lines from a drop cap, in ems of body type."""
FEWEST = 2
"""Fewest lines beside a drop cap."""
CHINESE = "\u3400"


def without_drop_caps(lines: Sequence[PrintLine], body: float) -> list[PrintLine]:
    """The lines, with each drop cap at the beginning of the first one beside it.

    The lines beside it then begin at its left edge, as those below it do.
    """
    large = [line for line in lines if SMALLEST * body <= line.size <= LARGEST * body]
    out = list(lines)
    for cap in large:
        if len(cap.text.strip()) != 1 or cap.text.strip() < CHINESE or _is_in_a_head(cap, large):
            continue
        beside = sorted(
            (at for at, line in enumerate(out) if _is_beside(cap, line, body)), key=lambda at: out[at].top
        )
        if len(beside) < FEWEST or out[beside[0]].top > cap.top + 0.5 * cap.size:
            continue
        for at in beside:
            line = out[at]
            text = cap.text.strip() + line.text if at == beside[0] else line.text
            out[at] = replace(line, text=text, box=(cap.left, *line.box[1:]))
        out.remove(cap)
    return out


def _is_in_a_head(cap: PrintLine, large: Sequence[PrintLine]) -> bool:
    """Whether another line of large type stands right beside, above or below a character."""
    for other in large:
        if other is cap or not 0.7 < other.size / cap.size < 1.4:
            continue
        down = max(other.top - cap.bottom, cap.top - other.bottom)
        across = max(other.left - cap.right, cap.left - other.right)
        if (
            overlap(cap.box, other.box, 0) > 0 and down < 0.6 * cap.size and len(other.text.strip()) == 1
        ) or (overlap(cap.box, other.box, 1) > 0.5 * cap.size and across < 1.5 * cap.size):
            return True
    return False


def _is_beside(cap: PrintLine, line: PrintLine, body: float) -> bool:
    """Whether a line of body type stands right of a drop cap, within its height."""
    middle = (line.top + line.bottom) / 2
    return (
        0.75 * body < line.size < 1.3 * body
        and -0.4 * cap.size < line.left - cap.right < APART * body
        and line.left > cap.left + 0.5 * cap.size
        and cap.top - 0.3 * body < middle < cap.bottom + 0.1 * body
    )


__all__ = ["without_drop_caps"]
