"""Reading a small file that a setting or flag names: a regular file, of limited size.

Does not know what is in it.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ..errors import UnfitFileError
from ..messages import Message

NOT_REGULAR = Message("不是普通文件（管道或设备）", "not a regular file (a pipe or a device)")


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes.

    OSError for devices, FIFOs, folders and larger files.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise UnfitFileError(errno.EINVAL, NOT_REGULAR, str(path))
    if status.st_size > limit:
        raise _too_large(path, limit)
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def _too_large(path: Path, limit: int) -> UnfitFileError:
    return UnfitFileError(
        errno.EFBIG, Message(f"超过 {limit:,} 字节", f"larger than {limit:,} bytes"), str(path)
    )
