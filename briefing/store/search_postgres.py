"""The index of the archive's full text in PostgreSQL: the same words, as a tsvector with a GIN index.

PostgreSQL would cut Chinese by spaces; the words are cut here and given with their places, so that its
phrases are ours. A story's headline has the weight A, its text B, section and paper D.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from .search import Search
from .search_words import is_open, phrase_words

TABLE = "story_index"
PREPARE = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING GIN (words)",
)
ADD = f"INSERT INTO {TABLE} (rowid, words) VALUES (:id, CAST(:words AS tsvector))"
REMOVE = f"DELETE FROM {TABLE} WHERE rowid = :id"
MATCH = "words @@ CAST(:match AS tsquery)"
SCORE = "-ts_rank('{0, 0, 0.125, 1}', words, CAST(:match AS tsquery))"
"""The best first, as bm25 of SQLite has it: a word in the headline counts eight times one in the text."""
WEIGHTS = {"headline": "A", "text": "B", "place": "D"}
LAST = 16_000
"""The last place that a tsvector tells from those before it, but for some; words beyond are left out."""


def vector(words: Mapping[str, str]) -> str:
    """The words of a story's headline, text and places as the text of a tsvector."""
    place = count(1)
    found: dict[str, list[str]] = {}
    for name, weight in WEIGHTS.items():
        for word, at in zip(words[name].split(), place, strict=False):
            if at <= LAST:
                found.setdefault(word, []).append(f"{at}{weight}")
        next(place)  # no phrase goes from one to the other
    return " ".join(f"{_quoted(word)}:{','.join(places)}" for word, places in found.items())


def query(wanted: Search, places: list[str]) -> str:
    """The search as the text of a tsquery, with the words of the places that a hit must have."""
    groups = [" | ".join(map(_phrase, group)) for group in wanted.groups]
    parts = [f"({group})" for group in groups] + [f"{_quoted(word)}:D" for word in places]
    parts += [f"!{_phrase(phrase)}" for phrase in wanted.without]
    return " & ".join(parts)


def _phrase(phrase: str) -> str:
    words = phrase_words(phrase)
    ends = ["AB"] * (len(words) - 1) + ["*AB" if is_open(words[-1]) else "AB"]
    joined = " <-> ".join(f"{_quoted(word)}:{end}" for word, end in zip(words, ends, strict=True))
    return f"({joined})"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
