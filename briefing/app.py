"""The composition root: settings become objects here and only here.

Knows every part of the program by name; holds no logic of its own beyond putting them together.
"""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from . import pipeline
from .engine.local import local
from .errors import BriefingError, Language, Text, UsageError
from .protocols import Outcome, Renderer, Stage, Summarizer
from .registry import DEFAULT_MODEL, METHODS, Maker, bundled
from .registry import model as model_named
from .resources import models_dir
from .segment.articles import segment as segment_page
from .types import Article, Briefing, Document, Page, Problem, Segmentation, Story

if TYPE_CHECKING:
    from .config import Settings
    from .evaluate.cases import Case
    from .evaluate.measure import Measured
    from .evaluate.scores import Report
    from .read.sources import Reading
    from .render.press import Press
    from .summarize.bundle import Bundle

Tick = Callable[[str], None]
"""Told the name of each source as it is begun."""
TITLE = Text("每日简报", "Daily Briefing")
RECORDS = (".jsonl", ".csv")
METHOD_WORDS = {
    "extract": Text("挑选最能说明问题的句子", "the sentences that tell most"),
    "lead": Text("开头几句", "the first sentences"),
    "textrank": Text("按 TextRank 挑选句子", "sentences by TextRank"),
}


def pages(
    sources: Sequence[str], tick: Tick | None = None, reading: Reading | None = None
) -> Iterator[Outcome[Page]]:
    """The pages of every source, or the Problems that kept them from being read."""
    from .read.sources import Desk, expand

    desk = Desk(reading)

    for source in expand(sources):
        if isinstance(source, Problem):
            yield source
            continue
        if tick:
            tick(source)
        yield from desk.read(source)


def segmentations(
    sources: Sequence[str], tick: Tick | None = None, reading: Reading | None = None
) -> Iterator[Outcome[Segmentation]]:
    """Every page, cut into articles; one without any is no Problem here."""
    for page in pages(sources, tick, reading):
        yield page if isinstance(page, Problem) else segment_page(page)


def single_articles(
    sources: Sequence[str], tick: Tick | None = None, reading: Reading | None = None
) -> Iterator[Outcome[Article]]:
    """Every source taken for one article, unless it says itself that it holds several; a table gives one a row."""
    from .read.records import records
    from .read.sources import Desk, expand, load

    desk = Desk(reading)
    for source in expand(sources):
        if isinstance(source, Problem):
            yield source
            continue
        if tick:
            tick(source)
        if source.lower().endswith(RECORDS) and "://" not in source:
            try:
                yield from records(source, load(source))
            except BriefingError as error:
                yield Problem(source=source, message=error.message, hint=error.hint)
        else:
            yield from pipeline.articles(pipeline.segmented(desk.read(source), single=True))


def stage(model: str, length: int, jobs: int = 0) -> Stage[Article, Story]:
    """The summarizing stage; an unknown model is refused here, before anything is read.

    `jobs` articles at a time; 0 leaves it to the model: as many as there are cores where the weights are shared by threads,
    else one.
    """
    found = model_named(model)
    if found.shared:
        from .engine.threads import threads

        several = jobs or os.cpu_count() or 1
        return threads(pipeline.Summarize(Maker(found, several), length), several)
    worker = pipeline.Summarize(Maker(found), length)
    if jobs > 1:
        from .engine.processes import processes

        return processes(worker, jobs)
    return local(worker)


def stories(
    sources: Sequence[str],
    model: str,
    length: int,
    jobs: int = 0,
    tick: Tick | None = None,
    reading: Reading | None = None,
) -> Iterator[Outcome[Story]]:
    """One story a source, or a row of a table, in order."""
    return stage(model, length, jobs)(single_articles(sources, tick, reading))


