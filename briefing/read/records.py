"""Reads articles exported from a database: one per line of JSON (.jsonl) or per row of a table
(.csv).

The text is taken as is, except that HTML in it becomes paragraphs. Columns are recognized by their
usual names, Chinese or English.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.clean_input import clean_input, clean_line
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import page_number_of
from ..types import DateOrigin, Page, Problem, Role
from .blocks import Blocks
from .columns import SUMS_UP, TEASERS, header_index, names_by_kind, normalized
from .csv_dialect import ABOVE_HEADER, dialect_of
from .days import day_of
from .fragment import is_markup, paragraph_texts, plain_words, unescaped
from .records_json import is_one_document, json_objects, scalar
from .text_lines import text_lines

EXAMPLE = '{"id": "1", "title": "…", "text": "…"}'
MOST_COLUMNS = 200
"""Most columns of a table, or members of a JSON row, that are looked at."""
MOST_ROWS = 300_000
MOST_LINES = 5_000_000
"""Lines of a table, blank ones and those inside of quoted cells included."""
LONGEST = 4_000_000
"""Longest cell in characters."""
NO_TEXT = Message("缺少 text（正文）", "has no text")
FULL_TEXT = 4
"""Times that a second text is longer than the first where the first is only its beginning."""
LONGEST_NAME = 16
"""Longest column name in characters; a longer one is an article's headline or text, and not
printed.
"""
ESCAPED_BREAK = lazy_pattern(
    r"(?:\\r\\n|(?:\\n){2,})+|(?<=[。！？…”」』）!?])\\n|(?<=[a-z0-9)][.:])\\n(?=[A-Z])|\\n(?![A-Za-z])"
)
"""An export's escape for the end of a paragraph; in C:\\news it is the start of a name."""
ARTICLE_HINT = Message(f"每行一篇，形如 {EXAMPLE}", f"one article a line, as {EXAMPLE}")
NAMED_FIRST = Message(
    "第一行写列名，例如：标题,正文,日期,来源",
    "name the columns in the first row: title,text,date,source",
)


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """One page per row, with one article; a bad row is a Problem with its line. Raises SourceError.

    Unreadable dates are reported as one Problem for the whole table.
    """
    undated, example = 0, ""
    count, where = 0, ""
    for count, (where, row) in enumerate(rows(source, data), 1):
        if count > MOST_ROWS:
            yield _cut_off_problem(source, Message(f"前 {MOST_ROWS:,} 行", f"the first {MOST_ROWS:,} rows"))
            break
        if isinstance(row, Problem):
            yield row
            continue
        page = row_page(where, row)
        if "date" in row and page.date is None:
            undated, example = undated + 1, example or clean_line(row["date"], 24)
        yield page
    if undated:
        yield _undated_problem(source, undated, example)
    if not count:
        raise SourceError(
            Message("表里没有稿件", "the table has no rows"),
            Message("请检查导出是否完整", "check that it was exported completely"),
        )


def row_page(where: str, row: dict[str, str]) -> Page:
    """The page of a row, given its values by the keys of NAMES."""
    day = day_of(row["date"]) if "date" in row else None
    link = row.get("link", "")
    blocks = Blocks()
    for role, name in ((Role.KICKER, "kicker"), (Role.HEADLINE, "title"), (Role.DECK, "deck")):
        blocks.add(role, row.get(name, "") if "title" in row else "")
    blocks.add(Role.BODY, row["text"], verbatim=True)
    return blocks.page(
        where,
        date=day,
        dated=DateOrigin.TABLE if day else None,
        paper=row.get("paper"),
        section=row.get("section"),
        page_number=_page_number(row["page"]) if "page" in row else None,
        link=link if link.startswith(("http://", "https://")) else None,
        record=row.get("id") or where.rpartition(":")[2],
    )


def rows(source: str, data: bytes) -> Iterator[tuple[str, dict[str, str] | Problem]]:
    """Each row with its position and its values by the keys of NAMES; a bad row is a Problem."""
    is_table = source.lower().endswith((".csv", ".tsv"))
    if source.lower().endswith(".json") or (not is_table and is_one_document(data)):
        return ((at, _known_columns(at, row, ARTICLE_HINT)) for at, row in json_objects(source, data))
    lines = _first_lines(source, data)
    return _csv_rows(source, lines) if is_table else _jsonl_rows(source, lines)


def _undated_problem(source: str, count: int, example: str) -> Problem:
    return Problem(
        source=source,
        message=Message(
            f"{count} 行的日期认不出，例如“{example}”",
            f"{count} rows have a date that cannot be read, as “{example}”",
        ),
        hint=Message("请写成 2026-11-20 的样子", "write dates as 2026-11-20"),
    )


def _cut_off_problem(source: str, read: Message) -> Problem:
    return Problem(
        source=source,
        message=Message(f"表太长：只读了{read.zh}", f"the table is too long: only {read.en} are read"),
        hint=Message("请拆成几个文件", "split it into several files"),
    )


def _first_lines(source: str, data: bytes) -> Iterator[str]:
    """The lines of a table; raises SourceError where there are too many."""
    for count, line in enumerate(text_lines(source, data)):
        if count == MOST_LINES:
            problem = _cut_off_problem(source, Message(f"前 {count:,} 行文字", f"the first {count:,} lines"))
            raise SourceError(problem.message, problem.hint)
        yield line


