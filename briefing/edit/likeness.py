"""How similar two articles are: shared sentences, words, names and numbers; whether they are one event.

Near copies are aligned sentence by sentence (rapidfuzz: the share of equal characters in order) with
digits masked: 最高气温9℃ and 最高气温17℃ are alike as text and clash as news. A report in other words
is recognized by what any report must repeat, numbers and names, weighted by idf (Spärck Jones 1972).

Knows that 3.5万 is 35000. Does not know synonyms, dates of words like 昨日, or consequences: the report
that work is done may share all its numbers with the one that announced it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import fsum, log

from rapidfuzz import fuzz, process

from ..text.numbers import numbers
from ..text.quantities import quantities
from ..text.sentences import sentences
from ..text.words import NAME_TAGS, NO_NAMES, NO_PLACES, Word, words
from ..types import Article

READ = 600
"""Characters of a text that are read: the event stands in front, what led to it behind."""
HEAD = 80
"""Characters of a text that, with the headline, say what it is about."""
ALIGNED = 75.0
"""Percent of equal characters from which a sentence is another, edited."""
IDF_SMOOTHING = 20
"""Articles that an edition is thought to have besides: in one of three articles no word is rare."""

FRONT = 0.12
"""The share of headline and lead that two reports of one event have in common at the least."""


class WordKind(Enum):
    """What a content word is, by its tag; the value means nothing."""

    NAME = "name"
    PREDICATE = "predicate"
    """A verb or an adjective."""
    TERM = "term"
    """Any other content word."""


WEIGHTS: Mapping[WordKind, float] = {WordKind.NAME: 2.0, WordKind.TERM: 1.0, WordKind.PREDICATE: 0.7}
"""What a word weighs by its kind, before its rarity."""
_WHO = NAME_TAGS - {"nz"}
_UNITS = ("省", "市", "县", "区", "州", "国")
_NAMES = NAME_TAGS | {"eng"}
_CONTENT = frozenset("nvaijlzxe")
_sum = fsum  # exact, and so the same in any order: that of a set changes from run to run
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SCORE = re.compile(r"(?<!\d)\d{1,3}[∶:：]\d{1,3}(?!\d)")
_CALENDAR = frozenset({"年", "月", "日"})


@dataclass(frozen=True, slots=True)
class Traces:
    """What is compared of an article of an edition.

    `words` are its content words and what each weighs, by its kind and its rarity; `titles`, `head`
    and `names` those that stand in the headline, in headline and lead, and that are names; `who`
    the people and places of the headline; `total_weight` and `front_weight` the weights of all
    words and of those in headline and lead; `numbers` the values stated with their weights,
    `numbers_weight` the sum of these; `body` all that was read, `sentences` those of the text.
    """

    words: Mapping[str, float]
    titles: frozenset[str]
    head: frozenset[str]
    names: frozenset[str]
    who: frozenset[str]
    total_weight: float
    front_weight: float
    numbers: Mapping[str, float]
    numbers_weight: float
    body: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two articles are; shares are of the one that has less, 0 to 1.

    `words` is the share of content words; `head` and `title` are the shares of headline and lead,
    and of the headline, that the other article has, the lower of both ways. `copied` and `clashing`
    are shares of characters in sentences that both have, with the same numbers and names or with
    others. `names` and `numbers` are the weights of those in common, `agreement` the share of
    numbers, `stated` the weight of all numbers of the one that states less. `strangers` counts the
    headlines, 0 to 2, with a person or place that the other article lacks.
    """

    head: float
    title: float = 0.0
    words: float = 0.0
    copied: float = 0.0
    clashing: float = 0.0
    names: float = 0.0
    numbers: float = 0.0
    agreement: float = 0.0
    stated: float = 0.0
    strangers: int = 0

    @property
    def is_copy(self) -> bool:
        """Whether one is the other, perhaps shortened or touched up.

        Reports of one press conference copy its opening, and are told by their headlines.
        """
        alike = self.copied >= 0.6 and self.clashing < 0.2 and self.head >= 0.3 and self.title >= 0.35
        return alike and self.strangers < 2

    @property
    def is_same_event(self) -> bool:
        """Whether both tell the same event.

        The bounds were set on the half `build` of tests/data/edit/twins.json and on what 30 days of
        real news put together wrongly, each at some distance: merging two events hides one, a
        missed twin only takes room.
        """
        if self.is_copy:
            return True
        if self.strangers > 1 or self.head < FRONT or self.clashing > max(0.3, self.copied):
            return False
        if self.numbers >= 2.5:
            return self.title >= 0.2 and self.agreement >= 0.6 and self.agreement + self.words >= 1.1
        if self.title < 0.35:
            return False
        return (self.numbers >= 1.2 and self.agreement >= 0.8 and self.words >= 0.38) or (
            not self.strangers and self.stated < 1.2 and self.names >= 1.5 and self.words >= 0.5
        )

    @property
    def strength(self) -> float:
        """For choosing among several that tell the same event."""
        return self.copied + self.words + 0.1 * self.numbers


def traces(edition: Sequence[Article]) -> list[Traces]:
    """What is compared of each article of an edition."""
    found = [_content_words(article) for article in edition]
    having = Counter(word.text for some in found for word in {word.text: word for word in some}.values())
    total = len(edition) + IDF_SMOOTHING
    idf = {word: log(1 + total / n) / log(1 + total) for word, n in having.items()}
    return [_article_traces(article, some, idf) for article, some in zip(edition, found, strict=True)]


