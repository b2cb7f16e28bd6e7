"""A setting of the C allocator, for processes of our own: a library must not change its host's."""

from __future__ import annotations

import sys

M_ARENA_MAX = -8
"""mallopt's parameter in glibc's malloc.h."""
HEAPS = 2


def limit_heaps() -> None:
    """Limits glibc to HEAPS arenas; does nothing with another C library.

    Otherwise each thread keeps the memory of its last article: 34 of 764 MB. Called at the start of
    the `briefing` command and of the processes that `eval` measures.
    """
    if sys.platform != "linux":
        return
    import ctypes

    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)
    except (AttributeError, OSError):  # musl
        return
