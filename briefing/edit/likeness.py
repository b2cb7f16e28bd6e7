"""How similar two articles are, and whether they are about one event.

Near copies are aligned sentence by sentence (rapidfuzz: the share of equal characters in order) with
digits masked: 最高气温9℃ and 最高气温17℃ match as text and clash as news. Reports in other words are
recognized by the numbers and names that both must repeat, weighted by idf (Spärck Jones 1972).

Does not know synonyms, 昨日, or consequences: a completed project may share the announcement's numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import fsum, log

from rapidfuzz import fuzz, process

from ..text.lazy_pattern import lazy_pattern
from ..text.numbers import numbers
from ..text.quantities import quantities
from ..text.sentences import sentences
from ..text.short_names import in_full
from ..text.words import NAME_TAGS, NO_NAMES, NO_PLACES, Word, words
from ..types import Article

READ = 600
"""Characters of the text that are compared: the event comes first, the background later."""
HEAD = 80
"""Characters of the text that, with the headline, count as the head."""
ALIGNED = 75.0
"""Minimum percentage of equal characters for two sentences to be aligned."""
IDF_SMOOTHING = 20
"""Pseudo-count added to the number of articles: in an edition of three articles, no word is rare."""
FRONT = 0.12
"""Minimum shared weight of headline and lead of two reports of one event."""


class WordKind(Enum):
    """The kind of a content word, by its tag."""

    NAME = "name"
    PREDICATE = "predicate"
    """A verb or an adjective."""
    TERM = "term"
    """Any other content word."""


WEIGHTS: Mapping[WordKind, float] = {WordKind.NAME: 2.0, WordKind.TERM: 1.0, WordKind.PREDICATE: 0.7}
"""The weight of a word by its kind, to be multiplied by its idf."""
_WHO = NAME_TAGS - {"nz"}
_UNITS = ("省", "市", "县", "区", "州", "国")
_NAMES = NAME_TAGS | {"eng"}
_CONTENT = frozenset("nvaijlzxe")
_sum = fsum  # exact, so independent of the order, which in sets changes from run to run
_DIGITS = lazy_pattern(r"\d+(?:\.\d+)?")
_SCORE = lazy_pattern(r"(?<!\d)\d{1,3}[∶:：]\d{1,3}(?!\d)")
_CALENDAR = frozenset({"年", "月", "日"})


@dataclass(frozen=True, slots=True)
class Traces:
    """The features of an article that are compared."""

    words: Mapping[str, float]
    """The content words with their weights (kind times idf)."""
    titles: frozenset[str]
    """The words of the headlines."""
    head: frozenset[str]
    """The words of headlines and lead."""
    names: frozenset[str]
    who: frozenset[str]
    """The people and places in the headlines."""
    total_weight: float
    front_weight: float
    """The sums over `words` and over `head`."""
    numbers: Mapping[str, float]
    """The values stated, with their weights: 3.5万 is 35000."""
    numbers_weight: float
    body: str
    """The headlines and the part of the text that is compared."""
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The similarity of two articles; shares, 0 to 1, are of the one that has less."""

    head: float
    """The share of headline and lead that the other article has, the lower of both ways."""
    title: float = 0.0
    """The same of the headline."""
    words: float = 0.0
    """The share of content words in common, by weight."""
    copied: float = 0.0
    """The share of characters in aligned sentences with the same numbers and names."""
    clashing: float = 0.0
    """The share of characters in aligned sentences with other numbers or names."""
    names: float = 0.0
    numbers: float = 0.0
    """The weights of the names and of the numbers in common."""
    agreement: float = 0.0
    """The share of numbers in common."""
    stated: float = 0.0
    """The weight of all numbers of the article that states less."""
    strangers: int = 0
    """How many of the two headlines have a person or place that the other article lacks."""

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other, perhaps shortened or edited.

        Reports of one press conference copy its opening; their headlines tell them apart.
        """
        alike = self.copied >= 0.6 and self.clashing < 0.2 and self.head >= 0.3 and self.title >= 0.35
        return alike and self.strangers < 2

    @property
    def is_same_event(self) -> bool:
        """Whether both are about the same event.

        The thresholds were set on the half `build` of tests/data/edit/twins.json and on false matches
        in 30 days of news, with a margin: merging two events hides one, a missed match takes room.
        """
        if self.is_copy:
            return True
        if self.strangers > 1 or self.head < FRONT or self.clashing > max(0.3, self.copied):
            return False
        if self.numbers >= 2.5:
            least = 0.15 if self.numbers >= 6 and self.agreement >= 0.8 else 0.2
            return self.title >= least and self.agreement >= 0.6 and self.agreement + self.words >= 1.1
        if self.title < 0.35:
            return False
        return (self.numbers >= 1.2 and self.agreement >= 0.8 and self.words >= 0.38) or (
            not self.strangers and self.stated < 1.2 and self.names >= 1.5 and self.words >= 0.5
        )

    @property
    def strength(self) -> float:
        """The key for choosing the best of several matches."""
        return self.copied + self.words + 0.1 * self.numbers


def traces(edition: Sequence[Article]) -> list[Traces]:
    """The features of each article of an edition."""
    every = [_content_words(article) for article in edition]
    frequencies = Counter(text for content in every for text in {word.text for word in content})
    total = len(edition) + IDF_SMOOTHING
    idf = {word: log(1 + total / count) / log(1 + total) for word, count in frequencies.items()}
    return [_article_traces(article, content, idf) for article, content in zip(edition, every, strict=True)]


def likeness(one: Traces, other: Traces) -> Likeness:
    """The similarity of two articles of an edition. Symmetric."""
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
    """The content words of the headlines, then of the text."""
    body = f"{_joined_titles(article)}。{in_full(article.text[:READ])}"
    return [
        word
        for word in words(body)
        if len(word.text) > 1 and word.tag[:1] in _CONTENT and not _DIGITS.search(word.text)
    ]


def _joined_titles(article: Article) -> str:
    return in_full("。".join(filter(None, (article.headline, article.deck, article.kicker))))


def _article_traces(article: Article, content: Sequence[Word], idf: Mapping[str, float]) -> Traces:
    titles, text = _joined_titles(article), in_full(article.text[:READ])
    kinds = {word.text: _word_kind(word) for word in content}
    weights = {word: WEIGHTS[kind] * idf[word] for word, kind in kinds.items()}
    head = frozenset(word.text for word in content if word.start <= len(titles) + HEAD)
    stated = _number_weights(f"{titles}。{text}")
    return Traces(
        words=weights,
        titles=frozenset(word.text for word in content if word.end <= len(titles)),
        head=head,
        names=frozenset(word for word, kind in kinds.items() if kind is WordKind.NAME),
        who=frozenset(
            w.text
            for w in content
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
    """The share of the headline of `one` that the other article has; 1 without a headline."""
    total = _sum(one.words[word] for word in one.titles)
    return (
        _share(_sum(one.words[word] for word in one.titles if word in other.words), total) if total else 1.0
    )


def _number_weights(body: str) -> dict[str, float]:
    """The numbers of a text except dates, and the results of games, each with its weight."""
    weights = {match.replace(":", "∶").replace("：", "∶"): 1.5 for match in _SCORE.findall(body)}
    for quantity in quantities(body):
        if quantity.unit not in _CALENDAR:
            weights |= {value: _number_weight(value) for value in quantity.values}
    return weights


def _number_weight(value: str) -> float:
    """How specific a number is: 4 hardly, 3000000 somewhat, 26.4 or 3218 very."""
    digits = value.rstrip("%‰")
    if "/" in digits:
        return 1.0
    significant = len(digits.replace(".", "").strip("0"))
    if significant > 2:
        return 2.0
    large = float(digits) >= 1000
    return 1.5 if large else 1.0 if significant == 2 or float(digits) >= 100 else 0.3


def _has_stranger(one: Traces, other: Traces) -> bool:
    """Whether the headline of `one` has a person or place that the other article lacks.

    The other may drop the suffix (岚州 for 岚州市), or the verb that the tagger took for part of the
    name (来云汀).
    """
    return any(
        name not in other.body
        and (len(name) < 3 or (name[:-1] if name.endswith(_UNITS) else name[1:]) not in other.body)
        for name in one.who
    )


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole else 0.0


def _aligned_shares(one: Traces, other: Traces) -> tuple[float, float]:
    """The shares of the shorter text in sentences that align with the longer: with the same facts, and
    with other facts."""
    short, long = sorted((one, other), key=lambda t: (sum(map(len, t.sentences)), t.sentences))
    masked = [_DIGITS.sub("#", sentence) for sentence in long.sentences]
    same = clash = 0
    for sentence in short.sentences:
        match = process.extractOne(
            _DIGITS.sub("#", sentence), masked, scorer=fuzz.ratio, score_cutoff=ALIGNED
        )
        if match and _facts_agree(sentence, long.sentences[match[2]], short.names, long.names):
            same += len(sentence)
        elif match:
            clash += len(sentence)
    total = sum(map(len, short.sentences))
    return _share(same, total), _share(clash, total)


def _facts_agree(one: str, other: str, names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether, of two aligned sentences, at least one adds neither a number nor a name."""
    ours, theirs = numbers(one), numbers(other)
    if not (ours <= theirs or theirs <= ours):
        return False
    return not (
        any(name in one and name not in other for name in names)
        and any(name in other and name not in one for name in others)
    )
