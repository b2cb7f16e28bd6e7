"""The models and methods there are, measured where that is asked for: models, eval, bench."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Text, UsageError
from ..registry import METHODS, Maker, bundled
from ..registry import model as model_named
from ..resources import models_dir
from ..types import Article, Story
from .reading import Tick

if TYPE_CHECKING:
    from ..evaluate.cases import Case
    from ..evaluate.measure import Measured
    from ..evaluate.scores import Report
    from ..summarization.generate.bundle import Bundle

METHOD_WORDS = {
    "extract": Text("挑选最能说明问题的句子", "the sentences that tell most"),
    "lead": Text("开头几句", "the first sentences"),
    "textrank": Text("按 TextRank 挑选句子", "sentences by TextRank"),
}


def installed() -> list[Bundle]:
    """The models that ship with the program, the default first."""
    from ..summarization.generate.bundle import bundle

    return [bundle(models_dir() / name) for name in bundled()]


def methods() -> list[tuple[str, Text]]:
    """The methods that need no model, each with what it does."""
    return list(METHOD_WORDS.items())


def bundle_named(name: str) -> Bundle:
    """The model of ours of that name or in that folder; raises UsageError where it is something else."""
    from ..summarization.generate.bundle import bundle

    found = model_named(name)
    if found.kind != "bundle":
        raise UsageError(
            Text(f"{name} 不是带 model.toml 的模型", f"{name} is no model with a model.toml"),
            Text("briefing models list 列出自带的模型", "briefing models list shows the bundled models"),
        )
    return bundle(Path(found.address))


def measured(name: str, articles: Sequence[Article], length: int, jobs: int = 0) -> Measured:
    """The articles summarized in a process of its own, with time and memory taken."""
    from ..evaluate.measure import Run, measure

    found = model_named(name)
    several = (jobs or os.cpu_count() or 1) if found.shared else 1
    return measure(Run(Maker(found, several), several, tuple(articles), length))


def evaluate(
    path: Path, models: Sequence[str] | None, length: int, jobs: int = 0, tick: Tick | None = None
) -> Iterator[tuple[str, Report, list[tuple[Story, Case]]]]:
    """A report for each model, one after another, with the stories behind it; all names are checked before the first."""
    from ..evaluate.cases import cases
    from ..evaluate.scores import report, row

    wanted = list(models or (*bundled(), *METHODS))
    for name in wanted:
        model_named(name)
    found = cases(path)
    for name in wanted:
        if tick:
            tick(name)
        run = measured(name, [case.article for case in found], length, jobs)
        pairs = list(zip(run.stories, found, strict=True))
        yield (
            name,
            report([row(story, case) for story, case in pairs], run.seconds, run.wall, run.peak_mb),
            pairs,
        )


def timed(name: str, count: int, jobs: int = 0) -> dict[str, float]:
    """Seconds an article, seconds of loading and peak memory in MB on `count` made-up articles."""
    from ..evaluate.sample import articles

    sample = articles(count)
    run = measured(name, sample, 120, jobs)
    return {
        "articles": count,
        "characters": sum(len(article.text) for article in sample) / count,
        "load_s": round(run.load, 3),
        "seconds": round(run.wall / count, 3),
        "peak_mb": round(run.peak_mb, 1),
    }