def likeness(one: Traces, other: Traces) -> Likeness:
    """How like two articles of an edition are. Symmetric."""
    head = min(
        _share(_sum(a.words[word] for word in a.head if word in b.words), a.front_weight)
        for a, b in ((one, other), (other, one))
    )
    if head < FRONT:
        return Likeness(head=head)
    common = one.words.keys() & other.words.keys()
    share = _share(
        _sum(min(one.words[w], other.words[w]) for w in common), min(one.total_weight, other.total_weight)
    )
    agreed = _sum(one.numbers[n] for n in one.numbers.keys() & other.numbers.keys())
    stated = min(one.numbers_weight, other.numbers_weight)
    copied, clashing = _aligned_shares(one, other) if share >= 0.3 else (0.0, 0.0)
    return Likeness(
        copied=copied,
        clashing=clashing,
        words=share,
        head=head,
        title=min(_headline_coverage(one, other), _headline_coverage(other, one)),
        names=_sum(one.words[name] for name in one.names & other.names) / WEIGHTS[WordKind.NAME],
        numbers=agreed,
        agreement=_share(agreed, stated),
        stated=stated,
        strangers=_has_stranger(one, other) + _has_stranger(other, one),
    )


def _content_words(article: Article) -> list[Word]:
    """The content words of headlines and text, those of the headlines first."""
    body = f"{_joined_titles(article)}。{article.text[:READ]}"
    return [
        word
        for word in words(body)
        if len(word.text) > 1 and word.tag[:1] in _CONTENT and not _DIGITS.search(word.text)
    ]


def _joined_titles(article: Article) -> str:
    return "。".join(filter(None, (article.headline, article.deck, article.kicker)))


def _article_traces(article: Article, some: Sequence[Word], idf: Mapping[str, float]) -> Traces:
    titles, text = _joined_titles(article), article.text[:READ]
    kinds = {word.text: _word_kind(word) for word in some}
    weights = {word: WEIGHTS[kind] * idf[word] for word, kind in kinds.items()}
    head = frozenset(word.text for word in some if word.start <= len(titles) + HEAD)
    stated = _number_weights(f"{titles}。{text}")
    return Traces(
        words=weights,
        titles=frozenset(word.text for word in some if word.end <= len(titles)),
        head=head,
        names=frozenset(word for word, kind in kinds.items() if kind is WordKind.NAME),
        who=frozenset(
            w.text
            for w in some
            if w.end <= len(titles) and w.tag in _WHO and w.text not in NO_NAMES | NO_PLACES
        ),
        total_weight=_sum(weights.values()),
        front_weight=_sum(weights[word] for word in head),
        numbers=stated,
        numbers_weight=_sum(stated.values()),
        body=f"{titles}。{text}",
        sentences=tuple(text[start:end] for start, end in sentences(text)),
    )


def _word_kind(word: Word) -> WordKind:
    if word.tag in _NAMES and word.text not in NO_NAMES:
        return WordKind.NAME
    return WordKind.PREDICATE if word.tag[0] in "va" else WordKind.TERM


def _headline_coverage(one: Traces, other: Traces) -> float:
    """The share of the headline of `one` that the other article has; 1 for an article without."""
    total = _sum(one.words[word] for word in one.titles)
    return (
        _share(_sum(one.words[word] for word in one.titles if word in other.words), total) if total else 1.0
    )


def _number_weights(body: str) -> dict[str, float]:
    """The numbers of a text, dates aside, and the results of games, each with its weight."""
    found = {match.replace(":", "∶").replace("：", "∶"): 1.5 for match in _SCORE.findall(body)}
    for quantity in quantities(body):
        if quantity.unit not in _CALENDAR:
            found |= {value: _number_weight(value) for value in quantity.values}
    return found


def _number_weight(value: str) -> float:
    """How much a number tells: 4 next to nothing, 26.4 or 3218 much, 3000000 something."""
    digits = value.rstrip("%‰")
    if "/" in digits:
        return 1.0
    telling = len(digits.replace(".", "").strip("0"))
    if telling > 2:
        return 2.0
    large = float(digits) >= 1000
    return 1.5 if large else 1.0 if telling == 2 or float(digits) >= 100 else 0.3


def _has_stranger(one: Traces, other: Traces) -> bool:
    """Whether the headline of `one` has a person or place that the other article has not.

    岚州市 may stand there as 岚州, and what the tagger takes for a name with the verb before it (来云汀)
    without that.
    """
    return any(
        name not in other.body
        and (len(name) < 3 or (name[:-1] if name.endswith(_UNITS) else name[1:]) not in other.body)
        for name in one.who
    )


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole else 0.0


def _aligned_shares(one: Traces, other: Traces) -> tuple[float, float]:
    """The shares of the shorter text in sentences that the longer has: with the same facts, and
    with others."""
    short, long = sorted((one, other), key=lambda t: (sum(map(len, t.sentences)), t.sentences))
    masked = [_DIGITS.sub("#", sentence) for sentence in long.sentences]
    same = clash = 0
    for sentence in short.sentences:
        found = process.extractOne(
            _DIGITS.sub("#", sentence), masked, scorer=fuzz.ratio, score_cutoff=ALIGNED
        )
        if found and _facts_agree(sentence, long.sentences[found[2]], short.names, long.names):
            same += len(sentence)
        elif found:
            clash += len(sentence)
    total = sum(map(len, short.sentences))
    return _share(same, total), _share(clash, total)


def _facts_agree(one: str, other: str, names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether of two sentences in nearly the same words at least one adds neither number nor name."""
    ours, theirs = numbers(one), numbers(other)
    if not (ours <= theirs or theirs <= ours):
        return False
    return not (
        any(name in one and name not in other for name in names)
        and any(name in other and name not in one for name in others)
    )
