"""Reads a ZIP of pages: every readable file, and folders with an e-paper's index as editions.

The unpacked size is bounded before unpacking. Names only choose the reader, and links between pages
stay in the archive.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..text.mark import is_marked
from ..text.natural_order import natural_order
from ..types import Page, Problem
from .beside import beside
from .epaper import references
from .foreign import foreign_errors
from .left_out import own_output_note
from .markup import read_markup
from .pictures import picture_bytes
from .readers import HIDDEN, HTML, PICTURE, READERS, ZIP, is_archive, reader_for, suffix
from .saved_parts import saved_with_pages, shown_on_page

MOST_FILES = 2000
LARGEST = 256 * 1024 * 1024
"""Largest total size of the unpacked files, in bytes."""
OFFICE = (
    ("xl/workbook.xml", " Excel 工作簿", "an Excel workbook", "CSV (.csv)"),
    ("ppt/presentation.xml", "幻灯片", "slides", "PDF (.pdf)"),
)
"""Parts that tell other office documents."""
RATIO = 200
"""Largest compression ratio: text packs to a tenth, bombs to a thousandth."""


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """The pages of all files in the archive, in natural order. Raises SourceError if it cannot be
    opened.
    """
    with open_archive(data) as archive:
        names = sorted(member_names(archive), key=natural_order)
        _refuse_office(names)
        known = [name for name in names if suffix(name) in READERS and READERS[suffix(name)] != ZIP]
        if not known:
            raise SourceError(
                Message("压缩包里没有版面", "the archive holds no pages"),
                Message(f"会读的文件：{' '.join(READERS)}", f"files that are read: {' '.join(READERS)}"),
            )
        linked = _only_shown(archive, names, known)
        for name in known:
            if READERS[suffix(name)] == HTML and name not in linked:
                linked |= _linked_files(archive, names, name)
        for name in known:
            if name not in linked:
                shown = partial(picture_bytes, partial(_picture, data, names, name), context.follow)
                own = replace(context, picture=context.picture and shown)
                yield from _member_pages(source, archive, names, name, own)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive; raises SourceError if it is damaged, encrypted or too large unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030")
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError, UnicodeDecodeError):
        raise SourceError(
            Message("压缩包已损坏或不完整", "the archive is damaged or not complete"),
            Message("请重新下载", "download it again"),
        ) from None
    size = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    if len(infos) > MOST_FILES or size > LARGEST or (size > 1_000_000 and size > RATIO * packed):
        raise SourceError(
            Message(
                "压缩包解开后过大或文件过多，可能是“压缩炸弹”", "the archive unpacks to too much, as bombs do"
            ),
            Message("请先解开，再给出文件夹", "unpack it first, and name the folder"),
        )
    if any(info.flag_bits & 1 for info in infos):
        raise SourceError(
            Message("压缩包有密码", "the archive has a password"),
            Message("请先解开，再给出文件夹", "unpack it first"),
        )
    return archive


def _refuse_office(names: list[str]) -> None:
    """Raises SourceError for a workbook or slides, which are archives too."""
    for folder, zh, en, kept in OFFICE:
        if folder in names:
            raise SourceError(
                Message(f"这是{zh}，不是压缩的版面", f"{en}, no archive of pages"),
                Message(f"请另存为 {kept}", f"save it as {kept}"),
            )


def member_names(archive: zipfile.ZipFile) -> list[str]:
    """The names of the files, without folders and the metadata files of operating systems."""
    names = [info.filename for info in archive.infolist() if info.filename and not info.is_dir()]
    return [name for name in names if not any(part.startswith(HIDDEN) for part in name.split("/"))]


def member_bytes(archive: zipfile.ZipFile, name: str, largest: int = LARGEST) -> bytes:
    """The bytes of a member; raises SourceError if missing, damaged or over `largest` bytes."""
    try:
        with archive.open(name) as member:
            data = member.read(largest + 1)
        if len(data) > largest:
            raise SourceError(
                Message(f"压缩包里的 {name} 过大", f"{name} in the archive is too large"),
                Message("请先解开，再给出文件夹", "unpack it first, and name the folder"),
            )
        return data
    except KeyError:
        raise SourceError(
            Message(f"压缩包里没有 {name}", f"the archive has no {name}"),
            Message("请检查保存是否完整", "check that all of it was saved"),
        ) from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError):
        raise SourceError(
            Message(f"压缩包里的 {name} 已损坏", f"{name} in the archive is damaged"),
            Message("请重新下载", "download it again"),
        ) from None
    except Exception as error:  # zlib, bz2 and lzma raise errors without a common base
        if type(error).__module__ not in ("zlib", "lzma", "_lzma"):
            raise
        raise SourceError(
            Message(f"压缩包里的 {name} 已损坏", f"{name} in the archive is damaged"),
            Message("请重新下载", "download it again"),
        ) from None


def _only_shown(archive: zipfile.ZipFile, names: list[str], known: list[str]) -> set[str]:
    """The files that are there only because a saved page shows them."""
    parts = set(saved_with_pages(known))
    pictures = {name for name in known if READERS[suffix(name)] == PICTURE} - parts
    for page in known if pictures else ():
        if READERS[suffix(page)] == HTML and page not in parts:
            near = partial(_near, names, page)
            try:
                parts |= pictures.intersection(
                    shown_on_page(read_markup(page, member_bytes(archive, page)), near)
                )
            except BriefingError:
                continue  # its reader reports the error
    return parts


def _near(names: list[str], page: str, reference: str) -> str | None:
    """The file of the archive that a page refers to."""
    return beside(posixpath.dirname(page), reference, names.__contains__)


def _picture(data: bytes, names: list[str], page: str, reference: str) -> bytes:
    """The bytes of a picture that a page shows; raises SourceError. Asked for when the archive is closed."""
    with open_archive(data) as archive:
        return member_bytes(archive, _near(names, page, reference) or reference)


def _linked_files(archive: zipfile.ZipFile, names: list[str], index: str) -> set[str]:
    """The files linked from an e-paper's index."""
    linked: set[str] = set()
    waiting = [index]
    while waiting:
        name = waiting.pop()
        try:
            found = references(name, read_markup(name, member_bytes(archive, name)))
        except (BriefingError, ValueError, RecursionError):
            continue  # its reader reports the error
        for reference in found:
            other = _near(names, name, reference)
            if other and other not in linked and other != index:
                linked.add(other)
                waiting.append(other)
    return linked


def _member_pages(
    source: str, archive: zipfile.ZipFile, names: list[str], name: str, context: ReadContext
) -> Iterator[Page | Problem]:
    def resolve(reference: str) -> bytes:
        return member_bytes(archive, _near(names, name, reference) or reference)

    where = f"{source}/{name}"
    try:
        with foreign_errors():
            data = member_bytes(archive, name)
            if is_marked(data):
                yield own_output_note([where])
                return
            if is_archive(where, data):
                raise SourceError(
                    Message("压缩包里的压缩包不读", "an archive inside an archive is not read"),
                    Message("请先解开里面的压缩包", "unpack the inner one first"),
                )
            yield from reader_for(where, data)(where, data, replace(context, resolve=resolve))
    except BriefingError as error:
        yield Problem(source=where, message=error.message, hint=error.hint)
