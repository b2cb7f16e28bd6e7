"""Turns the exceptions of third-party parsers into the expected failure of one source.

Parsers fail on hostile files in many ways: their own errors, ValueError, RecursionError,
MemoryError. Each means that the file is damaged, so it is caught where the file's bytes enter the
parser, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import BriefingError, SourceError
from ..messages import Message


@contextmanager
def foreign_errors() -> Iterator[None]:
    """Turns any exception but our own into a SourceError."""
    try:
        yield
    except BriefingError:
        raise
    except Exception as error:
        name = type(error).__name__
        raise SourceError(
            Message(f"文件已损坏，读不了（{name}）", f"it is damaged and cannot be read ({name})"),
            Message("请重新下载，或另存为纯文本", "download it again, or save it as plain text"),
        ) from error
