"""Finds what a summary states and its article does not: numbers, names and altered claims.

    numbers    quantities (a number with its unit)
    names      facts (of the names that text/names.py finds)
    claims     events (meetings, directions, firsts), roles (titles, winners), modality (plans,
               denials), attribution and figure_subjects (figures of another subject), recipients,
               offices, speakers

Does not know whether the article is right, or that two names mean the same. Each module says what
its check leaves out.
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


def verify(summary: str, article: str | ArticleFacts) -> Checks:
    """The numbers, names and claims of `summary` that `article` does not state, as written, in
    order, each once.

    `article` is `Article.stated` (headlines and text) or the facts of it: compute these once with
    `article_facts` to check several texts. A sentence copied verbatim is not searched.
    """
    facts = article_facts(article) if isinstance(article, str) else article
    numbers: list[str] = []
    unsupported: list[str] = []
    claims: list[str] = []
    for sentence in _split_sentences(summary):
        if _is_verbatim(sentence, facts):
            continue
        tagged = words(sentence)
        named = names(sentence, tagged)
        numbers += unsupported_quantities(sentence, facts.figures)
        unsupported += _unsupported_names(sentence, named, facts)
        claims += [
            *contradicted_events(sentence, facts),
            *misassigned_roles(sentence, named, facts),
            *contradicted_modality(sentence, tagged, facts),
            *misattributed(sentence, tagged, named, facts),
            *misplaced_figures(sentence, tagged, facts),
            *misdirected_actions(sentence, facts),
            *altered_offices(sentence, facts),
            *misattributed_statements(sentence, facts),
        ]
    return Checks(
        unsupported_numbers=tuple(dict.fromkeys(numbers)),
        unsupported_names=tuple(dict.fromkeys(unsupported)),
        unsupported_claims=tuple(dict.fromkeys(claims)),
    )


def _split_sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _is_verbatim(sentence: str, facts: ArticleFacts) -> bool:
    """Whether the article has the sentence verbatim, between punctuation marks, so that no number
    or word is cut at either end.
    """
    folded = fold(sentence).rstrip(_ENDS)
    return bool(folded) and re.search(rf"(?<![\w.]){re.escape(folded)}(?!\w)", facts.folded) is not None


def _unsupported_names(sentence: str, named: list[Name], facts: ArticleFacts) -> Iterator[str]:
    yield from (name.text for name in named if not facts.states(name))
    for name in (facts.truncated_name(sentence), facts.altered_name(sentence)):
        if name:
            yield name
