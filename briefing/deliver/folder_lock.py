"""The lock of a folder: one process writes into it at a time.

Knows flock; it ends with the process. On systems without it (Windows) there is no lock.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

RETRY = 0.05
"""Seconds between two attempts."""
HELD = (errno.EACCES, errno.EAGAIN)


class FolderInUseError(OSError):
    """Another process holds the lock."""


@contextmanager
def folder_lock(folder: Path, patience: float, waiting: Callable[[], None] | None = None) -> Iterator[bool]:
    """Holds the lock; False where there are none, or where the folder cannot be read.

    The lock is on the folder itself, so that no file is left. `waiting` is called once if another
    process holds it; raises FolderInUseError after `patience` seconds.
    """
    if fcntl is None:
        yield False
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        yield False
        return
    try:
        yield _acquire(handle, time.monotonic() + patience, waiting)
    finally:
        os.close(handle)


def _acquire(handle: int, deadline: float, waiting: Callable[[], None] | None) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError as error:
            if error.errno not in HELD:
                return False
        if waiting:
            waiting()
            waiting = None
        if time.monotonic() > deadline:
            raise FolderInUseError(errno.EBUSY, os.strerror(errno.EBUSY))
        time.sleep(RETRY)
