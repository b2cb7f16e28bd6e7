"""Everything that is printed: data on stdout; progress, problems and errors on stderr.

Text passes `clean_input`, so that no article, file name or server can steer the terminal.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from ..errors import BriefingError, DeliveryError, NothingReadable, reason
from ..messages import Message
from ..text.clean_input import DIRTY, clean_input
from ..types import Problem
from . import language
from .language import say

INTERRUPTED = Message("已中断，没有留下写了一半的文件", "interrupted; no half-written file is left")


class ReaderGone(Exception):  # noqa: N818  # the reader of our output has seen enough; no error
    """The program that reads our stdout has closed it, as `head` does."""


def talk(text: str) -> None:
    """A line on stderr; where stderr cannot be written there is nobody left to tell."""
    with suppress(OSError):
        sys.stderr.write(clean_input(text) + "\n")
        sys.stderr.flush()


def echo(text: str, end: str = "\n") -> None:
    """A line of data on stdout. Raises ReaderGone, or DeliveryError where stdout cannot be
    written.
    """
    _write(clean_input(text) + end)


def print_json(value: Any) -> None:
    """One line of JSON on stdout; control characters are escaped, so that the value stays what it
    is.
    """
    text = json.dumps(value, ensure_ascii=False)
    _write(DIRTY.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")
    flush()


def write_bytes(content: bytes) -> None:
    """A document on stdout, as it is. Raises as `echo` does."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise refused(error) from None


def flush() -> None:
    """Hands on what was printed. Raises as `echo` does."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise refused(error) from None


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise refused(error) from None


def refused(error: OSError) -> Exception:
    """What it means that stdout refuses; nothing more is written there, not even as the process
    ends.
    """
    with suppress(OSError, io.UnsupportedOperation):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    if error.errno == errno.EPIPE:
        return ReaderGone()
    why = reason(error)
    return DeliveryError(
        Message(f"写不进标准输出：{why.zh}", f"cannot write to stdout: {why.en}"),
        Message("请检查输出转到了哪里", "check where the output is redirected to"),
    )


def problem(item: Problem) -> None:
    """What went wrong with one source, and what to do."""
    talk(f"{item.source}: {item.message(language.current())}")
    if item.hint:
        talk(f"  → {item.hint(language.current())}")


def failure(error: BriefingError) -> None:
    """Why the run ends, and what to do."""
    talk(say("错误：", "error: ") + error.message(language.current()))
    if error.hint:
        talk(f"  → {error.hint(language.current())}")


def hint(zh: str, en: str) -> None:
    """What to do next."""
    talk("  → " + say(zh, en))


def status(done: int, problems: int) -> int:
    """The exit code of a run: 0 all well, 1 with problems; raises NothingReadable when nothing came
    of it.
    """
    if problems and not done:
        raise NothingReadable(
            Message("没有一个来源可读", "no source could be read"),
            Message("原因已逐条列在上面", "the reasons are listed above"),
        )
    return 1 if problems else 0


def on_screen() -> bool:
    """Whether there is a screen on which a page can be opened."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def split(items: Iterable[Any]) -> Iterator[tuple[Any, bool]]:
    """Each item and whether it is a good one; problems are reported on the way, notes as well,
    which are none of the items.
    """
    for item in items:
        if isinstance(item, Problem):
            problem(item)
            if item.note:
                continue
        yield item, not isinstance(item, Problem)
