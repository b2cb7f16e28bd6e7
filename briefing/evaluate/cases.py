"""Test cases: articles with reference gist, summary and facts, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..messages import Message
from ..types import Article


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
        lines = path.read_text(encoding="utf-8-sig").splitlines()
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
                id=str(row["id"]), headline=str(row["title"]), paragraphs=tuple(str(row["text"]).split("\n"))
            ),
            gist=str(row["gist"]),
            summary=str(row["summary"]),
            facts=tuple(map(str, row.get("facts", []))),
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
