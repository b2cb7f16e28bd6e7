"""The tables of the archive.

An edition is one briefing, of a day and a name; its stories stand beside it, to be listed and searched.
Times are ISO 8601 in UTC, days YYYY-MM-DD.
"""

from __future__ import annotations

import datetime

import sqlalchemy as sa

TABLES = sa.MetaData()
A_DAY = 100_000
"""Stories of one day at most. A story's id is its day's ordinal times this, and a number: the newest
have the highest, in whichever order editions are added, and a range of days is a range of ids."""
STORY_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

VERSION = sa.Table("version", TABLES, sa.Column("version", sa.Integer, nullable=False))
"""One row: the version of the tables."""

EDITIONS = sa.Table(
    "editions",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("name", sa.String(32), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("made", sa.String(32), nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.UniqueConstraint("day", "name"),
)
"""`content` is the briefing as JSON ("schema": "briefing/1"), and never changes."""

STORIES = sa.Table(
    "stories",
    TABLES,
    sa.Column("id", STORY_ID, primary_key=True, autoincrement=False),
    sa.Column("edition", sa.ForeignKey("editions.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("paper", sa.Text, nullable=False),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("headline", sa.Text, nullable=False),
    sa.Column("gist", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("edition", "position"),
    sa.Index("stories_section", "section"),
    sa.Index("stories_paper", "paper"),
)

NAMES = sa.Table(
    "names",
    TABLES,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("stories", sa.Integer, nullable=False),
    sa.Column("first", STORY_ID, nullable=False),
    sa.Column("last", STORY_ID, nullable=False),
    sa.Index("names_rank", "kind", "stories"),
)
"""The people and places of all stories, with how many tell of each, and the first and last of these."""

MENTIONS = sa.Table(
    "mentions",
    TABLES,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("story", STORY_ID, primary_key=True, autoincrement=False),
    sa.Index("mentions_story", "story", "name"),
    sqlite_with_rowid=False,
)
"""Which story tells of which name."""

RECEIPTS = sa.Table(
    "receipts",
    TABLES,
    sa.Column("edition", sa.ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("target", sa.String(320), primary_key=True),
    sa.Column("state", sa.String(32), nullable=False),
    sa.Column("reply", sa.Text, nullable=False),
    sa.Column("changed", sa.String(32), nullable=False),
)
"""Who got an edition, by which channel, as last known."""

RUNS = sa.Table(
    "runs",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.String(10), nullable=False, index=True),
    sa.Column("name", sa.String(32), nullable=False),
    sa.Column("started", sa.String(32), nullable=False),
    sa.Column("code", sa.Integer, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
)
"""Each run with its exit code and its report as JSON."""


def first_id(day: datetime.date) -> int:
    """The lowest id of a day's stories."""
    return day.toordinal() * A_DAY


def day_of(story: int) -> datetime.date:
    """The day of a story, by its id."""
    return datetime.date.fromordinal(max(1, story // A_DAY))
