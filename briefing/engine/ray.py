"""Runs a stage on a Ray cluster, or on one that is started on this machine (extra `briefing[ray]`).

Ray Data hands blocks of items to actors, each of which creates its worker once and has one core.
Actors that die, with their machine or alone, are replaced, and their blocks are done again. Results
keep the order of the input.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from itertools import islice
from typing import Any, TypeVar

from ..errors import BriefingError, UsageError
from ..messages import Message
from ..protocols import Outcome, Stage, Worker
from ..types import Problem

In = TypeVar("In")
Out = TypeVar("Out")

WAVE = 32_000
"""Items per worker that Ray Data gets at once: what bounds memory, and starts actors seldom enough."""
BLOCKS = 16
"""Blocks per worker of a wave, so that all workers end it at about the same time."""
LEAST, MOST = 8, 1000
"""Items of a block."""
MEMORY = 3 * 1024**3 // 2
"""Bytes that an actor is promised: the shipped model takes 1.1 GB for its longest articles."""
STORE = 1024**3
"""Bytes of the object store of a cluster that is started here; Ray puts on disk what is more."""
RETRIES = 3
"""How often a block is done again whose actor died, before its items are tried one by one."""


class _Actor:
    """Works on blocks of items; a worker that cannot be made is told with the first block."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.worker: Any
        try:
            self.worker = make()
        except BriefingError as error:
            self.worker = error

    def __call__(self, block: Any) -> Any:
        import pyarrow as arrow

        if isinstance(self.worker, BriefingError):
            answers = [pickle.dumps(self.worker)] * block.num_rows
        else:
            items = (pickle.loads(item) for item in block["item"].to_pylist())
            answers = [pickle.dumps(self.worker(item)) for item in items]
        return arrow.table({"index": block["index"], "answer": arrow.array(answers, arrow.binary())})


def ray_stage(
    make: Callable[[], Worker[In, Out]],
    workers: int,
    *,
    address: str | None,
    size: Callable[[In], int],
    lost: Callable[[In], Outcome[Out]],
) -> Stage[In, Out]:
    """A stage with `workers` actors at the cluster's `address`, or on this machine if that is None.

    Blocks have about the same sum of `size`. For an item that ends its process each time, alone too,
    `lost` tells what becomes of it. Raises UsageError for a cluster out of reach or too small.
    """

    def stage(items: Iterable[Outcome[In]]) -> Iterator[Outcome[Out]]:
        with _cluster(address, workers):
            source = iter(items)
            while wave := list(islice(source, WAVE * workers)):
                good: list[Any] = [item for item in wave if not isinstance(item, Problem)]
                answers = _answers(make, good, workers, size, lost)
                for item in wave:
                    yield item if isinstance(item, Problem) else next(answers)

    return stage


def _answers(
    make: Callable[[], Any],
    items: Sequence[Any],
    workers: int,
    size: Callable[[Any], int],
    lost: Callable[[Any], Any],
) -> Iterator[Any]:
    """The outcomes in order, as they come; from the first that is missing on, all at the end."""
    blocks = cut([size(item) for item in items], workers)
    rest: dict[int, Any] = {}
    at = 0
    for index, answer in _run(make, items, blocks, workers):
        if index == at:
            yield answer
            at += 1
        else:
            rest[index] = answer
    missing = [index for index in range(at, len(items)) if index not in rest]
    if missing:
        alone = [range(index, index + 1) for index in missing]
        rest |= dict(_run(make, items, alone, workers))
    for index in range(at, len(items)):
        yield rest[index] if index in rest else lost(items[index])


