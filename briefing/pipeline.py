"""The whole journey on one screen: pages are segmented, articles summarized, stories edited, the briefing rendered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .edit.duplicates import grouped
from .edit.fit import Fitted, Measure, fit
from .edit.overview import lift_overview, overview
from .edit.rank import Wishes, ranked
from .edit.script import ScriptChoice, in_script, restore_original, simplified
from .edit.section import CustomSection, sectioned
from .errors import BriefingError
from .messages import Language, Message
from .protocols import Outcome, Renderer, Stage, Summarizer
from .segmentation.articles import segment
from .segmentation.jumps import stitched
from .types import Article, Briefing, DateOrigin, Document, Page, Problem, Segmentation, Story

FILE_DATE = re.compile(r"(?<!\d)(20\d{2})[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})(?!\d)")
DATA = ("json",)
"""Formats for programs, in which nothing gives way for want of room."""
NO_ARTICLE = Message("这一页里没有找到文章", "no article was found on this page")
NO_ARTICLE_HINT = Message(
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
                plain = simplified(article)
                return restore_original(
                    Story(article=plain, summary=summarizer.summarize(plain, length)), article
                )
            except BriefingError as error:
                return Problem(source=article.source, message=error.message, hint=error.hint)

        return work


def segmented(pages: Iterable[Outcome[Page]], *, single: bool = False) -> Iterator[Outcome[Segmentation]]:
    """Pages to segmentations, of one article each if `single`; a page without any article becomes a Problem."""
    for page in pages:
        if isinstance(page, Problem):
            yield page
            continue
        found = segment(page, single=single)
        yield (
            found if found.articles else Problem(source=page.source, message=NO_ARTICLE, hint=NO_ARTICLE_HINT)
        )


def articles(found: Iterable[Outcome[Segmentation]]) -> Iterator[Outcome[Article]]:
    """The articles of an edition's pages, each with its paper, page and section, jumped stories put together."""
    collected: list[Article] = []
    for page in found:
        if isinstance(page, Problem):
            yield page
        else:
            collected += [
                replace(a, paper=page.paper, date=page.date, section=a.section or page.section)
                for a in page.articles
            ]
    yield from stitched(collected)


def dated(
    found: Iterable[Segmentation], sources: Iterable[str], today: datetime.date
) -> tuple[datetime.date, DateOrigin]:
    """The day of an edition and where it was read: masthead, then file name, then the newest that a source states."""
    stated: list[tuple[datetime.date, DateOrigin]] = []
    for page in found:
        if page.date and page.dated:
            if page.dated is DateOrigin.MASTHEAD:
                return page.date, page.dated
            stated.append((page.date, page.dated))
    for source in sources:
        for match in FILE_DATE.finditer(Path(source).name):
            try:
                return datetime.date(*map(int, match.groups())), DateOrigin.FILE_NAME
            except ValueError:
                continue
    return max(stated, key=lambda found: found[0], default=(today, DateOrigin.TODAY))


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOptions:
    """What the reader wants of the edit: words to raise, sink or watch, sections of one's own, a script."""

    wishes: Wishes = field(default_factory=Wishes)
    sections: tuple[CustomSection, ...] = ()
    script: ScriptChoice = "keep"


def compose(
    pages: Iterable[Outcome[Page]],
    summarize: Stage[Article, Story],
    *,
    title: str,
    date: datetime.date | None = None,
    today: datetime.date | None = None,
    edit: EditOptions | None = None,
) -> tuple[Briefing, DateOrigin]:
    """The briefing that the pages make, and where its date comes from. Problems are carried along, never raised.

    Of articles about one event the fullest is summarized; the others are the story's `also`.
    """
    edit = edit or EditOptions()
    outcomes = list(segmented(pages))
    found = list(articles(outcomes))
    originals = {simplified(item): item for item in found if isinstance(item, Article)}
    groups = grouped(list(originals))
    results = list(summarize(group.main for group in groups))
    stories = [
        replace(item, also=group.also)
        for group, item in zip(groups, results, strict=True)
        if isinstance(item, Story)
    ]
    sources = tuple(dict.fromkeys(item.source for item in outcomes))
    cut = (item for item in outcomes if isinstance(item, Segmentation))
    day, origin = dated(cut, sources, today or datetime.date.today())
    sections = tuple(
        replace(
            section,
            stories=tuple(
                replace(
                    restore_original(story, originals[story.article]),
                    also=tuple(originals[also] for also in story.also),
                )
                for story in section.stories
            ),
        )
        for section in sectioned(ranked(stories, edit.wishes), edit.sections)
    )
    stories = [story for section in sections for story in section.stories]
    briefing = Briefing(
        title=title,
        date=date or day,
        sections=sections,
        overview=overview(stories),
        sources=sources,
        papers=tuple(dict.fromkeys(a.paper for item in found if isinstance(a := item, Article) and a.paper)),
        problems=tuple(item for item in (*found, *results) if isinstance(item, Problem)),
    )
    return in_script(briefing, edit.script), DateOrigin.COMMAND_LINE if date else origin


def fit_for_print(briefing: Briefing, measure: Measure, sizes: Sequence[float], pages: int | None) -> Fitted:
    """The briefing as it goes on paper: a gist that stands on top is not printed below again, and all is on `pages` pages.

    None takes as many pages as there is to print, at the middle one of `sizes` (points).
    """
    lines, sections = lift_overview(briefing.sections)
    return fit_to_pages(replace(briefing, overview=lines, sections=sections), measure, sizes, pages)


def fit_to_pages(briefing: Briefing, measure: Measure, sizes: Sequence[float], pages: int | None) -> Fitted:
    """The same for a briefing whose overview is settled."""
    if pages is None:
        return Fitted(briefing=briefing, size=sizes[len(sizes) // 2], steps_taken=0, steps=0)
    return fit(briefing, measure, pages=pages, sizes=sizes)


def publish(
    briefing: Briefing, renderers: Iterable[Renderer], language: Language, on_paper: Briefing | None = None
) -> list[Document]:
    """The briefing in every format asked for: as it goes on paper, if that is given, but in data all of it."""
    return [
        render(briefing if render.format in DATA else on_paper or briefing, language) for render in renderers
    ]
