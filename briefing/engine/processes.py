"""Runs a stage in several processes; results keep the order of the input.

Each process creates its worker once; only `make` (a name and options) and the items are pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ..protocols import Outcome, Stage, Worker

In = TypeVar("In")
Out = TypeVar("Out")

_worker: Any = None


def _start(make: Callable[[], Any]) -> None:
    global _worker  # the only way to pass something from a pool's initializer to its calls
    _worker = make()


def _work(item: Any) -> Any:
    return _worker(item)


def processes(make: Callable[[], Worker[In, Out]], jobs: int) -> Stage[In, Out]:
    """A stage with `jobs` worker processes; reads ahead four items per process."""

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        from .in_order import in_order

        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(make,))
        return in_order(pool, items, lambda item: pool.submit(_work, item), ahead=4 * jobs)

    return stage
