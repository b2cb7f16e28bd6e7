"""Finds the bylines that stand between a headline and its columns, over none or one of them."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import Column
from .owners import PageStory
from .words import is_byline

NEAR = 3.0
"""Largest distance of a byline from the headline above it, in ems of body type."""


def with_bylines(texts: Sequence[Column], stories: Sequence[PageStory], body: float) -> list[Column]:
    """The columns without the bylines under heads, which are added to their stories."""
    out: list[Column] = []
    for text in texts:
        story = _story_above(text, stories, body) if is_byline(text.lines[0].text) else None
        if story is None:
            out.append(text)
            continue
        story.bylines.append(text.lines[0])
        if len(text.lines) > 1:
            out.append(Column(text.lines[1:]))
    return out


def _story_above(text: Column, stories: Sequence[PageStory], body: float) -> PageStory | None:
    """The story whose head is right above the first line of a column."""
    line = text.lines[0]
    near = [
        (line.top - story.head.box[3], story)
        for story in stories
        if story.head
        and -0.5 * body < line.top - story.head.box[3] < NEAR * body
        and story.reach[0] - body < line.left
        and line.right < story.reach[2] + body
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


__all__ = ["with_bylines"]
