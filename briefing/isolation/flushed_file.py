"""Writing a new file that is on the disk before it gets its name: the half of "whole or not at all" that
comes before the rename.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_flushed(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Writes a new file and waits until it is on the disk; raises OSError, also if the file exists.

    `mode` are its permissions, less the umask.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
