"""A briefing as the settings ask for it: composed, fitted, rendered, written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import pipeline
from ..config import explicit_settings
from ..errors import NothingReadable, UsageError
from ..messages import Message
from ..protocols import Renderer
from ..types import Briefing, DateOrigin, Document, Problem
from .edit_options import edit_options
from .editions import editions_of, load_editions
from .output import save
from .reading import Progress, as_sources, pages, reading_options
from .stage_times import StageTimes
from .summaries import remembering_stage

if TYPE_CHECKING:
    from ..config import Settings
    from ..render.typst_printer import Printer

WITH_IT = {"feed": ("feed", "articles")}
"""Formats of more than one document."""
TITLE = Message("每日简报", "Daily Briefing")


def digest(
    settings: Settings, progress: Progress | None = None
) -> tuple[Briefing, DateOrigin, list[Document]]:
    """The briefing of the settings, where its date comes from, and its documents; none without a
    story.
    """
    briefing, origin = compose_from_settings(settings, progress)
    if not briefing.stories:
        return briefing, origin, []
    documents, printed = _fitted_documents(briefing, settings)
    return replace(briefing, notes=(*briefing.notes, *_left_out(printed))), origin, documents


def _left_out(printed: Briefing) -> tuple[Problem, ...]:
    """A note of the stories that are only counted on the page, a section at a time; none if all fit."""
    counts = [(section.name, section.more) for section in printed.sections if section.more]
    if not counts:
        return ()
    total = sum(more for _, more in counts)
    named = "、".join(f"{name} {more} 条" for name, more in counts)
    named_en = ", ".join(f"{name} {more}" for name, more in counts)
    message = Message(
        f"有 {total} 条排不下，只计条数：{named}", f"{total} stories are only counted on the page: {named_en}"
    )
    hint = Message(
        "--pages 2 排成两页，--pages auto 全部排出",
        "--pages 2 takes two pages, --pages auto prints everything",
    )
    return (Problem(source=printed.title, message=message, hint=hint, note=True),)


def compose_from_settings(
    settings: Settings,
    progress: Progress | None = None,
    *,
    strict: bool = False,
    earlier: Sequence[Briefing] = (),
    times: StageTimes | None = None,
) -> tuple[Briefing, DateOrigin]:
    """The briefing of the settings' sources, not yet fitted, and where its date comes from.

    If `strict`, pages of another day than the settings' are never taken. What the `earlier` editions
    told is not told again. `times` counts the seconds.
    """
    times = times or StageTimes(progress)
    if editions := editions_of(settings.sources):
        return load_editions(editions, settings), DateOrigin.EDITION
    if not settings.sources:
        raise UsageError(
            Message("没有说要读哪些版面", "no source was given"),
            Message(
                "请给出文件或文件夹，例如：briefing digest examples/pages",
                "give files or folders, for example: briefing digest examples/pages",
            ),
        )
    _check_template(settings)
    with remembering_stage(settings) as (stage, memory):
        briefing, origin = pipeline.compose(
            times.pages(pages(settings.sources, times, replace(reading_options(settings), once=True))),
            times.stage(stage),
            title=settings.title or TITLE(settings.lang),
            date=settings.date,
            days=settings.days,
            strict=strict,
            edit=edit_options(settings, earlier),
            counted=times.counted,
        )
    if briefing.notes and not (briefing.stories or briefing.problems or briefing.told):
        raise _nothing_but_notes(briefing.notes)
    return replace(briefing, notes=briefing.notes + (memory.notes if memory else ())), origin


def _check_template(settings: Settings) -> None:
    """A missing template is reported before anything is read."""
    if any(render.format not in pipeline.DATA for render in renderers(settings)):
        with _printer(settings):
            pass


def _nothing_but_notes(notes: Sequence[Problem]) -> NothingReadable:
    """The error of a run whose sources were all left out on purpose."""
    reasons = [f"{note.source} {note.message.zh}" for note in notes]
    reasons_en = [f"{note.source}: {note.message.en}" for note in notes]
    return NothingReadable(
        Message(f"没有可以收入的新闻：{'；'.join(reasons)}", f"no news to take: {'; '.join(reasons_en)}"),
        next((note.hint for note in notes if note.hint), None)
        or Message("请给出报纸的版面", "give pages of a newspaper"),
    )


def compose(sources: str | Path | Sequence[str | Path], **values: Any) -> Briefing:
    """The briefing of those sources; `values` are settings by their names."""
    chosen = explicit_settings(sources=as_sources(sources), format=(), remember=False, **values)
    return compose_from_settings(chosen)[0]


def render(briefing: Briefing, formats: Sequence[str], **values: Any) -> list[Document]:
    """The briefing in those formats; `values` are settings by their names."""
    return render_documents(briefing, explicit_settings(format=tuple(formats), **values))


def write(briefing: Briefing, folder: str | Path, formats: Sequence[str], **values: Any) -> list[Path]:
    """Renders and writes; the paths."""
    return [one.path for one in save(render(briefing, formats, **values), Path(folder), briefing.date)]


def render_documents(briefing: Briefing, settings: Settings) -> list[Document]:
    """The briefing in the settings' formats: fitted to the pages for people, complete for
    programs.
    """
    return _fitted_documents(briefing, settings)[0]


def _fitted_documents(briefing: Briefing, settings: Settings) -> tuple[list[Document], Briefing]:
    """The documents, and the briefing as printed."""
    chosen = renderers(settings)
    if all(render.format in pipeline.DATA for render in chosen):
        return pipeline.publish(briefing, chosen, settings.lang), briefing
    count = None if settings.pages == "auto" else settings.pages
    with _printer(settings) as printer:
        fitted = pipeline.fit_for_print(briefing, printer.measure_up_to(count or 1), printer.sizes, count)
    chosen = renderers(settings, fitted.size)
    return pipeline.publish(briefing, chosen, settings.lang, fitted.briefing), fitted.briefing


def renderers(settings: Settings, size: float = 0.0) -> list[Renderer]:
    """A renderer for each format; in print the text has `size` points, 0 for the theme's middle
    size.
    """
    from ..render.page import TemplateRenderer
    from ..render.pdf import PRINTED, PrintRenderer
    from ..render.themes import template_format

    def renderer(name: str) -> Renderer:
        if made := other_renderer(name, settings.mail.link):
            return made
        if name in PRINTED:
            return PrintRenderer(name, settings.template, settings.templates, size=size)
        return TemplateRenderer(name, settings.template, settings.templates)

    only = template_format(settings.template)
    if only and not (only in PRINTED and set(settings.format) <= set(PRINTED)):
        return [renderer(only)]
    names = dict.fromkeys(one for name in settings.format for one in WITH_IT.get(name, (name,)))
    return [renderer(name) for name in names]


def other_renderer(name: str, link: str) -> Renderer | None:
    """The renderer of a format that no theme has a say in."""
    from ..render.epub import EpubRenderer
    from ..render.feed import FeedRenderer
    from ..render.json import JsonRenderer
    from ..render.speech import SpeechRenderer

    if name in WITH_IT["feed"]:
        return FeedRenderer(name, link)
    plain: dict[str, Renderer] = {"json": JsonRenderer(), "epub": EpubRenderer(), "speech": SpeechRenderer()}
    return plain.get(name)


def _printer(settings: Settings) -> AbstractContextManager[Printer]:
    """The printer of the template; one without a page for print is fitted to the default
    theme's.
    """
    from ..render.typst_printer import open_printer

    return open_printer(settings.template, settings.templates, settings.lang)


def write_file(path: Path, content: bytes) -> None:
    """Writes one file, whole or not at all."""
    from ..deliver.folder import write_all

    write_all(path.parent, [(path.name, content)])
