"""Stages keep the order of their input and let problems pass, wherever they run."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from briefing.engine.local import local
from briefing.engine.processes import lasting_processes, processes
from briefing.engine.ray import cut
from briefing.engine.threads import threads
from briefing.errors import ModelError
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


class Fatal(Double):
    """Makes a worker whose process ends at once with 7 and 13."""

    def work(self, n: int) -> int:
        if n in (7, 13):
            os._exit(9)
        return 2 * n


class Unmakeable:
    """A worker that cannot be made."""

    def __call__(self) -> Callable[[int], int]:
        raise ModelError(Message("没有模型", "no model"), Message("装一个", "install one"))


def minus(n: int) -> int:
    return -n


STAGES: list[Stage[int, int]] = [
    local(Double()),
    threads(Double(), 3),
    processes(Double(), 2),
    lasting_processes(Double(), 2, minus),
]


@pytest.mark.parametrize("stage", STAGES, ids=["local", "threads", "processes", "lasting"])
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


def test_a_process_that_dies_loses_nothing_but_what_kills_it() -> None:
    items: list[Outcome[int]] = [*range(6), BAD, *range(6, 20)]
    expected = [n if isinstance(n, Problem) else -n if n in (7, 13) else 2 * n for n in items]
    assert list(lasting_processes(Fatal(), 2, minus)(items)) == expected


def test_why_a_worker_cannot_be_made_is_told_in_both_languages() -> None:
    with pytest.raises(ModelError) as failure:
        list(lasting_processes(Unmakeable(), 1, minus)([1]))
    assert (failure.value.message.zh, failure.value.hint) == ("没有模型", Message("装一个", "install one"))


def test_blocks_are_of_about_equal_sums() -> None:
    sizes = [100] * 50 + [1] * 500 + [3000]
    blocks = cut(sizes, 2)
    assert [n for block in blocks for n in block] == list(range(len(sizes)))
    assert max(sum(sizes[n] for n in block) for block in blocks[:-1]) < 1000
    assert cut([], 2) == []
