"""Chooses the story that carries the picture: the lead, else one of the next by rank.

Knows which article a picture belongs to; does not open pictures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..protocols import Outcome
from ..types import Article, FoundPicture, Picture, Problem, Section, Segmentation, Story

Illustrate = Callable[[Sequence[FoundPicture], Article], Outcome[Picture] | None]
"""Opens the first of an article's pictures that can be shown; None where there is none."""
LEADING = 3
"""Stories of the highest rank of which one may carry a picture."""


def pictures_by_article(pages: Iterable[Segmentation]) -> dict[str, tuple[FoundPicture, ...]]:
    """The pictures of each article that has some, by the article's id."""
    found: dict[str, tuple[FoundPicture, ...]] = {}
    for page in pages:
        placed = sorted((min(span.start for span in one.spans), one.id) for one in page.articles if one.spans)
        starts = [start for start, _ in placed]
        for picture in page.pictures if placed else ():
            _, id = placed[max(0, bisect_left(starts, picture.at) - 1)]
            found[id] = (*found.get(id, ()), picture)
    return found


def illustrated(
    sections: Sequence[Section], found: Mapping[str, Sequence[FoundPicture]], illustrate: Illustrate
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections with the picture of the highest-ranked story that has one; and what is to be said of those
    that could not be opened.
    """
    notes: list[Problem] = []
    for story in _by_rank(sections)[:LEADING]:
        for article in (story.article, *story.also):
            if not (pictures := found.get(article.id)):
                continue
            picture = illustrate(pictures, article)
            if isinstance(picture, Picture):
                return _changed(sections, partial(_with_picture, story, picture)), tuple(notes)
            notes += [picture] if picture else []
    return tuple(sections), tuple(notes)


def with_one_picture(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with one picture at most, that of the highest-ranked story that has one."""
    shown = next((story for story in _by_rank(sections) if story.picture), None)
    return _changed(sections, lambda story: story if story == shown else replace(story, picture=None))


def _by_rank(sections: Sequence[Section]) -> list[Story]:
    """All stories: the lead, then the others by their score."""
    stories = [story for section in sections for story in section.stories]
    return stories[:1] + sorted(stories[1:], key=lambda story: -story.score)


def _with_picture(chosen: Story, picture: Picture, story: Story) -> Story:
    return replace(story, picture=picture) if story == chosen else story


def _changed(sections: Sequence[Section], change: Callable[[Story], Story]) -> tuple[Section, ...]:
    return tuple(replace(section, stories=tuple(map(change, section.stories))) for section in sections)


__all__ = ["LEADING", "Illustrate", "illustrated", "pictures_by_article", "with_one_picture"]
