"""Chooses the reader of a source by its suffix, or by its first bytes if that is missing or
unreliable.
"""

from __future__ import annotations

import importlib
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..protocols import Reader
from ..text.lazy_pattern import lazy_pattern

PLAIN = "briefing.read.plain:read"
HTML = "briefing.read.html:read"
PDF = "briefing.read.pdf:read"
PICTURE = "briefing.read.ocr:read"
FEED = "briefing.read.feed:read"
ZIP = "briefing.read.zipped:read"
RECORDS = "briefing.read.records:read"
READERS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": "briefing.read.markdown:read",
    ".markdown": "briefing.read.markdown:read",
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), HTML),
    **dict.fromkeys((".xml", ".rss", ".atom"), FEED),
    ".pdf": PDF,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"), PICTURE),
    ".docx": "briefing.read.docx:read",
    ".epub": "briefing.read.epub:read",
    ".zip": ZIP,
    ".jsonl": RECORDS,
    **dict.fromkeys((".csv", ".tsv"), RECORDS),
}
NAMED = {".json": RECORDS}
"""Files that are read when they are named; in folders they are seldom news."""
HIDDEN = (".", "~$", "__MACOSX")
"""Beginnings of the names of files and folders that programs keep for themselves: ~$ of a document open in Word."""
TEXT = (PLAIN, READERS[".md"])
BINARY = (PDF, PICTURE, ZIP, READERS[".docx"], READERS[".epub"])
MEDIA_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/pdf": PDF,
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/feed+json": RECORDS,
    "application/zip": ZIP,
    "application/epub+zip": "briefing.read.epub:read",
    "image/png": PICTURE,
    "image/jpeg": PICTURE,
    "image/tiff": PICTURE,
    "image/webp": PICTURE,
}
MAGIC = (
    (lazy_pattern(rb"%PDF-"), PDF),
    (lazy_pattern(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.DOTALL), "briefing.read.epub:read"),
    (lazy_pattern(rb"PK\x03\x04(?s:.){26}(?:\[Content_Types\]\.xml|word/)"), "briefing.read.docx:read"),
    (lazy_pattern(rb"PK\x03\x04"), ZIP),
    (lazy_pattern(rb"\x89PNG|\xff\xd8\xff|II\*\x00|MM\x00\*"), PICTURE),
    (lazy_pattern(rb"(?i)(?:\xef\xbb\xbf)?\s*<\?xml(?s:.){0,600}<(?:rss|feed|rdf:RDF)[\s>]"), FEED),
    (lazy_pattern(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:rss|feed)[\s>]"), FEED),
    (lazy_pattern(rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<\?xml(?s:.){0,300})?(?:<!--(?s:.){0,400}?-->\s*)?<(?:!doctype html|html|head|body)[\s>]"), HTML),
)  # fmt: skip


def suffix(source: str) -> str:
    """The suffix of a file name or an address, in lower case."""
    path = urlsplit(source).path if "://" in source else source
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()


def is_archive(source: str, data: bytes) -> bool:
    """Whether the source's reader would unpack an archive."""
    return _reader_name(source, data, "") == ZIP


def reader_for(source: str, data: bytes, media_type: str = "") -> Reader:
    """The reader for a source; `media_type` as the server gives it. Plain text by default."""
    module, _, function = _reader_name(source, data, media_type).partition(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader


def _reader_name(source: str, data: bytes, media_type: str) -> str:
    head = data[:2000]
    sniffed = next((name for pattern, name in MAGIC if pattern.match(head)), None)
    stated = READERS.get(suffix(source)) or NAMED.get(suffix(source))
    if "://" in source:
        return sniffed or MEDIA_TYPES.get(media_type) or stated or PLAIN
    if stated is None or (stated == FEED and sniffed == HTML) or (stated in TEXT and sniffed in BINARY):
        return sniffed or stated or PLAIN
    return stated
