"""The lead: the first whole sentences that fit. News is written to be cut from the end, so this
is hard to beat."""

from __future__ import annotations

from dataclasses import dataclass

from ...types import Article, Summary
from .candidates import Candidate, build_summary, candidates


@dataclass(frozen=True, slots=True)
class Lead:
    """Whole sentences from the start of the article, up to the length.

    Knows nothing of what the article is about: a report that begins with a scene or a quotation is
    summarized by it.
    """

    name: str = "lead"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises nothing.

        A sentence too long for what is left ends the lead; one too long for all of `length` is
        passed over while nothing has been taken. Where no whole sentence fits, the first one's
        leading clauses are taken.
        """
        return build_summary(article, leading(candidates(article), length), length, self.name)


def leading(found: list[Candidate], length: int) -> list[Candidate]:
    """The whole sentences that the lead of `length` characters consists of."""
    chosen: list[Candidate] = []
    room = length
    for candidate in found:
        if not candidate.complete:
            continue
        if len(candidate) <= room:
            chosen.append(candidate)
            room -= len(candidate)
        elif chosen:
            break
    return chosen
