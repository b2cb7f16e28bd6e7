"""Finds the file that a saved page refers to, among the files saved with it.

Pages are saved in many ways: with their folders as on the server, all in one folder, with links
made relative or left as addresses, with or without the query in the name. The file is looked for
where the link points, then by the end of its path in the folders around the page. Knows names
only: whether a file exists is told by the caller.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import SourceError
from ..messages import Message
from ..text.lazy_pattern import lazy_pattern
from .load import load_bytes

DEEPEST = 12
"""Most folders of a link, and most folders around a page, that are tried."""
LEVEL = lazy_pattern(r"\d{1,8}|\d{4}-\d{2}(?:-\d{2})?|\d{8}_\w{1,4}|layout|content|html|pc", re.IGNORECASE)
"""A folder that an e-paper's server makes: a year, a month, a day, a page, or all pages."""
ADDRESS = lazy_pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def beside(folder: str, reference: str, is_file: Callable[[str], bool]) -> str | None:
    """The path of the file that a page in `folder` refers to; None if there is none.

    Paths are relative, with slashes; one that leaves the top folder is no file.
    """
    return next((path for path in _candidates(folder, reference) if is_file(path)), None)


def _candidates(folder: str, reference: str) -> Iterator[str]:
    """The paths at which a referenced file may lie, the likeliest first."""
    try:
        parts = urlsplit(reference)
    except ValueError:  # a broken IPv6 host
        return
    path = unquote(parts.path)
    if not parts.netloc and not path.startswith("/") and not ADDRESS.match(reference):
        for name in (unquote(reference), path):
            found = posixpath.normpath(posixpath.join(folder, name))
            if not found.startswith(".."):
                yield found
    names = [name for name in path.split("/") if name not in ("", ".", "..")][-DEEPEST:]
    above = [folder]
    while above[-1] and len(above) < DEEPEST:
        above.append(posixpath.dirname(above[-1]))
    for start in range(len(names) - 1):
        for place in above:
            yield posixpath.join(place, *names[start:])
    if names and any(char.isdigit() for char in names[-1]):  # node.htm may be any page's
        yield posixpath.join(folder, names[-1])


def top_folder(source: Path, given: tuple[Path, ...] = ()) -> Path:
    """The folder within which a page's references are looked for.

    That is the innermost of the `given` folders that holds it; else its own folder, or the one
    above the folders that an e-paper's server makes (layout/202611/20).
    """
    folder = source.parent
    holding = [one for one in given if folder.resolve().is_relative_to(one.resolve())]
    if holding:
        return max(holding, key=lambda one: len(one.resolve().parts))
    top = folder.resolve()
    for _ in range(DEEPEST):
        if not LEVEL.fullmatch(top.name) or top.parent == top:
            break
        top = top.parent
    return top if top != folder.resolve() else folder


class FilesBeside:
    """Resolves references of a saved page to files within a top folder, none outside it."""

    def __init__(self, source: Path, given: tuple[Path, ...] = ()) -> None:
        """The files around the page `source`; `given` are the folders that the user named."""
        self.top = top_folder(source, given)
        self.folder = _relative(source.parent, self.top)

    def __call__(self, reference: str) -> bytes:
        """The bytes of the file; raises SourceError."""
        path = self.path(reference)
        if path is None:
            raise SourceError(
                Message(f"没有和这一页一起保存：{reference}", f"not saved with this page: {reference}"),
                Message("请把整期报纸放在一个文件夹里", "put the whole edition into one folder"),
            )
        return load_bytes(str(path))

    def path(self, reference: str) -> Path | None:
        """The file that a reference means; None if it is not within the top folder."""
        found = beside(self.folder, reference, self._is_file)
        return None if found is None else self.top / found

    def _is_file(self, path: str) -> bool:
        try:
            whole = (self.top / path).resolve()
            return whole.is_file() and whole.is_relative_to(self.top.resolve())
        except (OSError, ValueError):
            return False


def _relative(folder: Path, top: Path) -> str:
    """The folder's path below the top folder, with slashes; empty for the top folder itself."""
    try:
        found = folder.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if found == "." else found


__all__ = ["FilesBeside", "beside", "top_folder"]
