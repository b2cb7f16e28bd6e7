"""Full text in Chinese: a column of character pairs, searched by phrases (SQLite FTS5).

SQLite's own tokenizers take a run of Chinese for one word, or find nothing shorter than three
characters. So each run of Chinese is written as its overlapping pairs and its last character; a word is
then a phrase of pairs, and one character the beginning of a pair. Words are compared without width,
case and script: 臺北, 台北 and ＮＢＡ, nba are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from ..errors import StoreError, UsageError
from ..messages import Message
from ..text.chars import HAN, bigrams, is_han
from ..text.clean_input import clean_input
from ..text.script import converted

INDEX = "story_index"
SQLITE = "sqlite"
HEADLINE = 8.0
"""How much more a word counts in a headline than in the text (BM25)."""
LONGEST_QUERY = 200
"""Characters of a query."""
_RUN = re.compile(rf"[{HAN}]+|[^{HAN}]+")
_PART = re.compile(r'(?P<minus>[-－])?(?:["“”](?P<phrase>[^"“”]*)["“”]?|(?P<word>[^\s"“”]+))')
_OR = ("OR", "|", "或")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story that was found: of which edition, and its place there."""

    day: str
    name: str
    position: int
    section: str
    paper: str
    page: str
    headline: str
    gist: str
    summary: str
    text: str


def grams(text: str) -> str:
    """The text as it is indexed: pairs of Chinese characters, other words as they are."""
    return " ".join(_grams(text))


def _grams(text: str) -> Iterator[str]:
    import unicodedata

    plain = converted(unicodedata.normalize("NFKC", clean_input(text)).casefold(), "hans")
    for run in _RUN.findall(plain):
        if is_han(run):
            yield from bigrams(run)
            yield run[-1]
        else:
            yield run


def prepare_index(connection: sa.Connection) -> None:
    """Makes the index, where the database can have one."""
    if connection.dialect.name == SQLITE:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5("
            "headline, text, content='', tokenize=\"unicode61 remove_diacritics 0\")"
        )


def add_to_index(connection: sa.Connection, story: int, headline: str, text: str) -> None:
    """Indexes a story; the only place where that is done."""
    if connection.dialect.name == SQLITE:
        row = {"id": story, "headline": grams(headline), "text": grams(text)}
        statement = f"INSERT INTO {INDEX} (rowid, headline, text) VALUES (:id, :headline, :text)"
        connection.execute(sa.text(statement), row)


def remove_from_index(connection: sa.Connection, story: int, headline: str, text: str) -> None:
    """Takes a story out, by what it was indexed with."""
    if connection.dialect.name == SQLITE:
        row = {"id": story, "headline": grams(headline), "text": grams(text)}
        statement = (
            f"INSERT INTO {INDEX} ({INDEX}, rowid, headline, text) VALUES ('delete', :id, :headline, :text)"
        )
        connection.execute(sa.text(statement), row)


def query_of(words: str) -> str:
    """A query in FTS5's language: words that must all be there, "phrases", -without, OR between.

    Raises UsageError for one that asks for nothing.
    """
    groups: list[list[str]] = [[]]
    without: list[str] = []
    joined = False
    for found in _PART.finditer(words[:LONGEST_QUERY]):
        if found["word"] in _OR and groups[-1]:
            joined = True
            continue
        phrase = _phrase(found["phrase"] or found["word"] or "")
        if not phrase:
            continue
        if found["minus"]:
            without.append(phrase)
        elif joined:
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
        joined = False
    wanted = " AND ".join(f"({' OR '.join(group)})" for group in groups if group)
    if not wanted:
        raise UsageError(
            Message("没有说要找什么", "nothing to search for"),
            Message('例如：大桥 通车，或 "跨江大桥" -隧道', 'for example: 大桥 通车, or "跨江大桥" -隧道'),
        )
    return f"({wanted}) NOT ({' OR '.join(without)})" if without else wanted


def _phrase(words: str) -> str:
    """A word as a phrase of pairs; one Chinese character as the beginning of a pair."""
    tokens = [token for token in _grams(words) if any(char.isalnum() for char in token)]
    if not tokens:
        return ""
    if len(tokens) == 1 and is_han(tokens[0]):
        return f'"{tokens[0]}"*'
    last = tokens[-1]
    if is_han(last) and len(last) == 1 and is_han(tokens[-2]):
        tokens.pop()  # the last character alone: only there at the end of a run
    quoted = " ".join(token.replace('"', " ") for token in tokens)
    return f'"{quoted}"'


def search(
    connection: sa.Connection,
    words: str,
    *,
    since: str = "",
    until: str = "",
    section: str = "",
    paper: str = "",
    newest: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> list[Found]:
    """The stories with those words, the best first or the newest; days YYYY-MM-DD, both included.

    Raises UsageError for an empty query, StoreError where the database has no index.
    """
    if connection.dialect.name != SQLITE:
        raise StoreError(
            Message("这个数据库还不能搜索全文", "this database cannot be searched"),
            Message("全文搜索需要 SQLite 存档", "full text needs an archive in SQLite"),
        )
    filters = {"since": ("e.day >= :since", since), "until": ("e.day <= :until", until)}
    filters |= {"section": ("s.section = :section", section), "paper": ("s.paper = :paper", paper)}
    chosen = {name: value for name, (_, value) in filters.items() if value}
    where = "".join(f" AND {filters[name][0]}" for name in chosen)
    order = "e.day DESC, s.position" if newest else f"bm25({INDEX}, {HEADLINE}, 1.0), e.day DESC, s.position"
    statement = (
        "SELECT e.day, e.name, s.position, s.section, s.paper, s.page, s.headline, s.gist, s.summary, s.text"
        f" FROM {INDEX} JOIN stories s ON s.id = {INDEX}.rowid JOIN editions e ON e.id = s.edition"
        f" WHERE {INDEX} MATCH :query{where} ORDER BY {order} LIMIT :limit OFFSET :offset"
    )
    values = chosen | {"query": query_of(words), "limit": limit, "offset": offset}
    rows = connection.execute(sa.text(statement), values).mappings().all()
    return [Found(**row) for row in rows]
