"""A model's name becomes a stage that summarizes: how many at a time, by threads or by processes."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .. import pipeline
from ..engine.local import local
from ..protocols import Outcome, Stage, Summarizer
from ..registry import DEFAULT_MODEL, SummarizerMaker, find_model
from ..types import Article, Story
from .reading import Progress, single_articles

if TYPE_CHECKING:
    from ..read.sources import ReadingOptions


def stage(model: str, length: int, jobs: int = 0) -> Stage[Article, Story]:
    """The summarizing stage; an unknown model is refused here, before anything is read.

    `jobs` articles at a time; 0 leaves it to the model: as many as there are cores where the weights are shared by threads,
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


def stories(
    sources: Sequence[str],
    model: str,
    length: int,
    jobs: int = 0,
    progress: Progress | None = None,
    options: ReadingOptions | None = None,
) -> Iterator[Outcome[Story]]:
    """One story a source, or a row of a table, in order."""
    return stage(model, length, jobs)(single_articles(sources, progress, options))


def summarize(text: str, *, headline: str = "", length: int = 120, model: str = DEFAULT_MODEL) -> Story:
    """The summary of one article's text, at most `length` characters, with the article that evidence refers to."""
    article = Article(id="text", headline=headline, paragraphs=tuple(text.split("\n")))
    return Story(article=article, summary=_loaded(model).summarize(article, length))


@functools.lru_cache(maxsize=1)
def _loaded(model: str) -> Summarizer:
    """The summarizer of that name, kept for the next call: loading a model takes a second."""
    return find_model(model).make()
