"""Stages keep the order of their input and let problems pass, wherever they run."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from briefing.engine.local import local
from briefing.engine.processes import processes
from briefing.engine.threads import threads
from briefing.messages import Message
from briefing.protocols import Outcome, Stage
from briefing.types import Problem

BAD = Problem(source="x", message=Message("坏", "bad"))


class Double:
    """Makes the worker; picklable."""

    def __call__(self) -> Callable[[int], int]:
        return self.work

    def work(self, n: int) -> int:
        time.sleep(0.01 if n % 2 else 0)
        return 2 * n


STAGES: list[Stage[int, int]] = [local(Double()), threads(Double(), 3), processes(Double(), 2)]


@pytest.mark.parametrize("stage", STAGES, ids=["local", "threads", "processes"])
def test_order_and_problems(stage: Stage[int, int]) -> None:
    items: list[Outcome[int]] = [3, BAD, 1, 2, BAD, *range(20)]
    assert list(stage(items)) == [6, BAD, 2, 4, BAD, *range(0, 40, 2)]
    assert list(stage([])) == []


def test_threads_share_one_worker_and_read_little_ahead() -> None:
    made, read = [], []
    gate = threading.Event()

    def make() -> Callable[[int], int]:
        made.append(1)

        def work(n: int) -> int:
            gate.wait(5)
            return n

        return work

    def items() -> Iterator[int]:
        for n in range(50):
            read.append(n)
            if n == 3:
                gate.set()
            yield n

    stage: Stage[int, int] = threads(make, 2)
    got = stage(items())
    assert next(got) == 0
    assert len(read) <= 5
    assert list(got) == list(range(1, 50))
    assert len(made) == 1


def test_what_a_worker_raises_is_not_swallowed() -> None:
    def make() -> Callable[[int], int]:
        return lambda n: 1 // n

    with pytest.raises(ZeroDivisionError):
        list(threads(make, 2)([1, 0, 1]))
