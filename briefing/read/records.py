"""Articles one a line: .jsonl of {"id", "title", "text"}; the text is taken as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..errors import Text
from ..types import Article, Problem
from .decode import decode

EXAMPLE = '{"id": "1", "title": "…", "text": "…"}'


def records(source: str, data: bytes) -> Iterator[Article | Problem]:
    """The articles in order, `article.text` equal to the record's text; a bad line is a Problem that names it."""
    for number, line in enumerate(decode(source, data).split("\n"), 1):
        if line.strip():
            yield _record(source, number, line)


def _record(source: str, number: int, line: str) -> Article | Problem:
    where = f"{source}:{number}"
    hint = Text(f"每行一篇，形如 {EXAMPLE}", f"one article a line, as {EXAMPLE}")
    try:
        row = json.loads(line)
    except ValueError as error:
        return Problem(
            source=where, message=Text(f"不是有效的 JSON：{error}", f"not valid JSON: {error}"), hint=hint
        )
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Problem(source=where, message=Text("缺少 text（正文）", "has no text"), hint=hint)
    if not row["text"].strip():
        return Problem(source=where, message=Text("正文是空的", "the text is empty"), hint=hint)
    title = row.get("title", row.get("headline"))
    return Article(
        id=str(row.get("id", number)),
        headline=title if isinstance(title, str) else "",
        paragraphs=tuple(row["text"].split("\n")),
        section=row.get("section") if isinstance(row.get("section"), str) else None,
        source=str(row.get("source", source)),
    )
