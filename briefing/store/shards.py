"""The output of a batch: folders of tables, each written whole or not at all.

    OUT/job.json            what was asked for
    OUT/part-000000/        a shard: records, articles, summaries, evidence, checks, problems,
                            each a .jsonl or a .parquet

A shard is written beside its place, flushed to the disk, and renamed (POSIX rename): so a folder of
that name is complete, and its `records` say what is done. Knows no articles, only rows.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import StoreError, reason
from ..isolation.flushed_file import write_flushed
from ..messages import Message

Row = Mapping[str, Any]
TABLES: dict[str, dict[str, str]] = {
    "records": {"record": "string", "source": "string", "articles": "int64", "problems": "int64"},
    "articles": {
        "record": "string", "number": "int64", "id": "string", "source": "string", "kicker": "string",
        "headline": "string", "deck": "string", "byline": "string", "dateline": "string", "agency": "string",
        "section": "string", "paper": "string", "date": "string", "page_number": "string", "link": "string",
        "text": "string",
    },
    "summaries": {
        "record": "string", "number": "int64", "headline": "string", "gist": "string", "summary": "string",
        "model": "string", "origin": "string", "passed": "bool",
    },
    "evidence": {
        "record": "string", "number": "int64", "sentence": "int64", "text": "string", "start": "int64",
        "end": "int64", "coverage": "double",
    },
    "checks": {"record": "string", "number": "int64", "kind": "string", "found": "string"},
    "problems": {
        "record": "string", "source": "string", "kind": "string", "message_zh": "string",
        "message_en": "string", "hint_zh": "string", "hint_en": "string",
    },
}  # fmt: skip
"""The columns of each table, with Arrow's names of their types."""
JOB = "job.json"
SHARD = re.compile(r"part-\d{6,}")
PART = ".part-"
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of a folder, in one format: jsonl or parquet."""

    folder: Path
    format: str

    def job(self) -> dict[str, Any] | None:
        """What was asked for when the folder was begun; None for a new one. Raises StoreError."""
        try:
            found = json.loads((self.folder / JOB).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise _damaged_error(self.folder / JOB, error) from None
        return found if isinstance(found, dict) else {}

    def begin(self, job: Mapping[str, Any]) -> None:
        """Makes the folder, and writes down what was asked for. Raises StoreError."""
        content = json.dumps(dict(job), ensure_ascii=False, indent=1) + "\n"
        part = self.folder / f"{PART}{secrets.token_hex(6)}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_flushed(part, content.encode())
            part.replace(self.folder / JOB)
        except OSError as error:
            raise _write_error(self.folder, error) from None

    def names(self) -> list[str]:
        """The shards that are done, in the order in which they were written."""
        return sorted(
            (one.name for one in self.folder.glob("part-*") if SHARD.fullmatch(one.name)), key=_number
        )

    def done(self) -> Iterator[Row]:
        """A row for each record that is done. Raises StoreError for a damaged shard."""
        return self.rows("records")

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table in all shards. Raises StoreError for a damaged one."""
        for name in self.names():
            path = self.folder / name / f"{table}.{self.format}"
            try:
                yield from _parquet_rows(path) if self.format == "parquet" else _json_rows(path)
            except (OSError, ValueError) as error:  # pyarrow's errors are of these kinds
                raise _damaged_error(path, error) from None

    def write(self, tables: Mapping[str, Sequence[Row]]) -> Path:
        """Writes one more shard, whole or not at all; returns its folder. Raises StoreError."""
        number = 1 + max(map(_number, self.names()), default=-1)
        target = self.folder / f"part-{number:06d}"
        part = self.folder / f"{PART}{secrets.token_hex(6)}"
        try:
            part.mkdir()
            for name in TABLES:
                path = part / f"{name}.{self.format}"
                write_flushed(path, self._encoded(name, tables.get(name, ())))
            _flush_folder(part)
            part.rename(target)
            _flush_folder(self.folder)
        except OSError as error:
            raise _write_error(self.folder, error) from None
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return target

    def remove_parts(self) -> None:
        """Removes what a killed run left half-written; call it under the folder's lock."""
        for part in self.folder.glob(f"{PART}*"):
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)

    def write_table(self, name: str, columns: Mapping[str, str], rows: Sequence[Row]) -> Path:
        """Writes a table beside the shards, whole or not at all. Raises StoreError."""
        part = self.folder / f"{PART}{secrets.token_hex(6)}"
        target = self.folder / f"{name}.{self.format}"
        try:
            write_flushed(part, _encoded(self.format, columns, rows))
            part.replace(target)
        except OSError as error:
            raise _write_error(self.folder, error) from None
        finally:
            part.unlink(missing_ok=True)
        return target

    def _encoded(self, name: str, rows: Sequence[Row]) -> bytes:
        return _encoded(self.format, TABLES[name], rows)


def _encoded(format: str, columns: Mapping[str, str], rows: Sequence[Row]) -> bytes:
    """A table as the bytes of a file: the same rows give the same bytes."""
    if format == "jsonl":
        lines = ({name: row.get(name) for name in columns} for row in rows)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return text.encode("utf-8", "backslashreplace")
    import pyarrow as arrow
    from pyarrow.parquet import write_table

    kinds = {
        "string": arrow.string(),
        "int64": arrow.int64(),
        "double": arrow.float64(),
        "bool": arrow.bool_(),
    }
    schema = arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    sink = arrow.BufferOutputStream()
    table = arrow.Table.from_pylist([_encodable(row) for row in rows], schema=schema)
    write_table(table, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _encodable(row: Row) -> dict[str, Any]:
    """The row without lone surrogates, which a file's name may have and Arrow does not take."""
    return {
        name: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }


def _json_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _parquet_rows(path: Path) -> Iterator[Row]:
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
            yield from batch.to_pylist()


def _number(name: str) -> int:
    return int(name.removeprefix("part-"))


def _flush_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_error(folder: Path, error: OSError) -> StoreError:
    why = reason(error)
    return StoreError(
        Message(f"写不进 {folder}：{why.zh}", f"cannot write into {folder}: {why.en}"),
        Message(
            "已写完的分片都在；腾出空间或改好权限后加 --resume 继续",
            "what is written is kept: free some space or change the permissions, and go on with --resume",
        ),
    )


def _damaged_error(path: Path, error: Exception) -> StoreError:
    return StoreError(
        Message(f"{path} 已损坏或读不了：{error}", f"{path} is damaged or cannot be read: {error}"),
        Message(
            "请删去这个分片的文件夹（或换一个 --out），再加 --resume 重做",
            "remove that shard's folder (or name another --out), and make it again with --resume",
        ),
    )


__all__ = ["TABLES", "Row", "Shards"]
