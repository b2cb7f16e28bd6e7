"""Groups articles about the same event, in two papers or on two pages.

The longest text leads a group, and each member must match the leader, not just another member:
chains would merge all of a day's reports on one topic. Blocking: only articles that share words of
their headlines and leads are compared.

Two articles on the same page match only as copies: a page prints a report and its sidebar, not the
same event twice. Articles dated more than a day apart never match.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..types import Article
from .likeness import Likeness, Traces, likeness, traces

BLOCKING_LIMIT = 32
"""Words in more articles than this, or than a quarter of the edition, are not used for blocking."""
BLOCKING_WORDS = 2
"""Words of its headline and lead that the other article must have; both ways."""


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Articles about one event: the longest, and the others in the order given."""

    main: Article
    also: tuple[Article, ...] = ()


def grouped(articles: Sequence[Article]) -> tuple[EventGroup, ...]:
    """Each article in exactly one group; groups in the order of their first member.

    Membership and leaders do not depend on the order of `articles`.
    """
    every = traces(articles)
    candidates = blocking_candidates(every)
    longest_first = sorted(range(len(articles)), key=lambda i: _length_key(articles[i]))
    leader: dict[int, int] = {}
    for i in longest_first:
        best: tuple[float, int] | None = None
        for rank, lead in enumerate(longest_first):
            if lead == i:
                break
            if leader[lead] != lead or lead not in candidates[i]:
                continue
            like = likeness(every[i], every[lead])
            if _is_same_event(articles[i], articles[lead], like) and (
                best is None or like.strength > best[0]
            ):
                best = (like.strength, rank)
        leader[i] = longest_first[best[1]] if best else i
    return _build_groups(articles, leader)


def _build_groups(articles: Sequence[Article], leader: dict[int, int]) -> tuple[EventGroup, ...]:
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(len(articles)):
        members[leader[i]].append(i)
    return tuple(
        EventGroup(main=articles[lead], also=tuple(articles[i] for i in group if i != lead))
        for lead, group in members.items()
    )


def _is_same_event(first: Article, second: Article, like: Likeness) -> bool:
    """Whether two articles are about one event, given their likeness, dates and pages."""
    if first.date and second.date and abs((first.date - second.date).days) > 1:
        return False
    return like.is_copy if first.source == second.source else like.is_same_event


def blocking_candidates(every: Sequence[Traces]) -> list[set[int]]:
    """For each article, those to compare it with: each has BLOCKING_WORDS words of the other's
    head.
    """
    containing: dict[str, list[int]] = defaultdict(list)
    for i, article in enumerate(every):
        for word in article.words:
            containing[word].append(i)
    limit = max(BLOCKING_LIMIT, len(every) // 4)
    matches: list[set[int]] = []
    for article in every:
        rare = [word for word in article.head if len(containing[word]) <= limit]
        shared = Counter(i for word in rare for i in containing[word])
        enough = min(BLOCKING_WORDS, len(article.head))
        matches.append({i for i, count in shared.items() if count >= enough})
    return [{other for other in own if i in matches[other]} for i, own in enumerate(matches)]


def _length_key(article: Article) -> tuple[object, ...]:
    """Sort key: longest text first; ties are broken alike in any order of input, and by names of
    files last: the same articles from another folder have the same leader.
    """
    return (
        -len(article.text),
        article.page_number or "~",
        article.order,
        article.paper or "",
        article.headline,
        article.text,
        article.source,
        article.id,
    )
