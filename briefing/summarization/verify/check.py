"""What a summary states and its article does not: numbers with what they count, names, and turned
claims.

Numbers: quantities.py. Names: facts.py, of those that text/names.py finds. Claims: events.py
(meetings, directions, firsts), roles.py (titles, winners), modality.py (plans, denials),
attribution.py (figures told of another). Does not know whether the article is right, nor that two
names may mean the same; what each check leaves out, its module says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.chars import fold
from ...text.names import Name, names
from ...text.sentences import sentences
from ...text.words import words
from ...types import Checks
from .attribution import misattributed
from .events import contradicted_events
from .facts import ArticleFacts, article_facts
from .figure_subjects import misplaced_figures
from .modality import contradicted_modality
from .offices import altered_offices
from .quantities import unsupported_quantities
from .recipients import misdirected_actions
from .roles import misassigned_roles
from .speakers import misattributed_statements

_ENDS = "。.!?…"


def verify(summary: str, article_text: str) -> Checks:
    """The numbers, names and claims of `summary` that `article_text` does not state, as written, in
    order, each once.

    `article_text` is the article's text and its headlines; the last few are kept prepared. A
    sentence that the source has to the letter states nothing new and is not searched.
    """
    facts = article_facts(article_text)
    numbers: list[str] = []
    unsupported: list[str] = []
    claims: list[str] = []
    for piece in _sentence_texts(summary):
        if _is_verbatim(piece, facts):
            continue
        tagged = words(piece)
        named = names(piece, tagged)
        numbers += unsupported_quantities(piece, facts.figures)
        unsupported += _unsupported_names(piece, named, facts)
        claims += [
            *contradicted_events(piece, facts),
            *misassigned_roles(piece, named, facts),
            *contradicted_modality(piece, tagged, facts),
            *misattributed(piece, tagged, named, facts),
            *misplaced_figures(piece, tagged, facts),
            *misdirected_actions(piece, facts),
            *altered_offices(piece, facts),
            *misattributed_statements(piece, facts),
        ]
    return Checks(
        unsupported_numbers=tuple(dict.fromkeys(numbers)),
        unsupported_names=tuple(dict.fromkeys(unsupported)),
        unsupported_claims=tuple(dict.fromkeys(claims)),
    )


def _sentence_texts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _is_verbatim(piece: str, facts: ArticleFacts) -> bool:
    """Whether the article has the sentence to the letter, from a mark on and with no number or
    word cut at its end."""
    folded = fold(piece).rstrip(_ENDS)
    return bool(folded) and re.search(rf"(?<![\w.]){re.escape(folded)}(?!\w)", facts.folded) is not None


def _unsupported_names(piece: str, named: list[Name], facts: ArticleFacts) -> Iterator[str]:
    yield from (name.text for name in named if not facts.states(name))
    for found in (facts.truncated_name(piece), facts.altered_name(piece)):
        if found:
            yield found
