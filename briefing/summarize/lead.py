"""The lead: the first whole sentences that fit. The baseline that two of three summarizers in print do not beat."""

from __future__ import annotations

from dataclasses import dataclass

from ..types import Article, Summary
from .candidates import candidates, summary


@dataclass(frozen=True, slots=True)
class Lead:
    """Whole sentences from the start of the article, up to the length."""

    name: str = "lead"

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; a first sentence too long for that is passed over."""
        chosen: list[tuple[int, int]] = []
        left = length
        for start, end in candidates(article):
            if end - start <= left:
                chosen.append((start, end))
                left -= end - start
            elif chosen:
                break
        return summary(article, chosen, length, self.name)
