"""Runs a stage in several processes; results come back in the order of the input, with few items under way.

Each process makes its worker once; only the maker (a name and options) and the items are pickled.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ..protocols import Outcome, Stage, Worker
from ..types import Problem

In = TypeVar("In")
Out = TypeVar("Out")

_worker: Any = None


def _start(make: Callable[[], Any]) -> None:
    global _worker  # the one place where a pool's initializer can leave something for its calls
    _worker = make()


def _work(item: Any) -> Any:
    return _worker(item)


def processes(make: Callable[[], Worker[In, Out]], jobs: int) -> Stage[In, Out]:
    """A stage with `jobs` worker processes; at most four items a process are read ahead."""

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        import multiprocessing
        from concurrent.futures import Future, ProcessPoolExecutor

        context = multiprocessing.get_context("spawn")
        waiting: deque[Problem | Future[Outcome[Out]]] = deque()

        def first() -> Outcome[Out]:
            item = waiting.popleft()
            return item if isinstance(item, Problem) else item.result()

        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(make,)) as pool:
            try:
                for item in items:
                    waiting.append(item if isinstance(item, Problem) else pool.submit(_work, item))
                    while len(waiting) >= 4 * jobs:
                        yield first()
                while waiting:
                    yield first()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    return stage
