"""How the time of a function grows with its input: on a slow machine and a quick one it is the same."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3


def growth(work: Callable[[int], object], small: int, factor: int = 8) -> float:
    """How many times as long `work(factor * small)` takes as `work(small)`, in processor time, the best of three each.

    Near `factor` where time is linear, near its square where it is quadratic.
    """
    return _least(work, factor * small) / max(_least(work, small), 1e-4)


def _least(work: Callable[[int], object], size: int) -> float:
    spent = []
    for _ in range(TRIES):
        begun = time.process_time()
        work(size)
        spent.append(time.process_time() - begun)
    return min(spent)
