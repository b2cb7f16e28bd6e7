"""Runs a stage in several processes; results keep the order of the input.

Each process creates its worker once; only `make` (a name and options) and the items are pickled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ..errors import BriefingError
from ..protocols import Outcome, Stage, Worker

In = TypeVar("In")
Out = TypeVar("Out")

_worker: Any = None


def _start(make: Callable[[], Any]) -> None:
    global _worker  # the only way to pass something from a pool's initializer to its calls
    try:
        _worker = make()
    except BriefingError as error:  # raised where the pool was made, not as a broken pool
        _worker = error


def _work(item: Any) -> Any:
    if isinstance(_worker, BriefingError):
        raise _worker
    return _worker(item)


def _new_pool(make: Callable[[], Any], jobs: int) -> Any:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(make,))


def processes(make: Callable[[], Worker[In, Out]], jobs: int) -> Stage[In, Out]:
    """A stage with `jobs` worker processes; reads ahead four items per process."""

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        from .in_order import in_order

        pool = _new_pool(make, jobs)
        return in_order(pool, items, lambda item: pool.submit(_work, item), ahead=4 * jobs)

    return stage


def lasting_processes(
    make: Callable[[], Worker[In, Out]], jobs: int, lost: Callable[[In], Outcome[Out]]
) -> Stage[In, Out]:
    """Like `processes`, but survives processes that die.

    What was pending when one died is done again, an item at a time; for one that ends its process
    twice, `lost` tells what becomes of it.
    """

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        from .lasting import Lasting

        return Lasting(lambda: _new_pool(make, jobs), _work, lost).run(items, ahead=4 * jobs)

    return stage
