"""Runs a stage on several threads that share one worker; results keep the order of the input.

For workers that release the GIL while computing, as CTranslate2 does: the weights are in memory
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from ..protocols import Outcome, Stage, Worker

In = TypeVar("In")
Out = TypeVar("Out")


def threads(make: Callable[[], Worker[In, Out]], jobs: int) -> Stage[In, Out]:
    """A stage with `jobs` threads and one worker, created for the first item; reads ahead two items
    per thread."""

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        from concurrent.futures import ThreadPoolExecutor

        from .in_order import in_order

        pool = ThreadPoolExecutor(jobs)
        worker: Worker[In, Out] | None = None

        def submit(item: In) -> Future[Outcome[Out]]:
            nonlocal worker
            worker = worker or make()
            return pool.submit(worker, item)

        return in_order(pool, items, submit, ahead=2 * jobs)

    return stage
