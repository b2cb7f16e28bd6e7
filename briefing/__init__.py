"""Turns the day's Chinese newspaper pages into a one-page daily briefing, offline.

    import briefing
    briefing.segment(page_text).articles
    briefing.summarize(article_text, headline="…").summary.text
    briefing.compose(["pages/"]).stories

The work is done in briefing.app; it is imported at the first call, so that `briefing --help` stays quick.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from .messages import Language
from .types import Briefing, Segmentation, Story

__version__ = "0.2.0"
__all__ = ["__version__", "compose", "segment", "summarize"]


def segment(text: str, source: str = "") -> Segmentation:
    """The articles in the text of a page, and what was set aside; total: any text gives a segmentation."""
    from .app import reading

    return reading.segment(text, source)


def summarize(text: str, *, headline: str = "", length: int = 120, model: str = "briefing-zh") -> Story:
    """A summary of at most `length` characters, with the article to which its evidence refers.

    `model` is any name that `briefing summarize --model` takes. Raises UsageError for one that nobody
    knows, and ModelError for one that cannot be loaded.
    """
    from .app import summaries

    return summaries.summarize(text, headline=headline, length=length, model=model)


def compose(
    sources: Sequence[str],
    *,
    model: str = "briefing-zh",
    length: int = 120,
    title: str | None = None,
    date: datetime.date | None = None,
    lang: Language = "zh",
) -> Briefing:
    """The briefing of the pages in the files and folders named; what was unreadable is in `.problems`."""
    from .app import digest

    return digest.compose(sources, model=model, length=length, title=title, date=date, lang=lang)
