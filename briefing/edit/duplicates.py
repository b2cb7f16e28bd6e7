"""Puts articles together that tell the same event: in two papers, or on two pages.

The fullest text leads a group, and every other member is a twin of that one, not of another member:
there are no chains, over which a day's reports of one topic would run together. Only articles that
have words of each other's head are compared.

Two articles of one page are twins only as copies: a page prints a report and its sidebar, not an
event twice. Articles dated more than a day apart are none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..types import Article
from .likeness import Likeness, Traces, likeness, traces

BLOCKING_LIMIT = 32
"""A word that so many articles have, or a quarter of the edition, brings none together."""
BLOCKING_WORDS = 2
"""Words of each one's headline and lead that the other must have, for the two to be compared."""


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Articles of one event: the fullest text, and the others in the order given."""

    main: Article
    also: tuple[Article, ...] = ()


def grouped(articles: Sequence[Article]) -> tuple[EventGroup, ...]:
    """Each article in exactly one group; groups in the order of their first member.

    Who is with whom, and who is main, does not depend on the order of `articles`.
    """
    found = traces(articles)
    candidates = _blocking_candidates(found)
    fullest = sorted(range(len(articles)), key=lambda at: _fullness_key(articles[at]))
    leader: dict[int, int] = {}
    for at in fullest:
        best: tuple[float, int] | None = None
        for rank, lead in enumerate(fullest):
            if lead == at:
                break
            if leader[lead] != lead or lead not in candidates[at]:
                continue
            like = likeness(found[at], found[lead])
            if _is_same_event(articles[at], articles[lead], like) and (
                best is None or like.strength > best[0]
            ):
                best = (like.strength, rank)
        leader[at] = fullest[best[1]] if best else at
    return _build_groups(articles, leader)


def _build_groups(articles: Sequence[Article], leader: dict[int, int]) -> tuple[EventGroup, ...]:
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(len(articles)):
        members[leader[at]].append(at)
    return tuple(
        EventGroup(main=articles[lead], also=tuple(articles[at] for at in group if at != lead))
        for lead, group in members.items()
    )


def _is_same_event(one: Article, other: Article, like: Likeness) -> bool:
    """Whether two articles so alike tell one event, given where and when they were printed."""
    if one.date and other.date and abs((one.date - other.date).days) > 1:
        return False
    return like.is_copy if one.source == other.source else like.is_same_event


def _blocking_candidates(found: Sequence[Traces]) -> list[set[int]]:
    """For each article those that are worth comparing: the text of each has SHARED words of the
    other's head."""
    having: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        for word in one.words:
            having[word].append(at)
    most = max(BLOCKING_LIMIT, len(found) // 4)
    follows: list[set[int]] = []
    for one in found:
        shared = Counter(at for word in one.head if len(having[word]) <= most for at in having[word])
        enough = min(BLOCKING_WORDS, len(one.head))
        follows.append({at for at, n in shared.items() if n >= enough})
    return [{other for other in near if at in follows[other]} for at, near in enumerate(follows)]


def _fullness_key(article: Article) -> tuple[object, ...]:
    """Sorts the fullest text first; the rest only settles ties, the same way in any order of input."""
    return (
        -len(article.text),
        article.page_number or "~",
        article.order,
        article.paper or "",
        article.source,
        article.id,
        article.headline,
        article.text,
    )
