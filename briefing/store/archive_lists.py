"""What the archive holds, as lists: editions, stories, names with their stories, weeks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from ..types.archived import OF_READER, EditionEntry, Filter, NameEntry, StoryEntry, Week
from .tables import A_DAY, EDITIONS, MENTIONS, NAMES, STORIES, day_of, first_id

_LISTED = [column for column in EDITIONS.c if column.name != "content"]
_ENTRY = [column for column in STORIES.c if column.name != "text"]
_NEWEST = EDITIONS.c.day.desc(), EDITIONS.c.made.desc(), EDITIONS.c.id.desc()


def editions(
    connection: sa.Connection,
    within: Filter | None = None,
    limit: int | None = None,
    *,
    of_readers: bool = False,
) -> list[EditionEntry]:
    """The editions within the days, the newest first; those of readers too where asked for."""
    within = within or Filter()
    query = sa.select(*_LISTED).order_by(*_NEWEST).limit(limit)
    if not of_readers:
        query = query.where(~EDITIONS.c.name.contains(OF_READER, autoescape=True))
    if within.since:
        query = query.where(EDITIONS.c.day >= within.since.isoformat())
    if within.until:
        query = query.where(EDITIONS.c.day <= within.until.isoformat())
    return [_edition(row) for row in connection.execute(query)]


def edition(connection: sa.Connection, key: str) -> EditionEntry | None:
    """The edition of that key."""
    row = connection.execute(sa.select(*_LISTED).where(_is(key))).first()
    return _edition(row) if row else None


def neighbours(connection: sa.Connection, of: EditionEntry) -> tuple[str | None, str | None]:
    """The keys of the editions before and after."""
    near = editions(connection, Filter(since=of.day, until=of.day))
    days = sa.select(EDITIONS.c.day)
    before = days.where(EDITIONS.c.day < of.day.isoformat()).order_by(EDITIONS.c.day.desc()).limit(1)
    after = days.where(EDITIONS.c.day > of.day.isoformat()).order_by(EDITIONS.c.day).limit(1)
    for day in filter(None, (connection.execute(query).scalar() for query in (before, after))):
        date = datetime.date.fromisoformat(day)
        near += editions(connection, Filter(since=date, until=date))
    keys = [one.key for one in sorted(near, key=lambda one: (one.day, one.made, one.key))]
    at = keys.index(of.key)
    return (keys[at - 1] if at else None), (keys[at + 1] if at + 1 < len(keys) else None)


def span(connection: sa.Connection) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day; None of an empty archive."""
    first, last = connection.execute(
        sa.select(sa.func.min(EDITIONS.c.day), sa.func.max(EDITIONS.c.day))
    ).one()
    return (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) if first else None


def content(connection: sa.Connection, key: str) -> str | None:
    """The edition's JSON."""
    found: str | None = connection.execute(sa.select(EDITIONS.c.content).where(_is(key))).scalar()
    return found


def story(connection: sa.Connection, key: str, number: int) -> StoryEntry | None:
    """One story of an edition, counted from 1."""
    query = sa.select(STORIES.c.id).join(EDITIONS).where(_is(key), STORIES.c.position == number - 1)
    id = connection.execute(query).scalar()
    return entries(connection, [id])[0] if id is not None else None


def stories(connection: sa.Connection, key: str) -> list[StoryEntry]:
    """The stories of an edition, in its order."""
    ids = sa.select(STORIES.c.id).join(EDITIONS).where(_is(key)).order_by(STORIES.c.position)
    return entries(connection, list(connection.execute(ids).scalars()))


def entries(connection: sa.Connection, ids: Sequence[int]) -> list[StoryEntry]:
    """The stories of these ids, in their order."""
    rows: dict[int, Any] = {}
    for at in range(0, len(ids), 500):  # a database takes so many values at once
        query = sa.select(*_ENTRY, EDITIONS.c.day, EDITIONS.c.name).join(EDITIONS)
        found = connection.execute(query.where(STORIES.c.id.in_(ids[at : at + 500])))
        rows |= {row.id: row for row in found}
    return [_story(rows[id]) for id in ids]


