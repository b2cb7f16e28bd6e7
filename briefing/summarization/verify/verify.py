"""What a summary states and its article does not: numbers with what they count, names, and turned claims.

Numbers: counted.py. Names: source.py, of those that text/names.py finds. Claims: claims.py (meetings, directions, firsts),
roles.py (titles, winners), tenses.py (plans, denials), apart.py (figures told of another).
Does not know whether the article is right, nor that two names may mean the same; what each check leaves out, its module says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.names import Name, names
from ...text.sentences import sentences
from ...text.words import words
from ...types import Checks
from .apart import misjoined
from .claims import misturned
from .counted import unsupported
from .roles import misplaced
from .source import Source, fold, prepared
from .tenses import untimely

_ENDS = "。.!?…"


def verify(summary: str, source: str) -> Checks:
    """The numbers, names and claims of `summary` that `source` does not state, as written, in order, each once.

    `source` is the article's text and its headlines; the last few are kept prepared. A sentence that the source has to
    the letter states nothing new and is not searched.
    """
    article = prepared(source)
    numbers: list[str] = []
    missing: list[str] = []
    claims: list[str] = []
    for piece in _sentences(summary):
        if _stated(piece, article):
            continue
        tagged = words(piece)
        named = names(piece, tagged)
        numbers += unsupported(piece, article.figures)
        missing += _missing(piece, named, article)
        claims += [
            *misturned(piece, article),
            *misplaced(piece, named, article),
            *untimely(piece, tagged, article),
            *misjoined(piece, tagged, named, article),
        ]
    return Checks(
        unsupported_numbers=tuple(dict.fromkeys(numbers)),
        unsupported_names=tuple(dict.fromkeys(missing)),
        unsupported_claims=tuple(dict.fromkeys(claims)),
    )


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _stated(piece: str, article: Source) -> bool:
    """Whether the article has the sentence to the letter, from a mark on and with no number or word cut at its end."""
    folded = fold(piece).rstrip(_ENDS)
    return bool(folded) and re.search(rf"(?<![\w.]){re.escape(folded)}(?!\w)", article.folded) is not None


def _missing(piece: str, named: list[Name], article: Source) -> Iterator[str]:
    yield from (name.text for name in named if not article.states(name))
    for found in (article.cut_short(piece), article.altered(piece)):
        if found:
            yield found
