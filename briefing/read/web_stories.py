"""Several whole stories on one web page, each in an `article` element with a heading of its own.

Such a page is that of a day: its title names the day and tells of none of them. Any other title is a
story's, which may be told in several elements (chapters, a live report, answers) or may load others below
it. A heading that is a link stands over a teaser. Knows elements and lengths; knows no site.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from lxml import etree

from ..text.chars import bigrams, letters
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .web_body import find_body
from .web_date import days_of
from .web_elsewhere import body_of_markup
from .web_lines import Line, page_lines
from .web_roles import Body
from .web_title import bare_title, headline_line, repeated, site_names, stated_titles

FEWEST, MOST = 2, 200
"""Fewest stories of such a page, and most elements that are looked at."""
LEAST = 40
"""Fewest characters of half of the stories; the others are short."""
SHARE = 0.7
"""Share of the page's `article` elements that hold a heading and a text, at least; else they are teasers."""
MOST_PROSE = 0.8
"""Share of the page's article that is in them, at least; the rest comes before them as an article."""
TITLE = (2, 90)
"""Fewest and most letters of a heading."""
TELLS = 0.5
"""Share of a title's pairs of characters from which it is the title of the story that has them."""
DAY = lazy_pattern(r"(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?")
READ_ON = lazy_pattern(r"(?:点击|继续|[阅閱][读讀]|查看)*(?:全文|更多|[详詳]情|详细|[阅閱][读讀])\W{0,4}")
"""A link from a teaser to its story."""
ASIDE = "ancestor::aside or ancestor::nav or ancestor::footer or ancestor::*[@hidden]"


class Story(NamedTuple):
    """One of the stories of a page."""

    headline: str
    body: Body
    lines: Sequence[Line] = ()
    """All lines of its element."""


def stories_on(root: Any) -> list[Story]:
    """The stories of a page that holds several whole ones, in their order; none if it holds one or a list."""
    elements = root.xpath(f"//article[not(ancestor::article) and not({ASIDE})]")
    titles = stated_titles(root)
    if not FEWEST <= len(elements) <= MOST or next(days_of(titles), None) is None:
        return []
    lines = page_lines(root)
    held = _lines_in(elements, lines)
    stories = [story for element in elements if (story := _story(element, held[element]))]
    long = sum(story.body.length >= LEAST for story in stories)
    if len(stories) < SHARE * len(elements) or long < max(FEWEST, len(stories) / 2):
        return []
    sites = site_names(root)
    bare = list(dict.fromkeys(bare_title(title, sites) for title in titles))
    if _tells_of_them(bare, stories):
        return []
    own = {id(line) for story in stories for line in story.lines}
    body = find_body(root, lines, bare)
    beside = [line for line in body.lines if id(line) not in own]
    if sum(line.prose for line in beside) > (1 - MOST_PROSE) * sum(line.prose for line in body.lines):
        return []
    if any(line.prose for line in beside):
        index = headline_line(lines, titles, -1)
        headline = lines[index].text if index >= 0 else bare[0]
        stories.insert(0, Story(headline, Body(texts=[line.text for line in beside])))
    return stories


def _lines_in(elements: Sequence[Any], lines: Sequence[Line]) -> dict[Any, list[Line]]:
    """The lines that the page shows in each of the elements."""
    held: dict[Any, list[Line]] = {element: [] for element in elements}
    for line in lines:
        around = () if line.block is None else (line.block, *line.block.iterancestors("article"))
        if (found := next((element for element in around if element in held), None)) is not None:
            held[found].append(line)
    return held


def _tells_of_them(titles: Sequence[str], stories: Sequence[Story]) -> bool:
    """Whether the page is called by one of its stories, or by what most of them tell of: they are parts."""
    keys = [letters(story.headline) for story in stories]
    if len(set(keys)) < len(keys):
        return True
    told = [" ".join((story.headline, *story.body.texts)) for story in stories]
    for title in titles:
        words = DAY.sub("", title)
        pairs = bigrams(letters(words))
        if any(len(key) >= 4 and key in letters(title) for key in keys):
            return True
        if len(pairs) > 1 and any(repeated(words, text) >= TELLS for text in told):
            return True
        if 2 * sum(any(pair in text for pair in pairs) for text in told) > len(told):
            return True
    return False


def _story(element: Any, lines: Sequence[Line]) -> Story | None:
    """The story in an element that begins with a heading; None if it is a teaser, or shows no text."""
    heading = next(
        iter(element.xpath("descendant::*[self::h1 or self::h2 or self::h3 or self::h4][1]")), None
    )
    if heading is None or heading.xpath("descendant::a[@href] or ancestor::a[@href]"):
        return None
    headline = tidy(heading.text_content())
    if not TITLE[0] <= len(letters(headline)) <= TITLE[1] or not any(line.prose for line in lines):
        return None
    if any(READ_ON.fullmatch(tidy(link.text_content())) for link in element.xpath("descendant::a")):
        return None
    body = body_of_markup(etree.tostring(element, encoding="unicode", with_tail=False), headline)
    whole = body.texts and body.texts[-1].rstrip().endswith(tuple("。！？…”』」）)"))
    return Story(headline, body, lines) if whole else None


__all__ = ["Story", "stories_on"]
