"""What a summary states and its article does not: numbers by value, names by their letters.

Names are titles in 《》, quoted phrases, Latin words, and the words that rjieba's tagger takes for people, places and
organizations (nr, ns, nt, nz). A name counts as stated when the article has it to the letter.
"""

from __future__ import annotations

import re
import unicodedata

from ..text.numbers import numbers
from ..types import Checks

QUOTED = re.compile(r"《([^《》]{2,40})》|“([^“”]{2,40})”|([A-Za-z][A-Za-z0-9.+-]*[A-Za-z0-9])")
NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _names(text: str) -> list[str]:
    import rjieba

    quoted = [next(filter(None, match)) for match in QUOTED.findall(text)]
    return quoted + [word for word, tag in rjieba.tag(text) if tag in NAMES and len(word) > 1]


def verify(summary: str, source: str) -> Checks:
    """The numbers and names of `summary` that `source` does not state, in order of appearance, each once."""
    have = _fold(source)
    missing: tuple[str, ...] = ()
    if _fold(summary) not in have:
        missing = tuple(dict.fromkeys(name for name in _names(summary) if _fold(name) not in have))
    return Checks(
        unsupported_numbers=tuple(sorted(numbers(summary) - numbers(source))), unsupported_names=missing
    )
