"""Reads a Word document: headings mark headlines, or else lines in large or bold type do.

Stories in text boxes and in the cells of a layout are articles of their own. The text of data
tables, notes and tables of contents is kept, but set aside. A document with large XML is read in a
child process with limits, because python-docx takes forty bytes of memory for each byte.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from ..errors import SourceError
from ..isolation.isolated import Limits, run_isolated
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.clean_input import clean_line
from ..text.masthead import date_of, paper_of
from ..types import Block, DateOrigin, FoundPicture, Page, Role
from .decode import OLD_WORD
from .docx_body import Body
from .docx_ranks import document_ranks
from .docx_styles import Styles, W
from .docx_tables import flow_lines
from .field_lines import field_blocks
from .flow import Line
from .flow_pages import PICTURE, labelled_page
from .headings import front_role, is_collection_name, is_front_line
from .zipped import member_bytes, open_archive

LARGEST_XML = 24 * 1024 * 1024
"""Largest XML in the package, in bytes; 100,000 characters of text take some two million."""
LARGE_XML = 2 * 1024 * 1024
"""Size of the XML, in bytes, from which the document is read in a child process."""
LIMITS = Limits(memory=800 * 1024 * 1024, item_seconds=18.0, seconds=18.0)
AROUND, NOTES = ("/header", "/footer"), ("/footnotes", "/endnotes")
FRONT = 6
"""Lines at the top that are searched for the document's date."""


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page, ...]:
    """The pages of the document: its text, and a second page for stories outside the flow.

    Raises SourceError if it is not a Word document or has no text.
    """
    if _checked_size(data) > LARGE_XML:
        return tuple(run_isolated("briefing.read.docx:pages", data, source, limits=LIMITS))
    return tuple(pages(data, source, pictured=context.picture is not None))


def pages(data: bytes, source: str, *, pictured: bool = False) -> Iterator[Page]:
    """The pages of a document that has been checked, with its pictures if wanted."""
    document = _opened(data)
    lines, around, beneath = _document_lines(document)
    picture = partial(_picture_bytes, _pictures(document)) if pictured else None
    if not any(line.text.strip() or line.story for line in lines):
        raise SourceError(
            Message("文档里没有文字", "the document has no text"),
            Message(
                "可能只有图片，请另存为 PDF 再识别", "perhaps it is pictures only: save it as PDF for OCR"
            ),
        )
    facts = _stated_facts([*around, *(line.text for line in lines[:FRONT])])
    notes = [Line(words, role=front_role(words)) for words in around]
    notes += [Line(words, role=Role.NOTICE) for words in beneath]
    lines = [*notes, *lines]
    if not any(line.story or line.role in (None, Role.BODY) for line in lines):
        raise SourceError(
            Message("文档里只有表格或页眉，没有正文", "the document has tables or headers only, no text"),
            Message(
                "稿件列成表格的，列名请写“标题”“正文”",
                "where a table lists articles, name its columns 标题 and 正文 (title, text)",
            ),
        )
    if any(ranks := document_ranks(lines)):
        yield labelled_page(source, lines, ranks, facts, picture)
        return
    flow = [line for line in lines if not line.story]
    if not any(line.role is None and not is_front_line(line.text) for line in flow):
        yield labelled_page(source, lines, ranks, facts, picture)
        return
    yield _plain_page(source, flow, facts, picture)
    stories = [line for line in lines if line.story]
    if stories:
        yield labelled_page(source, stories, [0] * len(stories), facts, picture)


def _checked_size(data: bytes) -> int:
    """The size of the package's XML in bytes.

    Raises SourceError if a part is damaged, too large or defines entities.
    """
    if data.startswith(OLD_WORD):
        raise _broken_error()
    with open_archive(data) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" not in names:
            raise _broken_error()
        parts = {name: 0 for name in names if name.lower().endswith((".xml", ".rels", ".vml"))}
        if sum(archive.getinfo(name).file_size for name in parts) > LARGEST_XML:
            raise SourceError(
                Message("文档过大，不像一篇稿件", "the document is too large for an article"),
                Message("请拆成多个文档，或另存为纯文本", "split it, or save it as plain text"),
            )
        for name in names:  # python-docx reads all parts, so none may be damaged
            part = member_bytes(archive, name)
            if name in parts:
                parts[name] = len(part)
                if b"<!DOCTYPE" in part[:4096].upper():
                    raise _broken_error()
        return sum(parts.values())


