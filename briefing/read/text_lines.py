"""Decodes a large text line by line: a table of a hundred megabytes is never in memory twice."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from ..errors import SourceError
from ..messages import Message
from ..text.clean_input import clean_input
from .decode import decode, refuse_binary

STEP = 1024 * 1024
LONGEST_LINE = 8_000_000
"""Longest line in characters; a whole page of a newspaper has some twenty thousand."""


def text_lines(source: str, data: bytes) -> Iterator[str]:
    """The lines of a text, without their ends, as `decode` would give them. Raises SourceError."""
    if not _is_utf8(data):
        yield from _split(decode(source, data))
        return
    refuse_binary(data)
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig")
    some = False
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise SourceError(
                Message(
                    "有一行超过 800 万字，不像一张表",
                    "a line of over eight million characters: hardly a table",
                ),
                Message("请检查文件的换行", "check the file's line ends"),
            )
        some = some or not line.isspace()
        yield clean_input(line.removesuffix("\n"))
    if not some:
        decode(source, b"")  # raises the error for an empty file


def _split(text: str) -> Iterator[str]:
    """As `text.split("\\n")`, a line at a time: a list of millions takes a gigabyte."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _is_utf8(data: bytes) -> bool:
    """Whether it is all valid UTF-8 without NUL, which would indicate UTF-16."""
    if b"\0" in data[:STEP]:
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), STEP):
            decoder.decode(view[start : start + STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
