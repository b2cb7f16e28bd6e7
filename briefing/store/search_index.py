"""The index of the archive's full text (SQLite FTS5, or PostgreSQL's): what a story is found by, put in and
taken out.

It holds words alone, not texts: what is in it is taken out by naming it again. Section and paper are words
too, in a column of their own, so that a search within them reads the index only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import sqlalchemy as sa

from . import search_postgres
from .search_words import search_words

INDEX = "story_index"
SQLITE, POSTGRES = "sqlite", "postgresql"
_COLUMNS = "headline, text, place"
_VALUES = ":headline, :text, :place"


def is_sqlite(connection: sa.Connection) -> bool:
    """Whether the index is one of FTS5."""
    return connection.dialect.name == SQLITE


def has_index(connection: sa.Connection) -> bool:
    """Whether the database can search."""
    return connection.dialect.name in (SQLITE, POSTGRES)


def prepare_index(connection: sa.Connection) -> None:
    """Makes the index, where the database can have one."""
    if connection.dialect.name == POSTGRES:
        for statement in search_postgres.PREPARE:
            connection.exec_driver_sql(statement)
    elif is_sqlite(connection):
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5("
            f"{_COLUMNS}, content='', tokenize=\"unicode61 remove_diacritics 0\")"
        )


def add_to_index(connection: sa.Connection, id: int, story: Mapping[str, str]) -> None:
    """Indexes a story; the only place where that is done."""
    if connection.dialect.name == POSTGRES:
        words = search_postgres.vector(_words(story))
        connection.execute(sa.text(search_postgres.ADD), {"id": id, "words": words})
    elif is_sqlite(connection):
        statement = f"INSERT INTO {INDEX} (rowid, {_COLUMNS}) VALUES (:id, {_VALUES})"
        connection.execute(sa.text(statement), {"id": id} | _words(story))


def remove_from_index(connection: sa.Connection, id: int, story: Mapping[str, str]) -> None:
    """Takes a story out."""
    if connection.dialect.name == POSTGRES:
        connection.execute(sa.text(search_postgres.REMOVE), {"id": id})
    elif is_sqlite(connection):
        statement = f"INSERT INTO {INDEX} ({INDEX}, rowid, {_COLUMNS}) VALUES ('delete', :id, {_VALUES})"
        connection.execute(sa.text(statement), {"id": id} | _words(story))


def place_word(kind: str, name: str) -> str:
    """The word for a section or a paper."""
    return kind[0] + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _words(story: Mapping[str, str]) -> dict[str, str]:
    text = "\n".join(story[name] for name in ("gist", "summary", "text"))
    places = (place_word(kind, story[kind]) for kind in ("section", "paper") if story[kind])
    return {
        "headline": search_words(story["headline"]),
        "text": search_words(text),
        "place": " ".join(places),
    }
