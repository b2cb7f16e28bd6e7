"""Surface features of a clause: its place, its overlap with headline and text, its punctuation.

The input of `clause_scores`. Surface features of sentences for extraction go back to Edmundson
(JACM 1969).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...text.chars import bigrams, letters
from ...text.lazy_pattern import lazy_pattern

_CLAUSE = lazy_pattern(r"[^，。；！？：\n]*[，。；！？：\n]?")
_EMPTY = "，。；！？：\n \u3000"
_STOPS = "。！？\n"
_DIGIT = lazy_pattern(r"\d")
_FIGURE = lazy_pattern(r"\d+(?:\.\d+)?")
_TESTS: tuple[Callable[[str], object], ...] = tuple(
    re.compile(pattern).search
    for pattern in (
        r"[年月日]",
        r"%|％|亿|万|元|人|吨",
        r"表示|指出|强调|认为|说$|称$|介绍|要求|透露|提出",
        r"“",
        r"《",
        r"：\Z",
        r"。\Z",
        r"，\Z",
        r"\n\Z",
        r"^(?:据|记者|截至|目前|其中|同时|此外|为|通过|在|从|对|以)",
        r"^(?:其|他|她|该|这|此|双方|我们|大家)",
        r"会见|举行|召开|发布|印发|出席|签署|开幕|公布|通报|启动|获|达|增长|下降|死亡|受伤",
        r"习近平|总书记|主席|总理|市长|省委|市委|部长",
        r"月.{0,3}日|今天|昨天|近日|日前",
        r"^[“「]",
        r"[？！]\Z",
        r"记者|本报|社.*电",
        r"首次|首个|第一|最大|历史|新高|以来",
        r"但|然而|不过",
        r"将|拟|计划|预计",
    )
)


@dataclass(frozen=True, slots=True)
class SurfaceClause:
    """A run of text up to and with a comma, colon, stop or line feed; `start` is its offset."""

    start: int
    text: str


def surface_clauses(text: str) -> list[SurfaceClause]:
    """The clauses that hold a letter, in order."""
    found = (SurfaceClause(match.start(), match.group()) for match in _CLAUSE.finditer(text))
    return [clause for clause in found if clause.text.strip(_EMPTY)]


def features(headline: str, text: str, clauses: Sequence[SurfaceClause]) -> np.ndarray:
    """A row of features for each clause: float64 of shape (clauses, features)."""
    if not clauses:
        return np.zeros((0, 0))
    pairs = [set(bigrams(letters(clause.text))) for clause in clauses]
    title = set(bigrams(letters(headline)))
    places = _places(text, clauses)
    shared = _shared(pairs, title, Counter(bigrams(letters(text))))
    return np.column_stack([places, shared, _marks(clauses, pairs, title)])


def _places(text: str, clauses: Sequence[SurfaceClause]) -> np.ndarray:
    """Number and place of the clause, of its sentence, of its paragraph, and lengths."""
    count, rows = len(clauses), []
    sentence = paragraph = within = 0
    ends = max(1, sum(clause.text[-1] in _STOPS for clause in clauses))
    sizes = Counter(_sentence_numbers(clauses))
    before = "\n"
    for at, clause in enumerate(clauses):
        paragraph += before == "\n"
        start, length = clause.start, len(clause.text)
        end = start + length
        row = [at, at / count, sentence, sentence / ends, paragraph, within, sizes[sentence], length]
        row += [math.log(1 + start), start / len(text), len(text), count, math.log(count + 1)]
        row += [before in _STOPS, before == "："]
        row += [len(clauses[at - 1].text) if at else 0, len(clauses[at + 1].text) if at + 1 < count else 0]
        rows.append(row)
        stopped = clause.text[-1] in _STOPS
        sentence, within = sentence + stopped, 0 if stopped else within + 1
        before = "\n" if text[end : end + 1] == "\n" else clause.text[-1]
    return np.array(rows, float)


def _sentence_numbers(clauses: Sequence[SurfaceClause]) -> list[int]:
    numbers, number = [], 0
    for clause in clauses:
        numbers.append(number)
        number += clause.text[-1] in _STOPS
    return numbers


def _shared(pairs: Sequence[set[str]], title: set[str], counts: Counter[str]) -> np.ndarray:
    """What a clause shares with the headline, the text, what came before it, and its neighbours."""
    frequency = Counter(pair for found in pairs for pair in found)
    idf = {pair: math.log(1 + len(pairs) / number) for pair, number in frequency.items()}

    def weight(found: set[str]) -> float:
        return sum(idf[pair] for pair in sorted(found))

    title_weight = weight(title & set(frequency)) or 1.0
    first = set().union(*pairs[:3])
    share = [len(found & title) / max(1, len(title)) for found in pairs]
    rows, seen = [], set[str]()
    for at, found in enumerate(pairs):
        size, own = max(1, len(found)), weight(found) or 1.0
        row = [len(found & title) / size, share[at], sum(counts[pair] for pair in found) / size]
        row += [share[at - 1] if at else 0.0, share[at + 1] if at + 1 < len(pairs) else 0.0]
        row += [weight(found & title) / title_weight, weight(found & seen) / own]
        row += [sum(frequency[pair] > 1 for pair in found) / size, len(found & first) / size]
        rows.append(row)
        seen |= found
    return np.array(rows, float)


def _marks(clauses: Sequence[SurfaceClause], pairs: Sequence[set[str]], title: set[str]) -> np.ndarray:
    """Figures, and the words and marks of `_TESTS`."""
    rows = []
    for clause in clauses:
        text = clause.text
        rows.append(
            [
                len(_DIGIT.findall(text)),
                len(_FIGURE.findall(text)),
                text.count("、"),
                text.count("的") / len(text),
            ]
            + [float(test(text) is not None) for test in _TESTS]
        )
    return np.array(rows, float)


def context_features(rows: np.ndarray, scores: np.ndarray, clauses: Sequence[SurfaceClause]) -> np.ndarray:
    """The rows with what a first estimate says of the clause beside its neighbours, sentence and
    paragraph.

    `scores` has a value for each clause; shape (clauses, features + 13).
    """
    count = len(scores)
    lengths = np.array([len(clause.text) for clause in clauses], float)
    order = np.argsort(-scores, kind="stable")
    rank = np.empty(count)
    rank[order] = np.arange(count)
    room = np.empty(count)
    room[order] = np.cumsum(lengths[order])
    padded = np.concatenate([[0.0, 0.0], scores, [0.0, 0.0]])
    sentence = np.array(_sentence_numbers(clauses))
    paragraph = rows[:, 4].astype(int)
    mean = np.bincount(sentence, scores * lengths) / np.maximum(np.bincount(sentence, lengths), 1)
    columns = [rows, scores, rank, rank / count, room]
    columns += [padded[1:-3], padded[3:-1], padded[:-4], padded[4:]]
    columns += [mean[sentence], _highest(sentence, scores)[sentence], _highest(paragraph, scores)[paragraph]]
    columns += [np.full(count, scores.max()), np.full(count, scores.mean())]
    return np.column_stack(columns)


def _highest(group: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """The highest score of each group number."""
    highest = np.full(group.max() + 1, -np.inf)
    np.maximum.at(highest, group, scores)
    return highest
