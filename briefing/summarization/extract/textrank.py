"""TextRank: sentences voted for by the sentences that share their words (Mihalcea & Tarau, EMNLP
2004).

With rjieba's words (ten times jieba's speed; MIT) and a power iteration in numpy, since networkx
takes longer to import than the ranking lasts and sumy brings nltk for four lines of arithmetic. An
article of more than PART sentences is ranked in parts, and the best of each part against one
another, so that time stays linear. Knows words only by their letters: a synonym is another word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...types import Article, Summary
from .candidates import Candidate, build_summary, candidates

CHUNK = 400
"""Sentences that are ranked against one another at most."""
DAMPING = 0.85
_LETTER = re.compile(r"\w")
_STOPWORDS = """
我们 他们 她们 它们 这个 那个 这些 那些 一个 以及 可以 进行 通过 对于 关于 由于 因此 因为 所以 但是 并且 而且 或者
如果 还是 已经 正在 目前 同时 此外 其中 表示 介绍 记者 据悉
"""
_STOP = frozenset(_STOPWORDS.split())


def content_words(sentence: str) -> frozenset[str]:
    """The words that count: of two characters or more, no punctuation, no stopwords."""
    import rjieba

    return frozenset(
        word for word in rjieba.cut(sentence) if len(word) > 1 and word not in _STOP and _LETTER.search(word)
    )


def textrank_scores(bags: Sequence[frozenset[str]]) -> list[float]:
    """The TextRank of each sentence, given its words; they add up to 1.

    Similarity is the overlap over log |Si| + log |Sj| as in the paper, with one added to each size,
    so that a sentence of one word does not divide by zero.
    """
    import numpy as np

    size = len(bags)
    index = {word: at for at, word in enumerate(sorted(set().union(*bags)))}
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

        A sentence that is too long is passed over; where none fits, the first is cut at a clause.
        """
        chosen: list[Candidate] = []
        seen: set[str] = set()
        room = length
        for candidate in _best_sentences([c for c in candidates(article) if c.complete]):
            if len(candidate) <= room and candidate.text not in seen:
                chosen.append(candidate)
                seen.add(candidate.text)
                room -= len(candidate)
        return build_summary(article, chosen, length, self.name)


def _best_sentences(found: list[Candidate]) -> list[Candidate]:
    """Up to PART sentences, best first."""
    while len(found) > CHUNK:
        parts = [found[at : at + CHUNK] for at in range(0, len(found), CHUNK)]
        share = max(4, CHUNK // len(parts))
        found = sorted((c for part in parts for c in _ranked_sentences(part)[:share]), key=lambda c: c.start)
    return _ranked_sentences(found)


def _ranked_sentences(found: Sequence[Candidate]) -> list[Candidate]:
    """The sentences, best first; equal ones in the order of the text."""
    if not found:
        return []
    rank = textrank_scores([content_words(candidate.text) for candidate in found])
    return [found[at] for at in sorted(range(len(found)), key=lambda at: (-round(rank[at], 9), at))]
