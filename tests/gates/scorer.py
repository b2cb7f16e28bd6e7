"""How many articles of the gold are found, and how well.

An article is found when its headline is the same and its body at least 98 % the same, white space and width folded: a
lost column, a caption or a neighbour's paragraph in the text makes it a miss. Each article of the output counts once.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus import Gold

SAME = 0.98


@dataclass(slots=True)
class Score:
    """Counts over pages: articles in the gold, articles made, articles found; of these, labels that are right."""

    gold: int = 0
    made: int = 0
    found: int = 0
    kickers: int = 0
    decks: int = 0
    bylines: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        return 200 * self.found / max(1, self.gold + self.made)

    def share(self, count: int) -> float:
        """`count` of the articles found, in percent."""
        return 100 * count / max(1, self.found)

    def add(self, gold: Sequence[Gold], articles: Sequence[dict[str, Any]], page: str) -> None:
        """Counts one page."""
        self.gold += len(gold)
        self.made += len(articles)
        left = list(articles)
        for wanted in gold:
            hit = next((one for one in left if same(wanted, one)), None)
            if hit is None:
                self.missed.append(f"{page}: {wanted.headline or wanted.body[:12]}")
                continue
            left.remove(hit)
            self.found += 1
            self.kickers += fold(hit["kicker"]) == fold(wanted.kicker)
            self.decks += fold(hit["deck"]) == fold(wanted.deck)
            self.bylines += fold(hit["byline"]) == fold(wanted.byline)


def fold(text: str | None) -> str:
    """The text without white space, in one width."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def same(wanted: Gold, article: dict[str, Any]) -> bool:
    """Whether this is the article that is wanted."""
    if fold(wanted.headline) != fold(article["headline"]):
        return False
    return similarity(fold(wanted.body), fold("".join(article["paragraphs"]))) >= SAME


def similarity(one: str, other: str) -> float:
    """The share of characters that two texts have in common, in order; 0 where it is clearly under 90 %."""
    if one == other:
        return 1.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    close = matcher.real_quick_ratio() > 0.9 and matcher.quick_ratio() > 0.9
    return matcher.ratio() if close else 0.0
