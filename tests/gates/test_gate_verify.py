"""Planted falsehoods are caught, and true sentences are let through.

The pairs are written by hand, one untruth each. A false sentence counts as caught only if its true twin is let
through, so that a verifier that objects to everything scores nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus import article, pairs, references

from briefing.summarization.verify.check import verify
from briefing.summarization.verify.facts import article_facts


def test_falsehoods_and_truths(gate: Callable[..., None]) -> None:
    caught, let, missed, wronged = 0, 0, [], []
    for pair in pairs():
        facts = article_facts(article(pair).stated)
        true, false = verify(pair.true, facts).passed, verify(pair.false, facts).passed
        let += true
        caught += true and not false
        if false:
            missed.append(f"{pair.kind}: {pair.false}")
        if not true:
            wronged.append(f"{pair.kind}: {pair.true} {verify(pair.true, facts)}")
    gate("verify: false sentences caught", 100 * caught / len(pairs()), missed)
    gate("verify: true sentences let through", 100 * let / len(pairs()), wronged)


def test_references_are_let_through(gate: Callable[..., None]) -> None:
    """They are true, in words of their own: what is objected to here would be lost in a summary too."""
    told = [(text, article(one).stated) for one in references() for text in (one.gist, one.summary)]
    wronged = [(text, checks) for text, source in told if not (checks := verify(text, source)).passed]
    gate("verify: references let through", 100 - 100 * len(wronged) / len(told), wronged)
