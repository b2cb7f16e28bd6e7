"""What a text says twice: a fault of generating models, rare in what people write (2 of 418 references)."""

from __future__ import annotations

import re

STRETCH = 10
"""Characters without a mark between that nobody writes twice in a summary, unless they are a name."""
CLAUSE = 6
"""Characters of a clause that nobody writes twice as a clause."""
_MARK = re.compile(r"[^\w·.%]+")


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
