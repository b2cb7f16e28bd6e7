"""Foreign files handled in a child process with limits of memory and time; its death is an error of
one file.

What a hostile file does to a library in C (no end, no memory, a crash) ends the child, not the run.
One child serves many files, since starting it takes a third of a second. It reaches no network
through a library that honours proxies. child.py is the other end of the pipe.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import SourceError, reason
from ..messages import Message

WALL = 6.0
"""Seconds of waiting allowed for a second of computing: the machine may be busy."""
HEADER = struct.Struct("!QQ")
"""Sizes of a frame's pickled part and of the raw bytes after it."""
GRACE = 5.0
"""Seconds in which a child whose pipe is closed comes to its end."""
SIGXCPU = 24
TIME, MEMORY = "time", "memory"
PROXIES = ("http_proxy", "https_proxy", "all_proxy")
NOWHERE = "http://127.0.0.1:0"
HINT = Message("请换一个来源，或另存为纯文本", "use another source, or save it as plain text")


class ChildDiedError(SourceError):
    """The child process ended; `items` had arrived before, `spent` are seconds of computing.

    `cause` is "time", "memory" (or a crash), or the name of the exception that the input caused.
    """

    def __init__(self, message: Message, items: int, spent: float, cause: str) -> None:
        """Says what ended it."""
        super().__init__(message, HINT)
        self.items, self.spent, self.cause = items, spent, cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a job may take: bytes of memory, and seconds of computing for each item and for all.

    Memory is data as the system counts it; what of it is in RAM is about a fifth less.
    """

    memory: int
    item_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A generator function, as `module:name`, to be called with the blob and the arguments."""

    function: str
    arguments: tuple[Any, ...]
    limits: Limits


def write_frame(stream: IO[bytes], value: object, blob: bytes = b"") -> None:
    """Sends one value and the bytes that go with it."""
    pickled = pickle.dumps(value)
    stream.write(HEADER.pack(len(pickled), len(blob)) + pickled)
    if blob:
        stream.write(blob)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Any, bytes]:
    """The next value and its bytes; raises EOFError where the other end is gone."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        raise EOFError
    size, blob_size = HEADER.unpack(head)
    pickled, blob = stream.read(size), stream.read(blob_size)
    if len(pickled) < size or len(blob) < blob_size:
        raise EOFError
    return pickle.loads(pickled), blob  # from our own child


def _environment(path: list[str]) -> dict[str, str]:
    """The child's environment: our import path, and proxies at a port that nothing listens at."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    proxies = {name: NOWHERE for proxy in PROXIES for name in (proxy, proxy.upper())}
    return {**kept, **proxies, "PYTHONPATH": os.pathsep.join(path)}


class _Child:
    """A running child process; `trade` is the package whose functions it runs."""

    def __init__(self, trade: str) -> None:
        """Starts it; raises SourceError where no process can be started."""
        package = Path(__file__).parents[2]
        path = [str(package), *(entry for entry in sys.path if entry and Path(entry).exists())]
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "briefing.isolation.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(path),
            )
        except OSError as error:
            why = reason(error)
            raise SourceError(
                Message(f"不能启动子进程：{why.zh}", f"the child process cannot be started: {why.en}"), HINT
            ) from None
        self.parent = os.getpid()
        self.trade = trade
        self.late = False

    def send(self, job: Job, blob: bytes) -> None:
        """Sends a job; what the child cannot take any more is found out by `receive`."""
        assert self.process.stdin
        with contextlib.suppress(OSError):
            write_frame(self.process.stdin, job, blob)

    def receive(self, seconds: float) -> Any:
        """The next answer; EOFError where the child died or was killed after so many seconds."""
        assert self.process.stdout
        watchdog = threading.Timer(seconds, self._kill_late)
        watchdog.daemon = True
        watchdog.start()
        try:
            return read_frame(self.process.stdout)[0]
        finally:
            watchdog.cancel()

    def _kill_late(self) -> None:
        self.late = True
        self.process.kill()

    def ended_late(self) -> bool:
        """Whether a child that is ending by itself, or was killed, had run out of time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        return self.late or self.process.returncode == -SIGXCPU

    def close(self) -> None:
        """Ends it."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


_idle: list[_Child] = []
_lock = threading.Lock()


def _take_child(function: str) -> _Child:
    """The idle child if it did the same kind of work: another's libraries may hold all its
    memory.
    """
    trade = function.partition(":")[0].rpartition(".")[0]
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.parent != os.getpid():
                continue
            if child.trade == trade and child.process.poll() is None:
                return child
            child.close()
    return _Child(trade)


def _keep_child(child: _Child) -> None:
    with _lock:
        if not _idle:
            _idle.append(child)
            return
    child.close()


@atexit.register
def close_children() -> None:
    """Ends the child that waits for work."""
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.parent == os.getpid():
                child.close()


def run_isolated(function: str, blob: bytes, *arguments: Any, limits: Limits) -> Iterator[Any]:
    """The items that a generator function yields, computed in a child process.

    `function` is `module:name`; it is called with the blob and the arguments. Raises the
    BriefingError that it raises, and ChildDiedError where it ran out of memory or time, or crashed.
    """
    child = _take_child(function)
    done = False
    items, spent = 0, 0.0
    try:
        child.send(Job(function=function, arguments=arguments, limits=limits), blob)
        while not done:
            kind, value, spent = child.receive(WALL * limits.item_seconds + 10)
            done = kind != "item"
            if kind == "item":
                items += 1
                yield value
            elif kind == "error":
                error, message, hint = value
                raise error(message, hint)
            elif kind == "memory":
                raise ChildDiedError(_TOO_LARGE, items, spent, MEMORY)
            elif kind == "late":
                raise ChildDiedError(_TOO_LONG, items, spent, TIME)
            elif kind == "foreign":
                raise ChildDiedError(_damaged(value), items, spent, value)
    except (EOFError, OSError, pickle.UnpicklingError):
        if child.ended_late():
            late = spent + limits.item_seconds
            raise ChildDiedError(_TOO_LONG, items, late, TIME) from None
        raise ChildDiedError(_TOO_LARGE, items, spent, MEMORY) from None
    finally:
        if done:
            _keep_child(child)
        else:
            child.close()


_TOO_LONG = Message("读它要算太久，不读", "reading it takes too long: not read")
_TOO_LARGE = Message("读它要用太多内存，或文件已损坏", "it needs too much memory, or is damaged")


def _damaged(name: str) -> Message:
    return Message(f"文件已损坏，读不了（{name}）", f"the file is damaged and cannot be read ({name})")
