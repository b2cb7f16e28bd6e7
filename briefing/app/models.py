"""The models and methods there are: listed, checked, measured."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError, UsageError
from ..messages import Language, Message
from ..registry import METHODS, SummarizerMaker, bundled_models, find_model
from ..resources import models_dir
from ..types import Article, Story
from .reading import Progress

if TYPE_CHECKING:
    from ..evaluate.cases import Case
    from ..evaluate.measure import Measured
    from ..evaluate.scores import Report
    from ..summarization.generate.model_folder import ModelFolder

METHOD_WORDS = {
    "extract": Message(
        "不用模型，几乎不费时：由一组决策树挑选分句",
        "without a model, in next to no time: clauses chosen by a set of decision trees",
    ),
    "lead": Message("开头几句", "the first sentences"),
    "textrank": Message("按 TextRank 挑选句子", "sentences by TextRank"),
}


def installed_models() -> list[ModelFolder]:
    """The models that ship with the program."""
    from ..summarization.generate.model_folder import open_model_folder

    return [open_model_folder(models_dir() / name) for name in bundled_models()]


def model_rows(language: Language) -> list[dict[str, Any]]:
    """The models that ship with the program and the methods that need none, as rows of a list."""
    rows: list[dict[str, Any]] = [
        {
            "name": model.name,
            "kind": "model",
            "size": model.size,
            "license": model.license,
            "description": model.description(language),
        }
        for model in installed_models()
    ]
    for name, words in METHOD_WORDS.items():
        rows.append(
            {
                "name": name,
                "kind": "method",
                "size": 0,
                "license": "Apache-2.0",
                "description": words(language),
            }
        )
    return rows


def verified_models(name: str | None = None) -> Iterator[ModelFolder]:
    """The model of that name, or each that ships, its files checked; raises ModelError for a
    damaged one.
    """
    for model in [model_folder_named(name)] if name else installed_models():
        if damage := model.damaged():
            raise ModelError(
                Message("；".join(one.zh for one in damage), "; ".join(one.en for one in damage)),
                Message(
                    "请重新安装：pip install --force-reinstall briefing",
                    "reinstall it: pip install --force-reinstall briefing",
                ),
            )
        yield model


def model_folder_named(name: str) -> ModelFolder:
    """The model with a model.toml of that name or in that folder; raises UsageError for any
    other.
    """
    from ..summarization.generate.model_folder import open_model_folder

    found = find_model(name)
    if found.kind != "bundle":
        raise UsageError(
            Message(f"{name} 不是带 model.toml 的模型", f"{name} is not a model with a model.toml"),
            Message("briefing models list 列出自带的模型", "briefing models list shows the bundled models"),
        )
    return open_model_folder(Path(found.address))


def measure_model(name: str, articles: Sequence[Article], length: int, jobs: int = 0) -> Measured:
    """Summarizes the articles in a process of its own, and measures time and memory."""
    from ..evaluate.measure import Run, measure

    found = find_model(name)
    several = (jobs or os.cpu_count() or 1) if found.shared else 1
    return measure(Run(SummarizerMaker(found, several), several, tuple(articles), length))


def evaluate(
    path: Path, models: Sequence[str] | None, length: int, jobs: int = 0, progress: Progress | None = None
) -> Iterator[tuple[str, Report, list[tuple[Story, Case]]]]:
    """For each model its name, a report and its stories. All names are checked before the first
    runs.
    """
    from ..evaluate.cases import cases
    from ..evaluate.scores import case_scores, report

    wanted = list(models or (*bundled_models(), *METHODS))
    for name in wanted:
        find_model(name)
    found = cases(path)
    for name in wanted:
        if progress:
            progress(name)
        run = measure_model(name, [case.article for case in found], length, jobs)
        pairs = list(zip(run.stories, found, strict=True))
        yield (
            name,
            report([case_scores(story, case) for story, case in pairs], run.seconds, run.wall, run.peak_mb),
            pairs,
        )


def time_model(name: str, count: int, jobs: int = 0) -> dict[str, float]:
    """Seconds an article, seconds of loading and peak memory in MB, on `count` generated
    articles.
    """
    from ..evaluate.sample import articles

    sample = articles(count)
    run = measure_model(name, sample, 120, jobs)
    return {
        "articles": count,
        "characters": sum(len(article.text) for article in sample) / count,
        "load_s": round(run.load, 3),
        "seconds": round(run.wall / count, 3),
        "peak_mb": round(run.peak_mb, 1),
    }
