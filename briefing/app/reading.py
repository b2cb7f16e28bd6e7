"""What the settings want read: sources become pages, pages articles.

Knows every reader's door by name; what a page or a row means is decided further down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from .. import pipeline
from ..protocols import Outcome
from ..segmentation.articles import segment as segment_page
from ..types import Article, Page, Problem, Segmentation

if TYPE_CHECKING:
    from ..config import Settings
    from ..read.sources import ReadingOptions

Progress = Callable[[str], None]
"""Told the name of each source as it is begun."""


def reading_options(settings: Settings) -> ReadingOptions:
    """How the settings want sources to be read."""
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
    return ReadingOptions(policy=policy, follow=settings.follow)


def pages(
    sources: Sequence[str], progress: Progress | None = None, options: ReadingOptions | None = None
) -> Iterator[Outcome[Page]]:
    """The pages of every source, or the Problems that kept them from being read."""
    from ..read.sources import SourceReader, expand

    reader = SourceReader(options)

    for source in expand(sources):
        if isinstance(source, Problem):
            yield source
            continue
        if progress:
            progress(source)
        yield from reader.read(source)


def segmentations(
    sources: Sequence[str], progress: Progress | None = None, options: ReadingOptions | None = None
) -> Iterator[Outcome[Segmentation]]:
    """Every page, cut into articles; one without any is no Problem here."""
    for page in pages(sources, progress, options):
        yield page if isinstance(page, Problem) else segment_page(page)


def single_articles(
    sources: Sequence[str], progress: Progress | None = None, options: ReadingOptions | None = None
) -> Iterator[Outcome[Article]]:
    """Every source taken for one article, unless it says itself that it holds several; a table gives one a row."""
    from ..read.sources import SourceReader, expand

    reader = SourceReader(options)
    for source in expand(sources):
        if isinstance(source, Problem):
            yield source
            continue
        if progress:
            progress(source)
        yield from _articles_in_order(reader.read(source))


def _articles_in_order(pages: Iterator[Outcome[Page]]) -> Iterator[Outcome[Article]]:
    """The articles of one source; the rows of a table one by one, so that neither order nor memory suffers."""
    others: list[Page] = []
    for page in pages:
        if isinstance(page, Page) and page.record is None:
            others.append(page)
        else:
            yield from pipeline.articles(pipeline.segmented([page], single=True))
    yield from pipeline.articles(pipeline.segmented(others, single=True))


def segment(text: str, source: str = "") -> Segmentation:
    """The articles in the text of a page."""
    from ..read.plain import page_of

    return segment_page(page_of(source, text))
