"""A command done by a fork of a process that has imported the program (forked.py): a function, and a program for shells.

    python -I -S forked_call.py SOCKET WORDS…       is `briefing WORDS…`, with this process's folder, environment and streams

Imports little: this is what starts in the place of the program.
"""

from __future__ import annotations

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
    """The exit code, negative for a signal; raises TimeoutError when the fork took too long and was killed."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        asked = json.dumps({"words": words, "folder": folder, "env": dict(env)}).encode()
        socket.send_fds(line, [len(asked).to_bytes(8, "big")], list(streams))
        line.sendall(asked)
        process = int.from_bytes(line.recv(PID), "big")
        line.settimeout(timeout)
        try:
            return int.from_bytes(line.recv(PID), "big", signed=True)
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            raise


if __name__ == "__main__":
    code = call(sys.argv[1], sys.argv[2:], str(Path.cwd()), os.environ, (0, 1, 2))
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)
