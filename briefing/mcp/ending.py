"""Signals that end an event loop.

A handler that raises wherever the loop happens to be leaves tasks that nobody waited for. So while the loop
runs a signal cancels its tasks, and is raised again after it, for the handler that was there before.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""The signals; Windows lacks SIGHUP, and its loop takes none: there nothing is changed."""

Serving = Callable[[], Awaitable[None]]


@contextmanager
def ended_by_signal() -> Iterator[Callable[[Serving], Awaitable[None]]]:
    """Gives what runs a coroutine function until it ends or a signal comes, which is then raised again."""
    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name) and os.name == "posix"]
    before = {number: signal.getsignal(number) for number in numbers}
    heeded = [number for number in numbers if before[number] is not signal.SIG_IGN]
    came: list[int] = []

    async def watched(serve: Serving) -> None:
        import anyio

        async with anyio.create_task_group() as group:
            if heeded:
                group.start_soon(_cancel, group, heeded, came)
            await serve()
            group.cancel_scope.cancel()

    try:
        yield watched
    finally:
        for number in heeded:
            signal.signal(number, before[number])
    if came:
        signal.raise_signal(came[0])


async def _cancel(group: Any, numbers: list[signal.Signals], came: list[int]) -> None:
    import anyio

    with anyio.open_signal_receiver(*numbers) as signals:
        async for number in signals:
            came.append(number)
            group.cancel_scope.cancel()
