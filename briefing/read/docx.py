"""A Word document becomes a page: its headings are headlines where it has any, else the text is read as plain text.

A document whose XML is large is read in a child process with limits: python-docx takes forty bytes for one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..isolation.isolated import Limits, run_isolated
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.clean_input import clean_input
from ..types import Page, Role
from .blocks import Blocks
from .plain import page_of
from .zipped import member_bytes, open_archive

LARGEST_XML = 24 * 1024 * 1024
"""Bytes of all XML in the package; 100,000 characters of text take some two million."""
LARGE_XML = 2 * 1024 * 1024
"""Bytes of XML from which the document is read in a child process."""
LIMITS = Limits(memory=800 * 1024 * 1024, item_seconds=18.0, seconds=18.0)


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page]:
    """The page that the document holds. Raises SourceError for what is no Word document or has no text."""
    if _checked_size(data) > LARGE_XML:
        (page,) = run_isolated("briefing.read.docx:pages", data, source, limits=LIMITS)
    else:
        (page,) = pages(data, source)
    return (page,)


def pages(data: bytes, source: str) -> Iterator[Page]:
    """The page of a document already checked."""
    paragraphs = [(style, text) for style, text in _styled_paragraphs(data) if text.strip()]
    if not paragraphs:
        raise SourceError(
            Message("文档里没有文字", "the document has no text"),
            Message(
                "可能只有图片，请另存为 PDF 再识别", "perhaps it is pictures only: save it as PDF for OCR"
            ),
        )
    levels = sorted({style for style, _ in paragraphs if style})
    if not levels:
        yield page_of(source, clean_input("\n\n".join(text for _, text in paragraphs)))
        return
    blocks = Blocks()
    for style, text in paragraphs:
        if style == levels[0] or blocks.article is None:
            blocks.begin_article()
        blocks.add(Role.HEADLINE if style == levels[0] else Role.BODY, text)
    yield blocks.page(source)


def _checked_size(data: bytes) -> int:
    """The bytes of the package's XML; raises SourceError where a part is damaged, too large, or defines entities."""
    with open_archive(data) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise _broken_error()
        parts = {name: 0 for name in names if name.lower().endswith((".xml", ".rels", ".vml"))}
        if sum(archive.getinfo(name).file_size for name in parts) > LARGEST_XML:
            raise SourceError(
                Message("文档过大，不像一篇稿件", "the document is too large for an article"),
                Message("请拆成多个文档，或另存为纯文本", "split it, or save it as plain text"),
            )
        for name in names:  # python-docx reads all parts: none may be damaged
            part = member_bytes(archive, name)
            if name in parts:
                parts[name] = len(part)
                if b"<!DOCTYPE" in part[:4096].upper():
                    raise _broken_error()
        return sum(parts.values())


def _styled_paragraphs(data: bytes) -> list[tuple[int, str]]:
    """Each paragraph with its heading level (1 the highest, 0 none)."""
    import docx

    try:
        document: Any = docx.Document(io.BytesIO(data))
        return [
            (_heading_level(p.style.name if p.style is not None else ""), p.text) for p in document.paragraphs
        ]
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        SyntaxError,
    ):  # lxml's is a SyntaxError
        raise _broken_error() from None


def _heading_level(style: str) -> int:
    """The level of a heading by the name of its style."""
    name = (style or "").lower().replace("标题", "heading")
    if name == "title":
        return 1
    digits = "".join(c for c in name if c in "0123456789")
    return 1 + int(digits[:1] or 1) if name.startswith("heading") else 0


def _broken_error() -> SourceError:
    return SourceError(
        Message("不是完整的 Word 文档（.docx）", "not a whole Word document (.docx)"),
        Message(
            "旧的 .doc 请另存为 .docx；损坏的请重新导出",
            "save an old .doc as .docx; export a damaged one again",
        ),
    )
