"""Extracts the marks on a PDF page: characters become lines, thin paths rules, large ones frames.

Uses pdfium (PyPI `pypdfium2`), which gives the box and size of every character. Runs in the child
process.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from .layout.print_page import Box, PrintLine, PrintPage

MOST_CHARACTERS = 200_000
"""Most characters of a page; a full one of a broadsheet has fifteen thousand."""
GAP, NEAR = 1.5, 0.75
"""Largest gap between two characters of a line, in ems: with a space between them in the file, and
without.
"""
ABOVE = 0.88
"""Ascent of a Chinese character above its base line, in ems."""
THIN = 3.0
"""Largest thickness of a rule, in points."""


@dataclass(slots=True)
class _CharRun:
    """The characters of a line under construction."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class _PageTransform:
    """Maps PDF coordinates to the visible page: rotated, cropped, from the top left corner."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any, pdfium: Any) -> _PageTransform:
        """Fits the map to pdfium's own mapping of three points, which is rounded to hundredths of a
        point.
        """
        width, height = page.get_size()
        x, y = ctypes.c_int(), ctypes.c_int()
        corners: list[tuple[float, float]] = []
        for at in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            size = round(100 * width), round(100 * height)
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *at, x, y)
            corners.append((x.value / 100, y.value / 100))
        (e, f), (ax, ay), (bx, by) = corners
        turn = [round(one / 1000, 4) for one in (ax - e, ay - f, bx - e, by - f)]
        return cls(turn[0], turn[1], turn[2], turn[3], e, f)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Maps a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Maps a box."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def print_page_of(page: Any) -> PrintPage:
    """The lines, rules and frames of a page."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    transform = _PageTransform.of(page, pdfium)
    text = page.get_textpage()
    try:
        runs = _char_runs(text, pdfium, transform, height)
    finally:
        text.close()
    rules, frames = _rules_and_frames(page, pdfium, transform, width * height)
    lines = tuple(PrintLine(run.text, run.box, run.size) for run in runs if run.text.strip())
    return PrintPage(width=width, height=height, lines=lines, rules=rules, frames=frames)


def _char_runs(text: Any, pdfium: Any, transform: _PageTransform, height: float) -> list[_CharRun]:
    runs: list[_CharRun] = []
    spaced = False
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    for at in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code < 32 or code in (0x20, 0xA0, 0x3000, 0xFFFE, 0xFFFF, 0xAD):
            spaced = spaced or (code in (0x20, 0xA0, 0x3000) and not pdfium.FPDFText_IsGenerated(text, at))
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, at, rect := pdfium.FS_RECTF()):
            continue
        if not pdfium.FPDFText_GetCharOrigin(text, at, x, y):
            continue
        scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(text, at, matrix) else 1.0
        size = pdfium.FPDFText_GetFontSize(text, at) * scale
        left, _, right, _ = transform.box(rect.left, rect.bottom, rect.right, rect.top)
        _, base = transform.point(x.value, y.value)
        if size < 1:
            size = right - left or 1.0
        if not all(map(math.isfinite, (size, base, left, right))) or size > height:
            continue  # a damaged matrix
        box = (left, base - ABOVE * size, max(right, left + 0.1), base + (1 - ABOVE) * size)
        _add_char(runs, chr(code), box, size, GAP if spaced else NEAR)
        spaced = False
    return runs


def _add_char(runs: list[_CharRun], char: str, box: Box, size: float, most: float) -> None:
    """Adds a character to the run it continues, at most so many ems away, or begins a run."""
    last = runs[-1] if runs else None
    if last:
        level = abs((box[1] + box[3]) / 2 - (last.box[1] + last.box[3]) / 2) < 0.4 * min(size, last.size)
        gap = box[0] - last.box[2]
        back = (
            2.2 if char == last.text[-1] and char in "—…" else 0.6
        )  # one dash over two ems may be both characters
        if level and -back * size < gap < most * size and 0.8 < size / last.size < 1.25:
            ascii_pair = last.text[-1].isascii() and char.isascii()
            space = " " if gap > (0.15 if ascii_pair else 0.45) * size else ""
            last.text += space + char
            last.box = (
                last.box[0],
                min(last.box[1], box[1]),
                max(last.box[2], box[2]),
                max(last.box[3], box[3]),
            )
            return
    runs.append(_CharRun(char, box, size))


def _rules_and_frames(
    page: Any, pdfium: Any, transform: _PageTransform, page_area: float
) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The rules and the frames of a page: thin paths, and large ones that are not the page
    (`page_area`).
    """
    rules: list[Box] = []
    frames: list[Box] = []
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        box = transform.box(*(item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()))
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= THIN and max(wide, high) >= 20:
            rules.append(box)
        elif wide >= 40 and high >= 30 and wide * high < 0.85 * page_area:
            frames.append(box)
        if len(rules) + len(frames) > 2000:
            break
    return tuple(rules), tuple(frames)
