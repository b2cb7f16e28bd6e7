"""The few lines on top of a briefing: the gists of the stories that lead their pages."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Story

ENOUGH = 6
"""A briefing of fewer stories needs no overview."""


def overview(stories: Sequence[Story], size: int = 5) -> tuple[str, ...]:
    """Up to `size` gists: the first story of each page, then the second of each, and so on; none twice."""
    if len(stories) < ENOUGH:
        return ()
    depth: dict[str, int] = {}
    ranked: list[tuple[int, int, str]] = []
    for at, story in enumerate(stories):
        place = depth[story.article.source] = depth.get(story.article.source, 0) + 1
        ranked.append((place, at, story.summary.gist))
    chosen: list[tuple[int, str]] = []
    for _, at, gist in sorted(ranked):
        if gist and gist not in {g for _, g in chosen} and len(chosen) < size:
            chosen.append((at, gist))
    return tuple(gist for _, gist in sorted(chosen))
