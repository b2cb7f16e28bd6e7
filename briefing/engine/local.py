"""Runs a stage in this process, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ..protocols import Outcome, Stage, Worker
from ..types import Problem

In = TypeVar("In")
Out = TypeVar("Out")


def local(make: Callable[[], Worker[In, Out]]) -> Stage[In, Out]:
    """A stage whose worker is created once, for the first item."""

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        worker: Worker[In, Out] | None = None
        for item in items:
            if isinstance(item, Problem):
                yield item
                continue
            worker = worker or make()
            yield worker(item)

    return stage
