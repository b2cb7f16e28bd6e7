"""Decompresses the body of an HTTP response while it arrives, bounded at every step.

Accepts one layer of gzip or deflate (RFC 9110, 8.4). Other codings and several layers are refused,
because each layer can multiply the size by a thousand.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator

from ..errors import SourceError
from ..messages import Message

LARGEST = 64 * 1024 * 1024
"""Largest response in bytes, after decompression."""
STEP = 1024 * 1024
"""Bytes decompressed at a time."""
ACCEPTED = "gzip, deflate"


class UnreachableError(SourceError):
    """The server gives no timely answer; requests to the same host will likely fail too."""


def read_body(pieces: Iterable[bytes], encoding: str, deadline: float, largest: int = LARGEST) -> bytes:
    """The decompressed body; raises SourceError if over `largest` bytes, too slow or damaged."""
    content = bytearray()
    for piece in _unpacked(_in_time(pieces, deadline), encoding.strip().lower()):
        content += piece
        if len(content) > largest:
            raise SourceError(
                Message("超过 64 MB，不读", "over 64 MB: not read"),
                Message("请先下载再读", "download it first"),
            )
    return bytes(content)


def _in_time(pieces: Iterable[bytes], deadline: float) -> Iterator[bytes]:
    for piece in pieces:
        if time.monotonic() > deadline:
            raise UnreachableError(
                Message("对方送得太慢", "the server sends too slowly"),
                Message("请检查网络，稍后再试", "check the network, and try again later"),
            )
        yield piece


def _unpacked(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The chunks without their content coding; decompressed ones have at most STEP bytes."""
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise _damaged_error(f"Content-Encoding: {encoding[:40]}")
    first = next(pieces, b"")
    raw = (
        encoding == "deflate" and first[:1] != b"\x78"
    )  # some servers send raw deflate, without zlib's header
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
    piece: bytes | None = first
    try:
        while piece is not None:
            yield unpacker.decompress(piece, STEP)
            while unpacker.unconsumed_tail and not unpacker.eof:
                yield unpacker.decompress(unpacker.unconsumed_tail, STEP)
            piece = None if unpacker.eof else next(pieces, None)
    except zlib.error as error:
        raise _damaged_error(str(error)) from None
    if first and not unpacker.eof:
        raise _damaged_error("truncated")


def _damaged_error(what: str) -> SourceError:
    return SourceError(
        Message(f"对方送来的内容解不开：{what}", f"what the server sent cannot be unpacked: {what}"),
        Message("请用浏览器存成文件再读", "save it in a browser, and read the file"),
    )
