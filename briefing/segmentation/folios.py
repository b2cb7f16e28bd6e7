"""The page numbers and sections of a text that holds several pages of a newspaper.

Knows the mastheads and folios, and the article that was open at each; does not know other words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter

from ..text.masthead import page_number_of
from .units import COLUMN_NAME

STATED = "版"
"""Word of a folio that begins another page; one without it may belong to anything."""


def section_of(text: str) -> str | None:
    """The section that a masthead or folio names after the page number (第02版 要闻)."""
    words = [word for word in re.split(r"[\s：:·•、/|｜]+", text) if COLUMN_NAME.fullmatch(word)]
    return "·".join(words) or None


@dataclass(slots=True)
class Folios:
    """The folios of one text: of each the number of articles above it, its page and its section."""

    found: list[tuple[int, str, str | None]] = field(default_factory=list)

    listed: int = 0
    """The articles above the last list of pages: it tells of other pages and begins none."""

    def add(self, text: str, above: int, *, follows: bool) -> None:
        """Adds a masthead or folio that stands below `above` articles, right below a line or not."""
        number = page_number_of(text)
        if number and follows and above and self.found and above == self.found[-1][0] > self.found[0][0]:
            self.found = [folio for folio in self.found if folio[0] != above]
            self.listed = above
        if number and above and above == self.listed:
            return
        if number and (not self.found or (STATED in text and number != self.found[-1][1])):
            self.found.append((above, number, section_of(text)))

    def of(self, article: int) -> tuple[str | None, str | None]:
        """The page number of an article, and its section where the text holds several pages.

        Folios stand above their pages if the first one does, else below them. Of several at the top the
        first counts: the others list the paper's pages.
        """
        if not self.found:
            return None, None
        below = bisect_right(self.found, article, key=itemgetter(0))
        if self.found[0][0] == 0:
            page = self.found[below - 1]
            page = page if page[0] else self.found[0]
        else:
            page = self.found[min(below, len(self.found) - 1)]
        return page[1], page[2] if len(self.found) > 1 else None


__all__ = ["Folios", "section_of"]
