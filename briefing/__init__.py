"""Turns the day's Chinese newspaper pages into a one-page daily briefing, offline."""

__version__ = "0.1.0"
