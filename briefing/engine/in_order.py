"""A pool's results in the order of its input, with bounded read-ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

from ..protocols import Outcome
from ..types import Problem

In = TypeVar("In")
Out = TypeVar("Out")


def in_order(
    pool: Executor,
    items: Iterable[Outcome[In]],
    submit: Callable[[In], Future[Outcome[Out]]],
    ahead: int,
) -> Iterator[Outcome[Out]]:
    """The outcomes of `items` in order, with at most `ahead` items pending; Problems pass through.

    In the end, even after an interrupt, pending items are cancelled and the pool is shut down.
    """
    waiting: deque[Problem | Future[Outcome[Out]]] = deque()

    def first() -> Outcome[Out]:
        item = waiting.popleft()
        return item if isinstance(item, Problem) else item.result()

    with pool:
        try:
            for item in items:
                waiting.append(item if isinstance(item, Problem) else submit(item))
                while len(waiting) >= ahead:
                    yield first()
            while waiting:
                yield first()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
