"""The holder of the model that `briefing.summarize` keeps between calls."""

from __future__ import annotations

import pytest

from briefing.app.summaries import LastModel
from briefing.errors import UsageError


def test_it_keeps_one_summarizer_the_last() -> None:
    models = LastModel()
    first = models.get("lead")
    assert models.get("lead") is first
    assert models.get("extract").name == "extract"
    assert models.get("lead") is not first


def test_it_lets_go_when_asked_and_after_an_unknown_name() -> None:
    models = LastModel()
    first = models.get("lead")
    models.clear()
    second = models.get("lead")
    assert second is not first
    with pytest.raises(UsageError):
        models.get("no such model")
    assert models.get("lead") is not second
