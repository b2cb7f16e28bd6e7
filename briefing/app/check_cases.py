"""Summaries and their articles as they come: a pair of sources, or rows of JSON, a case a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import BriefingError, UsageError
from ..messages import Message
from ..protocols import Judge, Outcome
from ..types import Article, CheckedSentence, Problem
from .check import article_of, checked
from .reading import Progress, reading_options, single_articles

if TYPE_CHECKING:
    from ..config import Settings

EXAMPLE = '{"id": "1", "title": "…", "text": "…", "summary": "…"}'
ROW_HINT = Message(f"每行一例，形如 {EXAMPLE}", f"one case a line, as {EXAMPLE}")
NO_SUMMARY = Message("摘要里没有句子", "there is no sentence in the summary")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCase:
    """A summary, checked; `id` is the row's own, or the article's."""

    id: str | int
    sentences: tuple[CheckedSentence, ...]


def checked_pair(
    settings: Settings,
    article: str,
    summary: str,
    judge: Judge | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome[CheckedCase]]:
    """The summary in one source, compared with the article in the other, and what went wrong.

    Raises UsageError if both are stdin, if there are several articles, or if one is too long.
    """
    if article == summary == "-":
        raise UsageError(
            Message("文章和摘要不能都来自标准输入", "article and summary cannot both come from stdin"),
            Message("请把其中一个存成文件", "save one of them as a file"),
        )
    written = _summary_text(summary)
    found: list[Article] = []
    for item in single_articles([article], progress, reading_options(settings)):
        if isinstance(item, Problem):
            yield item
        else:
            found.append(item)
    if len(found) > 1:
        raise UsageError(
            Message(f"{article} 里有 {len(found)} 篇文章", f"there are {len(found)} articles in {article}"),
            Message(
                "一次核对一篇；多篇请用 --json CASES.jsonl",
                "one is checked at a time; for many, use --json CASES.jsonl",
            ),
        )
    if isinstance(written, Problem):
        yield written
    elif found:
        sentences = checked(found[0], written, judge)
        yield (
            CheckedCase(id=found[0].id, sentences=sentences)
            if sentences
            else Problem(source=summary, message=NO_SUMMARY)
        )


def checked_rows(
    source: str, judge: Judge | None = None, progress: Progress | None = None
) -> Iterator[Outcome[CheckedCase]]:
    """The cases of a .jsonl, in order; a bad row is a Problem with its line."""
    from ..read.load import load_bytes
    from ..read.text_lines import text_lines

    try:
        for number, line in enumerate(text_lines(source, load_bytes(source)), 1):
            if not line.strip():
                continue
            where = f"{source}:{number}"
            if progress:
                progress(where)
            yield _checked_row(where, number, line, judge)
    except BriefingError as error:
        yield Problem(source=source, message=error.message, hint=error.hint)


def _summary_text(source: str) -> str | Problem:
    from ..read.decode import decode
    from ..read.load import load_bytes

    try:
        return decode(source, load_bytes(source))
    except BriefingError as error:
        return Problem(source=source, message=error.message, hint=error.hint)


def _checked_row(where: str, number: int, line: str, judge: Judge | None) -> Outcome[CheckedCase]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = Message(f"不是有效的 JSON：{error}", f"not valid JSON: {error}")
        return Problem(source=where, message=what, hint=ROW_HINT)
    if mistake := _mistake(row):
        return Problem(source=where, message=mistake, hint=ROW_HINT)
    name = row.get("id")
    article = article_of(str(name), row["text"], row.get("title") or "")
    try:
        sentences = checked(article, row["summary"], judge)
    except UsageError as error:
        return Problem(source=where, message=error.message, hint=error.hint)
    if not sentences:
        return Problem(source=where, message=NO_SUMMARY, hint=ROW_HINT)
    return CheckedCase(id=number if name is None else name, sentences=sentences)


def _mistake(row: Any) -> Message | None:
    """What is wrong with a row, if anything."""
    if not isinstance(row, dict):
        return Message("不是一个 JSON 对象", "not a JSON object")
    if isinstance(row.get("id"), bool) or not isinstance(row.get("id"), str | int | None):
        return Message("id 应为文字或整数", "the id should be text or a whole number")
    if not isinstance(row.get("title"), str | None):
        return Message("title（标题）应为文字", "the title should be text")
    for key, zh in (("text", "正文"), ("summary", "摘要")):
        if not isinstance(row.get(key), str):
            return Message(f"缺少 {key}（{zh}）", f"has no {key}")
        if not row[key].strip():
            return Message(f"{zh}是空的", f"the {key} is empty")
    return None
