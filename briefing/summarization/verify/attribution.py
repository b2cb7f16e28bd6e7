"""Figures and persons attributed to the wrong place or person: 江苏's figure given to 河南.

A place or person and a figure in one clause of the summary must also be close in the article: in
the same sentence, within the NEAR sentences before the figure in its paragraph, or as the last
place named before it. A clause without a place is about the last place of its sentence. Whatever
the article's first TOPIC sentences name is its topic and goes with any figure. A figure may not
occur more often than in the article. Left out: dates, small counts, and facts without a figure, a
person or a place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...text.lazy_pattern import lazy_pattern
from ...text.names import Name, NameKind
from ...text.quantities import Quantity, quantities
from ...text.words import Word, is_place
from .facts import ArticleFacts
from .specific import is_specific

_CLAUSE = lazy_pattern(r"[^，。；！？：,;\n]+")
_LISTED = lazy_pattern(r"、|分别|和|与|等地")
"""Marks of a clause about several places or persons at once."""
_BODY = lazy_pattern(r"[部委局院校省市县区州]")
"""Marks of an institution or place that the tagger may miss."""
NEAR = 2
"""Sentences of the same paragraph in which a name may precede its figure."""
TOPIC = 2
"""Sentences at the beginning, the headline included, whose names are the article's topic."""


def misattributed(text: str, tagged: list[Word], named: list[Name], facts: ArticleFacts) -> Iterator[str]:
    """The pairs (place or person, figure) and (place, person) of `text` that the article keeps
    apart, and its repeated figures.

    `tagged` are the words of `text`, `named` its names.
    """
    figures = [quantity for quantity in quantities(text) if is_specific(quantity)]
    yield from _repeated_figures(figures, facts)
    places = [word for word in tagged if is_place(word)]
    persons = [name for name in named if name.kind is NameKind.PERSON and name.text in facts.persons]
    current_places: list[str] = []
    for clause in _CLAUSE.finditer(text):
        own_places = [word.text for word in places if _is_inside(word.start, clause)]
        own_persons = [name.text for name in persons if _is_inside(name.start, clause)]
        if _LISTED.search(clause[0]):
            current_places = []
            continue
        current_places = own_places or ([] if _BODY.search(clause[0]) else current_places[:1])
        for figure in figures:
            if _is_inside(figure.start, clause):
                yield from _separated_figure(figure, [*current_places, *own_persons], facts)
        if len(own_persons) == len(own_places) == 1:
            yield from _separated_person(own_persons[0], own_places[0], facts)


def _is_inside(offset: int, clause: re.Match[str]) -> bool:
    return clause.start() <= offset < clause.end()


def _repeated_figures(figures: list[Quantity], facts: ArticleFacts) -> Iterator[str]:
    """The figures that occur more often than in the article."""
    counts = Counter((figure.values, figure.unit) for figure in figures)
    for figure in figures:
        offsets = {same.start for same in facts.figures.same(figure)}
        if 0 < len(offsets) < counts[figure.values, figure.unit]:
            yield figure.surface


def _separated_figure(figure: Quantity, names: list[str], facts: ArticleFacts) -> Iterator[str]:
    """The names, each with the figure, that the article does not combine with it."""
    offsets = [same.start for same in facts.figures.same(figure)]
    yield from (name + figure.surface for name in names if _are_apart(name, offsets, facts))


def _separated_person(person: str, place: str, facts: ArticleFacts) -> Iterator[str]:
    """The place and the person, if the article does not combine them."""
    offsets = [match.start() for match in re.finditer(re.escape(person), facts.text)]
    if _are_apart(place, offsets, facts):
        yield place + person


def _are_apart(name: str, offsets: list[int], facts: ArticleFacts) -> bool:
    """Whether the article has the name, but not close to any of these offsets; False without
    any.
    """
    key = name[:2]
    if not offsets or key not in facts.text or _is_topic(key, facts):
        return False
    return not any(
        _is_near(key, offset, facts) or _is_last_place_before(key, offset, facts) for offset in offsets
    )


def _is_topic(key: str, facts: ArticleFacts) -> bool:
    return any(key in facts.text[start:end] for start, end in facts.sentence_spans[:TOPIC])


def _is_near(key: str, offset: int, facts: ArticleFacts) -> bool:
    """Whether the sentence at the offset, or one of the NEAR before it in its paragraph, has the
    key.
    """
    spans, number = facts.sentence_spans, _sentence_number(offset, facts)
    paragraph = facts.text.rfind("\n", 0, offset) + 1
    start = max(paragraph, spans[max(0, number - NEAR)][0])
    return key in facts.text[start : spans[number][1]]


def _is_last_place_before(key: str, offset: int, facts: ArticleFacts) -> bool:
    """Whether an earlier sentence has the key, and no place is named between it and the offset."""
    spans, number = facts.sentence_spans, _sentence_number(offset, facts)
    if _names_place(spans[number][0], offset, facts):
        return False
    for start, end in reversed(spans[:number]):
        if key in facts.text[start:end]:
            return True
        if _names_place(start, end, facts):
            return False
    return False


def _names_place(start: int, end: int, facts: ArticleFacts) -> bool:
    return any(start <= place < end for place in facts.place_offsets)


def _sentence_number(offset: int, facts: ArticleFacts) -> int:
    return next((i for i, (start, end) in enumerate(facts.sentence_spans) if start <= offset < end), 0)
