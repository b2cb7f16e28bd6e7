"""Fits the trees of `summarization/extract/clause_scores` on hand-written references.

Stacking (Wolpert, Neural Networks 1992): the second trees learn from out-of-fold estimates of the
first, so that they see in training what they will see in use. Needs scikit-learn.
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
"""Numbers of trees for the first and the second estimate."""


@dataclass(frozen=True, slots=True)
class Example:
    """The clauses of an article, with features (`rows`), the share of each that the summary kept,
    and lengths in characters.
    """

    clauses: Sequence[SurfaceClause]
    rows: np.ndarray
    kept: np.ndarray
    lengths: np.ndarray


def example(reference: Reference) -> Example:
    """The training example of one reference."""
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
    """Fits both sets of trees and writes them to `path` (.npz); returns the number of clauses."""
    examples = [item for item in map(example, references) if len(item.clauses)]
    estimates: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        others = [item for n, item in enumerate(examples) if n % FOLDS != fold]
        model = fitted([item.rows for item in others], others, FIRST)
        for n in range(fold, len(examples), FOLDS):
            estimates[n] = model.predict(examples[n].rows)
    first = fitted([item.rows for item in examples], examples, FIRST)
    wider = [
        context_features(item.rows, estimate, item.clauses)
        for item, estimate in zip(examples, estimates, strict=True)
    ]
    second = fitted(wider, examples, SECOND)
    arrays = {f"{name}{n}": array for n, m in ((1, first), (2, second)) for name, array in _arrays(m).items()}
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return sum(len(item.clauses) for item in examples)


def fitted(rows: Sequence[np.ndarray], examples: Sequence[Example], trees: int) -> Any:
    """A HistGradientBoostingRegressor of the share kept, fitted on these features (one array per
    example)."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(max_iter=trees, **SETTINGS)
    return model.fit(
        np.concatenate(rows),
        np.concatenate([item.kept for item in examples]),
        sample_weight=np.concatenate([item.lengths for item in examples]),
    )


def _arrays(model: Any) -> dict[str, np.ndarray]:
    """The arrays of `clause_scores.Trees`."""
    trees = [stage[0].nodes for stage in model._predictors]
    shape = (len(trees), max(map(len, trees)))
    arrays: dict[str, np.ndarray] = {
        "feature": np.full(shape, -1, np.int16),
        "threshold": np.zeros(shape),
        "left": np.zeros(shape, np.int16),
        "right": np.zeros(shape, np.int16),
        "value": np.zeros(shape, np.float32),
    }
    for n, nodes in enumerate(trees):
        inner = nodes["is_leaf"] == 0
        arrays["feature"][n, : len(nodes)] = np.where(inner, nodes["feature_idx"], -1)
        arrays["threshold"][n, : len(nodes)] = np.where(inner, nodes["num_threshold"], 0.0)
        arrays["left"][n, : len(nodes)] = np.where(inner, nodes["left"], 0)
        arrays["right"][n, : len(nodes)] = np.where(inner, nodes["right"], 0)
        arrays["value"][n, : len(nodes)] = np.where(inner, 0.0, nodes["value"])
    depth = max(int(nodes["depth"].max()) for nodes in trees)
    start = np.asarray(model._baseline_prediction).reshape(-1)[0]
    return {**arrays, "depth": np.array(depth), "start": np.array(start)}