def cut(sizes: Sequence[int], workers: int) -> list[range]:
    """Consecutive blocks of about the same sum of sizes, and at most MOST items."""
    most = min(MOST, max(LEAST, len(sizes) // (BLOCKS * workers)))
    limit = 1 + sum(sizes) * most // max(1, len(sizes))
    blocks, start, total = [], 0, 0
    for index, one in enumerate(sizes):
        if index > start and (total + one > limit or index - start >= MOST):
            blocks.append(range(start, index))
            start, total = index, 0
        total += one
    return [*blocks, range(start, len(sizes))] if sizes else []


def _run(
    make: Callable[[], Any], items: Sequence[Any], blocks: Sequence[range], workers: int
) -> Iterator[tuple[int, Any]]:
    """Index and outcome of the items of the blocks, in order; blocks that could not be done are left out."""
    import pyarrow as arrow
    import ray
    import ray.data

    if not blocks:
        return
    binary = arrow.binary()
    tables = [
        arrow.table(
            {"index": list(block), "item": arrow.array([pickle.dumps(items[n]) for n in block], binary)}
        )
        for block in blocks
    ]
    with warnings.catch_warnings():
        # The number of retries has no other name yet; the version of Ray is capped before it goes.
        warnings.simplefilter("ignore")
        answered = _mapped(
            ray.data.from_arrow_refs([ray.put(table) for table in tables]), make, min(workers, len(blocks))
        )
    for table in answered.iter_batches(batch_size=None, batch_format="pyarrow"):
        for index, answer in zip(table["index"].to_pylist(), table["answer"].to_pylist(), strict=True):
            outcome = pickle.loads(answer)
            if isinstance(outcome, BriefingError):
                raise outcome
            yield index, outcome


def _mapped(blocks: Any, make: Callable[[], Any], actors: int) -> Any:
    """The blocks through actors; each has one core, and memory to spare."""
    import ray.data

    return blocks.map_batches(
        _Actor,
        fn_constructor_args=(make,),
        batch_size=None,
        batch_format="pyarrow",
        zero_copy_batch=True,
        compute=ray.data.ActorPoolStrategy(size=actors),
        num_cpus=1,
        memory=MEMORY,
        max_restarts=-1,
        max_task_retries=RETRIES,
    )


@contextmanager
def _cluster(address: str | None, workers: int) -> Iterator[None]:
    """A connection to the cluster; one that was started here ends with it.

    Meanwhile stdout is stderr: Ray prints there of each worker that dies.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no network but the cluster's
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what goes wrong is told by what comes out
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    import ray

    here: dict[str, Any] = {"address": "local", "object_store_memory": STORE, "include_dashboard": False}
    here["num_cpus"] = max(workers, os.cpu_count() or 1)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        ray.init(
            **({"address": address} if address else here), log_to_driver=False, logging_level=logging.ERROR
        )
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        raise UsageError(
            Message(f"连不上 Ray 集群：{error}", f"cannot reach the Ray cluster: {error}"),
            Message("请检查 --address 和集群是否在运行", "check --address, and that the cluster is running"),
        ) from None
    for number, handler in handlers.items():  # Ray puts its own in their place
        with suppress(ValueError):
            signal.signal(number, handler)
    with redirect_stdout(sys.stderr):
        try:
            _check_room(ray.cluster_resources(), workers)
            _set_up_data()
            yield
        finally:
            ray.shutdown()


def _check_room(resources: dict[str, float], workers: int) -> None:
    """Raises UsageError where the cluster has less than the actors need: they would wait forever."""
    cores, memory = resources.get("CPU", 0), resources.get("memory", 0)
    room = int(min(cores, memory // MEMORY))
    if room < workers:
        raise UsageError(
            Message(
                f"集群只放得下 {room} 个进程：{cores:.0f} 核，{memory / 2**30:.1f} GB 内存",
                f"the cluster has room for {room} actors: {cores:.0f} cores, {memory / 2**30:.1f} GB",
            ),
            Message("请减小 --workers", "lower --workers"),
        )


def _set_up_data() -> None:
    """Order is kept; a block that cannot be done is left out, and its items tried one by one."""
    from ray.data import DataContext

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = DataContext.get_current()
    context.execution_options.preserve_order = True
    context.max_errored_blocks = -1
    context.enable_progress_bars = False


__all__ = ["cut", "ray_stage"]
