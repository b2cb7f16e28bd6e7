"""The sentences of an article on which each sentence of a summary rests, found by the words they
share.

Greedy cover: the source sentence that states most of what is still unexplained is taken, then the
next, as long as it adds enough. Words are character bigrams weighted by how rare they are in the
article, so that names and figures count and common phrases do not. Knows which words stand where;
does not know what they mean.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from ...text.chars import HAN, bigrams
from ...types import Article, Sentence
from .candidates import Candidate, candidates

MOST = 3
"""Evidence sentences of one summary sentence."""
ENOUGH = 0.12
"""What a further sentence must add, as a share of the summary sentence's weight."""
_TOKEN = re.compile(rf"[A-Za-z]+|\d+(?:\.\d+)?|[{HAN}]+")


def with_evidence(article: Article, texts: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences of a summary, each with its evidence in order of the text and its coverage.

    A sentence that shares nothing with the article rests on the article's first sentence, with
    coverage 0.
    """
    sources = candidates(article)
    units = [_evidence_units(source.text) for source in sources]
    seen = Counter(unit for found in units for unit in found)
    idf = {unit: math.log(1 + len(units) / count) for unit, count in seen.items()}
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
        gains = [sum(weight[unit] for unit in uncovered & found) / total for found in units]
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
    found: set[str] = set()
    for run in _TOKEN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii() or len(run) == 1:
            found.add(run)
        else:
            found.update(bigrams(run))
    return frozenset(found)
