"""Finds the element of a web page that holds the article, by what its elements hold.

It is the one with the most prose, less what else it holds: a step up the tree that gains prose is
worth it, one that gains links is not. Knows lines, the tree and the names of furniture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from .web_furniture import CAMEL, Furniture, is_furniture_name
from .web_lines import LINKED, Line

LINKS, OTHERS = 0.6, 0.15
"""Cost of a character in a link, and of another that is no prose, in characters of prose."""
SLACK = 20
"""Characters of prose that a step up the tree must gain."""
COMMENTS = lazy_pattern(
    r"(?:^|[-_\s])(?:comments?|cmts?|pinglun|gentie|liuyan|guestbook)(?=$|[-_\s\d])", re.IGNORECASE
)
ARTICLE = lazy_pattern(
    r"(?:^|[-_\s])(?:article|entry|post|news|text|main|blog)-?(?:content|body|text|inner|detail)"
    r"(?=$|[-_\s\d])",
    re.IGNORECASE,
)
TOLD = lazy_pattern(rf"[{HAN}]")
ENOUGH = 80
"""Chinese characters of an element named after an article from which comments are not the article."""
BELONGS = 0.4
"""Share of the page's prose from which an element holds the article, whatever its class says."""


class Weights:
    """What the elements of a page hold: prose, and the cost of everything else."""

    def __init__(self, root: Any, lines: Sequence[Line], kinds: Sequence[Furniture | None]) -> None:
        """Adds the lines up, from the leaves of the tree to its root. A paragraph without a stop or a link
        right under one of prose costs nothing: a list of the article's own.
        """
        self.elements = list(root.iter())
        self.prose: dict[Any, float] = defaultdict(float)
        self.other: dict[Any, float] = defaultdict(float)
        above: Line | None = None
        for line, kind in zip(lines, kinds, strict=True):
            if line.prose and kind is None:
                self.prose[line.block] += line.prose
            elif not (line.row or _goes_on(line, above)):
                cost = LINKS if line.linked > LINKED else OTHERS
                self.other[line.block] += min(40, len(line.text)) * cost
                continue
            above = line if line.tag == "p" and kind is None else None
        self._add_up(self.prose, self.other)

    def _add_up(self, *sums: dict[Any, float]) -> None:
        for element in reversed(self.elements):
            above = element.getparent()
            if above is not None:
                for counter in sums:
                    if held := counter.get(element):
                        counter[above] += held

    def site_elements(self, headline: set[Any]) -> set[Any]:
        """All elements in those whose names say furniture and that do not hold the article."""
        total = max(self.prose.values(), default=0)
        found: set[Any] = set()
        for element in self.elements:
            if not isinstance(element.tag, str) or element.tag in ("html", "body"):
                continue
            if element.getparent() in found:
                found.add(element)
            elif element not in headline and (self.prose.get(element) or self.other.get(element)):
                share = self.prose.get(element, 0) / total if total else 0
                weak = share < BELONGS and is_furniture_name(element)
                strong = share < 0.9 and headline and is_furniture_name(element, strong=True)
                if weak or strong or (share >= BELONGS and self._comments_on_another(element)):
                    found.add(element)
        return found

    def _comments_on_another(self, comments: Any) -> bool:
        """Whether an element holds comments, and one outside it named after an article holds a text."""
        if not COMMENTS.search(_names(comments)):
            return False
        inside = set(comments.iter())
        return any(
            isinstance(element.tag, str)
            and element not in inside
            and ARTICLE.search(_names(element))
            and comments not in set(element.iter())
            and len(TOLD.findall("".join(element.itertext()))) >= ENOUGH
            for element in self.elements
        )

    def leave_out(self, elements: set[Any]) -> None:
        """Takes the prose of these elements away; half of the cost of their lines stays."""
        for element in self.elements:
            if element in elements and element.getparent() not in elements:
                prose, other = self.prose.get(element, 0), self.other.get(element, 0) / 2
                for above in element.iterancestors():
                    self.prose[above] -= prose
                    self.other[above] -= other

    def article_element(self, left_out: set[Any]) -> Any:
        """The element with the most prose net of what else it holds; the deepest of near equals."""
        net = {
            e: self.prose[e] - self.other.get(e, 0)
            for e in self.elements
            if e not in left_out and self.prose.get(e)
        }
        if not net:
            return None
        best = max(net.values())
        enough = best - min(SLACK, 0.1 * abs(best))
        good = [element for element, value in net.items() if value >= enough]
        return max(good, key=lambda element: sum(1 for _ in element.iterancestors()))


def _goes_on(line: Line, above: Line | None) -> bool:
    """Whether a paragraph without a stop or a link follows one of the article in the same element."""
    if above is None or line.tag != "p" or line.linked or line.block is None or above.block is None:
        return False
    return line.block.getparent() is above.block.getparent()


def _names(element: Any) -> str:
    """The class and the id of an element, its words set apart by hyphens."""
    return CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}"[:300])


__all__ = ["Weights"]
