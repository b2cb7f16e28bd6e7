"""What the user named becomes the list of things to read, and each its bytes and its reader."""

from __future__ import annotations

import difflib
import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import BriefingError, SourceError, Text
from ..protocols import Near, Reader
from ..types import Page, Problem

STDIN = "-"
LIMIT = 256 * 1024 * 1024
"""Bytes; a newspaper's page has some ten thousand."""
READERS = {
    ".txt": "briefing.read.plain:read",
    ".text": "briefing.read.plain:read",
    ".md": "briefing.read.markdown:read",
    ".markdown": "briefing.read.markdown:read",
    ".html": "briefing.read.html:read",
    ".htm": "briefing.read.html:read",
    ".xhtml": "briefing.read.html:read",
    ".shtml": "briefing.read.html:read",
    ".pdf": "briefing.read.pdf:read",
    ".png": "briefing.read.ocr:read",
    ".jpg": "briefing.read.ocr:read",
    ".jpeg": "briefing.read.ocr:read",
    ".tif": "briefing.read.ocr:read",
    ".tiff": "briefing.read.ocr:read",
    ".webp": "briefing.read.ocr:read",
}


def read(source: str) -> Iterator[Page | Problem]:
    """The pages of one source, in order; whatever keeps them from being read is a Problem."""
    try:
        data = load(source)
        yield from _reader(source)(source, data, _beside(source))
    except BriefingError as error:
        yield Problem(source=source, message=error.message, hint=error.hint)


def _reader(source: str) -> Reader:
    """The reader for the source's suffix; plain text where there is no other."""
    module, _, name = READERS.get(Path(source).suffix.lower(), READERS[".txt"]).partition(":")
    reader: Reader = getattr(importlib.import_module(module), name)
    return reader


def _beside(source: str) -> Near:
    """Gives the files beside a source, none outside its folder."""
    folder = Path.cwd() if source == STDIN else Path(source).parent

    def near(reference: str) -> bytes:
        path = folder / reference
        if not path.resolve().is_relative_to(folder.resolve()):
            raise SourceError(
                Text(f"{reference} 不在同一个文件夹里", f"{reference} is outside the folder"),
                Text("请把整期报纸放在一个文件夹里", "put the whole edition into one folder"),
            )
        return load(str(path))

    return near


def _natural(path: Path) -> list[tuple[int, int | str]]:
    return [
        (0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"(\d+)", str(path)) if part
    ]


def expand(arguments: Sequence[str], extra: Sequence[str] = ()) -> Iterator[str | Problem]:
    """Files, folders, globs and `-` as single sources, each once, in the order given; folders and globs sorted.

    Folders are read with their subfolders; hidden files and other suffixes than the readers' and `extra` are passed over.
    """
    seen: set[str] = set()
    for argument in arguments:
        for item in _expanded(argument, (*READERS, *extra)):
            key = str(Path(item).resolve()) if isinstance(item, str) and item != STDIN else str(item)
            if key not in seen:
                seen.add(key)
                yield item


def _expanded(argument: str, suffixes: Sequence[str]) -> Iterator[str | Problem]:
    if argument == STDIN:
        yield STDIN
        return
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", argument):
        yield Problem(
            source=argument,
            message=Text("这个版本只读文件，不读网址", "this version reads files, not addresses"),
            hint=Text("请先把页面存成 .txt 或 .md", "save the page as .txt or .md first"),
        )
        return
    path = Path(argument)
    try:
        if path.is_dir():
            yield from _folder(path, suffixes)
        elif path.exists():
            yield argument
        elif any(c in argument for c in "*?[") and (found := _glob(path)):
            yield from map(str, _led(found))
        else:
            yield _missing(path)
    except OSError as error:
        yield Problem(
            source=argument,
            message=Text(f"打不开：{error.strerror}", f"cannot be opened: {error.strerror}"),
            hint=Text("请检查路径和权限", "check the path and your permissions"),
        )


def _glob(path: Path) -> list[Path]:
    root = Path(path.anchor) if path.anchor else Path()
    return sorted(
        (p for p in root.glob(str(path.relative_to(root) if path.anchor else path)) if p.is_file()),
        key=_natural,
    )


def _folder(folder: Path, suffixes: Sequence[str]) -> Iterator[str | Problem]:
    pages = sorted(
        (
            p
            for p in folder.rglob("*")
            if p.suffix.lower() in suffixes
            and p.is_file()
            and not any(part.startswith(".") for part in p.relative_to(folder).parts)
        ),
        key=_natural,
    )
    if not pages:
        kinds = " ".join(suffixes)
        yield Problem(
            source=str(folder),
            message=Text("文件夹里没有版面", "the folder holds no pages"),
            hint=Text(f"会读的文件：{kinds}", f"files that are read: {kinds}"),
        )
    yield from map(str, _led(pages))


def _led(paths: list[Path]) -> list[Path]:
    """The files, but of an e-paper's edition only the index that leads to the others."""
    leads: dict[Path, list[Path]] = {}
    for path in paths:
        if READERS.get(path.suffix.lower()) == READERS[".html"]:
            from .epaper import references
            from .markup import markup

            try:
                leads[path] = [
                    path.parent / name for name in references(markup(str(path), path.read_bytes()))
                ]
            except (BriefingError, OSError):
                continue  # whoever reads it will say what is wrong
    led: set[Path] = set()
    for path, others in leads.items():
        waiting = [] if path in led else list(others)
        while waiting:
            other = waiting.pop()
            if other != path and other not in led:
                led.add(other)
                waiting += leads.get(other, ())
    return [path for path in paths if path not in led]


def _missing(path: Path) -> Problem:
    folder = path.parent
    names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    near = difflib.get_close_matches(path.name, names, 1, 0.6)
    if near:
        hint = Text(f"是不是想写 {folder / near[0]}", f"did you mean {folder / near[0]}")
    else:
        hint = Text("请检查文件名和所在文件夹", "check the name and the folder")
    return Problem(source=str(path), message=Text("找不到这个文件", "file not found"), hint=hint)


def load(source: str) -> bytes:
    """The bytes of a source; raises SourceError when it cannot be read or is larger than LIMIT."""
    try:
        if source == STDIN:
            data = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(LIMIT + 1)
    except OSError as error:
        raise SourceError(
            Text(f"读不了：{error.strerror}", f"cannot be read: {error.strerror}"),
            Text("请检查文件和权限", "check the file and your permissions"),
        ) from None
    if len(data) > LIMIT:
        raise SourceError(
            Text("超过 256 MB，不像一个版面", "over 256 MB: hardly a page"),
            Text("请按版面拆成多个文件", "split it into one file a page"),
        )
    return data
