"""Evidence: the article's sentences that support each sentence of a summary, by shared words.

Greedy set cover: take the source sentence that covers most of the uncovered weight, then the next,
as long as it adds enough. The units are character bigrams, Latin words and numbers, weighted by
their idf within the article, so that names and figures count and common phrases do not. Knows which
words occur where; does not know what they mean.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence

from ...text.chars import HAN, bigrams
from ...text.lazy_pattern import lazy_pattern
from ...types import Sentence
from .candidates import Candidate

MOST = 3
"""Maximum evidence sentences of one summary sentence."""
ENOUGH = 0.12
"""Minimum gain of a further sentence, as a share of the summary sentence's weight."""
_TOKEN = lazy_pattern(rf"[A-Za-z]+|\d+(?:\.\d+)?|[{HAN}]+")


def with_evidence(sources: Sequence[Candidate], texts: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences of a summary, each with its evidence in the order of the text and its coverage.

    `sources` are the article's sentences, at least one. A sentence that shares nothing with the
    article gets the article's first sentence as evidence, with coverage 0.
    """
    units = [_evidence_units(source.text) for source in sources]
    frequencies = Counter(unit for source_units in units for unit in source_units)
    idf = {unit: math.log(1 + len(units) / count) for unit, count in frequencies.items()}
    return tuple(_sentence_with_evidence(text, sources, units, idf) for text in texts)


def _sentence_with_evidence(
    text: str, sources: Sequence[Candidate], units: Sequence[frozenset[str]], idf: dict[str, float]
) -> Sentence:
    wanted = _evidence_units(text)
    unseen = math.log(1 + len(units))
    weight = {unit: idf.get(unit, unseen) for unit in wanted}
    total = sum(weight.values()) or 1.0
    uncovered, chosen = set(wanted), list[int]()
    while len(chosen) < min(MOST, len(sources)):
        gains = [sum(weight[unit] for unit in uncovered & source_units) / total for source_units in units]
        best = max(range(len(gains)), key=lambda i: (gains[i], -i))
        if chosen and gains[best] < ENOUGH:
            break
        chosen.append(best)
        uncovered -= units[best]
    covered = len(wanted - uncovered) / len(wanted) if wanted else 1.0
    spans = tuple((sources[i].start, sources[i].end) for i in sorted(chosen))
    return Sentence(text=text, evidence=spans, coverage=round(covered, 3))


def _evidence_units(text: str) -> frozenset[str]:
    """Latin words, numbers, and bigrams of Chinese characters (a lone character as itself)."""
    units: set[str] = set()
    for run in _TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii() or len(run) == 1:
            units.add(run)
        else:
            units.update(bigrams(run))
    return frozenset(units)
