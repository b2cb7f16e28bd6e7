"""The lead: the first whole sentences that fit. News is written to be cut from the end, which makes
this a strong baseline."""

from __future__ import annotations

from dataclasses import dataclass

from ...types import Article, Summary
from .candidates import Candidate, build_summary, candidates


@dataclass(frozen=True, slots=True)
class Lead:
    """Whole sentences from the start of the article, up to the length.

    Does not know what the article is about: a report that opens with a scene or a quotation is
    summarized by it.
    """

    name: str = "lead"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises nothing.

        The first sentence that does not fit ends the lead; at the start, sentences longer than
        `length` are skipped. If no whole sentence fits, the leading clauses of the first are taken.
        """
        found = candidates(article)
        return build_summary(article, found, leading(found, length), length, self.name)


def leading(found: list[Candidate], length: int) -> list[Candidate]:
    """The whole sentences of a lead of at most `length` characters."""
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
