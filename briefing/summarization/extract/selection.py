"""The forms of sentences that together are worth most in the room there is.

A knapsack over the sentences in order of the text (dynamic programming, McDonald, ECIR 2007): of
each sentence one form or none. A sentence that points back, or lacks its subject, is taken only
right after the one before it. Sentences that say the same are not taken twice. Bounded: only the
most telling sentences of a long article are weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...text.chars import bigrams, letters
from ...text.cut import balanced
from ...text.lazy_pattern import lazy_pattern
from . import clause_patterns as patterns
from .candidates import Candidate
from .clauses import names_speaker
from .compression import Compression, compressions, inserted
from .references_back import names_less, needs_the_one_before, speaks_of_unnamed
from .speeches import are_one, is_demand, is_view, speakers
from .told import Untold, untold

WEIGHED = 40
"""Sentences that are weighed against one another, with those before them."""
SENTENCE = 0.6
"""What every sentence must be worth to be taken, so that one long sentence is preferred to two
torn ones."""
NAMED = 0.01
"""What it costs to say somebody's office with the name, so that it is said once."""
SHORTEST = 8
"""Characters that a sentence of a summary has at least."""
SAME = 0.45
"""Two sentences say the same if they share so much of the shorter one's bigrams."""
CALLS = 0.6
"""What calls, what breaks off, and sentences that begin with a quotation, are worth beside plain
statements; questions are worth nothing."""
TRIES = 6
QUOTED = lazy_pattern(r"[“「『][^”」』]*[”」』][。！？，]?\Z")
"""Nothing but a quotation, whoever spoke."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Forms that are not to be taken: of a sentence with `doubted` ones only longer ones are, of `torn`
    ones others."""

    doubted: set[str] = field(default_factory=set)
    torn: set[str] = field(default_factory=set)

    def __contains__(self, text: object) -> bool:
        """Whether this form is not to be taken."""
        return text in self.doubted or text in self.torn

    def left(self, forms: Sequence[Compression]) -> list[Compression]:
        """The forms of a sentence that may be taken."""
        least = max((len(form.text) for form in forms if form.text in self.doubted), default=0)
        return [form for form in forms if len(form.text) > least and form.text not in self.torn]


