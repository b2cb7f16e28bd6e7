"""The tables of the archive.

An edition is one briefing, of a day and a name; its stories stand beside it, to be listed and searched.
Times are ISO 8601 in UTC, days YYYY-MM-DD.
"""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()

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
    sa.Column("id", sa.Integer, primary_key=True),
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
)

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
