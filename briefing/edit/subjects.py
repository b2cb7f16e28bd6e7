"""Which story each line of the overview is about, so that the line can lead to it.

Knows the words of both; a line that no story has the words of is about none. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.chars import fold
from ..text.novelty import novelty
from ..types import Section, Story

STRANGE = 0.3
"""The share of a line's pairs of characters that its story may lack."""


def subjects(lines: Sequence[str], sections: Sequence[Section]) -> tuple[str, ...]:
    """The id of each line's article; "" where none is found. `sections` still have their gists."""
    stories = [story for section in sections for story in section.stories]
    ranked = sorted(stories, key=lambda story: -story.score)
    return tuple(_subject(line, ranked) for line in lines)


def _subject(line: str, stories: Sequence[Story]) -> str:
    for story in stories:
        if line in (story.summary.gist, *_titles(story)):
            return story.article.id
    words = fold(line)
    found = [(novelty(words, fold(_words(story))), n) for n, story in enumerate(stories)]
    strange, at = min(found, default=(1.0, 0))
    return stories[at].article.id if strange < STRANGE else ""


def _titles(story: Story) -> list[str]:
    article = story.article
    return [f"{article.kicker}：{article.headline}", *(one.headline for one in (article, *story.also))]


def _words(story: Story) -> str:
    return "\n".join((*_titles(story), story.summary.gist, story.article.stated))