@dataclass(frozen=True, slots=True)
class _Option:
    """A form of a sentence; whether it needs the sentence before it, whose words it is, whether it
    tells a view or a demand without saying whose, and what must have been told before it."""

    sentence: int
    form: Compression
    worth: float
    dangling: bool
    speaker: str
    view: bool
    demand: bool
    untold: Untold

    def reads_on(self, chosen: Sequence[_Option], headline: str) -> bool:
        """Whether it is understood, and nobody else's words, behind those chosen."""
        before = chosen[-1].speaker if chosen else ""
        own = bool(before) and are_one(self.speaker, before)
        if self.speaker and not own and (self.demand or (self.view and before)):
            return False
        return self.untold.is_told(headline, *(one.form.text for one in chosen))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence with its number in the article, its forms, whether it needs the sentence before it,
    and whether it needs any before it."""

    number: int
    options: tuple[_Option, ...]
    dangling: bool
    later: bool


def select(
    found: Sequence[Candidate],
    scores: np.ndarray,
    length: int,
    refused: Refused | None = None,
    headline: str = "",
) -> list[tuple[Candidate, Compression]]:
    """The sentences to take, in order, each in the form to take, at most `length` characters in
    all.

    `scores` has the worth of each character of the article's text; the `headline` is read before them.
    """
    quoted = _inside_quotations(found)
    numbers = [number for number in best(found, scores) if number not in quoted]
    said = speakers(found)
    weighed = [_weigh(number, found, scores, refused or Refused(), said[number]) for number in numbers]
    banned: set[int] = set()
    chosen: list[_Option] = []
    for _ in range(TRIES):
        chosen = _knapsack([one for one in weighed if one.number not in banned], length, headline)
        twice = _said_twice(chosen)
        if twice is None:
            break
        banned.add(twice)
    return [(found[option.sentence], option.form) for option in chosen]


def best(found: Sequence[Candidate], scores: np.ndarray) -> list[int]:
    """The numbers of the whole sentences worth most a character, and of those before them, in
    order."""
    whole = [number for number, candidate in enumerate(found) if candidate.complete]
    value = {n: float(scores[found[n].start : found[n].end].max(initial=0.0)) for n in whole}
    best = set(sorted(whole, key=lambda n: (-value[n], n))[:WEIGHED])
    return sorted(best | {n - 1 for n in best if n - 1 in value})


def _weigh(
    number: int, found: Sequence[Candidate], scores: np.ndarray, refused: Refused, speaker: str
) -> _Weighed:
    candidate = found[number]
    text = candidate.text
    worth = scores[candidate.start : candidate.start + len(text)]
    stated = 1.0
    if text.rstrip("”’」』")[-1:] in "！？!?…⋯" or text[0] in "“「『":
        stated = CALLS
    if text[-1] in "？?":  # a question tells nothing
        stated = 0.0
    forms = compressions(text, worth.tolist())
    options = (
        _Option(
            number,
            form,
            (form.worth - SENTENCE) * stated,
            speaks_of_unnamed(form.text),
            speaker,
            unsaid and is_view(form.text),
            unsaid and number > 0 and is_demand(form.text),
            lacks,
        )
        for whole in refused.left(forms)
        for form, lacks in _with_office(whole, number, found)
        if form.text not in refused
        for unsaid in (not names_speaker(form.text),)
    )
    return _Weighed(
        number,
        tuple(option for option in options if option.worth > 0 and _says_enough(option.form.text)),
        needs_the_one_before(number, found),
        number > 0 and names_less(text),
    )


def _with_office(
    form: Compression, number: int, found: Sequence[Candidate]
) -> list[tuple[Compression, Untold]]:
    """The form, with what it takes as told, and the form with the office of whoever it begins with."""
    lacks = untold(form.text, number, found)
    if not lacks.office:
        return [(form, lacks)]
    start, end = (place - found[number].start for place in lacks.place)
    at = form.text.index(lacks.name)
    text = form.text[:at] + lacks.office + form.text[at:]
    spans = inserted(form.spans, at, (start, end))
    named = Compression(text, spans, form.worth - NAMED)
    return [(form, lacks), (named, replace(lacks, name=""))]


def _says_enough(text: str) -> bool:
    """Whether a sentence is long enough, more than a quotation of nobody, no telephone number, and no
    later item of a list."""
    bare = QUOTED.match(text) or patterns.CONTACT.match(text) or patterns.LEADS_IN.search(text)
    bare = (
        bare
        or patterns.LATER_ITEM.match(text)
        or patterns.MADE_UP_OF.match(text)
        or patterns.FIRST_ITEM.match(text)
    )
    bare = bare or patterns.UNPAIRED.match(text) or patterns.NO_STATEMENT.match(text)
    return len(text) >= SHORTEST and balanced(text) and not bare


def _inside_quotations(found: Sequence[Candidate]) -> set[int]:
    """The numbers of the sentences in the middle of a quotation of several: somebody says them,
    not the paper."""
    inside: set[int] = set()
    opened: int | None = None
    for number, candidate in enumerate(found):
        for mark in candidate.text:
            if mark in "“「":
                opened = number
            elif mark in "”」" and opened is not None:
                inside |= set(range(opened + 1, number + 1)) if number > opened else set()
                opened = None
    return inside


def _knapsack(weighed: Sequence[_Weighed], length: int, headline: str) -> list[_Option]:
    """The options of highest worth; a state is the room used and whether the last sentence was
    taken. What must have been told before is asked of the best choice of each state only."""
    states: dict[tuple[int, bool], tuple[float, tuple[_Option, ...]]] = {(0, False): (0.0, ())}
    last = -2
    for sentence in weighed:
        follows = sentence.number == last + 1
        new: dict[tuple[int, bool], tuple[float, tuple[_Option, ...]]] = {}
        for (used, taken), (worth, chosen) in states.items():
            _keep(new, (used, False), worth, chosen)
            if sentence.dangling and not (taken and follows):
                continue
            if sentence.later and not chosen:
                continue
            for option in sentence.options:
                if option.dangling and not (taken and follows):
                    continue
                if not option.reads_on(chosen, headline):
                    continue
                room = used + len(option.form.text)
                if room <= length:
                    _keep(new, (room, True), worth + option.worth, (*chosen, option))
        states, last = new, sentence.number
    return list(max(states.values(), key=lambda state: state[0])[1])


def _keep(
    states: dict[tuple[int, bool], tuple[float, tuple[_Option, ...]]],
    state: tuple[int, bool],
    worth: float,
    chosen: tuple[_Option, ...],
) -> None:
    if state not in states or states[state][0] < worth:
        states[state] = (worth, chosen)


def _said_twice(chosen: Sequence[_Option]) -> int | None:
    """The number of a sentence that repeats a better one, or None."""
    seen: list[set[str]] = []
    for option in sorted(chosen, key=lambda option: -option.worth):
        pairs = set(bigrams(letters(option.form.text)))
        if any(len(pairs & other) > SAME * min(len(pairs), len(other)) for other in seen):
            return option.sentence
        seen.append(pairs)
    return None
