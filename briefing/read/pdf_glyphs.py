"""Reads the glyphs of a PDF page, the seen and the unseen, in the coordinates of the visible page.

Uses pdfium (PyPI `pypdfium2`), which gives the box and the font of every character. Unseen are those
of text render mode 3 (ISO 32000-1, 9.3.6), under scans the text that a recognizer wrote; type that
is off the page, of no size, of the colour of the paper, under an opaque box or in a layer switched off is
left out.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any

from .layout.glyphs import Glyph
from .layout.print_page import Box
from .pdf_covers import covers_of

MOST_CHARACTERS = 200_000
"""Most characters of a page; a full one of a broadsheet has fifteen thousand."""
ABOVE = 0.88
"""Ascent of a Chinese character above its base line, in ems."""
SMALLEST = 1.5
"""Points: smaller type is not for readers."""
UNSEEN = (3, 7)
"""Text render modes that draw nothing."""
WHITE, PALE = 236, 150
"""Grey levels (of 255) from which on type may be as white as its paper, and is pale."""
INK = 24
"""Grey levels by which seen type differs from its paper."""
MOST_PIXELS = 4_000_000
MOST_HIDDEN = 0.5
"""Share of the type from which on boxes drawn over it do not count: more is no correction."""
CHINESE = 0x3000
"""Where Chinese begins in Unicode; a font without a table has glyphs below it as well."""
SPACES = (0x20, 0xA0, 0x3000)
NO_CHARACTERS = (*SPACES, 0xFFFE, 0xFFFF, 0xAD)


@dataclass(frozen=True, slots=True)
class PageTransform:
    """Maps PDF coordinates to the visible page: rotated, cropped, from the top left corner."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any, pdfium: Any) -> PageTransform:
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

    def angle(self, x: float, y: float) -> float:
        """The direction of a vector on the page, in degrees clockwise."""
        return math.degrees(math.atan2(self.b * x + self.d * y, self.a * x + self.c * y))

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Maps a box."""
        x0, y0 = self.a * left + self.c * bottom + self.e, self.b * left + self.d * bottom + self.f
        x1, y1 = self.a * right + self.c * top + self.e, self.b * right + self.d * top + self.f
        if x0 > x1:
            x0, x1 = x1, x0
        return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


@dataclass(slots=True)
class PageGlyphs:
    """The glyphs of a page in file order: seen ones, those of render mode 3, those under a box."""

    seen: list[Glyph] = field(default_factory=list)
    unseen: list[Glyph] = field(default_factory=list)
    covered: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class _Type:
    """What the characters of one text object share."""

    scale: float
    angle: float
    size: float
    address: int = 0
    unseen: bool = False
    pale: bool = False
    white: bool = False
    base: float | None = None
    """Points from the upper edge of its boxes to the base line, if it is level."""
    doubtful: bool = False
    """Whether only the drawn page tells if it is seen: it is white, or in a layer."""


def glyphs_of(page: Any, transform: PageTransform, *, layers: bool = False) -> PageGlyphs:
    """The glyphs of a page; `layers` if the document has layers that may be switched off."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    try:
        return _Reading(page, text, pdfium, transform, layers).glyphs()
    finally:
        text.close()