def reading(settings: Settings) -> Reading:
    """How the settings want sources to be read."""
    from . import __version__
    from .read.fetch import Manners
    from .read.sources import Reading

    manners = Manners(
        offline=settings.offline,
        private=settings.allow_private,
        delay=settings.delay,
        cache=settings.cache,
        agent=f"briefing/{__version__}",
    )
    return Reading(manners=manners, follow=settings.follow)


def renderers(settings: Settings, size: float = 0.0) -> list[Renderer]:
    """A renderer for every format asked for; on paper the text has `size` points, 0 for the theme's middle size."""
    from .render.json import JsonRenderer
    from .render.page import TemplateRenderer
    from .render.pdf import PRINTED, PrintRenderer
    from .render.themes import template_format

    def renderer(name: str) -> Renderer:
        if name == "json":
            return JsonRenderer()
        if name in PRINTED:
            return PrintRenderer(name, settings.template, settings.templates, size=size)
        return TemplateRenderer(name, settings.template, settings.templates)

    only = template_format(settings.template)
    if only and not (only in PRINTED and set(settings.format) <= set(PRINTED)):
        return [renderer(only)]
    return [renderer(name) for name in dict.fromkeys(settings.format)]


def digest(settings: Settings, tick: Tick | None = None) -> tuple[Briefing, Text, list[Document]]:
    """The briefing that the settings ask for, where its date comes from, and its documents; none without a story."""
    briefing, origin = composed(settings, tick)
    return briefing, origin, documents(briefing, settings) if briefing.stories else []


def composed(settings: Settings, tick: Tick | None = None) -> tuple[Briefing, Text]:
    """The briefing of the settings' sources, with all there is, and where its date comes from."""
    if not settings.sources:
        raise UsageError(
            Text("没有说要读哪些版面", "no source was given"),
            Text(
                "请给出文件或文件夹，例如：briefing digest examples/pages",
                "name files or folders, for example: briefing digest examples/pages",
            ),
        )
    if any(render.format not in pipeline.DATA for render in renderers(settings)):
        with _press(settings):  # a template that is not there is told before anything is read
            pass
    return pipeline.compose(
        pages(settings.sources, tick, reading(settings)),
        stage(settings.model or DEFAULT_MODEL, settings.length, settings.jobs),
        title=settings.title or TITLE(settings.lang),
        date=settings.date,
        edit=edit(settings),
    )


def documents(briefing: Briefing, settings: Settings) -> list[Document]:
    """The briefing in the settings' formats: what is for reading is cut to the pages, what is for programs is not."""
    made = renderers(settings)
    if all(render.format in pipeline.DATA for render in made):
        return pipeline.publish(briefing, made, settings.lang)
    count = None if settings.pages == "auto" else settings.pages
    with _press(settings) as press:
        fitted = pipeline.printed(briefing, press.upto(count or 1), press.sizes, count)
    return pipeline.publish(briefing, renderers(settings, fitted.size), settings.lang, fitted.briefing)


def _press(settings: Settings) -> AbstractContextManager[Press]:
    """The press of the template; a template without a page for print is fitted to the default theme's."""
    from .render.press import press

    return press(settings.template, settings.templates, settings.lang)


def edit(settings: Settings) -> pipeline.Edit:
    """What the settings want of the edit."""
    from .edit.rank import Wishes
    from .edit.section import Custom

    return pipeline.Edit(
        wishes=Wishes(boost=settings.boost, mute=settings.mute, watch=settings.watch),
        sections=tuple(
            Custom(name=own.name, keywords=own.keywords, sources=own.sources) for own in settings.sections
        ),
        script=settings.script,
    )


def copy_theme(
    template: str, folder: Path, files: Sequence[str], own: tuple[Path, ...] = (), *, force: bool = False
) -> list[Path]:
    """Copies the theme's own files, or those named, into the folder; the paths. Overwrites only if `force`."""
    from .deliver.folder import write_all
    from .render.gallery import entry

    found = entry(template, own)
    home = "" if found.own else found.name
    parts = [found.part(name) for name in files] or [part for part in found.parts if part.home == home]
    there = [part.name for part in parts if (folder / part.name).exists()]
    if there and not force:
        raise UsageError(
            Text(f"{folder} 里已有 {'、'.join(there)}", f"{folder} has already: {', '.join(there)}"),
            Text("换一个文件夹，或加 --force 覆盖", "name another folder, or overwrite them with --force"),
        )
    return write_all(folder, [(part.name, part.path.read_bytes()) for part in parts])


