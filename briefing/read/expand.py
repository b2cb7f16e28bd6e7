"""Expands arguments to sources: files, folders, globs, addresses and stdin, each once."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import BriefingError
from ..messages import Message
from ..text.clean_input import clean_line
from ..text.natural_order import natural_order
from ..types import Problem
from .beside import FilesBeside
from .fetch import is_address
from .load import STDIN, load_bytes
from .readers import HIDDEN, HTML, PICTURE, READERS
from .saved_parts import saved_with_pages, shown_on_page


def _path_order(path: Path) -> list[tuple[int, int, str]]:
    return natural_order(str(path))


def expand(arguments: Sequence[str]) -> Iterator[str | Problem]:
    """Single sources for files, folders, globs and `-`, each once, in the given order.

    Folders and globs are sorted; folders are read with their subfolders, without hidden files and
    files that have no reader.
    """
    seen: set[str] = set()
    for argument in arguments:
        for item in _expand_one(argument, tuple(READERS)):
            key = (
                str(Path(item).resolve())
                if isinstance(item, str) and item != STDIN and not is_address(item)
                else str(item)
            )
            if key not in seen:
                seen.add(key)
                yield item


def _expand_one(argument: str, suffixes: Sequence[str]) -> Iterator[str | Problem]:
    if argument == STDIN:
        yield STDIN
        return
    if is_address(argument):
        yield argument
        return
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", argument):
        yield Problem(
            source=clean_line(argument, 4000),
            message=Message("只读 http 和 https 网址", "only http and https addresses are read"),
            hint=Message("其他地址请先下载成文件", "download what is elsewhere first"),
        )
        return
    path = Path(argument)
    try:
        if path.is_dir():
            yield from _folder_files(path, suffixes)
        elif path.exists():
            yield argument
        elif any(c in argument for c in "*?[") and (found := _glob_files(path)):
            yield from map(str, _without_linked_pages(found, ()))
        else:
            yield _not_found(path)
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or type(error).__name__
        yield Problem(
            source=clean_line(argument, 4000),
            message=Message(f"打不开：{what}", f"cannot be opened: {what}"),
            hint=Message("请检查路径和权限", "check the path and your permissions"),
        )


def _glob_files(path: Path) -> list[Path]:
    root = Path(path.anchor) if path.anchor else Path()
    return sorted(
        (p for p in root.glob(str(path.relative_to(root) if path.anchor else path)) if p.is_file()),
        key=_path_order,
    )


def _folder_files(folder: Path, suffixes: Sequence[str]) -> Iterator[str | Problem]:
    pages = sorted(
        (
            p
            for p in folder.rglob("*")
            if p.suffix.lower() in suffixes
            and p.is_file()
            and not any(part.startswith(HIDDEN) for part in p.relative_to(folder).parts)
        ),
        key=_path_order,
    )
    if not pages:
        kinds = " ".join(suffixes)
        yield Problem(
            source=clean_line(str(folder), 4000),
            message=Message("文件夹里没有版面", "the folder holds no pages"),
            hint=Message(f"会读的文件：{kinds}", f"files that are read: {kinds}"),
        )
    yield from map(str, _without_linked_pages(pages, (folder,)))


def _without_linked_pages(paths: list[Path], folders: tuple[Path, ...]) -> list[Path]:
    """The files; of an e-paper's edition only the index that links to the others, and none of what a saved
    page only shows.

    `folders` are those that the user named: links are looked for within them.
    """
    parts = set(saved_with_pages(path.as_posix() for path in paths))
    paths = [path for path in paths if path.as_posix() not in parts]
    pictures = {path.resolve() for path in paths if READERS.get(path.suffix.lower()) == PICTURE}
    by_place = {path.resolve(): path for path in paths}
    links: dict[Path, list[Path]] = {}
    for path in paths:
        if READERS.get(path.suffix.lower()) == HTML:
            from .epaper import references
            from .markup import LARGEST, read_markup
            from .web_parts import later_parts

            try:
                text = read_markup(str(path), load_bytes(str(path), LARGEST))
                near = FilesBeside(path, folders)
                found = [near.path(name) for name in references(str(path), text)]
                found = found or [path.parent / name for name in later_parts(path.name, text)]
            except (BriefingError, OSError, ValueError, RecursionError):
                continue  # its reader reports the error
            if pictures:
                found += shown_on_page(text, near.path)
            links[path] = [by_place[place] for one in found if one and (place := one.resolve()) in by_place]
    linked: set[Path] = set()
    for path, others in links.items():
        waiting = [] if path in linked else list(others)
        while waiting:
            other = waiting.pop()
            if other != path and other not in linked:
                linked.add(other)
                waiting += links.get(other, ())
    return [path for path in paths if path not in linked]


def _not_found(path: Path) -> Problem:
    folder = path.parent
    names = [p.name for p in itertools.islice(folder.iterdir(), 5000)] if folder.is_dir() else []
    similar = difflib.get_close_matches(path.name[:300], names, 1, 0.6)
    if similar:
        name = clean_line(str(folder / similar[0]), 4000)
        hint = Message(f"是不是想写 {name}", f"did you mean {name}")
    else:
        hint = Message("请检查文件名和所在文件夹", "check the name and the folder")
    return Problem(
        source=clean_line(str(path), 4000), message=Message("找不到这个文件", "file not found"), hint=hint
    )
