"""Extracts the marks on a PDF page: characters become lines, thin paths rules, large ones frames.

Turns a page whose type stands on its side, and tells a text layer from what only looks like one.
Runs in the child process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..messages import Message
from .layout.glyphs import Glyph, main_quarter, turn_glyphs, without_copies
from .layout.print_page import Box, PrintPage, turn_box
from .layout.runs import runs_of
from .layout.watermarks import without_watermarks
from .pdf_covers import bounds
from .pdf_glyphs import PageGlyphs, PageTransform, glyphs_of
from .text_layer import fault_of

FEW = 20
"""Fewest characters of a page of text; a page with fewer is a picture."""
THIN = 3.0
"""Largest thickness of a rule, in points."""
COVER = 0.5
"""Share of the page that a picture covers, if it may be the page itself."""
LITTLE = 0.04
"""Share of a page that its type covers, in squares of an em, if a picture may hold its text."""
OUTLINES, FEW_BESIDE = 300, 150
"""Paths and characters of a page whose type may be drawn as outlines."""
PICTURE = Message("几乎整页是图片", "nearly all of the page is a picture")
OUTLINED = Message("文字已转成曲线", "its type is drawn as outlines")


@dataclass(frozen=True, slots=True)
class NoTextLayer:
    """A page to be read by OCR; `why` its text layer is none, None if it has no text at all."""

    why: Message | None


def print_page_of(page: Any, *, layers: bool = False) -> PrintPage | NoTextLayer:
    """The marks of a page, if its text layer is one.

    `layers` if the document has layers that may be switched off.
    """
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    transform = PageTransform.of(page, pdfium)
    found = glyphs_of(page, transform, layers=layers)
    glyphs = _text_layer(page, pdfium, transform, found)
    if isinstance(glyphs, NoTextLayer):
        return glyphs
    rules, frames = _rules_and_frames(page, pdfium, transform, width * height)
    quarter = main_quarter(glyphs)
    turn_glyphs([*glyphs, *found.covered], quarter, width, height)
    turned = [tuple(turn_box(box, quarter, width, height) for box in boxes) for boxes in (rules, frames)]
    level, down, tilted = runs_of(without_copies(glyphs), turned[0])
    seen, aside = without_watermarks([run.line for run in level if run.text.strip()], glyphs)
    covered = [run for runs in runs_of(without_copies(found.covered), turned[0]) for run in runs]
    beside = [run.line for run in (*tilted, *covered) if run.text.strip()]
    return PrintPage(
        width=height if quarter % 2 else width,
        height=width if quarter % 2 else height,
        lines=tuple(seen),
        rules=turned[0],
        frames=turned[1],
        down=tuple(run.line for run in down if run.text.strip()),
        aside=(*aside, *beside),
    )


def _text_layer(
    page: Any, pdfium: Any, transform: PageTransform, found: PageGlyphs
) -> list[Glyph] | NoTextLayer:
    """The glyphs to read: the seen ones, and under a scan those that a recognizer wrote."""
    width, height = page.get_size()
    covered = sum(glyph.size**2 for glyph in found.seen) / (width * height)
    if len(found.seen) < FEW or covered < LITTLE:
        if _largest_picture(page, pdfium, transform, width, height) >= COVER:
            if len(found.unseen) >= FEW and fault_of(found.unseen) is None:
                return [*found.seen, *found.unseen]
            some = len(found.seen) + len(found.unseen) >= FEW
            return NoTextLayer((fault_of(found.unseen) or PICTURE) if some else None)
        if len(found.seen) < FEW:
            return NoTextLayer(None)
        if len(found.seen) < FEW_BESIDE and _count_paths(page, pdfium) >= OUTLINES:
            return NoTextLayer(OUTLINED)
    fault = fault_of(found.seen)
    return NoTextLayer(fault) if fault else found.seen


def _largest_picture(page: Any, pdfium: Any, transform: PageTransform, width: float, height: float) -> float:
    """The share of the page that its pictures cover; a scan may be cut in strips."""
    area = 0.0
    for number, item in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3)):
        left, top, right, bottom = transform.box(*bounds(item))
        across = max(0.0, min(right, width) - max(left, 0.0))
        area += across * max(0.0, min(bottom, height) - max(top, 0.0))
        if number > 1000:
            break
    return area / (width * height)


def _count_paths(page: Any, pdfium: Any) -> int:
    """The number of paths on a page, as far as it matters."""
    count = 0
    for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        count += 1
        if count >= OUTLINES:
            break
    return count


def _rules_and_frames(
    page: Any, pdfium: Any, transform: PageTransform, page_area: float
) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The rules and the frames of a page: thin paths, and large ones that are not the page
    (`page_area`).
    """
    rules: list[Box] = []
    frames: list[Box] = []
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        box = transform.box(*bounds(item))
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= THIN and max(wide, high) >= 20:
            rules.append(box)
        elif wide >= 40 and high >= 30 and wide * high < 0.85 * page_area:
            frames.append(box)
        if len(rules) + len(frames) > 2000:
            break
    return tuple(rules), tuple(frames)
