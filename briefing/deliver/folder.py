"""Documents into a folder: all of them or none.

Each is written beside its place and then renamed (POSIX rename), under a lock of the folder, so
that two runs do not mix their files. A killed run leaves the old files as they were; the parts that
it may leave, .briefing-*.part, are removed by the next run.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from ..errors import DeliveryError, UnfitFileError, reason
from ..isolation.flushed_file import write_flushed
from ..isolation.small_file import NOT_REGULAR
from ..messages import Message
from .folder_lock import FolderInUseError, folder_lock

PREFIX, SUFFIX = ".briefing-", ".part"
PATIENCE = 30.0
"""Seconds to wait for another run that writes into the folder; writing takes a fraction of one."""
STALE = 3600.0
"""Seconds after which a part is a dead run's, where there are no locks."""
HINTS = {
    number: Message(
        "请腾出空间，或用 --out 换一个文件夹", "free some space, or name another folder with --out"
    )
    for number in (errno.ENOSPC, errno.EDQUOT)
} | {errno.EFBIG: Message("请放宽限制，或少要几种格式", "raise the limit, or ask for fewer formats")}
ELSEWHERE = Message(
    "请检查权限，或用 --out 换一个文件夹", "check your permissions, or name another folder with --out"
)


def _write_error(folder: Path, error: OSError) -> DeliveryError:
    why = reason(error)
    return DeliveryError(
        Message(f"写不进 {folder}：{why.zh}", f"cannot write into {folder}: {why.en}"),
        HINTS.get(error.errno or 0, ELSEWHERE),
    )


def write_all(folder: Path, documents: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Writes the named documents; returns their paths.

    Raises DeliveryError, after which the folder is as it was.
    """
    token = secrets.token_hex(6)
    moves = [_Move(folder / f"{PREFIX}{token}-{n}", folder / name) for n, (name, _) in enumerate(documents)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with folder_lock(folder, PATIENCE) as locked:
            try:
                _remove_stale_parts(folder, locked)
                for move, (_, content) in zip(moves, documents, strict=True):
                    write_flushed(move.part, content)
                _replace_all(moves)
            finally:
                for move in moves:
                    move.part.unlink(missing_ok=True)
                    move.backup.unlink(missing_ok=True)
    except FolderInUseError:
        raise _in_use_error(folder) from None
    except OSError as error:
        raise _write_error(folder, error) from None
    return [move.target for move in moves]


class _Move:
    """A document on its way: `part` is to replace `target`, of which `backup` is a second name."""

    def __init__(self, stem: Path, target: Path) -> None:
        self.part = stem.with_name(stem.name + SUFFIX)
        self.backup = stem.with_name(f"{stem.name}-old{SUFFIX}")
        self.target = target


def _remove_stale_parts(folder: Path, locked: bool) -> None:
    """Removes what killed runs left: with the lock no other run is at work, else only old parts."""
    for part in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            if locked or time.time() - part.lstat().st_mtime > STALE:
                part.unlink()


def _replace_all(moves: Sequence[_Move]) -> None:
    """Puts each part in its place; when interrupted, the files that were there come back."""
    backed_up: list[_Move] = []
    new: list[_Move] = []
    try:
        for move in moves:
            if os.path.lexists(move.target):
                _back_up(move)
                backed_up.append(move)
            else:
                new.append(move)
            move.part.replace(move.target)
    except BaseException:
        for move in backed_up:
            move.backup.replace(move.target)
        for move in new:
            move.target.unlink(missing_ok=True)
        raise


def _back_up(move: _Move) -> None:
    """A second name for the target, or a copy where the file system has no hard links."""
    if move.target.is_dir() and not move.target.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if move.target.exists() and not move.target.is_file():  # a device, which root could replace
        raise UnfitFileError(errno.EINVAL, NOT_REGULAR, str(move.target))
    try:
        os.link(move.target, move.backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(move.target, move.backup, follow_symlinks=False)


def _in_use_error(folder: Path) -> DeliveryError:
    return DeliveryError(
        Message(f"另一个程序正在写入 {folder}", f"another run is writing into {folder}"),
        Message(
            "请等它结束后再试，或用 --out 换一个文件夹", "try again later, or name another folder with --out"
        ),
    )
