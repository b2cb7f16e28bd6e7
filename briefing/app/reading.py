"""Sources become pages, and pages articles, as the settings ask.

Knows how a source is read at all; what a page or a row means is decided by the readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .. import pipeline
from ..config import explicit_settings
from ..messages import Message
from ..protocols import Outcome
from ..segmentation.articles import segment as segment_page
from ..types import Article, Page, Problem, Segmentation

if TYPE_CHECKING:
    from ..config import Settings
    from ..read.sources import ReadingOptions

STORY = 60
"""Fewest characters of a story, when a page is told from an article."""


class Progress(Protocol):
    """How far a run has come: called with the name of each source as it is begun."""

    def __call__(self, name: str) -> None:
        """The source of that name is begun."""
        ...

    def counted(self, done: int, total: int) -> None:
        """So many of all articles are summarized."""
        ...


def reading_options(settings: Settings) -> ReadingOptions:
    """How sources are to be read."""
    from .. import __version__
    from ..read.fetch import FetchPolicy
    from ..read.sources import ReadingOptions

    policy = FetchPolicy(
        offline=settings.offline,
        private=settings.allow_private,
        delay=settings.delay,
        cache=settings.cache,
        agent=f"briefing/{__version__}",
    )
    return ReadingOptions(
        policy=policy,
        follow=settings.follow,
        pictures=settings.pictures,
        day=settings.date,
        days=settings.days,
    )


def pages(
    sources: Sequence[str], progress: Progress | None = None, options: ReadingOptions | None = None
) -> Iterator[Outcome[Page]]:
    """The pages of every source, or the Problems that kept them from being read."""
    for _, items in _read_each(sources, progress, options):
        yield from items


def segmentations(
    sources: Sequence[str], progress: Progress | None = None, options: ReadingOptions | None = None
) -> Iterator[Outcome[Segmentation]]:
    """Every page, cut into articles; one without any is no Problem here."""
    for page in pages(sources, progress, options):
        yield page if isinstance(page, Problem) else segment_page(page)


def single_articles(
    sources: Sequence[str], progress: Progress | None = None, options: ReadingOptions | None = None
) -> Iterator[Outcome[Article]]:
    """Each source as one article, unless it states that it holds several; a table gives one a
    row.
    """
    for source, items in _read_each(sources, progress, options):
        if source:
            yield from _articles_in_order(items)
        else:
            yield from (item for item in items if isinstance(item, Problem))


def _read_each(
    sources: Sequence[str], progress: Progress | None, options: ReadingOptions | None
) -> Iterator[tuple[str, Iterator[Outcome[Page]]]]:
    """Each source and what is read of it; without a name, what no source could be read for, and at
    the end the notes on what was left out.
    """
    from ..read.dated import on_days
    from ..read.sources import ReadingOptions, SourceReader, expand

    options = options or ReadingOptions()
    named = [one for source in sources for one in on_days(source, options.dates)]
    reader = SourceReader(options, named)
    for source in expand(named):
        if isinstance(source, Problem):
            yield "", iter((source,))
            continue
        if progress:
            progress(source)
        yield source, reader.read(source)
    yield "", reader.notes()


def _articles_in_order(pages: Iterator[Outcome[Page]]) -> Iterator[Outcome[Article]]:
    """The articles of one source; the rows of a table one by one: neither order nor memory
    suffers.
    """
    others: list[Page] = []
    for page in pages:
        if isinstance(page, Page) and page.record is None:
            others.append(page)
        else:
            yield from pipeline.articles(pipeline.segmented([page], single=True))
    yield from pipeline.articles(pipeline.segmented(others, single=True))
    yield from filter(None, map(_whole_page, others))


def _whole_page(page: Page) -> Problem | None:
    """The note that a source given as one article looks like a page of several."""
    found = segment_page(page)
    several = [one for one in found.articles if one.headline and len(one.text) >= STORY]
    if len(several) < 2 or not (found.page_number or len(several) > 2):
        return None
    return Problem(
        source=page.source,
        message=Message(
            f"看起来是一整版，有 {len(several)} 篇文章，这里当成一篇做了摘要",
            f"looks like a page of {len(several)} articles; it was summarized as one",
        ),
        hint=Message("整版请用 briefing digest", "for pages use briefing digest"),
        note=True,
    )


def segment(page: str | Page, source: str = "") -> Segmentation:
    """The articles of a page, or of its text."""
    from ..read.plain import page_of

    return segment_page(page_of(source, page) if isinstance(page, str) else page)


def read(
    sources: str | Path | Sequence[str | Path], *, offline: bool = False, follow: bool = False
) -> Iterator[Outcome[Page]]:
    """The pages of the sources, without any settings but those given."""
    chosen = explicit_settings(sources=as_sources(sources), offline=offline, follow=follow)
    return pages(chosen.sources, None, reading_options(chosen))


def as_sources(sources: str | Path | Sequence[str | Path]) -> tuple[str, ...]:
    """One source or several, as strings."""
    return (str(sources),) if isinstance(sources, str | Path) else tuple(map(str, sources))
