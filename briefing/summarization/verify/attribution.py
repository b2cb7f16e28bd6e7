"""Facts of a summary that its article states apart: 江苏's figure said of 河南, one figure told of two
things.

A place or person and a figure in one clause (a clause that names no place is about the last one of
its sentence) must stand together in the article: in one sentence or one beside it in the paragraph,
or the name further before with no other place between. What the article's first two sentences name
is its topic and may stand with any figure. A figure may not be told more often than the article has
it. Left out: figures of dates and small counts, and facts without a figure, a person or a place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...text.names import Name, NameKind
from ...text.quantities import Quantity, quantities
from ...text.words import Word, is_place
from .facts import ArticleFacts
from .specific import is_specific

_CLAUSE = re.compile(r"[^，。；！？：,;\n]+")
_LISTED = re.compile(r"、|分别|和|与|等地")
"""Signs of a clause that tells of several at once."""
_BODY = re.compile(r"[部委局院校省市县区州]")
"""Signs of a clause with a body or place of its own that the tagger does not know."""
NEAR = 2
"""Sentences before one, in its paragraph, whose names may be meant in it."""
TOPIC = 2
"""Sentences at the beginning, of which the headline is one, whose names are what the article is
about."""


def misattributed(text: str, tagged: list[Word], named: list[Name], facts: ArticleFacts) -> Iterator[str]:
    """The names with a figure or another name beside them that the article has elsewhere;
    `tagged` and `named` are of `text`."""
    figures = [one for one in quantities(text) if is_specific(one)]
    yield from _repeated_figures(figures, facts)
    places = [word for word in tagged if is_place(word)]
    persons = [one for one in named if one.kind is NameKind.PERSON and one.text in facts.persons]
    about: list[str] = []
    for clause in _CLAUSE.finditer(text):
        here = [word.text for word in places if clause.start() <= word.start < clause.end()]
        who = [one.text for one in persons if clause.start() <= one.start < clause.end()]
        about = here or ([] if _BODY.search(clause[0]) else about[:1])
        if _LISTED.search(clause[0]):
            about = about[:0]
            continue
        for figure in figures:
            if clause.start() <= figure.start < clause.end():
                at = [one.start for one in facts.figures.same(figure)]
                yield from (
                    name + figure.surface
                    for name in (*about, *who)
                    if at and not _stated_together(name, at, facts)
                )
        for person in who if len(who) == len(here) == 1 else ():
            at = [match.start() for match in re.finditer(re.escape(person), facts.text)]
            yield from (name + person for name in here if at and not _stated_together(name, at, facts))


def _repeated_figures(figures: list[Quantity], facts: ArticleFacts) -> Iterator[str]:
    """The figures told more often than the article has them."""
    counts = Counter((one.values, one.unit) for one in figures)
    for one in figures:
        at = {same.start for same in facts.figures.same(one)}
        if 0 < len(at) < counts[one.values, one.unit]:
            yield one.surface


def _stated_together(name: str, at: list[int], facts: ArticleFacts) -> bool:
    """Whether the article names `name` with what stands at one of the offsets; it does not if it
    never names it."""
    key = name[:2]
    spans = facts.sentence_spans
    if any(key in facts.text[a:b] for a, b in spans[:TOPIC]) or key not in facts.text:
        return True
    for offset in at:
        number = next((i for i, (a, b) in enumerate(spans) if a <= offset < b), 0)
        near = max(facts.text.rfind("\n", 0, offset) + 1, spans[max(0, number - NEAR)][0])
        if key in facts.text[near : spans[number][1]]:
            return True
        if any(spans[number][0] <= other < offset for other in facts.place_offsets):
            continue
        for a, b in reversed(spans[:number]):
            if key in facts.text[a:b]:
                return True
            if any(a <= other < b for other in facts.place_offsets):
                break
    return False
