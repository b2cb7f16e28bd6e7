"""A run of glyphs on one line, level or vertical, while it is put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .glyphs import LEVEL, Glyph
from .print_page import Box, PrintLine, around


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


def is_sideways(glyph: Glyph) -> bool:
    """Whether a glyph lies on its right side, as Latin does in vertical type."""
    return abs(glyph.angle - 90) <= LEVEL


def most_size(runs: Iterable[Run]) -> float:
    """The size of most type."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _closed_up(text: str) -> str:
    """Chinese text without spaces where one follows each character: 书 房 开 放."""
    parts = text.split(" ")
    if len(parts) > 2 and all(len(part) == 1 and part >= "\u2e80" for part in parts):
        return "".join(parts)
    return text


__all__ = ["Run", "is_sideways", "most_size"]
