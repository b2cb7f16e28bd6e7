"""What the user named becomes the list of things to read, and each its bytes and its reader."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ReadContext, Resolver
from ..text.chars import han_runs
from ..types import Page, Problem
from .fetch import Fetcher, FetchPolicy, is_address
from .readers import HTML, READERS, reader_for

STDIN = "-"
LIMIT = 256 * 1024 * 1024
"""Bytes; a newspaper's page has some ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How sources are read: the manners on the network, and whether a feed's teasers are followed to the articles."""

    policy: FetchPolicy = field(default_factory=FetchPolicy)
    follow: bool = False


class SourceReader:
    """Reads one source after another, in one way; keeps what it learnt of the hosts on the way."""

    def __init__(self, options: ReadingOptions | None = None) -> None:
        """By default with the usual manners."""
        self.options = options or ReadingOptions()
        self.fetch = Fetcher(self.options.policy)

    def read(self, source: str) -> Iterator[Page | Problem]:
        """The pages of one source, in order; whatever keeps them from being read is a Problem."""
        try:
            if is_address(source):
                answer = self.fetch(source)
                yield from self._pages(
                    answer.address, answer.content, answer.media_type, self._references_of(answer.address)
                )
            else:
                yield from self._pages(source, load_bytes(source), "", _files_beside(source))
        except BriefingError as error:
            shown = re.sub(r"//[^/@]*@", "//…@", source) if is_address(source) else source
            yield Problem(source=shown, message=error.message, hint=error.hint)

    def _pages(
        self, source: str, data: bytes, media_type: str, resolve: Resolver
    ) -> Iterator[Page | Problem]:
        reader = reader_for(source, data, media_type)
        follow = self._references_of(source) if self.options.follow else None
        for item in reader(source, data, ReadContext(resolve=resolve, follow=follow)):
            yield item if isinstance(item, Problem) or _is_chinese(item) else _foreign_problem(item.source)

    def _references_of(self, base: str) -> Resolver:
        """Gives what is behind references relative to an address."""
        return lambda reference: (
            self.fetch(urljoin(base, reference) if is_address(base) else reference).content
        )


def read(source: str) -> Iterator[Page | Problem]:
    """The pages of one source, read in the usual way."""
    yield from SourceReader().read(source)


def _is_chinese(page: Page) -> bool:
    """Whether the page could be one of a Chinese newspaper: a page of English cannot."""
    sample = page.text[:20_000]
    letters = sum(char.isalpha() for char in sample)
    return letters < 200 or sum(map(len, han_runs(sample))) > 0.05 * letters


def _foreign_problem(source: str) -> Problem:
    return Problem(
        source=source,
        message=Message("这一页不是中文", "this page is not in Chinese"),
        hint=Message("本程序只处理中文报纸", "this program is for Chinese newspapers"),
    )


def _files_beside(source: str) -> Resolver:
    """Gives the files beside a source, none outside its folder."""
    folder = Path.cwd() if source == STDIN else Path(source).parent

    def resolve(reference: str) -> bytes:
        path = folder / unquote(reference)
        if not path.resolve().is_relative_to(folder.resolve()):
            raise SourceError(
                Message(f"{reference} 不在同一个文件夹里", f"{reference} is outside the folder"),
                Message("请把整期报纸放在一个文件夹里", "put the whole edition into one folder"),
            )
        return load_bytes(str(path))

    return resolve


def _natural_order(path: Path) -> list[tuple[int, int | str]]:
    return [
        (0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"(\d+)", str(path)) if part
    ]


def expand(arguments: Sequence[str]) -> Iterator[str | Problem]:
    """Files, folders, globs and `-` as single sources, each once, in the order given; folders and globs sorted.

    Folders are read with their subfolders; hidden files and other suffixes than the readers' are passed over.
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
            source=argument,
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
            yield from map(str, _without_linked_pages(found))
        else:
            yield _not_found(path)
    except OSError as error:
        yield Problem(
            source=argument,
            message=Message(f"打不开：{error.strerror}", f"cannot be opened: {error.strerror}"),
            hint=Message("请检查路径和权限", "check the path and your permissions"),
        )


def _glob_files(path: Path) -> list[Path]:
    root = Path(path.anchor) if path.anchor else Path()
    return sorted(
        (p for p in root.glob(str(path.relative_to(root) if path.anchor else path)) if p.is_file()),
        key=_natural_order,
    )


def _folder_files(folder: Path, suffixes: Sequence[str]) -> Iterator[str | Problem]:
    pages = sorted(
        (
            p
            for p in folder.rglob("*")
            if p.suffix.lower() in suffixes
            and p.is_file()
            and not any(part.startswith(".") for part in p.relative_to(folder).parts)
        ),
        key=_natural_order,
    )
    if not pages:
        kinds = " ".join(suffixes)
        yield Problem(
            source=str(folder),
            message=Message("文件夹里没有版面", "the folder holds no pages"),
            hint=Message(f"会读的文件：{kinds}", f"files that are read: {kinds}"),
        )
    yield from map(str, _without_linked_pages(pages))


def _without_linked_pages(paths: list[Path]) -> list[Path]:
    """The files, but of an e-paper's edition only the index that leads to the others."""
    links: dict[Path, list[Path]] = {}
    for path in paths:
        if READERS.get(path.suffix.lower()) == HTML:
            from .epaper import references
            from .markup import read_markup

            try:
                links[path] = [
                    path.parent / name for name in references(read_markup(str(path), path.read_bytes()))
                ]
            except (BriefingError, OSError):
                continue  # whoever reads it will say what is wrong
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
    names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    similar = difflib.get_close_matches(path.name, names, 1, 0.6)
    if similar:
        hint = Message(f"是不是想写 {folder / similar[0]}", f"did you mean {folder / similar[0]}")
    else:
        hint = Message("请检查文件名和所在文件夹", "check the name and the folder")
    return Problem(source=str(path), message=Message("找不到这个文件", "file not found"), hint=hint)


def load_bytes(source: str) -> bytes:
    """The bytes of a source; raises SourceError when it cannot be read or is larger than LIMIT."""
    try:
        if source == STDIN:
            data = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(LIMIT + 1)
    except OSError as error:
        raise SourceError(
            Message(f"读不了：{error.strerror}", f"cannot be read: {error.strerror}"),
            Message("请检查文件和权限", "check the file and your permissions"),
        ) from None
    if len(data) > LIMIT:
        raise SourceError(
            Message("超过 256 MB，不像一个版面", "over 256 MB: hardly a page"),
            Message("请按版面拆成多个文件", "split it into one file a page"),
        )
    return data
