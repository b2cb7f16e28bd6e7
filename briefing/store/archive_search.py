"""Finds the stories of the archive: by words ranked or newest first, within days, a section, a paper."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ..errors import StoreError
from ..messages import Message
from ..types.archived import Filter, Found, Hit, StoryEntry
from . import search_postgres
from .archive_lists import entries
from .search import Search, excerpt, hits, marked
from .search_index import INDEX, has_index, is_sqlite, place_word
from .tables import A_DAY, STORIES, first_id

RANKED = 2000
"""Hits that are ranked: where there are more, the newest are. Ranking costs some 2 µs each."""
COUNTED = 10_000
"""Hits that are counted; of more it is said that there are more."""
WEIGHTS = "8.0, 1.0, 0.0"
"""How much a word counts in the headline, in the text, and as a section or paper (BM25)."""


def search(
    connection: sa.Connection,
    wanted: Search,
    within: Filter,
    *,
    newest: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """The hits, the best first, or the newest; raises StoreError where the database has no index."""
    if not has_index(connection):
        raise StoreError(
            Message("这个数据库不能搜索全文", "this database cannot be searched"),
            Message("全文搜索需要 SQLite 或 PostgreSQL", "full text needs SQLite or PostgreSQL"),
        )
    sqlite = is_sqlite(connection)
    source, values = _source(wanted, within, sqlite)
    best = f"bm25({INDEX}, {WEIGHTS})" if sqlite else search_postgres.SCORE
    score, most = ("0", offset + limit) if newest else (best, RANKED)
    query = f"SELECT rowid, {score} {source} ORDER BY rowid DESC LIMIT :most"
    rows = connection.execute(sa.text(query), values | {"most": most}).all()
    ranked = sorted(rows, key=lambda row: (row[1], -row[0]))[offset : offset + limit]
    total = len(rows)
    if total == most:
        counted = sa.text(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT :most) AS found")
        total = connection.execute(counted, values | {"most": COUNTED}).scalar_one()
    return Found(
        hits=tuple(_hits(connection, [row[0] for row in ranked], wanted)),
        total=total,
        ranked=0 if newest else len(rows),
        more=total == COUNTED,
    )


def _source(wanted: Search, within: Filter, sqlite: bool) -> tuple[str, dict[str, Any]]:
    """FROM and WHERE of a search, and their values. A range of days is a range of ids."""
    places = {"section": within.section, "paper": within.paper}
    words = [place_word(kind, name) for kind, name in places.items() if name]
    if sqlite:
        in_places = [f'place : "{word}"' for word in words]
        match = " AND ".join((f"({{headline text}} : ({wanted.expression}))", *in_places))
    else:
        match = search_postgres.query(wanted, words)
    values: dict[str, Any] = {"match": match}
    where = [f"{INDEX} MATCH :match" if sqlite else search_postgres.MATCH]
    if within.since:
        where.append("rowid >= :since")
        values["since"] = first_id(within.since)
    if within.until:
        where.append("rowid < :until")
        values["until"] = first_id(within.until) + A_DAY
    return f"FROM {INDEX} WHERE {' AND '.join(where)}", values


def _hits(connection: sa.Connection, ids: list[int], wanted: Search) -> list[Hit]:
    """The hits of these ids, in their order."""
    query = sa.select(STORIES.c.id, STORIES.c.text).where(STORIES.c.id.in_(ids))
    texts = {row.id: row.text for row in connection.execute(query)}
    listed = zip(ids, entries(connection, ids), strict=True)
    return [_hit(story, texts[id], wanted.phrases) for id, story in listed]


def _hit(story: StoryEntry, text: str, phrases: tuple[str, ...]) -> Hit:
    headline = tuple(marked(story.headline, hits(story.headline, phrases)))
    return Hit(story=story, headline=headline, excerpt=tuple(excerpt(text or story.summary, phrases)))
