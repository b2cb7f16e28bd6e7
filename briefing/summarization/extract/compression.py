"""The shorter forms of a sentence that are still well formed, each with what it is worth.

Clauses are taken up by what they and all they need are worth a character, so that every form is the
best of its length; none is rewritten. Knows nothing of the article: the worth of each character is
given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...text.cut import balanced
from ...text.lazy_pattern import lazy_pattern
from .clause_patterns import OPENER
from .clauses import Clause, closure, parse
from .omissions import omitted

_MARKS = "，；：,;: "
_STOP = lazy_pattern(r"[。！？!?…][”’」』）]*$")
LEAST = 6
"""Characters that must be left where the words that tie a sentence to the one before are taken
off.
"""


@dataclass(frozen=True, slots=True)
class Compression:
    """A form of a sentence: its words, the [start, end) ranges of the sentence that are kept,
    and their worth."""

    text: str
    spans: tuple[tuple[int, int], ...]
    worth: float


def compressions(sentence: str, worth: Sequence[float]) -> list[Compression]:
    """The whole sentence and its shorter forms; `worth` has a value for each character. Never
    empty."""
    clauses = parse(sentence)
    gone = omitted(sentence, worth)
    values = [
        sum(worth[at] for at in range(clause.start, clause.end) if at not in gone) for clause in clauses
    ]
    everything = set(range(len(clauses)))
    chosen: list[set[int]] = [everything]
    taken: set[int] = set()
    while taken != everything:
        taken |= _best_addition(clauses, values, taken)
        chosen.append(_ended(clauses, taken))
    chosen += [_ended(clauses, closure(clauses, {at})) for at in everything]
    forms: dict[tuple[int, ...], Compression] = {}
    for kept in chosen:
        key = tuple(sorted(kept))
        if kept and key not in forms:
            form = Compression(*_words(clauses, key, gone), sum(values[at] for at in kept))
            if kept == everything or (balanced(form.text) and any(clauses[at].has.verb for at in kept)):
                forms[key] = form
    return list(forms.values())


def _best_addition(clauses: Sequence[Clause], values: Sequence[float], taken: set[int]) -> set[int]:
    """The clause not yet taken, with what it needs, that is worth most a character."""

    def density(added: set[int]) -> float:
        return sum(values[at] for at in added) / sum(len(clauses[at].text) for at in added)

    added = (closure(list(clauses), {at}) - taken for at in range(len(clauses)) if at not in taken)
    return max(added, key=density)


def _ended(clauses: list[Clause], kept: set[int]) -> set[int]:
    """The clauses so that the last may end a sentence, with one more if that helps; empty where
    none does."""
    if clauses[max(kept)].may_end:
        return set(kept)
    if max(kept) + 1 < len(clauses):
        longer = closure(clauses, kept | {max(kept) + 1})
        if clauses[max(longer)].may_end:
            return longer
    return set()


def _words(
    clauses: Sequence[Clause], kept: Sequence[int], gone: frozenset[int]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words of the clauses as a sentence, without those left out, and the ranges they come from."""
    text = "".join(clauses[at].text for at in kept)
    places = [place for at in kept for place in range(clauses[at].start, clauses[at].end)]
    opener = OPENER.match(text)
    first = opener.end() if opener and len(text) - opener.end() >= LEAST else 0
    left = [(place, char) for place, char in zip(places, text, strict=True) if place not in gone]
    left = [pair for pair in left if pair[0] >= places[first]]
    text = "".join(char for _, char in left).rstrip(_MARKS)
    return (text if _STOP.search(text) else text + "。"), _ranges(place for place, _ in left)


def _ranges(places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The [start, end) of the places; neighbours are one range."""
    ranges: list[tuple[int, int]] = []
    for at in places:
        start = ranges.pop()[0] if ranges and ranges[-1][1] == at else at
        ranges.append((start, at + 1))
    return tuple(ranges)
