"""What a text says twice: a fault of generative models, rare in human text (2 of 418)."""

from __future__ import annotations

from .chars import HAN
from .lazy_pattern import lazy_pattern

STRETCH = 10
"""Length of a run without marks that no human summary repeats, unless it is a name."""
CLAUSE = 6
"""Length of a clause that no human summary repeats."""
_MARK = lazy_pattern(r"[^\w·.%]+")
_TWICE = lazy_pattern(rf"([{HAN}]{{2,}})[、，]?\1")


def repeated(text: str) -> str:
    """A run of STRETCH characters, or a clause of at least CLAUSE, that occurs twice; else ""."""
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
    """A doubled word of at least two characters (接替接替, 民航、民航) not in `source`; else ""."""
    return next((found[0] for found in _TWICE.finditer(text) if found[0] not in source), "")