def _opened(data: bytes) -> Any:
    """The document; raises SourceError where it is damaged."""
    import docx

    with _whole_only():
        return docx.Document(io.BytesIO(data))


def _document_lines(document: Any) -> tuple[list[Line], list[str], list[str]]:
    """The lines of the document, those of its page headers and footers, and its notes."""
    with _whole_only():
        body = Body(Styles(document.styles.element))
        lines = list(flow_lines(list(body.items(document.element.body))))
        return lines, _words_around(document, AROUND), _words_around(document, NOTES)


@contextmanager
def _whole_only() -> Iterator[None]:
    """Turns what python-docx and lxml raise on a damaged document into a SourceError."""
    try:
        yield
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        SyntaxError,
        RecursionError,
    ):  # lxml raises a SyntaxError
        raise _broken_error() from None


def _pictures(document: Any) -> dict[str, bytes]:
    """The pictures in the document, by their relationships."""
    return {
        name: bytes(relation.target_part.blob)
        for name, relation in document.part.rels.items()
        if relation.reltype.endswith("/image") and not relation.is_external
    }


def _picture_bytes(pictures: Mapping[str, bytes], name: str) -> bytes:
    """The bytes of a picture; raises SourceError where it is not in the document."""
    if name not in pictures:
        raise SourceError(
            Message("图片不在文档里", "the picture is not in the document"),
            Message("请把图片嵌入文档", "embed it in the document"),
        )
    return pictures[name]


def _words_around(document: Any, kinds: tuple[str, ...]) -> list[str]:
    """The text of the parts of these kinds, each once."""
    from docx.oxml import parse_xml

    found: dict[str, None] = {}
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(kinds):
            continue
        part = relation.target_part
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        for paragraph in root.iter(f"{W}p"):
            if words := clean_line("".join(text.text or "" for text in paragraph.iter(f"{W}t"))):
                found[words] = None
    return list(found)


def _stated_facts(front: Sequence[str]) -> dict[str, Any]:
    """The date and the newspaper named in the first lines and the page headers."""
    lines = [text for text in front if is_front_line(text) or is_collection_name(text[:45])]
    day = next((day for day in map(date_of, lines) if day), None)
    paper = next((name for name in map(paper_of, lines) if name), None)
    return {"date": day, "dated": DateOrigin.MASTHEAD if day else None, "paper": paper}


def _plain_page(
    source: str, lines: Sequence[Line], facts: dict[str, Any], picture: Callable[[str], bytes] | None
) -> Page:
    """A page whose articles are left to the segmenter; text set aside has no block."""
    parts: list[str] = []
    blocks: list[Block] = []
    pictures: list[FoundPicture] = []
    start = 0
    for line in lines:
        text = line.text.rstrip()
        if pictures and pictures[-1].at == start and PICTURE.fullmatch(text):
            pictures[-1] = replace(pictures[-1], caption=text)
        if line.role is None:
            blocks.append(Block(text=text, start=start, gap=1 if parts else 0))
        parts.append(text)
        start += len(text) + 2
        if picture:
            pictures += [FoundPicture(at=start, references=(name,), load=picture) for name in line.pictures]
    text = "\n\n".join(parts)
    named = field_blocks(text) if len(blocks) == len(parts) and not pictures else None
    return Page(
        source=source,
        text=text,
        blocks=named or tuple(blocks),
        pictures=tuple(pictures),
        **facts,
    )


def _broken_error() -> SourceError:
    return SourceError(
        Message("不是完整的 Word 文档（.docx）", "not a whole Word document (.docx)"),
        Message(
            "旧的 .doc 请另存为 .docx；损坏的请重新导出",
            "save an old .doc as .docx; export a damaged one again",
        ),
    )
