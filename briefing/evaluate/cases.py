"""Test cases: articles with reference gist, summary and facts, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..isolation.small_file import read_regular
from ..messages import Message
from ..text.clean_input import clean_input
from ..types import Article

LIMIT = 64 * 1024 * 1024
"""Bytes of a file of cases; ten thousand have half of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article with references written by a person; `facts` are short sentences, the most
    important first.
    """

    article: Article
    gist: str
    summary: str
    facts: tuple[str, ...]


def cases(path: Path) -> list[Case]:
    """The cases in a .jsonl of {id, title, text, gist, summary, facts}; raises UsageError with the
    number of an invalid line."""
    try:
        lines = read_regular(path, LIMIT).decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Message(f"读不到评测文件 {path}", f"cannot read the cases in {path}"),
            Message(
                "需要 UTF-8 的 .jsonl：每行 id、title、text、gist、summary、facts",
                "a .jsonl in UTF-8 is needed: id, title, text, gist, summary, facts a line",
            ),
        ) from error
    parsed = [_parse_case(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    if not parsed:
        raise UsageError(Message(f"{path} 里没有文章", f"there is no article in {path}"), None)
    return parsed


def _parse_case(line: str, number: int, path: Path) -> Case:
    try:
        row: dict[str, Any] = json.loads(line)
        return Case(
            article=Article(
                id=_text(row["id"]),
                headline=_text(row["title"]),
                paragraphs=tuple(_text(row["text"]).split("\n")),
            ),
            gist=_text(row["gist"]),
            summary=_text(row["summary"]),
            facts=tuple(map(_text, row.get("facts", []))),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UsageError(
            Message(
                f"{path} 第 {number} 行不是一个评测案例",
                f"{path}, line {number}, is not a case",
            ),
            Message(
                "每行要有 id、title、text、gist、summary（和 facts）",
                "a line has id, title, text, gist, summary (and facts)",
            ),
        ) from error


def _text(value: object) -> str:
    """A value as text, without control characters and lone surrogates."""
    return clean_input(str(value))
