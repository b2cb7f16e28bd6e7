"""A text made shorter by leaving out whole sentences, those that tell least first.

Every sentence is weighed by what the extractor's trees say of its clauses, so that the whole
article has its say, and what stays keeps its order and paragraphs. Knows nothing of tokens: the
caller says what fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...types import Article
from .candidates import candidates
from .compressive import sentence_scores


def truncate(article: Article, fits: Callable[[str], bool]) -> Article:
    """The article if its text fits, else with as many of its best sentences as fit; raises nothing.

    Where not even one sentence fits, the article is returned as it is.
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
            at = max(n for n, start in enumerate(starts) if start <= found[i].start)
            paragraphs[at] = paragraphs.get(at, "") + found[i].text
        return tuple(paragraphs.values())

    low, high = 0, len(found)  # so many fit, so many do not
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits("\n".join(kept(middle))) else (low, middle)
    return replace(article, paragraphs=kept(low)) if low else article


def _paragraph_starts(article: Article) -> list[int]:
    """Where each paragraph begins in the article's text."""
    starts, at = [], 0
    for paragraph in article.paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    return starts
