"""TextRank: the sentences most similar to the others (Mihalcea & Tarau, EMNLP 2004).

Words by rjieba (ten times faster than jieba; MIT), PageRank by power iteration in numpy: networkx
takes longer to import than the ranking, and sumy needs nltk. An article of more than CHUNK
sentences is ranked in chunks, then the best of each chunk against one another, so that time stays
linear. Does not know synonyms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...text.lazy_pattern import lazy_pattern
from ...types import Article, Summary
from .candidates import Candidate, build_summary, candidates

CHUNK = 400
"""Maximum sentences ranked against one another."""
DAMPING = 0.85
_LETTER = lazy_pattern(r"\w")
_STOPWORDS = """
我们 他们 她们 它们 这个 那个 这些 那些 一个 以及 可以 进行 通过 对于 关于 由于 因此 因为 所以 但是 并且 而且 或者
如果 还是 已经 正在 目前 同时 此外 其中 表示 介绍 记者 据悉
"""
_STOP = frozenset(_STOPWORDS.split())


def content_words(sentence: str) -> frozenset[str]:
    """The words of two characters or more that are neither punctuation nor stopwords."""
    import rjieba

    return frozenset(
        word for word in rjieba.cut(sentence) if len(word) > 1 and word not in _STOP and _LETTER.search(word)
    )


def textrank_scores(bags: Sequence[frozenset[str]]) -> list[float]:
    """The TextRank of each sentence, given its words; the ranks sum to 1.

    The similarity is the paper's, overlap / (log |Si| + log |Sj|), with 1 added to each size so
    that a sentence of one word does not divide by zero.
    """
    import numpy as np

    size = len(bags)
    index = {word: column for column, word in enumerate(sorted(set().union(*bags)))}
    has = np.zeros((size, max(1, len(index))), dtype=np.float32)
    for row, bag in enumerate(bags):
        has[row, [index[word] for word in bag]] = 1
    logs = np.array([math.log(len(bag) + 1) for bag in bags])
    weights = (has @ has.T) / np.maximum(logs[:, None] + logs[None, :], 1e-6)
    np.fill_diagonal(weights, 0)
    total = weights.sum(axis=1, keepdims=True)
    step = np.divide(weights, total, out=np.full_like(weights, 1 / max(1, size)), where=total > 0)
    rank = np.full(size, 1 / max(1, size))
    for _ in range(60):
        new = (1 - DAMPING) / size + DAMPING * rank @ step
        if np.abs(new - rank).sum() < 1e-6:
            break
        rank = new
    return [float(value) for value in rank]


@dataclass(frozen=True, slots=True)
class TextRank:
    """The most central sentences that fit, in the order of the text."""

    name: str = "textrank"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises nothing.

        A sentence that is too long is skipped; if none fits, the first is cut at a clause.
        """
        found = candidates(article)
        chosen: list[Candidate] = []
        seen: set[str] = set()
        room = length
        for candidate in _best_sentences([c for c in found if c.complete]):
            if len(candidate) <= room and candidate.text not in seen:
                chosen.append(candidate)
                seen.add(candidate.text)
                room -= len(candidate)
        return build_summary(article, found, chosen, length, self.name)


def _best_sentences(found: list[Candidate]) -> list[Candidate]:
    """Up to CHUNK sentences, best first."""
    while len(found) > CHUNK:
        chunks = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)]
        share = max(4, CHUNK // len(chunks))
        best = (candidate for chunk in chunks for candidate in _ranked_sentences(chunk)[:share])
        found = sorted(best, key=lambda candidate: candidate.start)
    return _ranked_sentences(found)


def _ranked_sentences(found: Sequence[Candidate]) -> list[Candidate]:
    """The sentences, best first; ties in the order of the text."""
    if not found:
        return []
    scores = textrank_scores([content_words(candidate.text) for candidate in found])
    return [found[i] for i in sorted(range(len(found)), key=lambda i: (-round(scores[i], 9), i))]
