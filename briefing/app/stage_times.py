"""How long reading, cutting into articles and summarizing take, and each source: measured where they meet.

All pages are read and cut before the first article is summarized, one source after the other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from ..protocols import Outcome, Stage
from ..types import Article, Page, Story
from .reading import Progress


class StageTimes:
    """Watches one briefing being composed. Seconds of wall-clock time."""

    def __init__(self, progress: Progress | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Passes on to `progress` what it is told."""
        self.seconds = {"read": 0.0, "segment": 0.0, "summarize": 0.0}
        self.sources: dict[str, float] = {}
        self._progress, self._clock = progress, clock
        self._source, self._since, self._began = "", 0.0, 0.0

    def __call__(self, name: str) -> None:
        """The source of that name is begun."""
        self._read_until_now()
        self._source = name
        if self._progress:
            self._progress(name)

    def counted(self, done: int, total: int) -> None:
        """So many of all articles are summarized."""
        if self._progress:
            self._progress.counted(done, total)

    def pages(self, pages: Iterator[Outcome[Page]]) -> Iterator[Outcome[Page]]:
        """The pages; what is spent between them is spent on reading."""
        self._began = self._clock()
        while True:
            self._since = self._clock()
            page = next(pages, None)
            self._read_until_now()
            if page is None:
                return
            yield page

    def stage(self, stage: Stage[Article, Story]) -> Stage[Article, Story]:
        """The stage; what lies before its first article, and is no reading, is cutting."""

        def timed(articles: Iterable[Outcome[Article]]) -> Iterator[Outcome[Story]]:
            self.seconds["segment"] = self._clock() - self._began - self.seconds["read"]
            stories = iter(stage(articles))
            while True:
                since = self._clock()
                story = next(stories, None)
                self.seconds["summarize"] += self._clock() - since
                if story is None:
                    return
                yield story

        return timed

    def _read_until_now(self) -> None:
        now = self._clock()
        spent, self._since = now - self._since, now
        self.seconds["read"] += spent
        if self._source:
            self.sources[self._source] = self.sources.get(self._source, 0.0) + spent
