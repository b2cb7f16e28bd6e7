"""How much of each clause an editor would keep in a summary, as boosted regression trees estimate
it.

The trees (Friedman, Annals of Statistics 2001) were fitted on 3,140 summaries written by hand: what
they estimate is the share of a clause's characters that lie on a longest common subsequence of
article and summary. A second set of trees sees the first one's estimate of the clauses around. Made
by `python -m briefing.training clauses`; how good they are: docs/log.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import BinaryIO, cast

import numpy as np

from ...types import Article
from .clause_features import SurfaceClause, context_features, features, surface_clauses

FILE = "clause_trees.npz"
MOST = 20_000
"""Characters of an article that are looked at; what comes later is worth nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Regression trees side by side: arrays of shape (trees, nodes), and the value that all begin
    with.

    A node with feature -1 is a leaf; `value` is what it adds. `left` is taken where the feature is
    at most `threshold`.
    """

    start: float
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    depth: int

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """The estimate for each row of features."""
        count, nodes = self.feature.shape
        feature, threshold, left, right, value = self._walk
        row = (np.arange(len(rows)) * rows.shape[1])[:, None]
        values = np.ascontiguousarray(rows).ravel()
        at = np.broadcast_to(np.arange(count) * nodes, (len(rows), count))
        for _ in range(self.depth):
            below = values.take(row + feature.take(at)) <= threshold.take(at)
            at = np.where(below, left.take(at), right.take(at))
        return np.asarray(self.start + value.take(at).sum(1))

    @property
    def _walk(self) -> tuple[np.ndarray, ...]:
        """The arrays as one row each, with places in it instead of nodes; leaves lead to themselves."""
        return _flat(self)


def read_trees(file: BinaryIO) -> tuple[Trees, Trees]:
    """The first and the second set of trees from an .npz file."""
    names = ("feature", "threshold", "left", "right", "value")
    with np.load(file, allow_pickle=False) as arrays:
        first, second = (
            Trees(
                start=float(arrays[f"start{n}"]),
                depth=int(arrays[f"depth{n}"]),
                **{name: arrays[f"{name}{n}"] for name in names},
            )
            for n in (1, 2)
        )
    return first, second


@lru_cache(maxsize=4)
def _flat(trees: Trees) -> tuple[np.ndarray, ...]:
    count, nodes = trees.feature.shape
    own = np.arange(count * nodes).reshape(count, nodes)
    first, leaf = own[:, :1], trees.feature < 0
    left, right = (np.where(leaf, own, first + side) for side in (trees.left, trees.right))
    feature = np.maximum(trees.feature, 0).astype(np.intp)
    return feature.ravel(), trees.threshold.ravel(), left.ravel(), right.ravel(), trees.value.ravel()


@cache
def trees() -> tuple[Trees, Trees]:
    """The trees that come with the package."""
    with files(__package__).joinpath(FILE).open("rb") as file:
        return read_trees(cast(BinaryIO, file))


def clause_scores(headline: str, text: str, clauses: Sequence[SurfaceClause]) -> np.ndarray:
    """The share of each clause that a summary would keep, about 0 to 1: shape (clauses,)."""
    if not clauses:
        return np.zeros(0)
    first, second = trees()
    rows = features(headline, text, clauses)
    estimate: np.ndarray = second(context_features(rows, first(rows), clauses))
    return estimate.clip(0.0, 1.0)


def character_scores(article: Article) -> np.ndarray:
    """The same for each character of the article's text: shape (characters,)."""
    text = article.text[:MOST]
    clauses = surface_clauses(text)
    scores = np.zeros(len(article.text))
    for clause, score in zip(clauses, clause_scores(article.headline, text, clauses), strict=True):
        scores[clause.start : clause.start + len(clause.text)] = score
    return scores
