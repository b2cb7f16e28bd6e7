"""The article's own sentences, shortened by whole clauses: nothing is written, so that nothing untrue can be.

Which clauses, `clause_scores` estimates; which may go, `clauses` knows; `selection` fits them. Knows nothing of meaning: a
clause that is true only beside another can still be left alone where no rule ties them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...types import Article, Sentence, Summary
from .candidates import Candidate, candidates, checked, summary
from .clause_scores import character_scores
from .compression import Compression
from .selection import select


@dataclass(frozen=True, slots=True)
class CompressiveExtract:
    """Selects and shortens sentences by what boosted trees say an editor keeps."""

    name: str = "extract"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises nothing.

        Where no sentence can be taken, the first is cut at a clause.
        """
        chosen = select(candidates(article), character_scores(article), length)
        if not chosen:
            return summary(article, (), length, self.name)
        return checked(article, [_sentence(*pair) for pair in chosen], self.name)


def _sentence(candidate: Candidate, form: Compression) -> Sentence:
    evidence = tuple((candidate.start + start, candidate.start + end) for start, end in form.spans)
    return Sentence(text=form.text, evidence=evidence)
