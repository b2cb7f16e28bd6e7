"""Reads the bytes of a regular file or of stdin, up to a limit that is checked first."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import IO

from ..errors import SourceError, reason
from ..messages import Message

STDIN = "-"
LIMIT = 256 * 1024 * 1024
"""Largest file in bytes; a newspaper's page has some ten thousand."""
STEP = 1024 * 1024


def is_folder(path: str) -> bool:
    """Whether there is a folder of that name; one that cannot be looked at is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def load_bytes(source: str, limit: int = LIMIT) -> bytes:
    """The bytes of a source.

    Raises SourceError if it cannot be read, is not a regular file, or is over `limit` bytes.
    """
    try:
        if source == STDIN:
            if sys.stdin is None:
                raise SourceError(
                    Message("标准输入已关闭", "stdin is closed"), Message("请给出文件名", "name a file")
                )
            return _read_bounded(sys.stdin.buffer, limit)
        # Opened non-blocking: a FIFO without a writer would block.
        with os.fdopen(
            os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        ) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _not_regular_error(source)
            if status.st_size > limit:
                raise _too_large_error(limit)
            return _read_bounded(file, limit)
    except OSError as error:
        if error.errno is not None and Path(source).is_dir():
            raise _not_regular_error(source) from None
        why = reason(error)
        raise SourceError(
            Message(f"读不了：{why.zh}", f"cannot be read: {why.en}"),
            Message("请检查文件和权限", "check the file and your permissions"),
        ) from None
    except ValueError:  # a NUL in the name
        raise SourceError(
            Message("文件名里有不能用的字符", "the name has characters that no file may have"),
            Message("请检查文件名", "check the name"),
        ) from None


def _read_bounded(file: IO[bytes], limit: int) -> bytes:
    """All bytes of an open file; raises SourceError once the limit is exceeded."""
    content = bytearray()
    while piece := file.read(STEP):
        content += piece
        if len(content) > limit:
            raise _too_large_error(limit)
    return bytes(content)


def _too_large_error(limit: int) -> SourceError:
    size = limit // (1024 * 1024)
    return SourceError(
        Message(f"超过 {size} MB，不像一个版面", f"over {size} MB: hardly a page"),
        Message("请按版面拆成多个文件", "split it into one file a page"),
    )


def _not_regular_error(source: str) -> SourceError:
    return SourceError(
        Message(
            "不是普通文件（管道、设备或文件夹），不读",
            "not a regular file (a pipe, a device, a folder): not read",
        ),
        Message("从管道读时请用 - （标准输入）", "to read from a pipe, name - for stdin"),
    )
