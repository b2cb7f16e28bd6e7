"""The mark by which the program knows its own output, so that it is never read as news.

HTML names its generator, Markdown ends with a comment, plain text with a line, PDF has a keyword and
PNG a text chunk (https://www.w3.org/TR/png-3/#11tEXt), JSON its schema, a letter its Message-ID, EPUB
its archive's comment, a feed its generator.
"""

from __future__ import annotations

import re
import struct
import zlib

from .lazy_pattern import lazy_pattern

COMMENT = "<!-- briefing/1 -->"
LINES = {"zh": "本简报由 briefing 生成。", "hant": "本簡報由 briefing 生成。", "en": "Made by briefing."}
META = '<meta name="generator" content="briefing">'
HEAD, TAIL = 16_384, 400
"""Bytes at the begin and the end of a file in which a mark is looked for."""
LEAST = 300
"""Fewest bytes of text that need a mark: a story has more."""
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
PNG_TEXT = b"Software\x00briefing"
GENERATOR = lazy_pattern(
    rb"""<meta[^<>]{0,60}?\sname=["']?generator["']?\s[^<>]{0,60}?content=["']?briefing["'\s/>]"""
    rb"""|<meta[^<>]{0,60}?\scontent=["']?briefing["']?\s[^<>]{0,60}?name=["']?generator["'\s/>]""",
    re.IGNORECASE,
)
LETTER = lazy_pattern(rb"^Message-ID:\s{1,4}<briefing\.[0-9a-f]{32}@", re.IGNORECASE | re.MULTILINE)
HEADER = lazy_pattern(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
SCHEMA = lazy_pattern(rb'\s*\{\s*"schema"\s*:\s*"briefing/\d')
KEYWORD = lazy_pattern(rb"/Keywords\s*\(briefing/1\)|<pdf:Keywords>briefing/1</pdf:Keywords>")
PDF_COMMENT = b"%briefing/1"
ZIP_COMMENT = b"briefing/1"
"""The comment at the end of an EPUB's archive."""
FEED = b"<generator>briefing</generator>"


def marked(format: str, content: bytes, language: str = "zh") -> bytes:
    """The document with its mark, unchanged if it has one or is too short to be taken for news;
    other formats are left alone.

    `language` is zh, hant or en: the line of plain text is for readers too.
    """
    if is_marked(content) or (format in ("html", "md", "txt") and len(content) < LEAST):
        return content
    if format == "html":
        head = re.search(rb"<head[^<>]*>", content[:HEAD], re.IGNORECASE)
        at = head.end() if head else len(content)
        return content[:at] + (META if head else f"{COMMENT}\n").encode() + content[at:]
    if format == "md":
        return content + f"\n{COMMENT}\n".encode()
    if format == "txt":
        return content + f"{LINES.get(language, LINES['zh'])}\n".encode()
    if format == "pdf":
        return content.rstrip(b"\n") + b"\n" + PDF_COMMENT + b"\n"
    if format == "png":
        return _with_text(content)
    return content


def is_marked(data: bytes) -> bool:
    """Whether the bytes are a document or a letter of this program."""
    head, tail = data[:HEAD], data[-TAIL:].rstrip()
    if data.startswith(b"%PDF"):
        return tail.endswith(PDF_COMMENT) or KEYWORD.search(data) is not None
    if data.startswith(PNG_START):
        return PNG_TEXT in head or PNG_TEXT in data[-TAIL:]
    if (data.startswith(b"PK") and data.endswith(ZIP_COMMENT)) or FEED in head:
        return True
    if SCHEMA.match(head) or GENERATOR.search(head) or tail.endswith(COMMENT.encode()):
        return True
    if HEADER.match(head) and LETTER.search(head):
        return True
    last = tail.rpartition(b"\n")[2].strip()
    return any(last in (line.encode(), line.encode("gb18030")) for line in LINES.values())


def _with_text(content: bytes) -> bytes:
    """A PNG with the text chunk before its last chunk."""
    at = content.rfind(PNG_END) - 4
    if not content.startswith(PNG_START) or at < len(PNG_START):
        return content
    body = b"tEXt" + PNG_TEXT
    chunk = struct.pack(">I", len(PNG_TEXT)) + body + struct.pack(">I", zlib.crc32(body))
    return content[:at] + chunk + content[at:]


__all__ = ["is_marked", "marked"]
