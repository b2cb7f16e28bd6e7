"""The whole journey on one screen: pages are segmented, articles summarized, stories edited, the briefing rendered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .edit.overview import overview
from .edit.section import sectioned
from .errors import BriefingError, Language, Text
from .protocols import Outcome, Renderer, Stage, Summarizer
from .segment.articles import segment
from .segment.jumps import stitched
from .types import Article, Briefing, Document, Page, Problem, Segmentation, Story

FILE_DATE = re.compile(r"(?<!\d)(20\d{2})[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})(?!\d)")
NO_ARTICLE = Text("这一页里没有找到文章", "no article was found on this page")
NO_ARTICLE_HINT = Text(
    "文章需要标题和正文；可用 briefing segment 查看程序把每一行看成了什么",
    "an article needs a headline and text; `briefing segment` shows what each line was taken for",
)


@dataclass(frozen=True, slots=True)
class Summarize:
    """Makes the worker that turns an article into a story; only itself is pickled."""

    make: Callable[[], Summarizer]
    length: int

    def __call__(self) -> Callable[[Article], Outcome[Story]]:
        """The worker."""
        summarizer, length = self.make(), self.length

        def work(article: Article) -> Outcome[Story]:
            try:
                return Story(article=article, summary=summarizer.summarize(article, length))
            except BriefingError as error:
                return Problem(source=article.source, message=error.message, hint=error.hint)

        return work


def segmented(pages: Iterable[Outcome[Page]]) -> Iterator[Outcome[Segmentation]]:
    """Pages to segmentations; a page without any article becomes a Problem."""
    for page in pages:
        if isinstance(page, Problem):
            yield page
            continue
        found = segment(page)
        yield (
            found if found.articles else Problem(source=page.source, message=NO_ARTICLE, hint=NO_ARTICLE_HINT)
        )


def articles(found: Iterable[Outcome[Segmentation]]) -> Iterator[Outcome[Article]]:
    """The articles of an edition's pages, each with its paper, page and section, jumped stories put together."""
    whole: list[Article] = []
    for page in found:
        if isinstance(page, Problem):
            yield page
        else:
            whole += [
                replace(a, paper=page.paper, date=page.date, section=a.section or page.section)
                for a in page.articles
            ]
    yield from stitched(whole)


def dated(
    found: Iterable[Article], sources: Iterable[str], today: datetime.date
) -> tuple[datetime.date, Text]:
    """The day of an edition and where it was read: masthead, then file name, then today."""
    for article in found:
        if article.date:
            return article.date, Text("报头", "the masthead")
    for source in sources:
        for match in FILE_DATE.finditer(Path(source).name):
            try:
                return datetime.date(*map(int, match.groups())), Text("文件名", "the file name")
            except ValueError:
                continue
    return today, Text("今天", "today")


def compose(
    pages: Iterable[Outcome[Page]],
    summarize: Stage[Article, Story],
    *,
    title: str,
    date: datetime.date | None = None,
    today: datetime.date | None = None,
) -> tuple[Briefing, Text]:
    """The briefing that the pages make, and where its date comes from. Problems are carried along, never raised."""
    outcomes = list(segmented(pages))
    results = list(summarize(articles(outcomes)))
    stories = [item for item in results if isinstance(item, Story)]
    sources = tuple(dict.fromkeys(item.source for item in outcomes))
    day, origin = dated([s.article for s in stories], sources, today or datetime.date.today())
    sections = sectioned(stories)
    briefing = Briefing(
        title=title,
        date=date or day,
        sections=sections,
        overview=overview([story for section in sections for story in section.stories]),
        sources=sources,
        papers=tuple(dict.fromkeys(s.article.paper for s in stories if s.article.paper)),
        problems=tuple(item for item in results if isinstance(item, Problem)),
    )
    return briefing, Text("命令行", "the command line") if date else origin


def publish(briefing: Briefing, renderers: Iterable[Renderer], language: Language) -> list[Document]:
    """The briefing in every format asked for."""
    return [render(briefing, language) for render in renderers]
