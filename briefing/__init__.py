"""Turns the day's Chinese newspaper pages into a one-page daily briefing, offline.

import briefing
briefing.segment(page_text).articles
briefing.summarize(article_text, headline="…").summary.text
briefing.compose(["pages/"]).stories
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "compose", "segment", "summarize"]


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are first used, so that `briefing --help` stays quick."""
    if name in {"compose", "segment", "summarize"}:
        import importlib

        return getattr(importlib.import_module("briefing.app"), name)
    raise AttributeError(f"module 'briefing' has no attribute {name!r}")
