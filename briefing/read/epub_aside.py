"""What is in a book beside its stories: navigation, notes to the text, the imprint.

Knows the marks of elements and the words of an imprint; does not know headlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..text.lazy_pattern import lazy_pattern
from .flow import Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SENTENCES = 1
"""Most sentences in an element with a navigation class; one with more contains an article."""
NAVIGATION = lazy_pattern(
    r"(?:^|[\s_-])(?:nav|navbar\w*|navigation|calibre_navbar\w*|toc|landmarks|page-list|pagebreak|doc-toc|doc-pagebreak|menu)(?:$|[\s_-])",
    re.IGNORECASE,
)
NOTE = lazy_pattern(r"(?:^|\s)(?:doc-)?(?:foot|end|rear)notes?(?:$|\s)")
NOTE_REFERENCE = lazy_pattern(r"(?:^|\s)(?:doc-)?(?:noteref|backlink)(?:$|\s)")
"""Types of notes and of the marks that lead to them (EPUB 3 Structural Semantics Vocabulary)."""
IMPRINT = lazy_pattern(
    r"版权所有|社址|邮编|出版(?:社|日期|单位|[。，\s]|$)|刊号|ISBN|ISSN|印数", re.MULTILINE
)
IMPRINT_WORDS, IMPRINT_LENGTH = 2, 300
TOLD = lazy_pattern(r"[^。！？\n]{16,}[。！？]")
RIGHTS = lazy_pattern(r"版权|不得|未经|[址编话号价][：:]")
"""Words in the sentences of an imprint; one without them tells news."""


def is_imprint(lines: Sequence[Line]) -> bool:
    """Whether a document without headings tells only who publishes the paper, and where."""
    words = "\n".join(line.text for line in lines)
    named = {found.strip("。，") for found in IMPRINT.findall(words)}
    if len(words) > IMPRINT_LENGTH or len(named) < IMPRINT_WORDS:
        return False
    return all(RIGHTS.search(sentence) for sentence in TOLD.findall(words))


def is_note(element: HtmlElement) -> bool:
    """Whether an element holds a note to the text."""
    return bool(NOTE.search(f"{element.get('epub:type') or ''} {element.get('role') or ''}"))


def drop_navigation(root: HtmlElement) -> None:
    """Removes navigation from a document; the text after it stays."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        names = " ".join(element.get(name) or "" for name in ("class", "id", "epub:type", "role"))
        if element.tag == "a" and NOTE_REFERENCE.search(names):
            element.drop_tree()
            continue
        if element.getparent() is None or not (element.tag == "nav" or NAVIGATION.search(names)):
            continue
        if element.tag == "nav" or element.text_content().count("。") <= SENTENCES:
            element.drop_tree()


__all__ = ["drop_navigation", "is_imprint", "is_note"]
