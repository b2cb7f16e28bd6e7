"""What the user sees beside the data: progress, problems and errors, all on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import BriefingError, NothingReadable
from ..messages import Message
from ..types import Problem
from .language import LANGUAGE, say


def talk(text: str) -> None:
    """A line on stderr."""
    sys.stderr.write(text + "\n")


def problem(item: Problem) -> None:
    """What went wrong with one source, and what to do."""
    talk(f"{item.source}: {item.message(LANGUAGE)}")
    if item.hint:
        talk(f"  → {item.hint(LANGUAGE)}")


def failure(error: BriefingError) -> None:
    """Why the run ends, and what to do."""
    talk(say("错误：", "error: ") + error.message(LANGUAGE))
    if error.hint:
        talk(f"  → {error.hint(LANGUAGE)}")


def print_json(value: Any) -> None:
    """One line of JSON on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def status(done: int, problems: int) -> int:
    """The exit code of a run: 0 all well, 1 with problems; raises NothingReadable when nothing came of it."""
    if problems and not done:
        raise NothingReadable(
            Message("没有一个来源可读", "no source could be read"),
            Message("上面逐条写明了原因", "the reasons are listed above"),
        )
    return 1 if problems else 0


def on_screen() -> bool:
    """Whether somebody sits before a screen on which a page can be opened."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


@contextmanager
def progress(quiet: bool, verb: str = "") -> Iterator[Any]:
    """A function to be told what is being read, or done by `verb`; shown while it lasts, where stderr is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed}"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb or say("读取", "reading"), total=None)
        yield lambda source: bar.update(task, advance=1, description=Path(source).name)


def split(items: Iterable[Any]) -> Iterator[tuple[Any, bool]]:
    """Each item and whether it is a good one; problems are reported on the way."""
    for item in items:
        if isinstance(item, Problem):
            problem(item)
            yield item, False
        else:
            yield item, True
