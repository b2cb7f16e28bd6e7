"""The reading room as a folder of files: written whole beside its place, then put there."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DeliveryError, UsageError, reason
from ..messages import Message

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.archive import Archive

MARK = ".briefing-site"
"""A file that says that a folder is a site of ours, which the next one may replace."""


def write_site(archive: Archive, folder: Path, settings: Settings) -> int:
    """Writes the site into the folder, in place of an earlier one; how many files.

    Raises UsageError for a folder with anything else in it, DeliveryError where it cannot be written.
    """
    from ..serve.pages import Room
    from ..serve.site import files
    from .archive_library import ArchiveLibrary

    folder = folder.absolute()
    token = secrets.token_hex(6)
    new, old = (folder.with_name(f".{folder.name}-{token}-{end}") for end in ("new", "old"))
    try:
        _check(folder)
        room = Room(ArchiveLibrary(archive.database, settings), settings.lang, live=False)
        new.mkdir(parents=True)
        count = 0
        for path, content in files(room):
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            count += 1
        (new / MARK).write_bytes(b"")
        _swap(new, folder, old)
        return count
    except OSError as error:
        why = reason(error)
        raise DeliveryError(
            Message(f"写不进 {folder}：{why.zh}", f"cannot write into {folder}: {why.en}"),
            Message("请检查权限和磁盘空间", "check permissions and the free space"),
        ) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)


def _check(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir()))):
        return
    raise UsageError(
        Message(f"{folder} 里有别的东西", f"{folder} holds something else"),
        Message("换一个空的或新的文件夹", "name an empty folder, or a new one"),
    )


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Puts the new folder in its place; the one that was there comes back if that fails."""
    had = folder.exists()
    if had:
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if had:
            old.rename(folder)
        raise
