"""The headline of a story on the page: of two title lines the one that stands alone, and never none.

Knows an article's own titles and its summary; what a page's lines are is known in segmentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..text.titles import first_is_headline
from ..types import Article, Section, Story

LONGEST = 36
"""Characters of a headline that is made of the summary's first clauses."""
FEWEST = 8
_CLAUSE = re.compile(r"[，。；！？]")


def headlined(article: Article) -> Article:
    """The article, its kicker as headline and its headline as deck if that only leans on the kicker."""
    kicker, headline = article.kicker, article.headline
    if not kicker or not headline or not first_is_headline(kicker, headline, article.text):
        return article
    deck = " ".join(filter(None, (headline, article.deck)))
    return replace(article, kicker=None, headline=kicker, deck=deck)


def named(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections; a story whose headline stands on another page has its summary's first clauses for it."""
    return tuple(replace(section, stories=tuple(map(_named, section.stories))) for section in sections)


def _named(story: Story) -> Story:
    if story.article.headline or not story.summary.sentences:
        return story
    said = story.summary.gist or story.summary.sentences[0].text
    ends = [found.start() for found in _CLAUSE.finditer(said)] + [len(said)]
    fitting = [end for end in ends if FEWEST <= end <= LONGEST]
    if not fitting:
        return story
    return replace(story, article=replace(story.article, headline=said[: fitting[0]]))
