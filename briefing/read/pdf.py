"""Reads a PDF in a child process; pages without a text layer are read by OCR if it is installed.

Bounds what a small file can cost: time and pictures grow with the file's size.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import SourceError
from ..isolation.isolated import ChildDiedError, Limits, run_isolated
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..types import Page, Problem
from . import ocr

if TYPE_CHECKING:
    from .pdf_pages import Scanned

PAGES = "briefing.read.pdf_pages:pages"
SCANNED_PAGE = "briefing.read.pdf_pages:scanned_page"
MEMORY = 640 * 1024 * 1024
"""Bytes of memory for reading a PDF, apart from the file."""
PAGE_SECONDS = 10.0
"""CPU seconds for a page; a full one of a broadsheet takes a tenth of one."""
SECONDS, SECONDS_PER_BYTE = 20.0, 1 / 20_000
"""Seconds for a document, and further seconds per byte."""
READ_BY_OCR = Message(
    "已改用文字识别来读，请对照原版", "the page was read by OCR instead: compare it with the original"
)
MOST_DEATHS = 3
"""Pages that may crash the child before the document is given up."""


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """The pages of a PDF, each with its articles. Raises SourceError if it cannot be opened."""
    pixels = ocr.most_pixels(len(data))
    for item in _text_pages(source, data):
        if isinstance(item, Page | Problem):
            yield item
        elif not ocr.installed():
            message = _no_layer(item.why) if item.why else ocr.NO_TEXT
            yield Problem(source=item.source, message=message, hint=ocr.INSTALL)
        else:
            pixels -= item.pixels
            page = _scanned_page(data, item) if pixels >= 0 else ocr.too_many_pixels(item.source)
            yield page
            if item.why and isinstance(page, Page):
                yield Problem(source=item.source, message=_no_layer(item.why), hint=READ_BY_OCR)


def _no_layer(why: Message) -> Message:
    return Message(f"这一页的文字层不可用：{why.zh}", f"the text layer of this page is of no use: {why.en}")


def _text_pages(source: str, data: bytes) -> list[Page | Problem | Scanned]:
    """The pages in order; one that crashes the child is a Problem, and the next ones are still
    read.
    """
    items: list[Page | Problem | Scanned] = []
    count = 0
    seconds = SECONDS + SECONDS_PER_BYTE * len(data)
    for deaths in range(1, MOST_DEATHS + 1):
        limits = Limits(memory=MEMORY + 2 * len(data), item_seconds=PAGE_SECONDS, seconds=seconds)
        try:
            for item in run_isolated(PAGES, data, source, len(items), limits=limits):
                if isinstance(item, int):
                    count = item
                else:
                    items.append(item)
            break
        except ChildDiedError as error:
            if not count:
                raise
            seconds -= error.spent
            last = deaths == MOST_DEATHS or seconds < 1
            where = source if last or count == 1 else f"{source}#page={len(items) + 1}"
            items.append(Problem(source=where, message=error.message, hint=error.hint))
            if last or len(items) >= count:
                break
    return items


def _scanned_page(data: bytes, scanned: Scanned) -> Page | Problem:
    """A page without text, read by OCR."""
    try:
        (page,) = run_isolated(SCANNED_PAGE, data, scanned, limits=ocr.LIMITS)
    except SourceError as error:
        return Problem(source=scanned.source, message=error.message, hint=error.hint)
    assert isinstance(page, Page | Problem)
    return page
