"""Opens a PDF in the child process, within limits; lays out each page or marks it as a picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..types import Page, Problem
from .layout.stories import page_of
from .pdf_fonts import lend_fonts
from .pdf_print import NoTextLayer, print_page_of

MOST_PAGES = 400
MOST_LINES = 4000
"""Most lines of a page; a full one of a broadsheet has a thousand."""
MOST_CHARACTERS = 8_000_000
"""Most characters of a document: 400 full pages of a broadsheet."""
LONGEST_SIDE = 14_400.0
"""Largest page side in points, as in Acrobat (PDF 1.7, Annex C.2)."""
DOTS = 200
"""Resolution of pages rendered for OCR, in dpi: body type of 10 points is then 28 pixels high."""
MOST_PIXELS = 24_000_000
"""Most pixels of a rendered page; a broadsheet at 200 dpi has twenty million."""
AGAIN = Message("请重新下载", "download it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A page to be read by OCR: its index from 0, points per pixel of its picture, and pixels.

    `why` its text layer is not read; None if it has none.
    """

    source: str
    number: int
    scale: float
    pixels: int
    why: Message | None = None


def pages(data: bytes, source: str, start: int) -> Iterator[int | Page | Problem | Scanned]:
    """The number of pages, then the pages from `start` on, counted from 0. Raises SourceError."""
    document = open_document(data)
    count = len(document)
    if count > MOST_PAGES:
        raise SourceError(
            Message(
                f"PDF 有 {count} 页，超过 {MOST_PAGES} 页", f"the PDF has {count} pages, over {MOST_PAGES}"
            ),
            Message("请按期拆开", "split it by issue"),
        )
    yield count
    size = 0
    layers = b"/OCProperties" in data
    for number in range(start, count):
        where = source if count == 1 else f"{source}#page={number + 1}"
        page = _page(document, number, where, str(number + 1) if count > 1 else None, layers=layers)
        size += len(page.text) if isinstance(page, Page) else 0
        if size > MOST_CHARACTERS:
            raise SourceError(
                Message("PDF 里的字太多，不像报纸", "more text than a newspaper has"),
                Message("请按期拆开", "split it by issue"),
            )
        yield page


def _page(
    document: Any, number: int, source: str, page_number: str | None, *, layers: bool
) -> Page | Problem | Scanned:
    """One page, or the Problem that makes it unreadable.

    `layers` if the document has layers that may be switched off.
    """
    import pypdfium2

    try:
        page = document[number]
        width, height = page.get_size()
        if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
            message = Message(
                f"这一页长宽是 {width:.0f}×{height:.0f} 点，不像报纸版面",
                f"a page of {width:.0f} by {height:.0f} points: not one of a newspaper",
            )
            return Problem(
                source=source,
                message=message,
                hint=Message("请给出报纸的 PDF", "name the PDF of a newspaper"),
            )
        print_page = print_page_of(page, layers=layers)
    except pypdfium2.PdfiumError:
        return Problem(source=source, message=Message("这一页已损坏", "this page is damaged"), hint=AGAIN)
    if isinstance(print_page, NoTextLayer):
        scale = min(DOTS / 72, math.sqrt(MOST_PIXELS / (width * height)))
        pixels = math.ceil(width * scale) * math.ceil(height * scale)
        return Scanned(source=source, number=number, scale=1 / scale, pixels=pixels, why=print_page.why)
    lines = len(print_page.lines) + len(print_page.down)
    if lines > MOST_LINES:
        return Problem(
            source=source,
            message=Message(
                f"这一页有 {lines} 行字，不像报纸版面",
                f"{lines} lines of type on a page: not one of a newspaper",
            ),
            hint=Message("请给出报纸的 PDF", "name the PDF of a newspaper"),
        )
    return page_of(source, print_page, page_number=page_number)


def scanned_page(data: bytes, scanned: Scanned) -> Iterator[Page | Problem]:
    """The page, read by OCR from its rendered picture."""
    from .ocr_pages import page_of_image

    page = open_document(data)[scanned.number]
    drawn = page.render(scale=1 / scanned.scale, grayscale=True).to_numpy()
    yield page_of_image(scanned.source, drawn.reshape(drawn.shape[:2]), scanned.scale)


def open_document(data: bytes) -> Any:
    """The document; raises SourceError if it has a password or is damaged."""
    import pypdfium2

    lend_fonts()
    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
        return document
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise SourceError(
                Message("PDF 有密码", "the PDF has a password"),
                Message(
                    "请先去掉密码，例如 qpdf --decrypt", "take it off first, for example with qpdf --decrypt"
                ),
            ) from None
        raise SourceError(
            Message("PDF 已损坏或不完整", "the PDF is damaged or not complete"), AGAIN
        ) from None