def save(documents: Iterable[Document], folder: Path, date: datetime.date) -> list[Path]:
    """Writes the documents, all or none, as briefing-YYYY-MM-DD.FORMAT; the paths."""
    from .deliver.folder import write_all

    return write_all(folder, [(f"briefing-{date.isoformat()}.{d.format}", d.content) for d in documents])


def write(path: Path, content: bytes) -> None:
    """Writes one file, whole or not at all."""
    from .deliver.folder import write_all

    write_all(path.parent, [(path.name, content)])


def segment(text: str, source: str = "") -> Segmentation:
    """The articles in the text of a page."""
    from .read.plain import page_of

    return segment_page(page_of(source, text))


def summarize(text: str, *, headline: str = "", length: int = 120, model: str = DEFAULT_MODEL) -> Story:
    """The summary of one article's text, at most `length` characters, with the article that evidence refers to."""
    article = Article(id="text", headline=headline, paragraphs=tuple(text.split("\n")))
    return Story(article=article, summary=_loaded(model).summarize(article, length))


@functools.lru_cache(maxsize=1)
def _loaded(model: str) -> Summarizer:
    """The summarizer of that name, kept for the next call: loading a model takes a second."""
    return model_named(model).make()


def compose(
    sources: Sequence[str],
    *,
    model: str = DEFAULT_MODEL,
    length: int = 120,
    title: str | None = None,
    date: datetime.date | None = None,
    lang: Language = "zh",
) -> Briefing:
    """The briefing of the day's pages in the files and folders named."""
    return pipeline.compose(pages(sources), stage(model, length), title=title or TITLE(lang), date=date)[0]


def installed() -> list[Bundle]:
    """The models that ship with the program, the default first."""
    from .summarize.bundle import bundle

    return [bundle(models_dir() / name) for name in bundled()]


def methods() -> list[tuple[str, Text]]:
    """The methods that need no model, each with what it does."""
    return list(METHOD_WORDS.items())


def bundle_named(name: str) -> Bundle:
    """The model of ours of that name or in that folder; raises UsageError where it is something else."""
    from .summarize.bundle import bundle

    found = model_named(name)
    if found.kind != "bundle":
        raise UsageError(
            Text(f"{name} 不是带 model.toml 的模型", f"{name} is no model with a model.toml"),
            Text("briefing models list 列出自带的模型", "briefing models list shows the bundled models"),
        )
    return bundle(Path(found.address))


def measured(name: str, articles: Sequence[Article], length: int, jobs: int = 0) -> Measured:
    """The articles summarized in a process of its own, with time and memory taken."""
    from .evaluate.measure import Run, measure

    found = model_named(name)
    several = (jobs or os.cpu_count() or 1) if found.shared else 1
    return measure(Run(Maker(found, several), several, tuple(articles), length))


def evaluate(
    path: Path, models: Sequence[str] | None, length: int, jobs: int = 0, tick: Tick | None = None
) -> Iterator[tuple[str, Report, list[tuple[Story, Case]]]]:
    """A report for each model, one after another, with the stories behind it; all names are checked before the first."""
    from .evaluate.cases import cases
    from .evaluate.scores import report, row

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
    from .evaluate.sample import articles

    sample = articles(count)
    run = measured(name, sample, 120, jobs)
    return {
        "articles": count,
        "characters": sum(len(article.text) for article in sample) / count,
        "load_s": round(run.load, 3),
        "seconds": round(run.wall / count, 3),
        "peak_mb": round(run.peak_mb, 1),
    }
