"""Articles out of a database: one a line of JSON (.jsonl), or one a row of a table (.csv) whose first row names the columns.

The text is taken as it stands. Columns are known by their usual names, Chinese or English.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.clean_input import clean_input, clean_line
from ..text.masthead import date_of
from ..types import DateOrigin, Page, Problem, Role
from .blocks import Blocks
from .decode import decode

EXAMPLE = '{"id": "1", "title": "…", "text": "…"}'
NAMES = {
    "id": ("id", "编号", "序号"),
    "title": ("title", "headline", "标题", "题目", "標題"),
    "text": ("text", "content", "body", "正文", "内容", "全文", "內容"),
    "date": ("date", "published", "日期", "发布日期", "发布时间", "發佈日期"),
    "paper": ("paper", "media", "报纸", "媒体", "来源", "來源", "source"),
    "section": ("section", "column", "栏目", "版面", "欄目"),
    "link": ("link", "url", "链接", "网址", "連結"),
}
MOST_COLUMNS = 200
LONGEST = 4_000_000
"""Characters of one cell."""


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """A page of one article for every row, a bad one as a Problem that names its line. Raises SourceError."""
    for where, row in rows(source, data):
        if isinstance(row, Problem):
            yield row
            continue
        blocks = Blocks()
        blocks.add(Role.HEADLINE, row.get("title", ""))
        blocks.add(Role.BODY, row["text"], verbatim=True)
        day = _row_date(row.get("date", ""))
        link = row.get("link", "")
        yield blocks.page(
            where,
            date=day,
            dated=DateOrigin.TABLE if day else None,
            paper=row.get("paper"),
            section=row.get("section"),
            link=link if link.startswith(("http://", "https://")) else None,
            record=row.get("id") or where.rpartition(":")[2],
        )


def rows(source: str, data: bytes) -> Iterator[tuple[str, dict[str, str] | Problem]]:
    """Each row with its place, its values under the names in NAMES; a bad one is a Problem."""
    text = decode(source, data)
    return _csv_rows(source, text) if source.lower().endswith(".csv") else _jsonl_rows(source, text)


def _jsonl_rows(source: str, text: str) -> Iterator[tuple[str, dict[str, str] | Problem]]:
    hint = Message(f"每行一篇，形如 {EXAMPLE}", f"one article a line, as {EXAMPLE}")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            what = Message(f"不是有效的 JSON：{error}", f"not valid JSON: {error}")
            yield where, Problem(source=where, message=what, hint=hint)
            continue
        yield where, _known_columns(where, row if isinstance(row, dict) else {}, hint)


def _csv_rows(source: str, text: str) -> Iterator[tuple[str, dict[str, str] | Problem]]:
    head = text[:4000].split("\n")[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = [clean_line(name or "") for name in reader.fieldnames or ()][:MOST_COLUMNS]
    if not any(name.lower() in NAMES["text"] for name in columns):
        raise SourceError(
            Message(
                f"表头里没有正文一列，只有：{'、'.join(columns)}",
                f"no column of text among: {', '.join(columns)}",
            ),
            Message(
                "第一行写列名，例如：标题,正文,日期,来源",
                "name the columns in the first row: title,text,date,source",
            ),
        )
    hint = Message("请检查这一行", "check this row")
    try:
        for row in _rows_of(reader):
            where = f"{source}:{reader.line_num}"
            yield where, _known_columns(where, {str(k).strip(): v for k, v in row.items() if k}, hint)
    except csv.Error as error:
        where = f"{source}:{reader.line_num}"
        what = Message(f"表格有误：{error}", f"the table is damaged: {error}")
        yield where, Problem(source=where, message=what, hint=hint)


def _rows_of(reader: csv.DictReader[str]) -> Iterator[dict[str, Any]]:
    """The rows; the limit of a cell's size, which csv keeps for the whole process, is raised while one is read."""
    while True:
        before = csv.field_size_limit(LONGEST)
        try:
            row = next(reader, None)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def _known_columns(where: str, row: dict[str, Any], hint: Message) -> dict[str, str] | Problem:
    """The row's values under their known names."""
    low = {name.lower(): value for name, value in row.items()}
    found: dict[str, str] = {}
    for known, names in NAMES.items():
        for name in names:
            value = low.get(name)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                found[known] = clean_input(str(value))
                break
    if not isinstance(low.get("text", found.get("text", "")), str) or "text" not in found:
        empty = any(isinstance(low.get(name), str) for name in NAMES["text"])
        what = (
            Message("正文是空的", "the text is empty")
            if empty
            else Message("缺少 text（正文）", "has no text")
        )
        return Problem(source=where, message=what, hint=hint)
    return found


def _row_date(words: str) -> datetime.date | None:
    return date_of(words) if words else None
