"""From a model's name to a stage that summarizes, in threads or in processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .. import pipeline
from ..edit.script import Reading, restore_original
from ..engine.local import local
from ..protocols import Outcome, Stage, Summarizer
from ..registry import DEFAULT_MODEL, SummarizerMaker, find_model
from ..types import Article, Story
from .memory import with_memory
from .reading import Progress, reading_options, single_articles

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.summaries import SummaryStore


def stage(model: str, length: int, jobs: int = 0) -> Stage[Article, Story]:
    """The summarizing stage. Raises UsageError for an unknown model, before anything is read.

    `jobs` articles in parallel. 0 leaves it to the model: one a core where threads share weights,
    else one.
    """
    found = find_model(model)
    if found.shared:
        from ..engine.threads import threads

        several = jobs or os.cpu_count() or 1
        return threads(pipeline.Summarize(SummarizerMaker(found, several), length), several)
    worker = pipeline.Summarize(SummarizerMaker(found), length)
    if jobs > 1:
        from ..engine.processes import processes

        return processes(worker, jobs)
    return local(worker)


@contextmanager
def remembering_stage(
    settings: Settings,
) -> Iterator[tuple[Stage[Article, Story], SummaryStore | None]]:
    """The stage of the settings and its memory. Raises UsageError for an unknown model."""
    name = settings.model or DEFAULT_MODEL
    plain = stage(name, settings.length, settings.jobs)
    with with_memory(plain, find_model(name), settings) as found:
        yield found


def stories(settings: Settings, progress: Progress | None = None) -> Iterator[Outcome[Story]]:
    """One story a source, or a row of a table, in order; notes on the memory at the end."""
    articles = single_articles(settings.sources, progress, reading_options(settings))
    with remembering_stage(settings) as (summarizing, memory):
        yield from pipeline.summarized(articles, summarizing)
    yield from memory.notes if memory else ()


def summarize(text: str, *, headline: str = "", length: int = 120, model: str | None = None) -> Story:
    """The summary of one article's text, with the article that its evidence refers to."""
    reading = Reading.of(_article("text", text, headline))
    summary = last_model.get(model or DEFAULT_MODEL).summarize(reading.plain, length)
    return restore_original(Story(article=reading.plain, summary=summary), reading.original)


def summarize_many(
    articles: Iterable[str | Article], *, length: int = 120, model: str | None = None, jobs: int = 0
) -> Iterator[Outcome[Story]]:
    """A story for each article, in order; an unknown model is refused at once."""
    wanted = (
        article if isinstance(article, Article) else _article(str(number), article)
        for number, article in enumerate(articles, 1)
    )
    return pipeline.summarized(wanted, stage(model or DEFAULT_MODEL, length, jobs))


def _article(id: str, text: str, headline: str = "") -> Article:
    return Article(id=id, headline=headline, paragraphs=tuple(text.split("\n")))


class LastModel:
    """Holds at most one loaded summarizer, the last one asked for: loading takes a while.

    briefing-zh takes some 500 MB, which `clear` frees. Thread-safe.
    """

    def __init__(self) -> None:
        """Holds nothing yet."""
        self._lock = threading.Lock()
        self._name = ""
        self._summarizer: Summarizer | None = None

    def get(self, name: str) -> Summarizer:
        """The summarizer of that name, loaded unless it is held; raises UsageError and
        ModelError.
        """
        with self._lock:
            if self._summarizer is None or self._name != name:
                self._summarizer = None  # freed first: two models are never in memory together
                self._summarizer, self._name = find_model(name).make(), name
            return self._summarizer

    def clear(self) -> None:
        """Drops the summarizer; the next `get` loads it again."""
        with self._lock:
            self._summarizer = None


last_model = LastModel()
"""The model of `summarize`, kept between its calls."""
