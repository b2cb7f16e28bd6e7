"""Lists of recipients: CSV files with a column of addresses and perhaps one of names.

Knows how spreadsheets save tables; does not know how an address is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import UsageError, reason
from ..isolation.small_file import read_regular
from ..messages import Message
from ..types import Problem, Recipient
from .addresses import recipient_from, refusal

LIMIT = 32 * 1024 * 1024
"""Bytes of a list; 100,000 recipients have some 4 MB."""
ADDRESS_COLUMNS = (
    *("address", "email", "e-mail", "mail"),
    *("邮箱", "邮件", "邮箱地址", "邮件地址", "电子邮箱", "电子邮件", "地址"),
)
NAME_COLUMNS = ("name", "姓名", "名字", "名称", "称呼", "收件人")


def from_csv(path: Path) -> Iterator[Recipient | Problem]:
    """The recipients of a CSV file, and a Problem, with file and line, for each bad row.

    UTF-8 or GB18030, as spreadsheets save it; comma, semicolon or tab. Without a row of titles, the
    first cell with an @ in the first row is in the column of addresses, and the first other one in
    that of names. Empty rows and rows that begin with # are skipped. Raises UsageError for a file
    that is no such table.
    """
    text = _decode_csv(path)
    first_line = next(iter(text.splitlines()), "")
    delimiter = max(",;\t", key=first_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: tuple[int, int | None] | None = None
    before = 0
    try:
        for row in rows:
            line, before = before + 1, rows.line_num
            where = Message(f"{path} 第 {line} 行", f"{path} line {line}")
            cells = [cell.strip(" \u3000") for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if columns is None:
                columns = _title_columns(cells)
                if columns:
                    continue
                columns = _guess_columns(cells, where)
            yield _row_recipient(cells, columns, where, f"{path}")
    except csv.Error as error:
        raise UsageError(
            Message(
                f"{path} 第 {before + 1} 行：表格写得不对：{error}", f"{path} line {before + 1}: {error}"
            ),
            Message("请检查这一行的引号", "check the quotation marks of this line"),
        ) from None


def _row_recipient(
    cells: Sequence[str], columns: tuple[int, int | None], where: Message, source: str
) -> Recipient | Problem:
    address, name = columns
    try:
        if address >= len(cells):
            raise refusal(",".join(cells), where, Message("这一行没有地址", "this row has no address"))
        return recipient_from(
            cells[address], cells[name] if name is not None and name < len(cells) else "", where
        )
    except UsageError as error:
        return Problem(source=source, message=error.message, hint=error.hint)


def _title_columns(cells: Sequence[str]) -> tuple[int, int | None] | None:
    """The columns of the address and of the name, if the row is one of titles."""
    titles = [cell.lower() for cell in cells]
    address = next((i for i, title in enumerate(titles) if title in ADDRESS_COLUMNS), None)
    if address is None:
        return None
    return address, next((i for i, title in enumerate(titles) if title in NAME_COLUMNS), None)


def _guess_columns(cells: Sequence[str], where: Message) -> tuple[int, int | None]:
    address = next((i for i, cell in enumerate(cells) if "@" in cell), None)
    if address is None:
        raise refusal(
            ",".join(cells),
            where,
            Message("既没有地址，也不是表头（邮箱,姓名）", "there is no address, nor titles (email,name)"),
        )
    return address, next((i for i, cell in enumerate(cells) if i != address and cell), None)


def _decode_csv(path: Path) -> str:
    try:
        data = read_regular(path, LIMIT)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Message(f"读不了收件人名单 {path}：{why.zh}", f"cannot read the recipients {path}: {why.en}"),
            Message("请检查路径和权限", "check path and permissions"),
        ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(
        Message(f"{path} 不是 UTF-8 或 GB18030 编码的文字", f"{path} is not text in UTF-8 or GB18030"),
        Message("请另存为 CSV（UTF-8）", "save it as CSV (UTF-8)"),
    )
