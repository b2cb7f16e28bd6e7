"""The training corpus: articles read from data files, with what people wrote about them.

Column names in 【】 are removed from headlines.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

NEWS = ("news-train.jsonl.gz", "articles-broadcast.jsonl.xz")
WEB = ("articles-web.jsonl.xz",)
GOV = ("articles-gov.jsonl.xz",)
OWN = Path(__file__).parent / "references"
_COLUMN = re.compile(r"^(?:\s*【[^】]*】)+\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An article with a gist and a summary written by a person."""

    id: str
    title: str
    text: str
    gist: str
    summary: str
    brief: str = ""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a file, plain or compressed with gzip or xz."""
    openers: dict[str, Callable[..., TextIO]] = {".gz": gzip.open, ".xz": lzma.open}
    with openers.get(path.suffix, open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def for_selection(data: Path, aside: int) -> tuple[list[Reference], list[Reference]]:
    """The references with their articles, those in `data` and ours: those to train on, and `aside`
    of them held out.

    Held out are the first by the hash of their id, so that additions hardly change the selection.
    """
    theirs = {row["id"]: row for row in rows(data / "references-train-2.jsonl")}
    ours = {row["id"]: row for path in sorted(OWN.glob("*.jsonl")) for row in rows(path)}
    written = ours | theirs
    measured = set(sorted(theirs, key=lambda name: hashlib.sha1(name.encode()).hexdigest())[:aside])
    first = [
        _reference(row, row) for row in rows(data / "references-train.jsonl") if row["id"] not in written
    ]
    others = [
        _reference(row, written[row["id"]])
        for name in (*NEWS, *WEB, *GOV)
        for row in rows(data / name)
        if row["id"] in written
    ]
    held = [reference for reference in others if reference.id in measured]
    return first + [reference for reference in others if reference.id not in measured], held


def _reference(article: dict[str, Any], written: dict[str, Any]) -> Reference:
    return Reference(
        id=article["id"],
        title=without_column(article["title"]),
        text=article["text"],
        gist=written["gist"],
        summary=written["summary"],
        brief=written.get("brief", ""),
    )


def without_column(title: str) -> str:
    """A headline without column names in 【】."""
    return _COLUMN.sub("", title).strip()
