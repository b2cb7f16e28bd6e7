"""The training corpus: news read from data files, cleaned and filtered.

A headline or summary with a number or name that its text lacks would teach hallucination, so the
pair is dropped. Column names in 【】 are removed from headlines.
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
from typing import TextIO

from ..summarization.verify.check import verify
from ..text import rouge
from ..text.sentences import sentences

NEWS = ("news-train.jsonl.gz", "articles-broadcast.jsonl.xz")
BRIEFS = ("briefs-train.jsonl.gz",)
WEB = ("articles-web.jsonl.xz",)
GOV = ("articles-gov.jsonl.xz",)
DEV = ("news-dev.jsonl.gz", "briefs-dev.jsonl.gz")
"""Used only to count tokens, so that they are tokenized as by the base; never for training."""
WIDE = (*WEB, *GOV, "shorts.jsonl.xz")
_COLUMN = re.compile(r"^(?:\s*【[^】]*】)+\s*")
_LABEL = re.compile(r"快讯|简讯|联播|要闻$|提要|摘要$|现场$|视频")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A news item with its professional headline."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An article with a gist and a summary written by a person."""

    id: str
    title: str
    text: str
    gist: str
    summary: str
    brief: str = ""


def items(data: Path, names: tuple[str, ...]) -> Iterator[Item]:
    """The news in these files, in order; headlines without column names."""
    for name in names:
        for row in rows(data / name):
            yield Item(id=row["id"], title=_COLUMN.sub("", row["title"]).strip(), text=row["text"].strip())


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The JSON lines of a file, plain or compressed with gzip or xz."""
    openers: dict[str, Callable[..., TextIO]] = {".gz": gzip.open, ".xz": lzma.open}
    with openers.get(path.suffix, open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def references(data: Path, own: Path) -> Iterator[Reference]:
    """Hand-written references: those in `data`, then those in `own`, whose articles are looked up
    in `data` by id.
    """
    for row in rows(data / "references-train.jsonl"):
        yield _reference(row, row)
    ours = {row["id"]: row for path in sorted(own.glob("*.jsonl")) for row in rows(path)}
    for name in (*NEWS, *WEB, *GOV):
        for row in rows(data / name):
            if mine := ours.get(row["id"]):
                yield _reference(row, mine)


def for_selection(data: Path, aside: int) -> tuple[list[Reference], list[Reference]]:
    """The references in `data` with their articles: those to train on, and `aside` of them held
    out.

    Held out are the first by the hash of their id, so that additions hardly change the selection.
    """
    written = {row["id"]: row for row in rows(data / "references-train-2.jsonl")}
    measured = set(sorted(written, key=lambda name: hashlib.sha1(name.encode()).hexdigest())[:aside])
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


def _reference(article: dict[str, str], written: dict[str, str]) -> Reference:
    return Reference(
        id=article["id"],
        title=_title(article),
        text=article["text"],
        gist=written["gist"],
        summary=written["summary"],
        brief=written.get("brief", ""),
    )


def _title(row: dict[str, str]) -> str:
    return _COLUMN.sub("", row["title"]).strip()


def faithful(written: str, source: str) -> bool:
    """Whether the source states every number and name of the text written about it."""
    checks = verify(written, source)
    return not checks.unsupported_numbers and not checks.unsupported_names


def usable(item: Item) -> bool:
    """Whether the headline summarizes the text: not a label, not a line of it, nothing that it
    lacks.
    """
    return (
        8 <= len(item.title) <= 40
        and len(item.text) >= 80
        and not _LABEL.search(item.title)
        and item.title not in item.text
        and rouge.ngrams(rouge.tokens(item.title), rouge.tokens(item.text[:400]), 1) > 0
        and sum(letter in item.text for letter in item.title) >= 0.75 * len(item.title)
        and faithful(item.title, item.text)
    )


def shortened(text: str, limit: int) -> str:
    """The first whole sentences of a text, at most `limit` characters; a longer first sentence is
    cut."""
    end = 0
    for _, stop in sentences(text):
        if stop > limit:
            break
        end = stop
    return text[: end or limit].rstrip()


def salient(item_title: str, text: str, limit: int) -> str:
    """The most salient sentences, at most `limit` characters, in order.

    Chosen greedily by ROUGE-1 with the text and ROUGE-2 with the headline: gap sentences (Zhang et
    al. 2020) that stay in the text, which teaches selecting and copying, not guessing.
    """
    spans = [(a, b) for a, b in sentences(text) if 12 <= b - a <= limit]
    whole, headline = rouge.tokens(text), rouge.tokens(item_title)
    chosen: list[tuple[int, int]] = []
    best = 0.0
    while True:
        options = []
        for span in spans:
            trial = sorted({*chosen, span})
            if span in chosen or sum(b - a for a, b in trial) > limit:
                continue
            have = rouge.tokens("".join(text[a:b] for a, b in trial))
            recall = rouge.ngrams(have, whole, 1) + rouge.ngrams(have, headline, 2) * 0.7
            options.append((recall, -span[0], trial))
        if not options or max(options)[0] <= best:
            return "".join(text[a:b].strip() for a, b in chosen)
        best, _, chosen = max(options)
