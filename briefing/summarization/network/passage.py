"""The part of an article that a network reads: all of it, or of a long one the sentences that tell
most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...text.chars import bigrams, letters
from ...text.sentences import sentences
from ...types import Article
from ..extract.clause_scores import character_scores


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, and the place in its text of each of their characters."""

    text: str
    places: Sequence[int]


def passage(article: Article, size: Callable[[str], int], room: int, claims: Sequence[str] = ()) -> Passage:
    """The article's text if its `size` is at most `room`; else its most telling sentences that fit,
    in order, or those that have most of the words of `claims`.

    Which sentences tell most, `clause_scores` says; the first one is always among them.
    """
    text = article.text
    if len(text) <= room // 2 or size(text) <= room:
        return Passage(text, range(len(text)))
    spans = [span for span in sentences(text) if span[1] > span[0]]
    if claims:
        wanted = [set(bigrams(letters(claim))) for claim in claims]
        value = {span: _nearness(text[slice(*span)], wanted) for span in spans}
    else:
        scores = character_scores(article)
        value = {span: float(scores[slice(*span)].mean()) for span in spans}
    taken: list[tuple[int, int]] = []
    for span in sorted(value, key=lambda span: (span != spans[0], -value[span], span)):
        cost = size(text[slice(*span)]) + 1
        if cost <= room:
            taken.append(span)
            room -= cost
    taken.sort()
    words = "".join(text[slice(*span)] for span in taken)
    return Passage(words, [place for span in taken for place in range(*span)])


def _nearness(sentence: str, wanted: Sequence[set[str]]) -> float:
    """The largest share of the pairs of letters of one claim that the sentence has."""
    pairs = set(bigrams(letters(sentence)))
    return max(len(pairs & one) / max(1, len(one)) for one in wanted)
