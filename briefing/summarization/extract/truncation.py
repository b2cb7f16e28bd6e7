"""Truncation of a long article: drops whole sentences, the least important first.

Sentences are scored by the extractor's trees, over the whole article; those kept stay in order and
in their paragraphs. Knows nothing of tokens: the caller decides what fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...types import Article
from .candidates import candidates
from .compressive import sentence_scores


def truncate(article: Article, fits: Callable[[str], bool]) -> Article:
    """The article, cut down to as many of its best sentences as fit; raises nothing.

    An article that fits, or of which not even one sentence fits, is returned unchanged.
    """
    if fits(article.text):
        return article
    found = candidates(article)
    scores = sentence_scores(article, found)
    best = sorted(range(len(found)), key=lambda i: (-scores[i], i))
    starts = _paragraph_starts(article)

    def kept(count: int) -> tuple[str, ...]:
        chosen = sorted(best[:count])
        paragraphs: dict[int, str] = {}
        for i in chosen:
            number = max(n for n, start in enumerate(starts) if start <= found[i].start)
            paragraphs[number] = paragraphs.get(number, "") + found[i].text
        return tuple(paragraphs.values())

    low, high = 0, len(found)  # `low` sentences fit, `high` do not
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits("\n".join(kept(middle))) else (low, middle)
    return replace(article, paragraphs=kept(low)) if low else article


def _paragraph_starts(article: Article) -> list[int]:
    """The offset of each paragraph in the article's text."""
    starts, offset = [], 0
    for paragraph in article.paragraphs:
        starts.append(offset)
        offset += len(paragraph) + 1
    return starts