def _jsonl_rows(source: str, lines: Iterator[str]) -> Iterator[tuple[str, dict[str, str] | Problem]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{source}:{number}"
            yield where, json_row(where, line)


def json_row(where: str, line: str) -> dict[str, str] | Problem:
    """The values of a line of JSON by the keys of NAMES."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = Message(f"不是有效的 JSON：{error}", f"not valid JSON: {error}")
        return Problem(source=where, message=what, hint=ARTICLE_HINT)
    return _known_columns(where, row if isinstance(row, dict) else {}, ARTICLE_HINT)


def _csv_rows(source: str, lines: Iterator[str]) -> Iterator[tuple[str, dict[str, str] | Problem]]:
    skipped, delimiter, head = dialect_of("\n".join(itertools.islice(lines, 4 * ABOVE_HEADER)) + "\n")
    rest = (f"{line}\n" for line in lines)
    reader = csv.reader(itertools.chain(head.splitlines(keepends=True), rest), delimiter=delimiter)
    table = _cells_of(reader)
    hint = Message("请检查这一行", "check this row")
    try:
        columns = _column_names(table)
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{source}:{reader.line_num + skipped}"
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                yield where, _too_wide_problem(where, len(cells), len(columns))
                continue
            row = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
            yield where, _known_columns(where, row, hint)
    except csv.Error as error:
        where = f"{source}:{reader.line_num + skipped}"
        what = Message(f"表格有误：{error}", f"the table is damaged: {error}")
        yield where, Problem(source=where, message=what, hint=hint)


def _column_names(table: Iterator[list[str]]) -> list[str]:
    """The column names from the header row; raises SourceError if none has a text column."""
    above: list[list[str]] = []
    for cells in table:
        if header_index([cells]) is not None:
            return [normalized(cell) for cell in cells[:MOST_COLUMNS]]
        above.append(cells)
        if len(above) > ABOVE_HEADER:
            break
    columns = next(
        (
            [clean_line(cell) for cell in cells[:MOST_COLUMNS]]
            for cells in above
            if any(map(str.strip, cells))
        ),
        [],
    )
    if columns and all(len(name) <= LONGEST_NAME for name in columns):
        raise SourceError(
            Message(
                f"表头里没有正文一列，只有：{'、'.join(columns)}",
                f"no column of text among: {', '.join(columns)}",
            ),
            NAMED_FIRST,
        )
    raise SourceError(
        Message("第一行不是列名：表格的第一行要写明各列是什么", "the first row must name the columns"),
        NAMED_FIRST,
    )


def _cells_of(reader: Any) -> Iterator[list[str]]:
    """The rows; raises csv's process-wide limit of a cell's size while reading."""
    while True:
        before = csv.field_size_limit(LONGEST)
        try:
            row = next(reader, None)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def _too_wide_problem(where: str, cells: int, columns: int) -> Problem:
    return Problem(
        source=where,
        message=Message(
            f"这一行有 {cells} 格，列名只有 {columns} 个",
            f"the row has {cells} cells, but there are {columns} columns",
        ),
        hint=Message("正文里有分隔符的，要放在引号里", "quote a text that holds the delimiter"),
    )


def _known_columns(where: str, row: dict[str, Any], hint: Message) -> dict[str, str] | Problem:
    """The row's values by known names, with HTML as plain text."""
    kinds = names_by_kind(tuple(itertools.islice(row, MOST_COLUMNS)))
    found: dict[str, str] = {}
    for known, names in kinds.items():
        for name in names:
            plain = _plain_value(scalar(row[name]), known)
            if plain and (
                known not in found
                or (len(plain) > FULL_TEXT * len(found[known]) and normalized(name) not in SUMS_UP)
            ):
                found[known] = plain
            if plain and known != "text":
                break
    if kinds.get("text") and all(normalized(name) in TEASERS for name in kinds["text"]):
        known_names = {name for names in kinds.values() for name in names}
        others = [value for name, value in row.items() if name not in known_names and isinstance(value, str)]
        if max(map(len, others), default=0) > FULL_TEXT * len(found.get("text", "")):
            return Problem(source=where, message=NO_TEXT, hint=hint)  # the text has another name
    if not found.get("text"):
        empty = any(isinstance(row[name], str) for name in kinds.get("text", ()))
        what = Message("正文是空的", "the text is empty") if empty else NO_TEXT
        return Problem(source=where, message=what, hint=hint)
    return found


def _page_number(words: str) -> str | None:
    """The number in 第3版, A3版, 03."""
    found = re.search(r"[A-Z]?\d{1,3}(?!\d)", words)
    return page_number_of(words) or (found[0] if found else None)


def _plain_value(value: Any, known: str) -> str:
    """A value as text without HTML; one that has none is only cleaned. "" for what is no value.

    Numbers are values, except of a text.
    """
    if isinstance(value, float) and known == "date":
        value = f"{value:.0f}"
    if isinstance(value, int) and not isinstance(value, bool) and known != "text":
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return ""
    value = clean_input(value)
    if known == "text" and "\n" not in value and "\\n" in value:  # an export's escapes
        value = ESCAPED_BREAK.sub(lambda found: "\n" * found[0].count("\\n"), value)
    if not is_markup(value):
        return unescaped(value) if known in ("title", "kicker", "deck", "text", "section", "paper") else value
    return "\n".join(paragraph_texts(value)) if known == "text" else plain_words(value)
