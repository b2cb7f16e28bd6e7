"""What a text says twice: a fault of generating models, rare in what people write (2 of 418 references)."""

from __future__ import annotations

import re

STRETCH = 10
"""Characters without a mark between that nobody writes twice in a summary, unless they are a name."""
CLAUSE = 6
"""Characters of a clause that nobody writes twice as a clause."""
_MARK = re.compile(r"[^\w·.%]+")
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,})[、，]?\1")


def repeated(text: str) -> str:
    """A stretch of STRETCH characters, or a clause of at least CLAUSE, that stands in the text twice; "" without one."""
    clauses = [clause for clause in _MARK.split(text) if len(clause) >= CLAUSE]
    seen: set[str] = set()
    for at, clause in enumerate(clauses):
        if clause in clauses[:at]:
            return clause
        for stretch in (clause[start : start + STRETCH] for start in range(len(clause) - STRETCH + 1)):
            if stretch in seen:
                return stretch
            seen.add(stretch)
    return ""


def stuttered(text: str, source: str) -> str:
    """A word of two characters or more said twice on end, 接替接替 or 民航、民航, as `source` does not; "" without one."""
    return next((found[0] for found in _TWICE.finditer(text) if found[0] not in source), "")
