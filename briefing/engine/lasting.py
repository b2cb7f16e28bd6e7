"""A pool of processes that is replaced when one of them dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from ..protocols import Outcome
from ..types import Problem

TRIES = 2
"""How often an item may end its process, working alone, before it is given up."""


class Lasting:
    """Runs items in a pool, in order; a broken pool is replaced, and no item is lost or done twice."""

    def __init__(
        self, new_pool: Callable[[], Executor], work: Callable[[Any], Any], lost: Callable[[Any], Any]
    ) -> None:
        """Takes what makes a pool, the work on an item, and what becomes of one that kills."""
        self._new_pool, self._work, self._lost = new_pool, work, lost
        self._pool = new_pool()

    def run(self, items: Iterable[Outcome[Any]], ahead: int) -> Iterator[Outcome[Any]]:
        """The outcomes in order, with at most `ahead` items pending; Problems pass through."""
        waiting: deque[tuple[Any, Future[Any] | None]] = deque()
        try:
            for item in items:
                waiting.append((item, None if isinstance(item, Problem) else self._submit(item)))
                while len(waiting) >= ahead:
                    yield from self._first(waiting)
            while waiting:
                yield from self._first(waiting)
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, item: Any) -> Future[Any]:
        """The item's future; on a pool that is broken already, one that says so."""
        try:
            return self._pool.submit(self._work, item)
        except BrokenProcessPool as error:
            broken: Future[Any] = Future()
            broken.set_exception(error)
            return broken

    def _first(self, waiting: deque[tuple[Any, Future[Any] | None]]) -> Iterator[Any]:
        """The outcome of the first item; after a break, of all that were pending."""
        item, future = waiting.popleft()
        try:
            yield item if future is None else future.result()
            return
        except BrokenProcessPool:
            self._replace()
        pending = [(item, future), *waiting]
        waiting.clear()
        for item, future in pending:
            if future is None:
                yield item
            else:
                yield future.result() if _is_finished(future) else self._alone(item)

    def _alone(self, item: Any) -> Any:
        """The outcome of an item with nothing else at work."""
        for _ in range(TRIES):
            try:
                return self._pool.submit(self._work, item).result()
            except BrokenProcessPool:
                self._replace()
        return self._lost(item)

    def _replace(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new_pool()


def _is_finished(future: Future[Any]) -> bool:
    """Whether the item was done before the pool broke; what it raised itself is its outcome too."""
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool)
