"""Scores of summaries against references: figures for each article, and their means with intervals.

ROUGE as in briefing.text.rouge. Facts: the mean share of a fact's character bigrams that the
summary has. Copied: the share of the summary's bigrams, and of its 8-grams, that the article has.
Intervals are percentile bootstrap over articles (Efron 1979): about ±3 points on 80 articles, so
smaller differences mean nothing.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from ..text import rouge
from ..types import Checks, Story
from .cases import Case

ROUNDS = 1000
LONG = 8
"""Length of the n-grams of `copied_long`, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseScores:
    """The scores of one article; shares are 0 to 1, the length is in characters."""

    id: str
    summary: rouge.Rouge
    gist: rouge.Rouge
    facts: float
    copied: float
    copied_long: float
    length: int
    origin: str
    checks: Checks


def case_scores(story: Story, case: Case) -> CaseScores:
    """The scores of the story's summary against the case's references."""
    text, source = story.summary.text, f"{case.article.headline}\n{case.article.text}"
    return CaseScores(
        id=case.article.id,
        summary=rouge.rouge(text, case.summary),
        gist=rouge.rouge(story.summary.gist, case.gist),
        facts=fmean(_share(fact, text, 2) for fact in case.facts) if case.facts else 0.0,
        copied=_share(text, source, 2),
        copied_long=_share(text, source, LONG),
        length=len(text),
        origin=story.summary.origin.value,
        checks=story.summary.checks,
    )


def _share(part: str, whole: str, size: int) -> float:
    """The share of the n-grams of `part`, counted with repetition, that `whole` has."""
    wanted, available = _ngrams(part, size), _ngrams(whole, size)
    return (wanted & available).total() / max(1, wanted.total())


def _ngrams(text: str, size: int) -> Counter[str]:
    letters = re.sub(r"[\s\W]", "", unicodedata.normalize("NFKC", text))
    return Counter(letters[i : i + size] for i in range(len(letters) - size + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The means over all articles, in percent; `low` and `high` bound the 95 % interval of the
    summary's ROUGE-L."""

    articles: int
    summary: tuple[float, float, float]
    low: float
    high: float
    gist: tuple[float, float, float]
    gist_low: float
    gist_high: float
    facts: float
    copied: float
    copied_long: float
    length: float
    wrong_numbers: int
    wrong_names: int
    wrong_claims: int
    origins: dict[str, int]
    seconds: float = 0.0
    median_seconds: float = 0.0
    peak_mb: float = 0.0


def report(rows: Sequence[CaseScores], seconds: Sequence[float], wall: float, peak_mb: float) -> Report:
    """The report on these rows; `seconds` are per article, `wall` is for all together."""
    low, high = interval([row.summary.longest for row in rows])
    gist_low, gist_high = interval([row.gist.longest for row in rows])
    return Report(
        articles=len(rows),
        summary=_means([row.summary for row in rows]),
        low=low,
        high=high,
        gist=_means([row.gist for row in rows]),
        gist_low=gist_low,
        gist_high=gist_high,
        facts=100 * fmean(row.facts for row in rows),
        copied=100 * fmean(row.copied for row in rows),
        copied_long=100 * fmean(row.copied_long for row in rows),
        length=fmean(row.length for row in rows),
        wrong_numbers=sum(bool(row.checks.unsupported_numbers) for row in rows),
        wrong_names=sum(bool(row.checks.unsupported_names) for row in rows),
        wrong_claims=sum(bool(row.checks.unsupported_claims) for row in rows),
        origins=dict(sorted(Counter(row.origin for row in rows).items())),
        seconds=wall / len(rows),
        median_seconds=median(seconds),
        peak_mb=peak_mb,
    )


def _means(scores: Sequence[rouge.Rouge]) -> tuple[float, float, float]:
    return tuple(100 * fmean(score[i] for score in scores) for i in range(3))  # type: ignore[return-value]  # of three


def interval(values: Sequence[float], rounds: int = ROUNDS) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean, in percent; the same for the same values."""
    rng = random.Random(1)
    means = sorted(fmean(rng.choices(values, k=len(values))) for _ in range(rounds))
    return 100 * means[int(0.025 * rounds)], 100 * means[int(0.975 * rounds) - 1]
