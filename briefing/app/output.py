"""Where documents go: into a folder, into one file, to stdout.

`out` names a folder, or a file by the suffix of a format (`-o day.pdf`), or stdout (`-o -`).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from ..config import OutputFormat
from ..errors import UsageError
from ..messages import Message
from ..types import Document

if TYPE_CHECKING:
    from ..config import Settings

STDOUT = Path("-")
FORMATS: tuple[str, ...] = get_args(OutputFormat)
SUFFIXES = {".htm": "html", ".markdown": "md"}
"""Suffixes that mean a format of another name."""
FEEDS = ("feed", "articles")
NAMES = {"feed": "feed.xml", "articles": "articles.xml", "speech": "briefing-{date}.speech.txt"}
"""File names that are not by day and format."""
LARGEST_FEED = 32 * 1024 * 1024
"""Bytes of a feed that is continued."""
ON_STDOUT = "md"
"""What goes to stdout where no format was named."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and whether it took the place of another of other content."""

    path: Path
    replaced: bool


def with_format_of_out(settings: Settings) -> Settings:
    """The settings with the one format that `out` has room for; raises UsageError for others.

    A file has the format of its suffix; stdout takes one format.
    """
    named = settings.format if "format" in settings.model_fields_set else ()
    if settings.out == STDOUT:
        if len(named) > 1:
            raise UsageError(
                Message("标准输出只能写一种格式", "stdout takes one format only"),
                Message("例如：-o - --format md", "for example: -o - --format md"),
            )
        return settings.model_copy(update={"format": named or (ON_STDOUT,)})
    only = _format_of_file(settings.out)
    if only is None:
        return settings
    if set(named) - {only}:
        others = "、".join(one for one in named if one != only)
        raise UsageError(
            Message(
                f"{settings.out} 是 {only} 文件，写不了 {others}",
                f"{settings.out} is a file of the format {only}: it cannot hold {others.replace('、', ', ')}",
            ),
            Message("多种格式请用 --out 给出文件夹", "for several formats, name a folder with --out"),
        )
    return settings.model_copy(update={"format": (only,)})


def _format_of_file(out: Path) -> str | None:
    """The format that a file's suffix states; None for a folder."""
    suffix = out.suffix.lower()
    only = SUFFIXES.get(suffix, suffix[1:])
    return only if only in FORMATS and not out.is_dir() else None


def is_one_file(out: Path) -> bool:
    """Whether `out` has room for one document only."""
    return out == STDOUT or _format_of_file(out) is not None


def save(documents: Sequence[Document], out: Path, date: datetime.date, edition: str = "") -> list[Written]:
    """Writes the documents, all or none, into a folder or a file, and tells what was replaced.

    `edition` is its name, if a day has several.
    """
    from ..deliver.folder import write_all

    if _format_of_file(out) and len(documents) == 1:
        folder, named = out.parent, [(out.name, documents[0].content)]
    else:
        folder, named = out, [(file_name(one, date, edition), one.content) for one in _joined(documents, out)]
    replaced = [name[:-4] not in FEEDS and _differs(folder / name, content) for name, content in named]
    return [Written(*pair) for pair in zip(write_all(folder, named), replaced, strict=True)]


def file_name(document: Document, date: datetime.date, edition: str = "") -> str:
    """briefing-YYYY-MM-DD[-EDITION].FORMAT; feeds have one name for all days."""
    day = "-".join(filter(None, (date.isoformat(), edition)))
    return NAMES.get(document.format, "briefing-{date}." + document.format).replace("{date}", day)


def _joined(documents: Sequence[Document], folder: Path) -> list[Document]:
    """The documents; a feed with the earlier entries of the one in the folder."""
    from ..isolation.small_file import read_regular
    from ..render.feed import merged

    found = []
    for one in documents:
        path = folder / f"{one.format}.xml"
        if one.format in FEEDS and path.is_file():
            one = replace(one, content=merged(one.content, read_regular(path, LARGEST_FEED)))
        found.append(one)
    return found


def _differs(path: Path, content: bytes) -> bool:
    """Whether there is a file of other content."""
    try:
        return path.is_file() and (path.stat().st_size != len(content) or path.read_bytes() != content)
    except OSError:  # what cannot be read is there
        return True
