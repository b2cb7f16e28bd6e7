"""Turns the day's Chinese newspaper pages into a one-page daily briefing, offline.

    import briefing
    briefing.segment(page_text).articles
    briefing.summarize(article_text, headline="…").summary.text
    briefing.compose(["pages/"]).stories

The work is done in briefing.app; it is imported at the first call, so that `briefing --help` stays quick.
"""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Sequence

from .errors import Language
from .types import Briefing, Segmentation, Story

__version__ = "0.1.0"
__all__ = ["__version__", "compose", "segment", "summarize"]

# Two functions bear the names of two folders. Python binds a folder's name here when it is first imported:
# that happens now, before the functions are defined, and never again.
for _folder in ("segment", "summarize"):
    importlib.import_module(f"{__name__}.{_folder}")


def segment(text: str, source: str = "") -> Segmentation:
    """The articles in the text of a page, and what was set aside; total: any text gives a segmentation."""
    from . import app

    return app.segment(text, source)


def summarize(text: str, *, headline: str = "", length: int = 120, model: str = "briefing-zh") -> Story:
    """A summary of at most `length` characters, with the article to which its evidence refers.

    `model` is any name that `briefing summarize --model` takes. Raises UsageError for one that nobody
    knows, and ModelError for one that cannot be loaded.
    """
    from . import app

    return app.summarize(text, headline=headline, length=length, model=model)


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
    from . import app

    return app.compose(sources, model=model, length=length, title=title, date=date, lang=lang)
