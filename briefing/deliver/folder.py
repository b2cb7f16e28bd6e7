"""Documents into a folder: all of them or none, each written under another name and then renamed.

A run that is killed leaves the old files as they were; the pieces it may leave are named
.briefing-*.part and are removed by the next run.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..errors import DeliveryError
from ..messages import Message

PREFIX, SUFFIX = ".briefing-", ".part"
HINTS = {
    errno.ENOSPC: Message(
        "磁盘已满；请腾出空间，或用 --out 换一个文件夹",
        "the disk is full: free some space, or name another folder with --out",
    ),
    errno.EDQUOT: Message(
        "磁盘配额已用完；请腾出空间，或用 --out 换一个文件夹",
        "the disk quota is used up: free some space, or name another folder with --out",
    ),
    errno.EFBIG: Message("文件超过系统允许的大小", "the file is larger than the system allows"),
}
ELSEWHERE = Message(
    "请检查权限，或用 --out 换一个文件夹", "check your permissions, or name another folder with --out"
)


def _write_error(folder: Path, error: OSError) -> DeliveryError:
    reason = error.strerror or str(error)
    return DeliveryError(
        Message(f"写不进 {folder}：{reason}", f"cannot write into {folder}: {reason}"),
        HINTS.get(error.errno or 0, ELSEWHERE),
    )


def _temporary_file(folder: Path, content: bytes) -> Path:
    """A complete temporary file in the folder; nothing is left of it on failure."""
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        path.chmod(0o666 & ~umask)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def write_all(folder: Path, documents: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Writes the named documents; the paths.

    Raises DeliveryError, after which the folder is as it was.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"{PREFIX}*{SUFFIX}"):
            stale.unlink(missing_ok=True)
        for name, content in documents:
            parts.append((_temporary_file(folder, content), folder / name))
        for part, target in parts:
            part.replace(target)
    except OSError as error:
        raise _write_error(folder, error) from None
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)
    return [target for _, target in parts]
