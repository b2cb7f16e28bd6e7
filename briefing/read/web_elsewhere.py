"""The article's text where the page's visible markup has none: in its data, else by trafilatura.

The texts of data go the way of any page: their markup is read by lines and rid of furniture.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..text.chars import letters
from .blocks import tidy
from .fragment import is_markup, unescaped
from .main_text import main_text
from .markup import parse_tree, read_markup
from .structured_data import values_of
from .web_body import find_body
from .web_furniture import furniture_of
from .web_kind import LEAST
from .web_lines import page_lines
from .web_roles import Body

TITLE = 8
"""Fewest characters of a link that is a title."""

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def body_of_markup(words: str, title: str) -> Body:
    """The article in a text of HTML or plain lines; raises SourceError if it is a bomb.

    Its lines are none of the page's: `first` and `end` are -1.
    """
    words = unescaped(words)
    if not is_markup(words):
        words = "".join(f"<p>{html.escape(line)}</p>" for line in words.splitlines() if line.strip())
    head = f"<h1>{html.escape(title)}</h1>" if title else ""
    page = f"<html><meta charset='utf-8'><body>{head}<div>{words}</div></body></html>"
    root = parse_tree(read_markup(title, page.encode("utf-8", "replace")))
    body = find_body(root, page_lines(root), [title])
    body.first = body.end = -1
    return body


def stated_body(root: HtmlElement) -> Body | None:
    """The text that the page's JSON-LD calls the article's; None if it states none."""
    for value in values_of(root, ("articleBody",)):
        if isinstance(value, str) and len(value) >= 2 * LEAST:
            body = body_of_markup(value, "")
            if body.length >= LEAST:
                return body
    return None


def _is_of_links(words: str, titles: Sequence[str]) -> bool:
    """Whether a text is the titles of other pages, run together."""
    key = letters(words)
    return 2 * sum(len(title) for title in titles if title in key) > len(key)


def likely_body(text: str, root: HtmlElement) -> Body | None:
    """What trafilatura finds; None if that is too little, links or furniture."""
    texts = [words for words in main_text(text) if furniture_of(words) is None]
    links = {letters(tidy(words)) for words in root.xpath("//a[@href]//text()")}
    whole = {letters(element.text_content()) for element in root.xpath("//a[@href]")}
    titles = [key for key in whole if len(key) >= TITLE]
    told = [words for words in texts if letters(words) not in links and not _is_of_links(words, titles)]
    prose = sum(len(words) for words in told if re.search(r"[。！？；，：]", words))
    return Body(texts=told) if prose >= LEAST else None


__all__ = ["body_of_markup", "likely_body", "stated_body"]
