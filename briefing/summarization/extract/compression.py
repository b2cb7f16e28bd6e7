"""The shorter forms of a sentence that are still well formed, each with what it is worth.

Clauses are taken up by what they and all they need are worth a character, so that every form is the
best of its length; none is rewritten. Knows nothing of the article: the worth of each character is
given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...text.cut import balanced
from ...text.lazy_pattern import lazy_pattern
from .clause_patterns import OPENER
from .clauses import Clause, closure, parse

_MARKS = "，；：,;: "
_STOP = lazy_pattern(r"[。！？!?…][”’」』）]*$")
GLOSS = lazy_pattern(
    r"[今昨][天日][（(](?P<kept>(?:\d{1,2}月)?\d{1,2}日)[）)]"
    r"|(?<=[^\s，。；：、])[（(](?:[A-Za-z][^（()）\u3400-\u9fff]*|\d{6}|人民币，下同|下同"
    r"|(?:星期|周|週)[一二三四五六日天])[)）] ?(?=.)"
)
"""What only explains a word: the foreign spelling of a name, the day of the week; and 今天 beside a date."""
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
    values = [sum(worth[clause.start : clause.end]) for clause in clauses]
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
            form = Compression(*_words(clauses, key), sum(values[at] for at in kept))
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


def _words(clauses: Sequence[Clause], kept: Sequence[int]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words of the clauses as a sentence, and the ranges they come from; neighbours are one
    range."""
    text = "".join(clauses[at].text for at in kept)
    spans: list[tuple[int, int]] = []
    for at in kept:
        start, end = clauses[at].start, clauses[at].end
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
    opener = OPENER.match(text)
    if opener and len(text) - opener.end() >= LEAST:
        text = text[opener.end() :]
        spans = _without_head(spans, opener.end())
    text, spans = _without_glosses(text, spans)
    return ended(text), tuple(spans)


def ended(text: str) -> str:
    """The words of a form with a full stop instead of the mark at their end, if they have none."""
    text = text.rstrip(_MARKS)
    return text if _STOP.search(text) else text + "。"


def _without_glosses(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The words and their ranges without what only explains, outside titles and quotations."""
    gone: set[int] = set()
    for found in GLOSS.finditer(text):
        if balanced(text[: found.start()]):
            gone |= set(range(*found.span())) - set(range(*found.span("kept")))
    places = [at for start, end in spans for at in range(start, end)]
    left: list[tuple[int, int]] = []
    for at in (place for number, place in enumerate(places) if number not in gone):
        start = left.pop()[0] if left and left[-1][1] == at else at
        left.append((start, at + 1))
    return "".join(char for number, char in enumerate(text) if number not in gone), left


def inserted(
    spans: Sequence[tuple[int, int]], at: int, other: tuple[int, int]
) -> tuple[tuple[int, int], ...]:
    """The ranges of a text with another one put in before its character `at`."""
    left: list[tuple[int, int]] = []
    for start, end in spans:
        size = end - start
        if 0 <= at < size:
            left += [(start, start + at), other, (start + at, end)] if at else [other, (start, end)]
        else:
            left.append((start, end))
        at -= size
    return tuple(left)


def _without_head(spans: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The ranges without their first `count` characters."""
    left = []
    for start, end in spans:
        gone = min(count, end - start)
        count -= gone
        if start + gone < end:
            left.append((start + gone, end))
    return left
