"""Fits the trees of `summarization/extract/clause_scores` on references by hand.

The second trees learn from estimates that the first ones, fitted on other articles, made (stacking,
Wolpert, Neural Networks 1992), so that they see what they will see. Needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..summarization.extract.clause_features import (
    SurfaceClause,
    context_features,
    features,
    surface_clauses,
)
from .corpus import Reference
from .subsequence import kept_characters

FOLDS = 4
SETTINGS: dict[str, Any] = {
    "learning_rate": 0.06,
    "max_leaf_nodes": 24,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
FIRST, SECOND = 250, 200
"""Trees of the first and of the second estimate."""


@dataclass(frozen=True, slots=True)
class Example:
    """The clauses of an article, their features, the share of each that the summary kept, and
    their lengths."""

    clauses: Sequence[SurfaceClause]
    rows: np.ndarray
    kept: np.ndarray
    lengths: np.ndarray


def example(reference: Reference) -> Example:
    """What the trees learn of one reference."""
    text = reference.text
    clauses = surface_clauses(text)
    marked = kept_characters(reference.summary, text)
    spans = [(clause.start, clause.start + len(clause.text)) for clause in clauses]
    return Example(
        clauses,
        features(reference.title, text, clauses),
        np.array([marked[start:end].mean() for start, end in spans]),
        np.array([end - start for start, end in spans], float),
    )


def fit(references: Iterable[Reference], path: Path) -> int:
    """Fits both sets of trees and writes them to `path` (.npz); gives the number of clauses they
    learned from."""
    examples = [one for one in map(example, references) if len(one.clauses)]
    estimates: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        others = [one for n, one in enumerate(examples) if n % FOLDS != fold]
        model = fitted([one.rows for one in others], others, FIRST)
        for n in range(fold, len(examples), FOLDS):
            estimates[n] = model.predict(examples[n].rows)
    first = fitted([one.rows for one in examples], examples, FIRST)
    wider = [
        context_features(one.rows, estimate, one.clauses)
        for one, estimate in zip(examples, estimates, strict=True)
    ]
    second = fitted(wider, examples, SECOND)
    arrays = {f"{name}{n}": array for n, m in ((1, first), (2, second)) for name, array in _arrays(m).items()}
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return sum(len(one.clauses) for one in examples)


def fitted(rows: Sequence[np.ndarray], examples: Sequence[Example], trees: int) -> Any:
    """A HistGradientBoostingRegressor that estimates what was kept from these rows, an array for
    each example."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(max_iter=trees, **SETTINGS)
    return model.fit(
        np.concatenate(rows),
        np.concatenate([one.kept for one in examples]),
        sample_weight=np.concatenate([one.lengths for one in examples]),
    )


def _arrays(model: Any) -> dict[str, np.ndarray]:
    """The arrays that `clause_scores.Trees` is made of."""
    found = [stage[0].nodes for stage in model._predictors]
    shape = (len(found), max(map(len, found)))
    arrays: dict[str, np.ndarray] = {
        "feature": np.full(shape, -1, np.int16),
        "threshold": np.zeros(shape),
        "left": np.zeros(shape, np.int16),
        "right": np.zeros(shape, np.int16),
        "value": np.zeros(shape, np.float32),
    }
    for n, nodes in enumerate(found):
        inner = nodes["is_leaf"] == 0
        arrays["feature"][n, : len(nodes)] = np.where(inner, nodes["feature_idx"], -1)
        arrays["threshold"][n, : len(nodes)] = np.where(inner, nodes["num_threshold"], 0.0)
        arrays["left"][n, : len(nodes)] = np.where(inner, nodes["left"], 0)
        arrays["right"][n, : len(nodes)] = np.where(inner, nodes["right"], 0)
        arrays["value"][n, : len(nodes)] = np.where(inner, 0.0, nodes["value"])
    depth = max(int(nodes["depth"].max()) for nodes in found)
    start = np.asarray(model._baseline_prediction).reshape(-1)[0]
    return {**arrays, "depth": np.array(depth), "start": np.array(start)}
