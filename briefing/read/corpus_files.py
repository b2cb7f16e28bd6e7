"""The files of a corpus: local ones, and those of an object store by its address (through fsspec)."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from ..errors import SourceError, UsageError, reason
from ..messages import Message
from ..text.natural_order import natural_order
from ..types import Problem
from .expand import expand
from .fetch import is_address
from .load import STDIN, is_folder
from .readers import READERS

ROWS = (".jsonl", ".ndjson")
PACKED: dict[str, Callable[[IO[bytes]], Any]] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
PARQUET = ".parquet"
MORE = (PARQUET, ".ndjson", *(f"{rows}{packed}" for rows in ROWS for packed in PACKED))
"""Ends of names that only a corpus has; what has a reader of its own is taken as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFile:
    """A file by its name or address, its size in bytes (0: unknown), and what opens it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


def corpus_files(arguments: Sequence[str], without: Path | None = None) -> Iterator[CorpusFile | Problem]:
    """The files of folders, globs, addresses and `-` (JSON lines), each once, in the given order.

    Of local files those in the folder `without` are left out.

    Raises UsageError for an address without fsspec, and for one of the web.
    """
    seen: set[str] = set()
    for argument in arguments:
        for item in _stored(argument) if "://" in argument else _local(argument, without):
            name = item.name if isinstance(item, CorpusFile) else repr(item)
            if name not in seen:
                seen.add(name)
                yield item


def _local(argument: str, without: Path | None) -> Iterator[CorpusFile | Problem]:
    if argument == STDIN:
        yield CorpusFile(name=STDIN, size=0, open=lambda: sys.stdin.buffer)
        return
    more = _files_of_corpora(Path(argument)) if is_folder(argument) else []
    found = list(expand([argument]))
    if more and any(isinstance(one, Problem) for one in found):  # the folder holds no pages but tables
        found = []
    for name in sorted({*more, *(one for one in found if isinstance(one, str))}, key=natural_order):
        if without is None or not Path(name).resolve().is_relative_to(without.resolve()):
            yield _local_file(name)
    yield from (one for one in found if isinstance(one, Problem))


def _files_of_corpora(folder: Path) -> list[str]:
    return [
        str(path)
        for path in folder.rglob("*")
        if path.name.lower().endswith(MORE)
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def _local_file(name: str) -> CorpusFile:
    path = Path(name)
    try:
        size = path.stat().st_size
    except OSError:  # opening it tells why
        size = 0
    return CorpusFile(name=name, size=size, open=lambda: _opened(path))


def _opened(path: Path) -> IO[bytes]:
    """The file. Raises SourceError if it is no regular file or cannot be opened."""
    try:
        if path.exists() and not path.is_file():
            raise SourceError(
                Message("不是普通文件，不读", "not a regular file: not read"),
                Message("请检查文件名", "check the name"),
            )
        return path.open("rb")
    except OSError as error:
        why = reason(error)
        raise SourceError(
            Message(f"读不了：{why.zh}", f"cannot be read: {why.en}"),
            Message("请检查文件和权限", "check the file and your permissions"),
        ) from None


def _stored(address: str) -> Iterator[CorpusFile | Problem]:
    """The files behind an address of an object store: one, a folder's or a glob's."""
    if is_address(address):
        raise UsageError(
            Message(f"batch 不读网址：{address}", f"batch reads no web address: {address}"),
            Message("网页请用 digest，或先下载成文件", "use digest for web pages, or download them first"),
        )
    system, path = _file_system(address)
    scheme = address.partition("://")[0]
    try:
        single = not set(path) & set("*?[") and system.isfile(path)
        names = [path] if single else _names_below(system, path)
        sizes = [int(system.size(name) or 0) for name in names]
    except Exception as error:  # each file system has failures of its own
        yield _unreachable(address, error)
        return
    if not names:
        yield _unreachable(address, FileNotFoundError(path))
    for name, size in zip(names, sizes, strict=True):
        opener = cast("Callable[[], IO[bytes]]", lambda name=name: system.open(name, "rb"))
        yield CorpusFile(name=f"{scheme}://{name}", size=size, open=opener)


def _names_below(system: Any, path: str) -> list[str]:
    found = system.glob(path) if set(path) & set("*?[") else system.find(path)
    ends = (*READERS, *MORE)
    return sorted((str(one) for one in found if str(one).lower().endswith(ends)), key=natural_order)


def _file_system(address: str) -> tuple[Any, str]:
    """fsspec's file system of an address, and the path in it. Raises UsageError."""
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(
            Message(f"打不开 {address}：{error}", f"cannot open {address}: {error}"),
            Message(
                "请安装 pip install 'briefing[batch]'，再装该存储的软件包，如 s3fs、gcsfs、ossfs",
                "install 'briefing[batch]', and the store's package, as s3fs, gcsfs, ossfs",
            ),
        ) from None
    return system, str(path)


def _unreachable(address: str, error: Exception) -> Problem:
    return Problem(
        source=address,
        message=Message(f"打不开：{error!r}", f"cannot be opened: {error!r}"),
        hint=Message("请检查地址和凭据", "check the address and the credentials"),
    )


__all__ = ["PACKED", "PARQUET", "ROWS", "CorpusFile", "corpus_files"]
