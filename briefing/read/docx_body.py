"""The body of a Word document as it would print: paragraphs, tables and text boxes in order.

Insertions are kept, deletions and hidden text dropped; content controls and fields are replaced by
their contents (ISO/IEC 29500-1, 17). Does not know headlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..text.clean_input import clean_input
from ..text.lazy_pattern import lazy_pattern
from .docx_styles import Styles, W, is_on, run_bold, run_size
from .flow import TITLE_LENGTH, Look

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip": "embed",
    "{urn:schemas-microsoft-com:vml}imagedata": "id",
}
"""Elements that show a picture, and the attribute that names its relationship."""
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GONE = frozenset(
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "delText", "instrText", "rPr", "pPr"),
        *("sdtPr", "rt", "tblPr", "trPr", "tcPr"),
    )
)
SENTENCE_END = lazy_pattern(r"[。！？!?…”’：:；;）)】》]")
LARGE = 1.25
"""Size of a headline, in sizes of the document's type."""
CREDIT = lazy_pattern(r"[□■○●（(]?\s*(?:本报|记者|作者|通讯员|来源|文[/／]|——|--|\d{4})")
"""Beginning of a line under a headline that is no part of it."""
INDENT = lazy_pattern(r"\s*[\u3000 ]{2}|\t")


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its formatting, that of its runs too, and the text boxes anchored in it.

    `pictures` are the relationships of those in it.
    """

    text: str
    look: Look
    boxes: list[list[Item]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table: rows of cells, each with its own paragraphs and tables."""

    rows: list[list[list[Item]]]


Item = Paragraph | Table


