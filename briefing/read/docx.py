"""A Word document becomes a page: its headings are headlines where it has any, else the text is read as plain text."""

from __future__ import annotations

import io
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..types import Page, Role
from .blocks import Blocks
from .plain import page_of
from .zipped import member_bytes, open_archive


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page]:
    """The page that the document holds. Raises SourceError for what is no Word document or has no text."""
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
        return (page_of(source, "\n\n".join(text for _, text in paragraphs)),)
    blocks = Blocks()
    for style, text in paragraphs:
        if style == levels[0] or blocks.article is None:
            blocks.begin_article()
        blocks.add(Role.HEADLINE if style == levels[0] else Role.BODY, text)
    return (blocks.page(source),)


def _styled_paragraphs(data: bytes) -> list[tuple[int, str]]:
    """Each paragraph with its heading level (1 the highest, 0 none)."""
    with open_archive(data) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise _broken_error()
        for name in names:  # python-docx parses these: all whole, and no entities of their own
            data_of = member_bytes(archive, name)
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in data_of[:4096].upper():
                raise _broken_error()
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
    digits = "".join(c for c in name if c.isdigit())
    return 1 + int(digits[:1] or 1) if name.startswith("heading") else 0


def _broken_error() -> SourceError:
    return SourceError(
        Message("不是完整的 Word 文档（.docx）", "not a whole Word document (.docx)"),
        Message(
            "旧的 .doc 请另存为 .docx；损坏的请重新导出",
            "save an old .doc as .docx; export a damaged one again",
        ),
    )