def values(connection: sa.Connection, name: str) -> list[tuple[str, int]]:
    """The sections, or the papers, and how many stories each has, the most first."""
    column = STORIES.c[name]
    query = sa.select(column, sa.func.count()).where(column != "").group_by(column)
    return sorted(((value, count) for value, count in connection.execute(query)), key=lambda one: -one[1])


def names(connection: sa.Connection, kind: str, limit: int | None = None) -> list[NameEntry]:
    """People or places, those of most stories first."""
    query = sa.select(NAMES).where(NAMES.c.kind == kind).order_by(NAMES.c.stories.desc(), NAMES.c.name)
    return [_name(row) for row in connection.execute(query.limit(limit))]


def name(connection: sa.Connection, wanted: str) -> NameEntry | None:
    """What is known of that name."""
    row = connection.execute(sa.select(NAMES).where(NAMES.c.name == wanted)).first()
    return _name(row) if row else None


def stories_of(connection: sa.Connection, wanted: str, limit: int) -> list[StoryEntry]:
    """The stories that tell of a name, the newest first."""
    query = sa.select(MENTIONS.c.story).where(MENTIONS.c.name == wanted).order_by(MENTIONS.c.story.desc())
    return entries(connection, list(connection.execute(query.limit(limit)).scalars()))


def names_in(connection: sa.Connection, key: str, number: int) -> list[NameEntry]:
    """The names in one story, those of most stories first."""
    query = (
        sa.select(NAMES)
        .join(MENTIONS, MENTIONS.c.name == NAMES.c.name)
        .join(STORIES, STORIES.c.id == MENTIONS.c.story)
        .join(EDITIONS)
        .where(_is(key), STORIES.c.position == number - 1)
        .order_by(NAMES.c.stories.desc(), NAMES.c.name)
    )
    return [_name(row) for row in connection.execute(query)]


def weeks(connection: sa.Connection, until: datetime.date, most: int) -> list[Week]:
    """The weeks that have stories, of the last `most` up to the one of that day, the newest first."""
    monday = until - datetime.timedelta(days=until.weekday())
    first = monday - datetime.timedelta(weeks=most - 1)
    week = (STORIES.c.id // A_DAY - first.toordinal()) // 7
    query = (
        sa.select(week.label("week"), STORIES.c.section, sa.func.count())
        .where(STORIES.c.id >= first_id(first), STORIES.c.id < first_id(until) + A_DAY)
        .group_by("week", STORIES.c.section)
        .order_by(sa.desc("week"))
    )
    found = []
    for number, rows in groupby(connection.execute(query), key=lambda row: row[0]):
        sections = sorted(((row[1], row[2]) for row in rows), key=lambda one: (-one[1], one[0]))
        day = first + datetime.timedelta(weeks=number)
        found.append(Week(monday=day, stories=sum(n for _, n in sections), sections=tuple(sections)))
    return found


def names_between(
    connection: sa.Connection, first: datetime.date, last: datetime.date, most: int
) -> dict[str, int]:
    """How many stories of these days, both included, tell of each name; those of most stories."""
    within = MENTIONS.c.story.between(first_id(first), first_id(last) + A_DAY - 1)
    count = sa.func.count()
    query = sa.select(MENTIONS.c.name, count).where(within).group_by(MENTIONS.c.name)
    ordered = query.order_by(count.desc(), MENTIONS.c.name).limit(most)
    return {row[0]: row[1] for row in connection.execute(ordered)}


def _is(key: str) -> sa.ColumnElement[bool]:
    """Whether an edition is the one of that key."""
    day, name = EditionEntry.parts(key)
    return sa.and_(EDITIONS.c.day == day, EDITIONS.c.name == name)


def _edition(row: Any) -> EditionEntry:
    day, count = datetime.date.fromisoformat(row.day), row._mapping["count"]
    return EditionEntry(day=day, name=row.name, title=row.title, made=row.made, stories=count)


def _story(row: Any) -> StoryEntry:
    return StoryEntry(
        day=datetime.date.fromisoformat(row.day),
        name=row.name,
        number=row.position + 1,
        section=row.section,
        paper=row.paper,
        page=row.page,
        headline=row.headline,
        gist=row.gist,
        summary=row.summary,
    )


def _name(row: Any) -> NameEntry:
    first, last = day_of(row.first), day_of(row.last)
    return NameEntry(name=row.name, kind=row.kind, stories=row.stories, first=first, last=last)