class _Reading:
    """The reading of one page: what several characters have in common is asked for once."""

    def __init__(self, page: Any, text: Any, pdfium: Any, transform: PageTransform, layers: bool) -> None:
        """Draws nothing yet: see `_is_drawn`."""
        self.page, self.text, self.pdfium, self.transform = page, text, pdfium, transform
        self.layers = layers
        self.width, self.height = page.get_size()
        self.types: dict[int, _Type] = {}
        self.covers = covers_of(page, pdfium, transform)
        self.picture: Any = None
        self.x, self.y, self.rect = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()

    def glyphs(self) -> PageGlyphs:
        """All glyphs that are type for readers, or written by a recognizer."""
        text, found, spaced = self.text, PageGlyphs(), False
        addresses: list[int] = []
        code_of, unmapped = self.pdfium.FPDFText_GetUnicode, self.pdfium.FPDFText_HasUnicodeMapError
        for at in range(min(text.count_chars(), MOST_CHARACTERS)):
            code = code_of(text, at)
            lost = code < CHINESE and unmapped(text, at) == 1
            if (code < 32 and not lost) or code in NO_CHARACTERS:
                spaced = spaced or (code in SPACES and not self.pdfium.FPDFText_IsGenerated(text, at))
                continue
            kind = self._type(at)
            glyph = self._glyph(at, code, kind) if kind else None
            if glyph and kind:
                glyph.spaced, spaced = spaced, False
                glyph.lost = lost or code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF or code >= 0xF0000
                (found.unseen if kind.unseen else found.seen).append(glyph)
                if self.covers and not kind.unseen:
                    addresses.append(kind.address)
        if self.covers and found.seen:
            hidden = self.covers.hide(addresses, [glyph.middle for glyph in found.seen])
            if 0 < sum(hidden) < MOST_HIDDEN * len(hidden):
                found.covered = [glyph for glyph, one in zip(found.seen, hidden, strict=True) if one]
                found.seen = [glyph for glyph, one in zip(found.seen, hidden, strict=True) if not one]
        return found

    def _type(self, at: int) -> _Type | None:
        """What a character shares with those of its text object; None for a generated one."""
        item = self.pdfium.FPDFText_GetTextObject(self.text, at)
        if not item:
            return None
        address = ctypes.addressof(item.contents)
        found = self.types.get(address)
        if found is None:
            found = self.types[address] = self._new_type(item, at)
            found.address = address
        return found

    def _new_type(self, item: Any, at: int) -> _Type:
        pdfium = self.pdfium
        matrix = pdfium.FS_MATRIX()
        scale, angle = 1.0, 0.0
        if pdfium.FPDFText_GetMatrix(self.text, at, matrix):
            scale = math.hypot(matrix.c, matrix.d)
            angle = self.transform.angle(matrix.a, matrix.b)
        found = _Type(scale, angle, pdfium.FPDFText_GetFontSize(self.text, at) * scale)
        found.unseen = pdfium.FPDFTextObj_GetTextRenderMode(item) in UNSEEN
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
            grey = (299 * red.value + 587 * green.value + 114 * blue.value) / 1000
            found.pale = grey >= PALE or alpha.value < 160
            found.white = grey >= WHITE
            found.doubtful = grey >= WHITE or alpha.value < 16
        found.doubtful = found.doubtful or self.layers or self._is_in_layer(item)
        return found

    def _is_in_layer(self, item: Any) -> bool:
        """Whether a text object is marked as content of a layer (ISO 32000-1, 14.11.2)."""
        pdfium = self.pdfium
        for number in range(min(8, pdfium.FPDFPageObj_CountMarks(item))):
            name = (pdfium.FPDF_WCHAR * 16)()
            size = ctypes.c_ulong()
            mark = pdfium.FPDFPageObj_GetMark(item, number)
            if pdfium.FPDFPageObjMark_GetName(mark, name, 32, size) and bytes(name).startswith(b"O\0C\0\0"):
                return True
        return False

    def _glyph(self, at: int, code: int, kind: _Type) -> Glyph | None:
        """The glyph, if it is on the page, of a size, and drawn."""
        rect = self.rect
        if not self.pdfium.FPDFText_GetLooseCharBox(self.text, at, rect):
            return None
        box = self.transform.box(rect.left, rect.bottom, rect.right, rect.top)
        if kind.base is None:
            x, y = self.x, self.y
            if not self.pdfium.FPDFText_GetCharOrigin(self.text, at, x, y):
                return None
            base = self.transform.point(x.value, y.value)
            kind.base = base[1] - box[1] if kind.angle == 0 else None
        else:
            base = box[0], box[1] + kind.base
        size = kind.size
        if size < 1:
            size = max(box[2] - box[0], box[3] - box[1]) or 1.0
        if not math.isfinite(size + base[0] + base[1] + sum(box)) or size > self.height:
            return None  # a damaged matrix
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if size < SMALLEST or not (-2 <= across <= self.width + 2 and -2 <= down <= self.height + 2):
            return None
        if kind.doubtful and not kind.unseen and not self._is_drawn(box):
            return None
        return Glyph(
            chr(code),
            _em_box(box, base, size, kind.angle),
            size,
            kind.angle,
            pale=kind.pale,
            white=kind.white,
        )

    def _is_drawn(self, box: Box) -> bool:
        """Whether the drawn page has ink in a box."""
        if self.picture is None:
            scale = min(1.0, math.sqrt(MOST_PIXELS / (self.width * self.height)))
            bitmap = self.page.render(scale=scale, grayscale=True, draw_annots=False)
            self.picture = bitmap.to_numpy().squeeze(), scale
        pixels, scale = self.picture
        left, top, right, bottom = (max(0, round(value * scale)) for value in box)
        part = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
        return bool(part.size and int(part.max()) - int(part.min()) >= INK)


def _em_box(box: Box, base: tuple[float, float], size: float, angle: float) -> Box:
    """The box of a glyph from its ascent to its descent, which fonts state too large or too small.

    `box` is pdfium's, `base` the point on the base line, both on the visible page.
    """
    quarter = round(angle / 90) % 4 if angle else 0
    ascent, descent = ABOVE * size, (1 - ABOVE) * size
    left, top, right, bottom = box
    if quarter % 2 == 0:
        up = (base[1] - ascent, base[1] + descent) if quarter == 0 else (base[1] - descent, base[1] + ascent)
        if abs(up[0] + up[1] - top - bottom) > 0.8 * size:  # vertical type begins above its glyphs
            up = (top, bottom)
        return (left, up[0], max(right, left + 0.1), up[1])
    side = (base[0] - descent, base[0] + ascent) if quarter == 1 else (base[0] - ascent, base[0] + descent)
    return (side[0], top, side[1], max(bottom, top + 0.1))
