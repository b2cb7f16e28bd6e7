"""The trees that come with the package, and that fitting and reading them agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from briefing.summarization.extract import clause_scores
from briefing.summarization.extract.clause_features import features, surface_clauses
from briefing.summarization.extract.clause_scores import character_scores, read_trees
from briefing.training.corpus import Reference
from briefing.training.subsequence import kept_characters
from briefing.types import Article

TEXT = "云汀市水厂昨天投产，日供水5万吨。市长柏舟说：“居民可以放心。”\n工程去年开工，投资3亿元，其中财政出资1亿元。"


def test_scores_are_shares_of_the_articles_characters() -> None:
    article = Article(id="1", headline="云汀市水厂投产", paragraphs=tuple(TEXT.split("\n")))
    scores = character_scores(article)
    assert scores.shape == (len(article.text),)
    assert 0 <= scores.min() < scores.max() <= 1
    assert scores[article.text.index("昨天投产")] > scores[article.text.index("居民可以")]


def test_what_comes_after_the_limit_is_worth_nothing() -> None:
    text = TEXT.split("\n")[0] * 1000
    scores = character_scores(Article(id="1", headline="", paragraphs=(text,)))
    assert not scores[clause_scores.MOST :].any()


def test_features_have_one_row_a_clause_and_are_finite() -> None:
    clauses = surface_clauses(TEXT)
    rows = features("云汀市水厂投产", TEXT, clauses)
    assert len(rows) == len(clauses) == 8
    assert np.isfinite(rows).all()


@pytest.mark.parametrize(
    ("summary", "kept"),
    [("水厂投产，供水5万吨", "水厂投产，供水5万吨"), ("市厂", ""), ("去年开工", "去年开工")],
)
def test_what_a_summary_kept(summary: str, kept: str) -> None:
    marked = kept_characters(summary, TEXT)
    assert "".join(np.array(list(TEXT))[marked]) == kept


def test_trees_read_back_estimate_as_those_that_were_fitted(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn comes with the extra `training`")
    from briefing.training import clause_trees

    made = [
        Reference(
            id=str(n), title=f"第{n}水厂投产", text=TEXT.replace("5", str(n)), gist="", summary="水厂昨天投产"
        )
        for n in range(40)
    ]
    path = tmp_path / "trees.npz"
    assert clause_trees.fit(made, path) == 40 * 8
    first, _ = read_trees(path.open("rb"))
    examples = [clause_trees.example(reference) for reference in made]
    fitted = clause_trees.fitted([one.rows for one in examples], examples, clause_trees.FIRST)
    for one in examples[:5]:
        assert np.allclose(first(one.rows), fitted.predict(one.rows), atol=1e-5)
