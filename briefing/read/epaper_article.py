"""Reads one article of an e-paper: its headlines, its byline and its paragraphs.

The systems label kicker, headline and deck themselves: in a comment of properties (<introtitle>,
<title>, <subtitle>), in elements with such names, or by headings around the largest one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import TYPE_CHECKING

from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from ..types import Role
from .blocks import Blocks, tidy
from .epaper_titles import title_texts
from .fragment import Paragraph, tree_paragraphs
from .main_text import main_text
from .markup import parse_tree, short_text
from .web_credits import is_tools
from .web_stamp import is_stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement

COMMENT = lazy_pattern(r"<!--\s*+enpproperty", re.IGNORECASE)
PROPERTY = lazy_pattern(r"<([\w-]++)>")
BODY = (
    lazy_pattern(r"<!--\s*+enpcontent\s*+-->", re.IGNORECASE),
    lazy_pattern(r"<!--\s*+/enpcontent\s*+-->", re.IGNORECASE),
)
OZOOM = "//*[@id='ozoom']"
"""The container of an article, by a name that only e-papers give."""
CONTAINERS = (
    "//founder-content | //cms-content",
    "//*[@id='articleContent' or @id='articleconent' or @id='articleText' or @id='news_content']",
    OZOOM,
    "//*[contains(concat(' ', @class, ' '), ' newsdetatext ')"
    " or contains(concat(' ', @class, ' '), ' article-content ')"
    " or contains(concat(' ', @class, ' '), ' article-text ')]",
    "//*[@id='content']",
    "//*[contains(concat(' ', @class, ' '), ' text_c ')]",
)
PRINTED = CONTAINERS[1:4]
"""Containers that only e-papers have, if the page names its printed page as well."""
MOST = 64
"""Most pages of an edition, and most articles or properties of a page; more is hostile."""
CAPTION = lazy_pattern(r"^(?:图为|图[①-⑩一二三四五六]|[▲△▼▽↑↓←→]|.{0,60}(?:摄|供图|制图)$)")
FURNITURE = lazy_pattern(
    r"^(?:[（(]?(?:本版)?(?:责任?编辑?|责编)\s*[：:].{0,30}|上一篇.{0,40}|下一篇.{0,40}|版权所有.{0,60}|.{0,20}版权所有"
    r"|《.{2,12}》\s*[（(]\s*20\d{2}\s*年.{4,30}版\s*[）)])[）)]?$"
)
STAMPED = 60
"""Longest line that states the time of a page and no news."""
LEAST_UNMARKED = 60
"""Fewest characters of text, where no element says that it is the article's."""
SENTENCE = lazy_pattern(r"[，。；！？、,]")


@dataclass(slots=True)
class EpaperArticle:
    """An article as its page states it; `properties` are those of the system's comment."""

    titles: dict[Role, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def headline(self) -> str:
        """The headline; empty if there is none."""
        return self.titles.get(Role.HEADLINE, "")

    def add_to(self, blocks: Blocks, role: Role | None = None) -> None:
        """Adds the article's blocks; with a `role`, they all have this one and are no article."""
        if role is None:
            blocks.begin_article()
        for kind, words in self.titles.items():
            blocks.add(role or kind, words)
        for words in self.paragraphs:
            is_caption = CAPTION.match(words) and len(words) < 120
            blocks.add(role or (Role.CAPTION if is_caption else Role.BODY), words)


def read_article(text: str, root: HtmlElement) -> EpaperArticle:
    """The article on a page; without paragraphs if the page has none."""
    stated = article_properties(text)
    container = text_container(text, root)
    titles = title_texts(root, container, stated)
    known = {letters(words) for words in titles.values() if words}
    paragraphs = [
        found.text
        for found in _paragraphs(container)
        if letters(found.text) not in known and not FURNITURE.match(found.text)
    ]
    paragraphs = list(dropwhile(_is_above_text, paragraphs))
    if container is None:
        paragraphs = _likely_paragraphs(text)
    return EpaperArticle(titles, [words for words in paragraphs if letters(words)], stated)


def _is_above_text(words: str) -> bool:
    """Whether a line states the time of a page on the web, or is its tools."""
    return len(words) <= STAMPED and (is_tools(words) or is_stamp(words))


def _likely_paragraphs(text: str) -> list[str]:
    """The paragraphs of an article in a system that is not known, as of any web page."""
    found = [words for words in main_text(text) if SENTENCE.search(words)]
    return found if sum(map(len, found)) >= LEAST_UNMARKED else []


def has_marks(text: str, root: HtmlElement) -> bool:
    """Whether the page has marks that only the systems of e-papers leave."""
    return bool(COMMENT.search(text) or BODY[0].search(text) or root.xpath(CONTAINERS[0]))


def is_article(text: str, root: HtmlElement) -> bool:
    """Whether the page has the marks of an e-paper's article, and text in sentences."""
    return has_marks(text, root) or any(
        _has_sentences(element) for path in PRINTED for element in root.xpath(path)[:MOST]
    )


def _has_sentences(element: HtmlElement) -> bool:
    """Whether some paragraph has the length and the marks of a sentence, and is no link."""
    return any(
        len(found.text) >= 20 and SENTENCE.search(found.text) and found.linked < 0.5 * len(found.text)
        for found in tree_paragraphs(element)
    )


def article_properties(text: str) -> dict[str, str]:
    """The article's properties, from the system's comment; founder-title is title."""
    if not (opened := COMMENT.search(text)):
        return {}
    words = text[opened.end() : text.find("-->", opened.end())]
    stated: dict[str, str] = {}
    position = 0
    for _ in range(MOST):
        if not (tag := PROPERTY.search(words, position)):
            break
        end = words.find(f"</{tag[1]}>", tag.end())
        position = tag.end()
        if end >= 0:
            name = tag[1].lower().removeprefix("founder-")
            stated[name] = tidy(re.sub(r"<[^<>]+>", "", _unescaped(words[tag.end() : end])))
            position = end + len(tag[0]) + 1
    return stated


def text_container(text: str, root: HtmlElement) -> HtmlElement | None:
    """The element that contains the article's text."""
    opened = BODY[0].search(text)
    if opened and (closed := BODY[1].search(text, opened.end())):
        marked = text[opened.end() : closed.start()]
        return parse_tree(f"<div>{marked}</div>") if marked.strip() else None
    return named_container(root)


def named_container(root: HtmlElement) -> HtmlElement | None:
    """The element whose name says that it contains the article's text."""
    for path in CONTAINERS:
        for element in root.xpath(path)[:MOST]:
            if len(short_text(element)) > 10:
                return element
    return None


def _paragraphs(container: HtmlElement | None) -> Iterator[Paragraph]:
    """The paragraphs of the text, without headings of the page and lines of author and date."""
    if container is None:
        return
    for found in tree_paragraphs(container):
        names = set(found.names.lower().split())
        if found.text and found.tag != "h1" and not names & {"sec", "date", "newstime", "lai"}:
            yield found


def _unescaped(words: str) -> str:
    return html.unescape(re.sub(r"<br\s*/?>", " ", re.sub(r"<!\[CDATA\[|\]\]>", "", words)))
