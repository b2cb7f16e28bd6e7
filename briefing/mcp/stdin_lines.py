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
AHEAD = 100
"""Lines read before the server asks for them."""


class StdinLines:
    """An asynchronous iterator of lines of UTF-8, their ends included; made inside the event loop."""

    def __init__(self) -> None:
        """Takes stdin over."""
        import asyncio

        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._room = threading.Semaphore(AHEAD)
        self._descriptor = os.dup(0)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        threading.Thread(target=self._read, name="stdin", daemon=True).start()

    async def __aiter__(self) -> AsyncIterator[str]:
        """The lines."""
        while (line := await self._lines.get()) is not None:
            self._room.release()
            yield line

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
        """Hands a line to the event loop, or its end; False where the loop has ended.

        Nothing waits for the loop but room in the queue: a loop that ends owes this thread no answer.
        """
        self._room.acquire()
        try:
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
        except RuntimeError:
            return False
        return True
