"""Several whole stories on one web page, each in an `article` element with a heading of its own.

A heading that is a link stands over a teaser, and a page that is called by one of the headings is that
story's page, whatever else it loads below. Knows elements and lengths; knows no site.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

from ..text.chars import letters
from .blocks import tidy
from .web_elsewhere import body_of_markup
from .web_lines import page_lines
from .web_roles import Body
from .web_title import bare_title, site_names, stated_titles

FEWEST, MOST = 2, 200
"""Fewest stories of such a page, and most elements that are looked at."""
LEAST = 40
"""Fewest characters of a story."""
SHARE = 0.7
"""Share of the page's `article` elements that hold a whole story, at least; else they are teasers."""
MOST_PROSE = 0.8
"""Share of the page's prose in the stories, at least: nothing that the page tells beside them is lost."""
TITLE = (4, 90)
"""Fewest and most letters of a heading."""
ASIDE = "ancestor::aside or ancestor::nav or ancestor::footer or ancestor::*[@hidden]"


class Story(NamedTuple):
    """One of the stories of a page."""

    headline: str
    body: Body


def stories_on(root: Any) -> list[Story]:
    """The stories of a page that holds several whole ones, in their order; none if it holds one or a list."""
    elements = root.xpath(f"//article[not(ancestor::article) and not({ASIDE})]")
    if not FEWEST <= len(elements) <= MOST:
        return []
    stories = [story for element in elements if (story := _story(element))]
    if len(stories) < max(FEWEST, SHARE * len(elements)):
        return []
    if sum(story.body.length for story in stories) < MOST_PROSE * sum(
        line.prose for line in page_lines(root)
    ):
        return []
    sites = site_names(root)
    named = {letters(words) for title in stated_titles(root) for words in (title, bare_title(title, sites))}
    keys = [letters(story.headline) for story in stories]
    return [] if len(set(keys)) < len(keys) or named & set(keys) else stories


def _story(element: Any) -> Story | None:
    """The story in an element that begins with a heading; None if it is a teaser, or has no text."""
    heading = next(
        iter(element.xpath("descendant::*[self::h1 or self::h2 or self::h3 or self::h4][1]")), None
    )
    if heading is None or heading.xpath("descendant::a[@href] or ancestor::a[@href]"):
        return None
    headline = tidy(heading.text_content())
    if not TITLE[0] <= len(letters(headline)) <= TITLE[1]:
        return None
    body = body_of_markup(etree.tostring(element, encoding="unicode", with_tail=False), headline)
    whole = body.length >= LEAST and body.texts[-1].rstrip().endswith(tuple("。！？…”』」）)"))
    return Story(headline, body) if whole else None


__all__ = ["Story", "stories_on"]
