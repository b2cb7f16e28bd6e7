"""What to do with a day's events that the editions of the last days told of: those without news are
counted, the others are told as going on, with what is new first.

How an event is known again is the matter of `told`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..types import Article, Briefing, Earlier, Sentence, Story
from .duplicates import EventGroup
from .leaning import leans
from .script import simplified
from .told import Continuation, continuations, unknown_words

KNOWN = 0.2
"""A sentence of which at most this share of the words is unknown stood before."""


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The events to be told, those told already, and what stood before of those that go on, by their
    main articles."""

    groups: tuple[EventGroup, ...]
    told: tuple[Earlier, ...] = ()
    before: Mapping[Article, tuple[Earlier, str]] | None = None

    def applied(self, stories: Sequence[Story]) -> list[Story]:
        """The stories, those that go on with what stood before."""
        before = self.before or {}
        return [
            _going_on(story, *before[story.article]) if story.article in before else story
            for story in stories
        ]


def follow_ups(groups: Sequence[EventGroup], editions: Sequence[Briefing]) -> FollowUps:
    """The day's events beside what these editions told, in plain script."""
    past = [(simplified(story.article), _earlier(story, one)) for one in editions for story in one.stories]
    if not past:
        return FollowUps(tuple(groups))
    articles = [article for group in groups for article in (group.main, *group.also)]
    found = dict(zip(articles, continuations(articles, [article for article, _ in past]), strict=True))
    kept, told, before = [], [], {}
    for group in map(partial(_with_news_first, found), groups):
        continuation = found[group.main]
        if continuation and not continuation.new:
            told.append(past[continuation.earlier][1])
            continue
        kept.append(group)
        if continuation:
            article, earlier = past[continuation.earlier]
            before[group.main] = (earlier, f"{article.titles}。{article.text}")
    return FollowUps(tuple(kept), tuple(told), before)


def _with_news_first(found: Mapping[Article, Continuation | None], group: EventGroup) -> EventGroup:
    """The group under an article with news, if its main one has none."""
    main = found[group.main]
    with_news = [one for one in group.also if (continuation := found[one]) and continuation.new]
    if main is None or main.new or not with_news:
        return group
    others = [one for one in (group.main, *group.also) if one != with_news[0]]
    return EventGroup(main=with_news[0], also=tuple(others))


def _earlier(story: Story, edition: Briefing) -> Earlier:
    return Earlier(date=edition.date, headline=story.article.headline, gist=story.summary.gist)


def _going_on(story: Story, earlier: Earlier, known: str) -> Story:
    """The story with what stood before; sentences that stood before come last where none of the summary
    leans on another.
    """
    sentences = story.summary.sentences
    if not any(leans(one.text) for one in sentences):
        sentences = tuple(sorted(sentences, key=lambda one: _stood(one, known)))
    return replace(story, earlier=earlier, summary=replace(story.summary, sentences=sentences))


def _stood(sentence: Sentence, known: str) -> bool:
    return unknown_words(sentence.text, known)[1] <= KNOWN
