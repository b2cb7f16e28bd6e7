"""The headline of a story on the page: of two title lines the one that stands alone, and never none; two
that each tell of a place of its own, over a text in two parts, are headlines of two stories.

Knows an article's own titles and its summary; what a page's lines are is known in segmentation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..text.article_id import article_id
from ..text.lazy_pattern import lazy_pattern
from ..text.sentences import sentences
from ..text.titles import first_is_headline, places_of, stands_alone
from ..types import Article, Section, Story

LONGEST = 36
"""Characters of a headline that is made of the summary's first clauses."""
FEWEST = 8
_CLAUSE = lazy_pattern(r"[，。；！？]")


def told_apart(article: Article) -> tuple[Article, ...]:
    """The two stories of two places that stand under one another's headlines; else the article, `headlined`.

    So it is where each line stands alone, and the text tells first of the one place, then only of the other.
    """
    three = article.kicker and article.deck
    article = headlined(article)
    second = article.kicker or article.deck
    if three or not second:
        return (article,)
    lines = [article.headline, second]
    one, other = places_of(*lines)
    if not one or not all(map(stands_alone, lines)):
        return (article,)
    cut = _where_only(article.text, one, other)
    if not cut and (cut := _where_only(article.text, other, one)):
        lines.reverse()
    if not cut:
        return (article,)
    texts = article.text[:cut], article.text[cut:]
    return tuple(_of_its_own(article, *pair) for pair in zip(lines, texts, strict=True))


def _where_only(text: str, one: str, other: str) -> int:
    """Where the sentences of `other` begin, after those of `one` and without a word of it; 0 if nowhere."""
    found = next((start for start, end in sentences(text) if other in text[start:end]), 0)
    return found if one in text[:found] and one not in text[found:] else 0


def _of_its_own(article: Article, headline: str, text: str) -> Article:
    """The story of one of the two headlines."""
    paragraphs = tuple(part.strip() for part in text.split("\n") if part.strip())
    id = article_id(headline, paragraphs)
    return replace(article, id=id, kicker=None, headline=headline, deck=None, paragraphs=paragraphs)


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