class _Runs:
    """The text of a paragraph under construction, with counts of characters by size and in bold."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.sizes: dict[int, int] = {}
        self.bold = 0
        self.length = 0
        self.boxes: list[Any] = []
        self.pictures: list[str] = []

    def add(self, text: str, size: int, bold: bool) -> None:
        self.parts.append(text)
        count = len(text.strip())
        self.sizes[size] = self.sizes.get(size, 0) + count
        self.bold += count if bold else 0
        self.length += count


class Body:
    """Reads the body of one document."""

    def __init__(self, styles: Styles) -> None:
        """`styles` are those of the document."""
        self.styles = styles

    def items(self, parent: Any) -> Iterator[Item]:
        """The paragraphs and tables in an element, in order."""
        held = ""
        for element in _block_elements(parent):
            if element.tag == f"{W}tbl":
                yield Table(list(self.rows(element)))
                continue
            runs, look = self.runs(element)
            text = held + "".join(runs.parts)
            if _mark_is_deleted(element):
                held = text
                continue
            held = ""
            yield from self.paragraphs(text, look, runs)
        if held.strip():
            yield Paragraph(held, Look())

    def rows(self, table: Any) -> Iterator[list[list[Item]]]:
        """The rows of a table, without deleted ones."""
        for row in _inside(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                yield [list(self.items(cell)) for cell in _inside(row, "tc")]

    def paragraphs(self, text: str, look: Look, runs: _Runs) -> Iterator[Paragraph]:
        """The paragraphs in one Word paragraph: a line break may end one."""
        whole = look.level or look.is_title or self.is_broken_title(text, look)
        pieces = [text] if whole else _without_soft_breaks(text)
        found = [Paragraph(words, look) for piece in pieces if (words := _one_line(piece)).strip()]
        if runs.boxes or runs.pictures:
            found = found or [Paragraph("", look)]
            found[-1].pictures = runs.pictures
            found[-1].boxes = [list(self.items(box)) for box in runs.boxes]
        yield from found

    def is_broken_title(self, text: str, look: Look) -> bool:
        """Whether a paragraph is a headline in large type over several lines."""
        lines = [line.strip() for line in text.split("\n")]
        return (
            "\f" not in text
            and look.size >= LARGE * self.styles.size
            and 1 < len(lines) <= 3
            and all(0 < len(line) <= TITLE_LENGTH and not SENTENCE_END.search(line[-1]) for line in lines)
            and not any(CREDIT.match(line) for line in lines[1:])
        )

    def runs(self, element: Any) -> tuple[_Runs, Look]:
        """The text and the formatting of a paragraph element."""
        look = self.styles.look(element.find(f"{W}pPr"))
        runs = _Runs()
        self.collect(element, look, runs)
        size = max(runs.sizes, key=lambda one: runs.sizes[one], default=look.size)
        bold = runs.bold > 0.9 * runs.length if runs.length else look.bold
        return runs, Look(look.level, look.is_title, look.role, size, bold, look.centred)

    def collect(self, element: Any, look: Look, runs: _Runs) -> None:
        """Adds the text below an element to the runs."""
        size, bold = look.size, look.bold
        if element.tag == f"{W}r":
            properties = element.find(f"{W}rPr")
            if is_on(properties, "vanish"):
                return
            size, bold = self.run_look(properties, look)
        for child in element:
            name = child.tag
            if not isinstance(name, str) or name in GONE or _is_placeholder(child):
                continue
            if name == f"{W}txbxContent":
                runs.boxes.append(child)
            elif name in PICTURES:
                runs.pictures += filter(None, [child.get(f"{RELATIONSHIP}{PICTURES[name]}")])
            elif name == f"{MC}AlternateContent":
                if (choice := _choice(child)) is not None:
                    self.collect(choice, look, runs)
            elif (text := _words(child)) is not None:
                runs.add(text, size, bold)
            else:
                self.collect(child, look, runs)

    def run_look(self, properties: Any, look: Look) -> tuple[int, bool]:
        """Size and bold of a run: from its own properties, else its character style, else the
        paragraph.
        """
        size, bold = run_size(properties), run_bold(properties)
        stated = properties.find(f"{W}rStyle") if properties is not None else None
        for style in self.styles.chain(stated.get(f"{W}val")) if stated is not None else ():
            size = size if size is not None else run_size(style.find(f"{W}rPr"))
            bold = bold if bold is not None else run_bold(style.find(f"{W}rPr"))
        return size or look.size, look.bold if bold is None else bold


def _words(element: Any) -> str | None:
    """The text of a leaf element; None for an element with children."""
    match element.tag.rpartition("}")[2] if element.tag.startswith((W, MATH)) else "":
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return " "
        case "br":
            return "\f" if element.get(f"{W}type") in ("page", "column") else "\n"
        case "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
    return None


def _block_elements(parent: Any) -> Iterator[Any]:
    """The paragraph and table elements in an element, through content controls and insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{MC}AlternateContent":
            if (choice := _choice(child)) is not None:
                yield from _block_elements(choice)
        elif isinstance(child.tag, str) and child.tag not in GONE and not _is_placeholder(child):
            yield from _block_elements(child)


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also in content controls; not those of nested
    tables.
    """
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif isinstance(child.tag, str) and child.tag not in GONE and child.tag != f"{W}tbl":
            yield from _inside(child, name)


def _choice(alternatives: Any) -> Any:
    """The first alternative content that has text."""
    found = [child for child in alternatives if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    worded = (child for child in found if next(child.iter(f"{W}t"), None) is not None)
    return next(worded, found[0] if found else None)


def _mark_is_deleted(paragraph: Any) -> bool:
    """Whether the paragraph mark is deleted, which joins the paragraph to the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _is_placeholder(element: Any) -> bool:
    """Whether a content control shows its placeholder (单击此处输入文字), not text."""
    return element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _one_line(text: str) -> str:
    """The text of a paragraph without the remains of its line breaks."""
    first, *more = re.split("[\n\f]", clean_input(text.replace("\f", "\n")))
    return first + "".join(map(str.strip, more))


def _without_soft_breaks(text: str) -> list[str]:
    """Splits at line breaks, except at those in mid-sentence."""
    paragraphs: list[list[str]] = []
    for page in text.split("\f"):
        opened = False
        for line in page.split("\n"):
            if not line.strip():
                opened = False
                continue
            goes_on = (
                opened
                and (len(paragraphs[-1]) > 1 or len(paragraphs[-1][0].strip()) > TITLE_LENGTH)
                and not SENTENCE_END.search(paragraphs[-1][-1].rstrip()[-1:])
                and not INDENT.match(line)
            )
            if goes_on:
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
            opened = True
    return ["".join(lines) for lines in paragraphs]


__all__ = ["Body", "Item", "Paragraph", "Table"]
