"""Runs a stage on several threads that share one worker; results come back in the order of the input.

For workers that release the interpreter while they compute, as CTranslate2 does: the weights
are in memory once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ..protocols import Outcome, Stage, Worker
from ..types import Problem

In = TypeVar("In")
Out = TypeVar("Out")


def threads(make: Callable[[], Worker[In, Out]], jobs: int) -> Stage[In, Out]:
    """A stage with `jobs` threads and one worker, made when the first item comes; reads ahead."""

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        from concurrent.futures import Future, ThreadPoolExecutor

        waiting: deque[Problem | Future[Outcome[Out]]] = deque()
        worker: Worker[In, Out] | None = None

        def first() -> Outcome[Out]:
            item = waiting.popleft()
            return item if isinstance(item, Problem) else item.result()

        with ThreadPoolExecutor(jobs) as pool:
            try:
                for item in items:
                    if isinstance(item, Problem):
                        waiting.append(item)
                    else:
                        worker = worker or make()
                        waiting.append(pool.submit(worker, item))
                    while len(waiting) >= 2 * jobs:
                        yield first()
                while waiting:
                    yield first()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    return stage
