"""Whether a sentence speaks of what an earlier one has named, so that it is not told alone.

By its first words, its tagger's parts of speech, and the sentences before it. Does not resolve what
a word refers to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...text.words import NAME_TAGS, PERSON_TAGS, PROVINCES, words
from . import clause_patterns as patterns
from . import reference_patterns as named
from .candidates import Candidate
from .clause_words import first_clause, lacks_subject, says_when
from .clauses import Clause, names_speaker, parse

FIRST = 30
"""Characters in which 却 answers to a 但是 that would be left out."""
NAMED = NAME_TAGS - {"nz"}
"""Tags of people, places and offices."""


def speaks_of_unnamed(text: str) -> bool:
    """Whether a form speaks of a thing (该网站) whose kind it does not name before, or of 我们 without
    who says so.
    """
    found = named.UNNAMED.search(text)
    unnamed = found is not None and found["noun"][-1] not in text[: found.start()]
    return unnamed or named.LIKE_THIS.search(text) is not None or _speaks_of_us(text)


def _speaks_of_us(text: str) -> bool:
    """Whether somebody speaks of himself outside quotations without being named."""
    bare = named.BRACKETS.sub("", named.QUOTES.sub("", text))
    return named.OURSELVES.search(bare) is not None and not names_speaker(bare)


def is_whole_of_another(number: int, found: Sequence[Candidate]) -> bool:
    """Whether a sentence speaks of all the province (town, …) where the article names several: which
    one stands in the sentence before."""
    whole = named.WHOLE.match(first_clause(patterns.OPENER.sub("", found[number].text)))
    if whole is None or _places(whole[0], whole["rank"]):
        return False
    return len(set().union(*(_places(one.text, whole["rank"]) for one in found[:number]))) > 1


def _places(text: str, rank: str) -> set[str]:
    """The places of a rank that a text names."""
    if rank == "省":
        return {name for name in PROVINCES if name in text}
    return {word.text for word in words(text) if word.tag == "ns" and word.text[-1] == rank}


def needs_the_one_before(number: int, found: Sequence[Candidate]) -> bool:
    """Whether a sentence is not to be told without the one before it."""
    return (
        points_back(found[number].text)
        or (number > 0 and _goes_on(number, found))
        or is_whole_of_another(number, found)
        or _counts_on(number, found)
        or _is_later_item(number, found)
    )


def _is_later_item(number: int, found: Sequence[Candidate]) -> bool:
    """Whether a sentence is a later item of a list that a paragraph counts."""
    if not number or found[number - 1].paragraph != found[number].paragraph:
        return False
    return patterns.LATER_NUMBER.match(found[number].text) is not None


def _counts_on(number: int, found: Sequence[Candidate]) -> bool:
    """Whether a sentence tells the second of several things, the first of which was told before it."""
    counted = named.COUNTS_ON.search(first_clause(found[number].text))
    first = f"第一{counted['unit']}" if counted else ""
    return bool(counted) and any(first in one.text for one in found[:number])


def _goes_on(number: int, found: Sequence[Candidate]) -> bool:
    """Whether a sentence adds to the one before it."""
    text, before = found[number].text, found[number - 1].text
    firm = named.THAT_FIRM.match(first_clause(text))
    same = firm is not None and re.search(named.ONE_FIRM.format(noun=firm["noun"]), before) is not None
    return same or _speech_goes_on(number, found)


def _speech_goes_on(number: int, found: Sequence[Candidate]) -> bool:
    """Whether a sentence adds to what somebody said or demanded in the one before, or goes on to demand."""
    while number and not names_speaker(found[number].text):
        text = found[number].text
        if not (named.URGES.search(text) or named.GOES_ON.match(text)):
            return False
        number -= 1
        if names_speaker(found[number].text):
            return True
    return False


def names_less(text: str) -> bool:
    """Whether a sentence speaks of what must have been named before: 大会强调, 女生比例44%."""
    bare = patterns.OPENER.sub("", text)
    if named.AFTER_OTHERS.match(bare):
        return True
    first = bare.partition("，")[0]
    return patterns.RELATIVE.match(first) is not None and not any(w.tag in NAMED for w in words(first))


def points_back(text: str) -> bool:
    """Whether a sentence says nothing, or something else, without the one before it."""
    bare = patterns.OPENER.sub("", text)
    contrast = bare != text and named.STILL.search(bare[:FIRST])
    back = named.DANGLING.match(bare) or named.THIS.match(bare)
    back = back or named.PRONOUN.match(first_clause(named.ALAS.sub("", bare)))
    back = back or named.MENTIONED.search(text)
    return (
        bool(contrast)
        or lacks_subject(text)
        or back is not None
        or _says_what_is_gone(text)
        or _speaks_of_these(text)
        or _pronoun_behind_scope(bare)
    )


def _says_what_is_gone(text: str) -> bool:
    """Whether a sentence ends with who said the quotation before it: 3日，在码头上，工人柏舟说。"""
    bare = named.BRACKETS.sub("", text)
    if named.SAYS_LAST.search(bare) is None or named.QUOTES.search(bare):
        return False
    return not any(_tells(clause) for clause in parse(bare)[:-1])


def _tells(clause: Clause) -> bool:
    """Whether a clause is more than a time, a place or an adverbial."""
    beside = patterns.ADVERBIAL.match(clause.text) or patterns.SCOPE.search(clause.text)
    return clause.has.verb and not beside and not says_when(clause.text)


def _speaks_of_these(text: str) -> bool:
    """Whether a sentence does something to 这些 of which it has not named the kind before."""
    found = named.THESE.search(text)
    return found is not None and found["noun"][:2] not in text[: found.start()]


def _pronoun_behind_scope(text: str) -> bool:
    """Whether a pronoun follows upon a clause of when or where that names nobody: 比赛中，他得分最多。"""
    lead, comma, rest = text.partition("，")
    if not (patterns.SCOPE.search(lead + comma) and named.PRONOUN.match(rest)):
        return False
    return not any(word.tag in PERSON_TAGS for word in words(lead))
