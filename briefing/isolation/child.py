"""The child process: takes jobs from stdin, sends what they yield to stdout.

Limits itself where the system can (resource.setrlimit): memory for a job, computing time for an
item. Elsewhere, as on Windows, the parent's clock alone ends it.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import math
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO

from ..errors import BriefingError
from .isolated import Job, Limits, read_frame, write_frame

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class _TooLongError(Exception):
    """The items of a job took too long together."""


def _limit(limits: Limits, base: int, spent: float) -> None:
    """Sets the limits for the next item; over that of time the system ends the process.

    `base` is the memory held before the job: libraries and models loaded for earlier ones.
    """
    if resource is None:
        return
    left = min(limits.item_seconds, limits.seconds - spent)
    for kind, most in (
        (resource.RLIMIT_DATA, base + limits.memory),
        (resource.RLIMIT_CPU, math.ceil(time.process_time() + max(1.0, left))),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _serve(job: Job, blob: bytes, out: IO[bytes]) -> None:
    """Runs one job."""
    begun, base = time.process_time(), _data_size()
    module, _, name = job.function.partition(":")
    try:
        _limit(job.limits, base, 0.0)
        for item in getattr(importlib.import_module(module), name)(blob, *job.arguments):
            spent = time.process_time() - begun
            write_frame(out, ("item", item, spent))
            if spent > job.limits.seconds:
                raise _TooLongError
            _limit(job.limits, base, spent)
        answer: tuple[str, object] = ("end", None)
    except BriefingError as error:
        answer = ("error", (type(error), error.message, error.hint))
    except MemoryError:
        answer = ("memory", None)
    except _TooLongError:
        answer = ("late", None)
    except BrokenPipeError:
        raise
    except BaseException as error:  # whatever a foreign library stumbles over, a panic of Rust included
        answer = ("foreign", type(error).__name__)
    write_frame(out, (*answer, time.process_time() - begun))


def _data_size() -> int:
    """Bytes of data of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize() if resource else 0


def _return_memory() -> None:
    """Returns freed memory to the system: else a second page of OCR takes a third more than the
    first.
    """
    with contextlib.suppress(OSError, AttributeError):  # glibc only
        ctypes.CDLL(None).malloc_trim(0)


def main() -> None:
    """Serves jobs until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    while True:
        try:
            job, blob = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        try:
            _serve(job, blob, out)
        except BrokenPipeError:
            return
        del job, blob
        _return_memory()


if __name__ == "__main__":
    main()
