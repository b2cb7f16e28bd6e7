"""A corpus as a stream of records, each known by its content: a row of a table, or the file of a page.

Rows are streamed, so that a table may be larger than memory; CSV is read whole, up to the limit of a
source. Knows no articles: what a record holds is told by `pages_of`, in whatever process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..errors import BriefingError, SourceError, UsageError
from ..messages import Message
from ..text.clean_input import clean_input
from ..types import Page, Problem
from .corpus_files import PACKED, PARQUET, ROWS, CorpusFile, corpus_files
from .load import LIMIT
from .records import json_row, row_page
from .records import rows as table_rows
from .sources import SourceReader, chinese_or_problem
from .text_lines import text_lines

LONGEST_LINE = 32 * 1024 * 1024
"""Longest line of JSON in bytes."""
SAMPLE = 1024 * 1024
"""Bytes from which the encoding of a file is told."""
ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the input; `key` is the sha256 of `data` in hexadecimal.

    `row` tells a table's row, as JSON, from a file. `share` is the part of the input's bytes that has
    been read with it, 0 to 1; 0 where the size is not known.
    """

    key: str
    source: str
    data: bytes
    row: bool
    share: float = 0.0


def records(arguments: Sequence[str], without: Path | None = None) -> Iterator[Record | Problem]:
    """The records of all files in order; what cannot be read is a Problem.

    What lies in the folder `without`, where the output is written, is none of it.

    Raises UsageError, before the first record, for an address that cannot be read here.
    """
    found = list(corpus_files(arguments, without))
    if any(isinstance(one, CorpusFile) and one.name.lower().endswith(PARQUET) for one in found):
        _require_pyarrow()
    total = sum(one.size for one in found if isinstance(one, CorpusFile))
    before = 0
    for item in found:
        if isinstance(item, Problem):
            yield item
            continue
        try:
            for piece in _read(item):
                if isinstance(piece, Problem):
                    yield piece
                    continue
                source, data, row, position = piece
                share = (before + position) / total if total else 0.0
                key = hashlib.sha256(data).hexdigest()
                yield Record(key=key, source=source, data=data, row=row, share=min(1.0, share))
        except BriefingError as error:
            yield Problem(source=item.name, message=error.message, hint=error.hint)
        except (OSError, EOFError, ValueError, ImportError) as error:  # also what unpacks, and pyarrow
            yield _damaged(item.name, error)
        before += item.size


def pages_of(record: Record) -> Iterator[Page | Problem]:
    """The pages of a record; a row is one page, which is one article."""
    if not record.row:
        yield from SourceReader().pages_in(record.source, record.data)
        return
    try:
        line = record.data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield _damaged(record.source, error)
        return
    row = json_row(record.source, clean_input(line))
    yield row if isinstance(row, Problem) else chinese_or_problem(row_page(record.source, row))


Piece = tuple[str, bytes, bool, int]
"""Source, bytes, whether it is a row, and the position in the file, in bytes."""


def _read(file: CorpusFile) -> Iterator[Piece | Problem]:
    """What a file holds; raises SourceError, and what pyarrow and the unpackers raise."""
    path = PurePosixPath(file.name.lower())
    packed = PACKED.get(path.suffix)
    kind = PurePosixPath(path.stem).suffix if packed else path.suffix
    with file.open() as raw:
        if kind in ROWS or file.name == "-":
            yield from _lines(file, raw, packed(raw) if packed else raw)
        elif kind == PARQUET:
            yield from _parquet_rows(file, raw)
        elif kind in (".csv", ".tsv"):
            data = _whole(raw)
            for where, row in table_rows(file.name, data):
                yield row if isinstance(row, Problem) else (where, _as_json(row), True, file.size)
        else:
            yield file.name, _whole(raw), False, file.size


def _lines(file: CorpusFile, raw: IO[bytes], stream: IO[bytes]) -> Iterator[Piece]:
    """The lines of JSON lines, without blank ones; UTF-8 is streamed, other encodings read whole."""
    head = stream.read(SAMPLE)
    if not _is_utf8(head):
        whole = head + _whole(stream)
        for number, text in enumerate(text_lines(file.name, whole), 1):
            if text.strip():
                yield f"{file.name}:{number}", text.strip().encode("utf-8"), True, file.size
        return
    position = 0
    for number, line in enumerate(_split(head.removeprefix(b"\xef\xbb\xbf"), stream), 1):
        position += len(line) + 1
        if line.strip():
            yield f"{file.name}:{number}", line.strip(), True, position if stream is raw else _position(raw)


def _split(rest: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of what was read and of what follows. Raises SourceError for an endless one."""
    while True:
        *whole, rest = rest.split(b"\n")
        yield from whole
        if len(rest) > LONGEST_LINE:
            raise SourceError(
                Message("有一行超过 32 MB", "a line of over 32 MB"),
                Message("请检查文件的换行", "check the file's line ends"),
            )
        more = stream.read(SAMPLE)
        if not more:
            yield rest
            return
        rest += more


def _position(raw: IO[bytes]) -> int:
    return raw.tell() if raw.seekable() else 0


def _is_utf8(head: bytes) -> bool:
    """Whether it begins as UTF-8 without NUL; the last character may be cut in two."""
    if b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 and len(head) == SAMPLE
    return True


def _parquet_rows(file: CorpusFile, raw: IO[bytes]) -> Iterator[Piece]:
    from pyarrow.parquet import ParquetFile

    table = ParquetFile(raw)
    count, number = table.metadata.num_rows, 0
    for batch in table.iter_batches(batch_size=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            number += 1
            yield f"{file.name}:{number}", _as_json(row), True, file.size * number // max(1, count)


def _require_pyarrow() -> None:
    if not find_spec("pyarrow"):
        raise UsageError(
            Message("读 Parquet 需要 pyarrow", "Parquet needs pyarrow"),
            Message("pip install 'briefing[batch]'", "pip install 'briefing[batch]'"),
        )


def _as_json(row: dict[str, Any]) -> bytes:
    """A row as JSON: its members in the order of the table, times and the like as text."""
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace")


def _whole(stream: IO[bytes]) -> bytes:
    """All that is left; raises SourceError over the limit."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        size = LIMIT // (1024 * 1024)
        raise SourceError(
            Message(f"超过 {size} MB", f"over {size} MB"),
            Message("请拆成几个文件，或转成 .jsonl", "split it into several files, or make it a .jsonl"),
        )
    return data


def _damaged(source: str, error: Exception) -> Problem:
    return Problem(
        source=source,
        message=Message(f"读不了：{error}", f"cannot be read: {error}"),
        hint=Message("请检查这个文件是否完整", "check that the file is complete"),
    )


__all__ = ["Record", "pages_of", "records"]
