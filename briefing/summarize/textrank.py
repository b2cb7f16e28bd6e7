"""TextRank: sentences voted for by the sentences that share their words (Mihalcea & Tarau, EMNLP 2004).

With rjieba's words (ten times jieba's speed; MIT) and a power iteration in numpy, since networkx takes longer to import
than the ranking lasts and sumy brings nltk for four lines of arithmetic. An article of more than PART sentences is
ranked in parts, and the best of each part against one another, so that time stays linear.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..types import Article, Summary
from .candidates import Candidate, candidates, summary

PART = 400
DAMPING = 0.85
STOP = frozenset(
    [
        "我们",
        "他们",
        "她们",
        "它们",
        "这个",
        "那个",
        "这些",
        "那些",
        "一个",
        "以及",
        "可以",
        "进行",
        "通过",
        "对于",
        "关于",
        "由于",
        "因此",
        "因为",
        "所以",
        "但是",
        "并且",
        "而且",
        "或者",
        "如果",
        "还是",
        "已经",
        "正在",
        "目前",
        "同时",
        "此外",
        "其中",
        "表示",
        "介绍",
        "记者",
        "据悉",
    ]
)


def _words(sentence: str) -> frozenset[str]:
    import rjieba

    return frozenset(w for w in rjieba.cut(sentence) if len(w) > 1 and w not in STOP and not w.isspace())


def scores(words: Sequence[frozenset[str]]) -> list[float]:
    """The TextRank of each sentence, given its words; they add up to 1."""
    import numpy as np

    size = len(words)
    index = {word: at for at, word in enumerate(sorted(set().union(*words)))} if words else {}
    has = np.zeros((size, max(1, len(index))), dtype=np.float32)
    for row, sentence in enumerate(words):
        has[row, [index[word] for word in sentence]] = 1
    shared = has @ has.T
    logs = np.array([math.log(len(w) + 1) for w in words])
    weights = shared / np.maximum(logs[:, None] + logs[None, :], 1e-6)
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


def _ranked(spans: Sequence[Candidate]) -> list[Candidate]:
    """The sentences, best first; equal ones in the order of the text."""
    rank = scores([_words(candidate.text) for candidate in spans])
    return [spans[at] for at in sorted(range(len(spans)), key=lambda at: (-round(rank[at], 9), at))]


def _best(found: list[Candidate]) -> list[Candidate]:
    while len(found) > PART:
        parts = [found[at : at + PART] for at in range(0, len(found), PART)]
        share = max(4, PART // len(parts))
        found = sorted((c for part in parts for c in _ranked(part)[:share]), key=lambda c: c.start)
    return _ranked(found) if found else []


@dataclass(frozen=True, slots=True)
class TextRank:
    """The most central sentences that fit, in the order of the text."""

    name: str = "textrank"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises nothing."""
        chosen: list[Candidate] = []
        left = length
        seen: set[str] = set()
        for candidate in _best([c for c in candidates(article) if c.whole]):
            if len(candidate) <= left and candidate.text not in seen:
                chosen.append(candidate)
                seen.add(candidate.text)
                left -= len(candidate)
        return summary(article, chosen, length, self.name)
