"""ArticleFacts: an article's letters, words, names and figures, indexed to check texts against.

Knows when a name is stated: verbatim, as an abbreviation whose characters occur in order in one
phrase (发改委 for 国家发展和改革委员会), or as adjacent names. A person's name may be neither abbreviated nor
truncated (克韦 for 克韦尔). 中国 always counts as stated. Does not know aliases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...text.chars import fold, is_han, letters
from ...text.lazy_pattern import lazy_pattern
from ...text.names import Name, NameKind, names
from ...text.sentences import sentences
from ...text.words import (
    COUNTRIES,
    FUNCTION,
    LINKS,
    LOOSE,
    NAME_TAGS,
    Word,
    is_known_word,
    is_place,
    words,
)
from .quantities import Figures

_GAP = 8
"""Maximum characters that an abbreviation skips between two of its own."""
_CLAUSES = lazy_pattern(r"[，。；：！？、（）()“”《》\n,;:!?]+")
_SIDES = frozenset("方军媒政警")


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What an article states, in the forms that the checks need."""

    text: str
    folded: str
    letters: str
    clauses: tuple[tuple[str, frozenset[int]], ...]
    figures: Figures
    full_names: frozenset[str]
    masks: frozenset[str]
    persons: frozenset[str]
    countries: frozenset[str]
    verbs: frozenset[str]
    sentence_spans: tuple[tuple[int, int], ...]
    place_offsets: tuple[int, ...]
    """Offsets of the place names, sorted."""
    figure_offsets: tuple[int, ...]
    """Offsets of the specific quantities, sorted."""

    def states(self, name: Name) -> bool:
        """Whether the article states the name."""
        folded = fold(name.text)
        if folded.isascii():
            return re.search(rf"(?<![a-z]){re.escape(folded)}(?![a-z])", self.folded) is not None
        name_letters = letters(folded)
        if name.kind is NameKind.WRITTEN:
            return name_letters in self.letters or (
                "·" in folded and all(part in self.letters for part in folded.split("·"))
            )
        stripped = name_letters.strip("".join(FUNCTION))
        if (
            name_letters in self.letters
            or (len(stripped) > 1 and stripped in self.letters)
            or name_letters == "中国"
        ):
            return True
        if set(name_letters) <= self.countries | _SIDES | {"国"} and name_letters[0] in self.countries:
            return True
        loosely = name.kind is NameKind.UNKNOWN or (name.kind is NameKind.PLACE and len(name_letters) > 3)
        if self._is_pieced_together(name_letters, LOOSE if loosely else LINKS):
            return True
        return name.kind is not NameKind.PERSON and self._is_abbreviated(name_letters)

    def _is_pieced_together(self, name: str, loose: frozenset[str]) -> bool:
        """Whether the name is a concatenation of substrings of the article, each of two characters
        or more, and of `loose` characters.
        """
        reached = {0}
        for start in range(len(name)):
            if start not in reached:
                continue
            char = name[start]
            if char in loose or char in FUNCTION or (char in self.countries):
                reached.add(start + 1)
            reached |= {end for end in range(start + 2, len(name) + 1) if name[start:end] in self.letters}
        return len(name) in reached

    def _is_abbreviated(self, name: str) -> bool:
        """Whether a clause has the name's characters in order, each at a word boundary or next to
        the previous one.
        """
        return any(_abbreviates(name, clause, edges) for clause, edges in self.clauses)

    def _is_altered_at(self, span: str, index: int) -> bool:
        """Whether the character at `index` forms new bigrams with its neighbours, and the rest is
        not a name or word of its own.
        """
        last = len(span) - 1
        pairs = [span[index - 1 : index + 1]] * (index > 0) + [span[index : index + 2]] * (index < last)
        if not is_han(span) or any(pair in self.letters for pair in pairs):
            return False
        rest = span[1:] if index == 0 else span[:-1] if index == last else ""
        return not rest or not (is_known_word(rest) or rest in self.persons)

    def truncated_name(self, text: str) -> str | None:
        """The first part of a name of the article that `text` has only truncated, if any."""
        for full in self.full_names:
            for size in range(2, len(full)):
                part, more = full[:size], full[: size + 1]
                if text.count(part) == text.count(more) or full[size] in LINKS | FUNCTION:
                    continue
                if size == 2 and full not in self.persons and is_known_word(part):
                    continue
                if self.letters.count(part) == self.letters.count(more):
                    return part
        return None

    def altered_name(self, text: str) -> str | None:
        """A substring of `text` that differs from a name of the article in one character, if
        any.
        """
        new = [i for i in range(len(text) - 1) if text[i : i + 2] not in self.letters]
        for index in dict.fromkeys(i for pair in new for i in (pair, pair + 1)):
            for size in (3, 4, 5, 6):
                for start in range(max(0, index - size + 1), min(index, len(text) - size) + 1):
                    span = text[start : start + size]
                    mask = f"{text[start:index]}*{text[index + 1 : start + size]}"
                    if mask in self.masks and self._is_altered_at(span, index - start):
                        return span
        return None


