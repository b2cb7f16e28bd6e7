"""Lends pdfium the fonts of the package: a PDF may leave out its Chinese fonts, and so may a system.

Without any, pdfium gives the glyphs no width, and then leaves single ones out of the text.
"""

from __future__ import annotations

import ctypes
import functools
from typing import Any

from ..resources import templates_dir

SYSTEM = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)
"""Where pdfium looks on Linux if it is told no folders."""


@functools.cache
def lend_fonts() -> Any:
    """Starts pdfium anew with our fonts after the system's; before any document is opened.

    The answer holds the memory in which the folders' names stand.
    """
    import pypdfium2.raw as pdfium

    folders = [*SYSTEM, str(templates_dir() / "fonts")]
    names = [ctypes.create_string_buffer(folder.encode()) for folder in folders]
    listed = (ctypes.POINTER(ctypes.c_char) * (len(names) + 1))()
    for at, name in enumerate(names):
        listed[at] = ctypes.cast(name, ctypes.POINTER(ctypes.c_char))
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(
        pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=listed, m_pIsolate=None, m_v8EmbedderSlot=0)
    )
    return names, listed
