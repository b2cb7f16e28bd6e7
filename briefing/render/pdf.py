"""A briefing as PDF, and as a picture of its first page, by the theme's page.typ.

Knows the type size that was chosen; fitting the briefing to the page is done in edit/fit.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..messages import Language
from ..text.mark import marked
from ..types import Briefing, Document
from .themes import DEFAULT
from .typst_printer import open_printer

PRINTED = ("pdf", "png")
DPI = 150
"""Dots per inch of a picture: 1,240 by 1,754 for A4, which chat programs show whole."""


@dataclass(frozen=True, slots=True)
class PrintRenderer:
    """Renders a briefing as `format`: pdf, or png, which is the first page only.

    `template` is a theme's name, a folder or a single .typ; `size` the type size in points, 0 for
    the middle one of the theme's. The same briefing gives the same bytes.
    """

    format: str = "pdf"
    template: str = DEFAULT
    folders: tuple[Path, ...] = ()
    size: float = 0.0

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The document; raises TemplateError."""
        with open_printer(self.template, self.folders, language) as printer:
            size = self.size or printer.sizes[len(printer.sizes) // 2]
            if self.format == "png":
                content = printer.png(briefing, size, DPI)[0]
            else:
                content = printer.pdf(briefing, size)
        return Document(format=self.format, content=marked(self.format, content))
