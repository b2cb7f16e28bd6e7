"""A sentence as clauses, each with the clauses that it cannot do without.

A clause may be left out of a news sentence where what stays is still well formed and still true:
the subject, the speaker, the condition and the colon stay with what depends on them. Deletion of
clauses for summaries after Jing (ANLP 2000) and Knight & Marcu (AIJ 2002), by rules over first and
last words and the tagger's parts of speech. Does not know syntax: a subject far away or left to the
reader is guessed to be the nearest one before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import clause_pairs as pairs
from . import clause_patterns as patterns
from .clause_words import (
    GOVERNING,
    Predication,
    counts_unnamed,
    ends_as_noun,
    is_noun_phrase,
    only_rests,
    predication,
    says_when,
)

_OPENING, _CLOSING = "“‘「『（(《【〈", "”’」』）)》】〉"
_MARKS = "，；：。,;: "
LEAD_IN = 16
"""A clause that says when is kept with all that follows up to this many characters."""
SAID = 4
"""Characters behind a verb of saying that are more than its object."""
PHRASE = 12
"""An adverbial of at most so many characters stays with the clause after it."""


@dataclass(slots=True)
class Clause:
    """The clause at [start, end) of a sentence, its mark included.

    `part` counts the semicolons before it; `needs` are the indices of the clauses without which it
    says something else or nothing; `may_end` is whether a sentence may end with it.
    """

    text: str
    start: int
    end: int
    part: int
    has: Predication
    attributes: bool
    may_end: bool = True
    needs: set[int] = field(default_factory=set)


def split(sentence: str) -> list[tuple[int, int]]:
    """The [start, end) of the clauses; nothing is cut inside a quotation, a bracket or a number."""
    found, start, depth = [], 0, 0
    for at, mark in enumerate(sentence):
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and mark in "，；：,;:" and not _in_number(sentence, at):
            found.append((start, at + 1))
            start = at + 1
    if start < len(sentence):
        found.append((start, len(sentence)))
    return found


def _in_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def parse(sentence: str) -> list[Clause]:
    """The clauses of a sentence in order, with what each needs."""
    clauses: list[Clause] = []
    part = 0
    for start, end in split(sentence):
        text = sentence[start:end]
        attributes = patterns.ATTRIBUTION.search(text) is not None
        clauses.append(Clause(text, start, end, part, predication(text), attributes))
        part += text[-1] in "；;"
    for at, clause in enumerate(clauses):
        following = clauses[at + 1].text if at + 1 < len(clauses) else ""
        clause.may_end = _may_end(clause, following) and not (following and _is_topic(clauses, at))
        if at:
            clause.needs = _needs(clauses, at)
        then = patterns.THEN.match(following)
        answered = pairs.joined(pairs.ANSWERED, clause.text, following)
        if following and (answered or then or patterns.BESIDES.search(clause.text)):
            clause.needs.add(at + 1)
        if patterns.IT_IS.match(following) and not clause.has.verb:
            clause.needs.add(at + 1)
        if following and clause.has.subject and patterns.OPEN_END.search(clause.text):
            clause.needs |= {at + 1} if not clauses[at + 1].has.subject else set()
        if following and (only_rests(clause.text) or patterns.BY_MEANS.match(clause.text)):
            clause.needs.add(at + 1)
        if following and is_noun_phrase(clause.text) and not patterns.ADVERBIAL.match(clause.text):
            clause.needs.add(at + 1)
        if patterns.ANNOUNCED.search(clause.text):
            clause.needs |= set(range(at + 1, len(clauses)))
    _keep_lists_whole(clauses)
    return clauses


def _keep_lists_whole(clauses: list[Clause]) -> None:
    """Of a list that says how many things it has, or counts them, all are needed, or none."""
    counted = {at for at, clause in enumerate(clauses) if patterns.NUMBERED.match(clause.text)}
    for at in counted:
        clauses[at].needs |= counted - {at}
    for at, clause in enumerate(clauses):
        if patterns.COUNTED_LIST.search(clause.text) and at + 1 < len(clauses):
            rest = set(range(at + 1, len(clauses)))
            for other in rest:
                clauses[other].needs |= rest - {other}
            clause.may_end = clause.has.subject and clause.has.verb and not clause.attributes


def names_speaker(text: str) -> bool:
    """Whether a text says who says what it tells."""
    return any(clause.attributes for clause in parse(text))


def closure(clauses: list[Clause], wanted: set[int]) -> set[int]:
    """The wanted clauses and all that they need, directly or through others."""
    found, left = set(wanted), list(wanted)
    while left:
        for needed in clauses[left.pop()].needs - found:
            found.add(needed)
            left.append(needed)
    return found


def _may_end(clause: Clause, following: str) -> bool:
    """Whether a sentence may end with the clause, given the text of the next one ("" after the
    last)."""
    text = clause.text
    if len(text.strip(_MARKS)) < 3 or not (clause.has.verb or not following):
        return False
    if patterns.CONDITION.match(text) or says_when(text) or text[-1] in "：:":
        return False
    if patterns.ADVERBIAL.match(text) and not (clause.has.verb and clause.has.subject):
        return False
    if patterns.OPEN_END.search(text) or patterns.ROLE.search(text) or patterns.PREDICATE_OF.match(following):
        return False
    if following and _is_unfinished(clause, following):
        return False
    return not following or not (clause.attributes or patterns.CAUSATIVE.search(text) or only_rests(text))


def _is_unfinished(clause: Clause, following: str) -> bool:
    """Whether a clause is only the subject, the object or the means of the next."""
    if pairs.joined(pairs.GOES_ON, clause.text, following):
        return True
    if patterns.WITH_WHAT.search(clause.text) and following[0] in "让使令":
        return True
    if patterns.THEN.match(following):
        return True
    if clause.text[0] == "是" and not ends_as_noun(clause.text) and not predication(following).subject:
        return True
    reminded = patterns.REMINDS.search(clause.text)
    if reminded and not predication(reminded.group(1)).verb:
        return True
    asked = patterns.ASKED.match(following) and not clause.has.subject and ends_as_noun(clause.text)
    return bool(asked) or is_noun_phrase(clause.text)


def _is_topic(clauses: list[Clause], at: int) -> bool:
    """Whether a clause that tells something first is only a noun: 有离岛计划的游客，请于十五时前离岛。"""
    clause = clauses[at]
    if any(other.has.verb and not (other.attributes or says_when(other.text)) for other in clauses[:at]):
        return False
    return not clause.has.subject and ends_as_noun(clause.text)


def _needs(clauses: list[Clause], at: int) -> set[int]:
    clause, before = clauses[at], clauses[at - 1]
    text = clause.text
    needs = {i for i, other in enumerate(clauses[:at]) if other.text[-1] in "：:" or other.attributes}
    continues = patterns.CONTINUES.match(text) is not None
    if continues and not patterns.SHARES_SUBJECT.match(text):
        needs.add(at - 1)
    if continues or not (clause.has.subject and clause.has.verb):
        needs.add(_governor(clauses, at))
        if patterns.FIGURE_OF.match(text) or patterns.WHO.search(before.text) or _is_topic(clauses, at - 1):
            needs.add(at - 1)
    if text[0] == "并" and clauses[_governor(clauses, at)].attributes:
        needs.add(at - 1)
    if patterns.CONDITION.match(before.text) or patterns.CONCESSION.match(before.text):
        needs.add(at - 1)
    if patterns.ADVERBIAL.match(before.text) and not clause.has.subject and not before.attributes:
        needs |= {at - 1} if len(before.text) <= PHRASE else set()
    if not clause.has.names and patterns.RELATIVE.match(text):
        needs.add(_governor(clauses, at))
    if _rests_on(clause, before.text) or (continues and patterns.BESIDES.search(before.text)):
        needs.add(at - 1)
    if patterns.ITEM.match(text):
        among = [i for i in range(1, at) if patterns.AMONG.match(clauses[i].text)]
        needs |= {i - 1 for i in among[-1:] if clauses[i].part == clause.part}
    named = patterns.NAMED_HERE.match(text)
    if named:
        needs |= set([i for i in range(at) if named["noun"] in clauses[i].text][-1:])
    return needs | _said(clauses, at) | _scope(clauses, at)


def _rests_on(clause: Clause, before: str) -> bool:
    """Whether a clause says nothing, or something else, without the one right before it."""
    text, subject = clause.text, clause.has.subject
    return (
        patterns.DISTRIBUTES.match(text) is not None
        or patterns.HOSTED.match(text) is not None
        or patterns.ALSO.match(text) is not None
        or patterns.REASON.match(text) is not None
        or patterns.STOCK.match(text) is not None
        or patterns.THE_SAID.search(text) is not None
        or patterns.EXCEPT.search(text) is not None
        or patterns.IN_VIEW_OF.match(before) is not None
        or bool(patterns.BEARS.match(before) and not subject)
        or pairs.joined(pairs.FOUNDED, before, text)
        or bool(patterns.WITHOUT_OBJECT.match(text) and not subject)
        or bool(patterns.RANKED.search(text) and patterns.ADVERBIAL.match(before))
        or counts_unnamed(text)
    )


def _said(clauses: list[Clause], at: int) -> set[int]:
    """The clause whose verb says or wishes what this one tells: 他希望港口早日开港，货船不再绕行。"""
    if clauses[at].has.head in GOVERNING:
        return set()
    for i in reversed(range(at)):
        if clauses[i].part != clauses[at].part or clauses[i].attributes:
            return set()
        if _says(clauses[i]):
            return {i}
    return set()


def _says(clause: Clause) -> bool:
    head = clause.has.head
    return head in GOVERNING and len(clause.text.partition(head)[2].strip(_MARKS)) >= SAID


def _scope(clauses: list[Clause], at: int) -> set[int]:
    """The clauses that say when, where or of whom this one is true: without them it would be
    true of others."""
    needs: set[int] = set()
    times = [i for i in range(at) if says_when(clauses[i].text) and len(clauses[i].text) <= LEAD_IN]
    needs |= set(times[-1:])
    before = clauses[at - 1].text
    place = patterns.PLACE.match(before) and not clauses[at - 1].has.verb
    place = place and (clauses[at - 1].has.names or not clauses[at].has.names)
    if (place or patterns.SCOPE.search(before)) and not patterns.REMOVABLE.match(before):
        needs.add(at - 1)
    if not clauses[at].has.names:
        needs |= set([i for i in range(at) if clauses[i].has.names and not clauses[i].attributes][-1:])
    return needs


def _governor(clauses: list[Clause], at: int) -> int:
    """The nearest clause before with a subject, within the part between semicolons if it has
    one; else the first."""
    same = [i for i in range(at) if clauses[i].part == clauses[at].part]
    speaks = clauses[at].has.head in GOVERNING
    for i in reversed(same or range(at)):
        if speaks and _said(clauses, i):  # who goes on speaking is not whom was spoken of
            continue
        other = clauses[i]
        subject = other.has.subject and not _says_only_how(other) and not patterns.HOSTED.match(other.text)
        if subject and not (other.attributes and i):
            return i
    if clauses[at].has.subject:
        return 0
    return next((i for i in range(at) if not (clauses[i].attributes or _says_only_how(clauses[i]))), 0)


def _says_only_how(clause: Clause) -> bool:
    """Whether a clause is an adverbial: 会议期间，"""
    adverbial = patterns.ADVERBIAL.match(clause.text) and not clause.has.verb
    return bool(patterns.OPEN_END.search(clause.text) or adverbial or says_when(clause.text))
