"""A command done by a fork of a process that has imported the program (forked.py): a function, and a program for shells.

    python -I -S forked_call.py SOCKET WORDS…       is `briefing WORDS…`, with this process's folder, environment, streams
                                                    and umask

The command ends when this process does, whatever ends it. Imports little: this is what starts in the place of the program.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PID = 4
"""Bytes of a process's number, and of its exit code."""


def call(
    address: str,
    words: Sequence[str],
    folder: str,
    env: Mapping[str, str],
    streams: Sequence[int],
    timeout: float | None = None,
) -> int:
    """The exit code, negative for a signal. Whatever it raises, the fork is killed: TimeoutError when that took too
    long, ConnectionError when nobody told how it ended.
    """
    process = 0
    umask = os.umask(0o077)  # it cannot be read without being set
    os.umask(umask)
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(timeout)
        try:
            line.connect(address)
            asked = {"words": words, "folder": folder, "env": dict(env), "umask": umask}
            text = json.dumps(asked).encode()
            socket.send_fds(line, [len(text).to_bytes(8, "big")], list(streams))
            line.sendall(text)
            process = _number(line)
            return _number(line)
        except BaseException:
            if process > 0:  # 0 would be our own group
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            raise


def _number(line: socket.socket) -> int:
    got = line.recv(PID)  # so few bytes come together
    if len(got) != PID:
        raise ConnectionError("the process that forks is gone")
    return int.from_bytes(got, "big", signed=True)


if __name__ == "__main__":
    code = call(sys.argv[1], sys.argv[2:], str(Path.cwd()), os.environ, (0, 1, 2))
    if code < 0:
        with contextlib.suppress(OSError):  # KILL has no other handler
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)
