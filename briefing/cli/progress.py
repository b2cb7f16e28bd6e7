"""How far a run has come, on stderr: a bar on a terminal, else a line every ten seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..text.clean_input import clean_input
from .console import talk
from .language import say

EVERY = 10.0
"""Seconds between two lines where stderr is no terminal."""


class Progress:
    """Is called with the name of each thing begun, and told how many of a known number are done."""

    def __init__(self, verb: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Begins now; `verb` is what is done to the things."""
        self.verb = verb
        self._clock = clock
        self._begun = 0
        self._start = self._last = clock()
        self._counting: float | None = None

    def __call__(self, name: str) -> None:
        """One more is begun."""
        self._begun += 1
        self.show(f"{self.verb} {self._begun}：{Path(name).name}" if name else self.verb)

    def counted(self, done: int, total: int) -> None:
        """So many of all articles are summarized."""
        now = self._clock()
        self._counting = now if self._counting is None else self._counting
        text = say(f"摘要 {done}/{total}", f"summarizing {done}/{total}")
        if done and now - self._counting > 1:
            left = round((now - self._counting) / done * (total - done))
            text += say(f"，约剩 {left} 秒", f", about {left} s left")
        self.show(text, done, total)

    def show(self, text: str, done: int = 0, total: int = 0) -> None:
        """A line, if the last one is long enough ago."""
        if self._clock() - self._last >= EVERY:
            self._last = self._clock()
            talk(text)


class _Named(Progress):
    """A line for each thing begun, and one every ten seconds."""

    def __call__(self, name: str) -> None:
        talk(f"{self.verb} {name}")


class _Bar(Progress):
    """A bar on the terminal."""

    def __init__(self, verb: str, bar: Any) -> None:
        super().__init__(verb)
        self._bar = bar
        self._task = bar.add_task(verb, total=None)

    def show(self, text: str, done: int = 0, total: int = 0) -> None:
        self._bar.update(
            self._task, description=clean_input(text), completed=done or self._begun, total=total or None
        )


@contextmanager
def progress(quiet: bool, verb: str = "", *, verbose: bool = False) -> Iterator[Progress | None]:
    """The progress of a run; None if `quiet`. `verbose` names each thing on a line of its own."""
    doing = verb or say("读取", "reading")
    if quiet:
        yield None
    elif verbose:
        yield _Named(doing)
    elif not sys.stderr.isatty():
        yield Progress(doing)
    else:
        from rich.console import Console
        from rich.progress import Progress as Bars
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
            yield _Bar(doing, bars)
