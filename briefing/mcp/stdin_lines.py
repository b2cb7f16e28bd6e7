"""The lines of stdin as they come, read by a thread that keeps no process alive.

The package's own reader waits in a read that nothing can interrupt: a signal would end the server only
when the client sends its next line. While lines are read, whatever else asks stdin gets the null device.
"""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator

A_READ = 65_536
"""Bytes of one read."""


class StdinLines:
    """An asynchronous iterator of lines of UTF-8, their ends included; made inside the event loop."""

    def __init__(self) -> None:
        """Takes stdin over."""
        import anyio
        import anyio.lowlevel

        self._send, self._receive = anyio.create_memory_object_stream[str](0)
        self._token = anyio.lowlevel.current_token()
        self._descriptor = os.dup(0)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        threading.Thread(target=self._read, name="stdin", daemon=True).start()

    def __aiter__(self) -> AsyncIterator[str]:
        """The lines."""
        return self._receive

    def _read(self) -> None:
        rest = b""
        while data := self._more():
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                if not self._handed(line.decode("utf-8", "replace") + "\n"):
                    return
        if not rest or self._handed(rest.decode("utf-8", "replace")):
            self._handed(None)

    def _more(self) -> bytes:
        try:
            return os.read(self._descriptor, A_READ)
        except OSError:  # the terminal is gone
            return b""

    def _handed(self, line: str | None) -> bool:
        """Hands a line to the event loop, or its end; False where nobody reads any more."""
        import anyio
        import anyio.from_thread

        try:
            if line is None:
                anyio.from_thread.run_sync(self._send.close, token=self._token)
            else:
                anyio.from_thread.run(self._send.send, line, token=self._token)
        except (anyio.BrokenResourceError, anyio.ClosedResourceError, RuntimeError):
            return False
        return True
