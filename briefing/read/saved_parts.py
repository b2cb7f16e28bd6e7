"""Knows which files lie in a folder only because a saved page shows them: they are no pages of their own.

A browser saves what a page shows in a folder named after it (`page_files`, `page.files`, `page_文件`);
e-papers are saved with their pictures in folders as on the server.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from ..text.lazy_pattern import lazy_pattern
from .readers import HTML, READERS

Found = TypeVar("Found")
PAGES = tuple(end for end, reader in READERS.items() if reader == HTML)
FOLDERS = ("_files", ".files", "_文件", "_檔案", "_fichiers")
IMAGE = lazy_pattern(
    r"<img\s[^<>]*?\b(?:src|data-src|data-original)\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
MOST = 2000
"""Most pictures of a page that are looked for."""


def saved_with_pages(names: Iterable[str]) -> Iterator[str]:
    """Of paths with slashes, those in a folder that a browser made for a page among them."""
    known = list(names)
    stems = {name[: -len(end)] for name in known for end in PAGES if name.lower().endswith(end)}
    folders = {f"{stem}{end}" for stem in stems for end in FOLDERS}
    for name in known:
        parts = name.split("/")
        if any("/".join(parts[:depth]) in folders for depth in range(1, len(parts))):
            yield name


def shown_on_page(text: str, near: Callable[[str], Found | None]) -> Iterator[Found]:
    """The files of the pictures that a page's source shows; `near` finds the file of a reference."""
    for found in islice(IMAGE.finditer(text), MOST):
        reference = html.unescape(next(filter(None, found.groups())))
        if not reference.startswith("data:") and (file := near(reference)):
            yield file


__all__ = ["saved_with_pages", "shown_on_page"]
