"""Finished briefings as sources: the .json of an edition, set anew without reading or summarizing.

Knows how such a file is told from a page; what is in it is the matter of render/json.py.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import pipeline
from ..errors import NothingReadable, SourceError, UsageError, reason
from ..messages import Message
from ..text.mark import SCHEMA
from ..types import Briefing
from .edit_options import edit_options

if TYPE_CHECKING:
    from ..config import Settings

LIMIT = 24 * 1024 * 1024
"""Bytes of a briefing's .json: one of 1,000 stories has some 5 MB; empty objects take 26 times their
text."""
SUFFIX = ".json"
STDIN = "-"
HEAD = 256
"""Bytes in which an edition shows itself."""


def editions_of(sources: Sequence[str]) -> list[str]:
    """The editions that the sources are: .json files and nothing else, or one on stdin; none where
    they are pages.

    Beside pages, an edition is no source and left out with a note, by the reading.
    """
    if list(sources) == [STDIN]:
        return [STDIN] if _is_on_stdin() else []
    named = [one for one in sources if one.lower().endswith(SUFFIX) and "://" not in one]
    return named if len(named) == len(sources) else []


def _is_on_stdin() -> bool:
    """Whether stdin begins as an edition does; nothing is taken from it."""
    look = getattr(getattr(sys.stdin, "buffer", None), "peek", None)
    try:
        return look is not None and SCHEMA.match(look(HEAD)[:HEAD]) is not None
    except (OSError, ValueError):  # closed
        return False


def load_editions(sources: Sequence[str], settings: Settings) -> Briefing:
    """The edition of those sources, or one made of several of a day, under the title of the settings
    if they have one. Raises NothingReadable, and UsageError for several days."""
    editions = [load(source) for source in sources]
    title = settings.title or editions[0].title
    if len(editions) == 1:
        return replace(editions[0], title=title)
    days = sorted({one.date for one in editions})
    if len(days) > 1:
        told = "、".join(day.isoformat() for day in days)
        raise UsageError(
            Message(f"这几期不是同一天的：{told}", f"these editions are of several days: {told}"),
            Message("每次只给同一天的几期", "give editions of one day at a time"),
        )
    return pipeline.merged(editions, title=title, edit=edit_options(settings))


def load_edition(source: str, settings: Settings) -> Briefing:
    """The edition of that source, under the title of the settings if they have one."""
    return load_editions([source], settings)


def load(path: str | Path) -> Briefing:
    """The briefing in a .json that a run wrote, or on stdin for "-"; raises NothingReadable."""
    from ..isolation.small_file import read_regular
    from ..render.json import load as from_json

    try:
        if str(path) == STDIN:
            return from_json(sys.stdin.buffer.read(LIMIT))
        return from_json(read_regular(Path(path), LIMIT))
    except OSError as error:
        why = reason(error)
        raise NothingReadable(
            Message(f"读不了 {path}：{why.zh}", f"cannot read {path}: {why.en}"),
            Message("请检查路径", "check the path"),
        ) from None
    except SourceError as error:
        raise NothingReadable(
            Message(f"{path}：{error.message.zh}", f"{path}: {error.message.en}"), error.hint
        ) from None