def article_facts(text: str) -> ArticleFacts:
    """The facts of an article's text (`Article.stated`)."""
    tagged = tuple(words(text))
    named = names(text, list(tagged))
    folded = fold(text)
    figures = Figures.of(text)
    persons = frozenset(name.text for name in named if name.kind is NameKind.PERSON)
    full_names = frozenset(
        name.text for name in named if name.kind is not NameKind.WRITTEN and _is_full_name(name.text)
    )
    return ArticleFacts(
        text=text,
        folded=folded,
        letters=letters(folded),
        clauses=_clauses_with_edges(tagged),
        figures=figures,
        full_names=full_names,
        masks=frozenset(mask for name in full_names for mask in _masked_forms(name, name in persons)),
        persons=persons,
        countries=_country_letters(tagged),
        verbs=frozenset(word.text for word in tagged if word.tag in ("v", "vn") and len(word.text) == 2),
        sentence_spans=tuple(sentences(text)),
        place_offsets=tuple(word.start for word in tagged if is_place(word)),
        figure_offsets=figures.specific_offsets(),
    )


def _country_letters(tagged: tuple[Word, ...]) -> frozenset[str]:
    """The one-character abbreviations of countries and provinces that the article names."""
    named = {char for word in tagged if word.tag in NAME_TAGS for char in word.text}
    alone = {word.text for word in tagged if len(word.text) == 1 and word.tag in ("j", "ns", "nr", "b")}
    return frozenset((named | alone) & COUNTRIES)


def _masked_forms(name: str, person: bool) -> list[str]:
    """The name with one character masked: any one of a person's or a long name, an inner one of
    others."""
    every = person or len(name) > 3
    return [f"{name[:i]}*{name[i + 1 :]}" for i in range(len(name)) if every or 0 < i < len(name) - 1]


def _is_full_name(name: str) -> bool:
    """Whether a tagged name is a full name, without function words or suffixes at its ends."""
    return 3 <= len(name) <= 6 and not (
        LINKS | FUNCTION | set("是共队县市省区镇村州国人军部院社港山湖江河岛")
    ) & set(name[:1] + name[-1])


def _clauses_with_edges(tagged: tuple[Word, ...]) -> tuple[tuple[str, frozenset[int]], ...]:
    """The clauses between punctuation marks, each with the offsets of its words' first and last
    characters."""
    clauses: list[tuple[str, frozenset[int]]] = []
    text, edges = "", set[int]()
    for word in tagged:
        if _CLAUSES.fullmatch(word.text):
            clauses.append((text, frozenset(edges)))
            text, edges = "", set()
        elif re.match(r"\w", word.text):
            edges |= {len(text), len(text) + len(word.text) - 1}
            text += word.text
    return (*clauses, (text, frozenset(edges)))


def _abbreviates(name: str, clause: str, edges: frozenset[int]) -> bool:
    if any(char not in clause for char in name):
        return False
    reached = {at for at in edges if clause[at] == name[0]}
    for char in name[1:]:
        reached = {
            at
            for last in reached
            for at in range(last + 1, min(len(clause), last + 2 + _GAP))
            if clause[at] == char and (at == last + 1 or at in edges)
        }
    return bool(reached)
