"""Finished briefings as sources: the .json of an edition, set anew without reading or summarizing.

Knows how such a file is told from a page; what is in it is the matter of render/json.py.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import NothingReadable, SourceError, reason
from ..messages import Message
from ..types import Briefing

if TYPE_CHECKING:
    from ..config import Settings

LIMIT = 24 * 1024 * 1024
"""Bytes of a briefing's .json: one of 1,000 stories has some 5 MB; empty objects take 26 times their
text."""
SUFFIX = ".json"
STDIN = "-"


def edition_of(sources: Sequence[str]) -> str | None:
    """The edition that the sources are: one .json and nothing else; None where they are pages.

    Beside pages, an edition is no source and left out with a note, by the reading.
    """
    only = sources[0] if len(sources) == 1 else ""
    return only if only.lower().endswith(SUFFIX) and "://" not in only else None


def load_edition(source: str, settings: Settings) -> Briefing:
    """The edition of that source, under the title of the settings if they have one."""
    briefing = load(source)
    return replace(briefing, title=settings.title) if settings.title else briefing


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
