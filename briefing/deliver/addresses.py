"""Whom a letter goes to: addresses with names, from words on the command line or from a CSV file.

Knows how an address is written (RFC 5321, 5322, and 6531 for those in Chinese) and how spreadsheets save their tables;
knows nothing of servers: that an address is well written does not mean that somebody reads there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path

from ..errors import UsageError
from ..messages import Message
from ..types import Recipient

LOCAL_DOMAINS = ("localhost", "local", "test", "invalid")
"""Top-level names that the validator refuses, since nobody is reachable there from outside: a house's own server may be."""
ADDRESS_COLUMNS = (
    "address",
    "email",
    "e-mail",
    "mail",
    "邮箱",
    "邮件",
    "邮箱地址",
    "邮件地址",
    "电子邮箱",
    "电子邮件",
    "地址",
)
NAME_COLUMNS = ("name", "姓名", "名字", "名称", "称呼", "收件人")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_NAME = 200


def parse_recipient(text: str, where: Message) -> Recipient:
    """The recipient that `text` writes: a@b.cn or 张三 <a@b.cn>; UsageError with `where` it stands."""
    if CONTROL.search(text):
        raise _refusal(text, where, CONTROLS)
    text = text.strip()
    name, address = parseaddr(text) if "<" in text and text.endswith(">") else ("", text)
    return recipient_from(address or text, name, where)


def recipient_from(address: str, name: str, where: Message) -> Recipient:
    """The recipient of that address and name; UsageError with `where` it stands if one of them cannot be used."""
    address, name = address.strip(" \u3000"), name.strip(" \u3000")
    for part in (address, name):
        if CONTROL.search(part):
            raise _refusal(part, where, CONTROLS)
    if len(name) > LONGEST_NAME:
        raise _refusal(name[:20] + "…", where, Message("名字太长", "the name is too long"))
    return Recipient(address=_normalized(address, where), name=name)


CONTROLS = Message(
    "里面有换行或控制字符，不能写进邮件头",
    "it has a line break or control character, which must not get into a header",
)


def _normalized(address: str, where: Message) -> str:
    from email_validator import EmailNotValidError, validate_email

    house = address.rpartition("@")[2].lower().rpartition(".")[2] in LOCAL_DOMAINS
    try:
        found = validate_email(
            address + (".lan" if house else ""),
            strict=True,
            check_deliverability=False,
            globally_deliverable=False,
        )
    except EmailNotValidError as error:
        raise _refusal(address, where, _reason_for(address, str(error))) from None
    return f"{found.local_part}@{found.ascii_domain.removesuffix('.lan') if house else found.ascii_domain}"


def _reason_for(address: str, reason: str) -> Message:
    """The validator's reason, which is English only, with a Chinese one of the same sense."""
    if not address:
        return Message("地址是空的", "the address is empty")
    if "@" not in address:
        return Message("地址里没有 @", "an address has an @")
    if re.search(r"\s", address):
        return Message("地址里有空格", reason)
    return Message("地址的写法不合规范", reason)


def _refusal(text: str, where: Message, why: Message) -> UsageError:
    shown = CONTROL.sub("␤", text)
    return UsageError(
        Message(f"{where.zh}：“{shown}”不能用：{why.zh}", f"{where.en}: {shown!r} cannot be used: {why.en}"),
        Message("地址应写成 a@b.cn 或 张三 <a@b.cn>", "an address reads a@b.cn or Zhang San <a@b.cn>"),
    )


def unique(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Each address once, the first mention first; case makes no difference (nobody has two mailboxes that differ in it)."""
    found: dict[str, Recipient] = {}
    for one in recipients:
        found.setdefault(one.address.casefold(), one)
    return list(found.values())


def from_csv(path: Path) -> Iterator[Recipient]:
    """The recipients of a CSV file with a column of addresses and perhaps one of names; UsageError with file and line.

    UTF-8 or GB18030, as spreadsheets save it; comma, semicolon or tab. Without a row of titles, the first cell with an @
    in a row is the address and the first other one the name. Empty rows and rows begun with # are passed over.
    """
    text = _decode_csv(path)
    first = next(iter(text.splitlines()), "")
    delimiter = max(",;\t", key=first.count)
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
            yield _row_recipient(cells, columns, where)
    except csv.Error as error:
        raise UsageError(
            Message(
                f"{path} 第 {before + 1} 行：表格写得不对：{error}", f"{path} line {before + 1}: {error}"
            ),
            Message("请检查这一行的引号", "check the quotation marks of this line"),
        ) from None


def _row_recipient(cells: Sequence[str], columns: tuple[int, int | None], where: Message) -> Recipient:
    at, named = columns
    if at >= len(cells):
        raise _refusal(",".join(cells), where, Message("这一行没有地址", "this row has no address"))
    return recipient_from(cells[at], cells[named] if named is not None and named < len(cells) else "", where)


def _title_columns(cells: Sequence[str]) -> tuple[int, int | None] | None:
    """The columns of the address and of the name, where the row is one of titles."""
    words = [cell.lower() for cell in cells]
    at = next((i for i, word in enumerate(words) if word in ADDRESS_COLUMNS), None)
    if at is None:
        return None
    return at, next((i for i, word in enumerate(words) if word in NAME_COLUMNS), None)


def _guess_columns(cells: Sequence[str], where: Message) -> tuple[int, int | None]:
    at = next((i for i, cell in enumerate(cells) if "@" in cell), None)
    if at is None:
        raise _refusal(
            ",".join(cells),
            where,
            Message("既没有地址，也不是表头（邮箱,姓名）", "there is no address, nor titles (email,name)"),
        )
    return at, next((i for i, cell in enumerate(cells) if i != at and cell), None)


def _decode_csv(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Message(f"读不了收件人名单 {path}：{reason}", f"cannot read the recipients {path}: {reason}"),
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
