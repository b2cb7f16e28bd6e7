"""Measures a summarizer's time and memory over articles, in a process of its own so that figures do
not mix.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from ..malloc import limit_heaps
from ..protocols import Summarizer
from ..types import Article, Story

Timed = tuple[Story, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The results of a run: stories in order, seconds for each, for loading and for all together
    (`wall`), peak memory in MB."""

    stories: tuple[Story, ...]
    seconds: tuple[float, ...]
    load: float
    wall: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the summarizer's factory, the number of threads, the articles, the length.
    Picklable.
    """

    make: Callable[[], Summarizer]
    threads: int
    articles: tuple[Article, ...]
    length: int

    def __call__(self) -> Measured:
        """Runs in this process."""
        from concurrent.futures import ThreadPoolExecutor

        started = time.perf_counter()
        summarizer = self.make()
        loaded = time.perf_counter()
        with ThreadPoolExecutor(self.threads) as pool:
            done = list(
                pool.map(lambda article: _summarize_timed(summarizer, article, self.length), self.articles)
            )
        return Measured(
            stories=tuple(story for story, _ in done),
            seconds=tuple(spent for _, spent in done),
            load=loaded - started,
            wall=time.perf_counter() - loaded,
            peak_mb=_peak_mb(),
        )


def _summarize_timed(summarizer: Summarizer, article: Article, length: int) -> Timed:
    started = time.perf_counter()
    summary = summarizer.summarize(article, length)
    return Story(article=article, summary=summary), time.perf_counter() - started


def measure(run: Run) -> Measured:
    """Runs in a fresh process; raises what the summarizer raises."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=limit_heaps) as pool:
        return pool.submit(run).result()


def _peak_mb() -> float:
    """This process's peak memory, in MB; 0 where the system does not say (Windows)."""
    import sys

    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
