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
from functools import cache
from importlib.resources import files
from typing import BinaryIO, cast

import numpy as np

from ...types import Article
from .clause_features import SurfaceClause, context_features, features, surface_clauses

FILE = "clause_trees.npz"
MOST = 20_000
"""Characters of an article that are looked at; what comes later is worth nothing."""


@dataclass(frozen=True, slots=True)
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
        trees = np.arange(self.feature.shape[0])
        node = np.zeros((len(rows), len(trees)), np.int64)
        for _ in range(self.depth):
            feature = self.feature[trees, node]
            below = np.take_along_axis(rows, np.maximum(feature, 0), 1) <= self.threshold[trees, node]
            following = np.where(below, self.left[trees, node], self.right[trees, node])
            node = np.where(feature < 0, node, following)
        return np.asarray(self.start + self.value[trees, node].sum(1))


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
