"""The article's own sentences, shortened by whole clauses: nothing is written but days that the dateline
tells, so that nothing untrue can be.

Which clauses, `clause_scores` estimates; which may go, `clauses` knows; `selection` fits them.
Knows nothing of meaning: a clause that is true only beside another can still be left alone where no
rule ties them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...types import Article, Sentence, Summary
from .candidates import Candidate, candidates, checked_summary, first_clauses
from .clause_scores import character_scores
from .compression import Compression
from .day_words import DayWords
from .selection import Refused, select


@dataclass(frozen=True, slots=True)
class CompressiveExtract:
    """Selects and shortens sentences by what boosted trees say an editor keeps."""

    name: str = "extract"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises nothing.

        Where no sentence can be taken, the first is cut at a clause.
        """
        room = DayWords.of(article).room(article.text, length)
        picked = extracted_sentences(article, candidates(article), room)
        return checked_summary(article, picked, self.name, length=length)


def extracted_sentences(article: Article, found: Sequence[Candidate], length: int) -> list[Sentence]:
    """The sentences of the extract, out of the article's candidates, in order."""
    scores, headline = character_scores(article), article.headline
    return chosen_sentences(found, scores, length, headline=headline) or first_clauses(found, length)


def chosen_sentences(
    found: Sequence[Candidate],
    scores: np.ndarray,
    length: int,
    refused: Refused | None = None,
    headline: str = "",
) -> list[Sentence]:
    """The sentences worth most by `scores`, the worth of each character of the text, in none of
    the `refused` forms, to be read behind the headline; in order, perhaps none."""
    return [_sentence(*pair) for pair in select(found, scores, length, refused, headline)]


def sentence_scores(article: Article, found: Sequence[Candidate]) -> list[float]:
    """What each of the article's sentences is worth a character, about 0 to 1."""
    scores = character_scores(article)
    return [float(scores[candidate.start : candidate.end].mean()) for candidate in found]


def _sentence(candidate: Candidate, form: Compression) -> Sentence:
    evidence = tuple((candidate.start + start, candidate.start + end) for start, end in form.spans)
    return Sentence(text=form.text, evidence=evidence)
