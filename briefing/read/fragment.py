"""Turns an HTML fragment (from a feed, a table cell, a book's chapter) into paragraphs.

Knows block elements, hidden ones and double escapes; knows nothing of newspapers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .markup import clean_references, parse_tree
from .table_rows import data_rows, row_of, row_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KNOWN = (
    r"(?:p|br|div|span|strong|em|b|i|u|a|img|h[1-6]|ul|ol|li|table|tbody|tr|td|th|font|center|section|article"
    r"|blockquote|figure|figcaption|pre|hr|sup|sub|small|script|style|iframe|video|html|body)"
)
TAG = lazy_pattern(rf"</?{KNOWN}(?:\s[^<>]*+)?/?>", re.IGNORECASE)
ESCAPED_BREAK = lazy_pattern(r"&(?:amp;)*lt;(?:/(?:p|div|li|h[1-6])\s*&|br\s*/?\s*&)", re.IGNORECASE)
ESCAPED_TAG = lazy_pattern(rf"&(?:amp;)*lt;/?{KNOWN}\b", re.IGNORECASE)
ENTITY = lazy_pattern(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
DEEP_LINE = 16
"""Elements around a text in which a link or bold type is looked for."""
ROUNDS = 4
"""Levels of nested escapes that are undone."""
BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "svg",
        "head",
        "title",
        "rt",
        "rp",
    ]
)
HIDDEN_STYLE = lazy_pattern(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Paragraph:
    """A paragraph of HTML: its text, its block with tag and class, and its characters in bold and
    in links.
    """

    tag: str
    names: str
    block: Any = None
    parts: list[str] = field(default_factory=list)
    bold: int = 0
    linked: int = 0
    row: bool = False
    """Whether it is a row of a table of data: its parts are the cells."""
    after_image: bool = False
    """Whether a picture stands right before its text."""
    images: list[Any] = field(default_factory=list)
    """The pictures before and within its text."""

    @property
    def text(self) -> str:
        """The text, with white space as single spaces."""
        return row_text(self.parts) if self.row else tidy("".join(self.parts))


def unescaped(words: str) -> str:
    """The text with superfluous escapes undone.

    If it contains tags, `&lt;b&gt;` is part of the article, unless it separates paragraphs.
    """
    for _ in range(ROUNDS):
        escaped = ESCAPED_BREAK if TAG.search(words) else ENTITY
        if not escaped.search(words):
            break
        undone = html.unescape(words)
        if undone == words:
            break
        words = undone
    return words


def is_markup(words: str) -> bool:
    """Whether the text contains HTML tags, plain or escaped."""
    return bool(TAG.search(words) or ESCAPED_TAG.search(words))


def plain_words(words: str) -> str:
    """The text on one line, without tags and entities."""
    return tidy(" ".join(paragraph_texts(words)))


def paragraph_texts(words: str) -> list[str]:
    """The paragraphs of a value in HTML or plain text."""
    words = unescaped(words)
    if not TAG.search(words):
        return [text for line in words.split("\n") if (text := tidy(line))]
    return [found.text for found in fragment_paragraphs(words)]


def fragment_paragraphs(words: str) -> list[Paragraph]:
    """The paragraphs of an HTML fragment."""
    return list(tree_paragraphs(parse_tree(f"<div>{clean_references(unescaped(words))}</div>")))


def tree_paragraphs(root: HtmlElement, *, hidden: bool = False) -> Iterator[Paragraph]:
    """The visible paragraphs below an element, in order; no text twice. A row of data is one.

    `hidden`: with what a style hides, as pages do that show their text only by a script.
    """
    rows = data_rows(root)
    found = _cell_paragraphs(root, hidden)
    yield from _with_rows(found, rows) if rows else found


def _with_rows(paragraphs: Iterator[Paragraph], rows: frozenset[Any]) -> Iterator[Paragraph]:
    """The paragraphs, those of the cells of a row of data joined to one."""
    current: Paragraph | None = None
    last: Any = None
    for found in paragraphs:
        row, cell = row_of(found.block, rows)
        if current is not None and row is not current.block:
            yield current
            current = None
        if row is None:
            yield found
            continue
        if current is None:
            current, last = Paragraph("tr", _names(row), row, row=True), None
        if cell is last and current.parts:
            current.parts[-1] += f" {found.text}"
        else:
            current.parts.append(found.text)
        current.bold += found.bold
        current.linked += found.linked
        last = cell
    if current is not None:
        yield current


def _cell_paragraphs(root: HtmlElement, hidden: bool) -> Iterator[Paragraph]:
    """The paragraphs, cells of tables too."""
    current: Paragraph | None = None
    block: Any = root
    images: list[Any] = []
    for kind, element, text in _walk(root, hidden):
        if kind == "break":
            if current is not None:
                yield current
            current = None
            block = element if element.tag in BREAKS else element.getparent()
        elif kind == "image":
            images.append(element)
            if current is not None:
                current.parts.append(" ")
        elif size := len(tidy(text)):
            if current is None:
                current = Paragraph(_tag(block), _names(block), block, after_image=bool(images))
            current.images += images
            images = []
            current.parts.append(text)
            lines = {_tag(above) for above in (element, *islice(_line_ancestors(element), DEEP_LINE))}
            current.bold += size if lines & {"b", "strong"} else 0
            current.linked += size if "a" in lines else 0
        elif current is not None:
            current.parts.append(text)
    if current is not None:
        yield current


def _line_ancestors(element: Any) -> Iterator[Any]:
    for above in element.iterancestors():
        if above.tag in BREAKS:
            return
        yield above


def _walk(root: Any, hidden: bool) -> Iterator[tuple[str, Any, str]]:
    """Text and breaks in document order, without recursion."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        breaks = element.tag in BREAKS
        if left:
            if breaks:
                yield "break", element.getparent() if element.getparent() is not None else element, ""
            if element is not root and element.tail:
                parent = element.getparent()
                yield "text", parent if parent is not None else element, element.tail
            continue
        stack.append((element, True))
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            continue
        if not hidden and _is_hidden(element):
            continue
        if element.tag == "br":
            yield "break", element, ""
        elif element.tag == "img":
            yield "image", element, ""
        elif breaks:
            yield "break", element, ""
        if element.text:
            yield "text", element, element.text
        stack += [(child, False) for child in reversed(element)]


def _is_hidden(element: Any) -> bool:
    return "hidden" in element.attrib or bool(HIDDEN_STYLE.search(element.get("style") or ""))


def _tag(element: Any) -> str:
    return element.tag if element is not None and isinstance(element.tag, str) else ""


def _names(element: Any) -> str:
    """The class, id and type of an element as one string."""
    if element is None:
        return ""
    return " ".join(element.get(name) or "" for name in ("class", "id", "epub:type", "role")).strip()


__all__ = [
    "Paragraph",
    "fragment_paragraphs",
    "is_markup",
    "paragraph_texts",
    "plain_words",
    "tree_paragraphs",
    "unescaped",
]
