"""What a web page says of its article besides text and day: the newspaper, the section, the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import paper_of
from .blocks import tidy
from .web_lines import Line

FROM = lazy_pattern(
    rf"(?:来源|來源|稿源)[：:]\s*《?([{HAN}A-Za-z]{{2,14}}?)》?(?=[\s　|｜]|作者|编辑|责编|记者|$)"
)
NO_SOURCE = lazy_pattern(r"本[站网]|原创|网络|互联网|转载|未知|其他|综合")
BESIDE = 6
"""Lines before and after the headline among which its newspaper is named."""


def _stated_addresses(root: Any) -> list[str]:
    return [*root.xpath("//link[@rel='canonical']/@href"), *root.xpath("//meta[@property='og:url']/@content")]


def article_link(source: str, root: Any) -> str | None:
    """The article's address."""
    web = ("http://", "https://")
    return next((words for words in (source, *_stated_addresses(root)) if words.startswith(web)), None)


def newspaper(root: Any, lines: Sequence[Line], index: int, body: tuple[int, int]) -> str | None:
    """The newspaper of the article, if the page names it: beside the headline, then elsewhere.

    `index` is that of the headline's line, -1 if it is not shown; `body` those of the article's first line
    and of the line after its last.
    """
    first, end = body
    begin = max(0, index - BESIDE) if index >= 0 else 0
    near = lines[begin : max(first, begin) + 1]
    after = lines[max(0, end - 1) : end + BESIDE] if end >= 0 else []
    for line in (*near, *after, *lines[:60]):
        if (match := FROM.search(line.text[:300])) and not NO_SOURCE.search(match[1]):
            return match[1]
    stated = root.xpath("//meta[@property='og:site_name']/@content")
    stated += root.xpath("//meta[@name='ContentSource' or @name='source' or @name='mediaid']/@content")
    for words in (*stated, *root.xpath("//title//text()")):
        if paper := paper_of(words):
            return paper
    return None


def section_name(root: Any) -> str | None:
    """The section, if the page's head names one."""
    found = root.xpath("//meta[@property='article:section' or @name='channel' or @name='section']/@content")
    return next((words for words in map(tidy, found) if 2 <= len(words) <= 8), None)


__all__ = ["article_link", "newspaper", "section_name"]
