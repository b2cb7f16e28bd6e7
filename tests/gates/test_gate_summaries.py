"""Summaries against references: ROUGE of the methods without a model, and what the shipped model may not do.

The words of the shipped model are not scored here: its arithmetic is that of 8-bit integers, which processors round
each in their own way. What leaves the program is held to what the article states, whatever the model wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import fmean

import pytest
from corpus import Reference, article, references

import briefing
from briefing.summarization.verify.check import verify
from briefing.text.rouge import rouge

LENGTH = 120
SOME = references()[::6]


@pytest.mark.parametrize("method", ["extract", "lead"])
def test_methods_without_a_model(gate: Callable[..., None], method: str) -> None:
    scores = []
    for one in references():
        story = briefing.summarize(
            "\n".join(article(one).paragraphs), headline=one.headline, length=LENGTH, model=method
        )
        assert 0 < len(story.summary.text) <= LENGTH
        scores.append(rouge(story.summary.text, one.summary))
    gate(f"summaries, {method}: ROUGE-1", 100 * fmean(score.one for score in scores))
    gate(f"summaries, {method}: ROUGE-2", 100 * fmean(score.two for score in scores))
    gate(f"summaries, {method}: ROUGE-L", 100 * fmean(score.longest for score in scores))


@pytest.mark.parametrize("one", SOME, ids=lambda one: one.page)
def test_the_shipped_model_states_nothing_new(one: Reference) -> None:
    told = article(one)
    story = briefing.summarize(
        "\n".join(told.paragraphs), headline=told.headline, length=LENGTH, model="briefing-zh"
    )
    summary = story.summary
    assert summary.model == "briefing-zh"
    assert 0 < len(summary.text) <= LENGTH and summary.gist
    assert (summary.checks.unsupported_numbers, summary.checks.unsupported_names) == ((), ())
    again = verify(f"{summary.gist}\n{summary.text}", told.stated)
    assert (again.unsupported_numbers, again.unsupported_names) == ((), ())
    for sentence in summary.sentences:
        assert sentence.evidence
        assert all(0 <= start < end <= len(story.article.text) for start, end in sentence.evidence)
