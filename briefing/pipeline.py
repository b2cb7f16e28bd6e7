"""The pipeline: pages are segmented, articles summarized, stories edited, briefings rendered."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard, TypeVar

from .edit.duplicates import EventGroup, grouped
from .edit.edition_date import edition_date, of_days
from .edit.fit import Fitted, Measure, fit
from .edit.follow_up import follow_ups
from .edit.headline import named, told_apart
from .edit.illustrate import Illustrate, illustrated, pictures_by_article, with_one_picture
from .edit.overview import lift_overview, overview
from .edit.rank import Wishes, ranked
from .edit.script import Reading, ScriptChoice, as_printed, in_script, restore_original
from .edit.section import CustomSection, sectioned
from .edit.subjects import subjects
from .errors import BriefingError
from .messages import Language, Message
from .protocols import Outcome, Renderer, Stage, Summarizer
from .segmentation.articles import segment
from .segmentation.jumps import stitched
from .text import beijing
from .types import Article, Briefing, DateOrigin, Document, Form, Page, Problem, Section, Segmentation, Story

Item = TypeVar("Item")
DATA = ("json", "epub", "feed", "articles")
"""Formats without pages: never shortened to fit one."""
NO_ARTICLE = Message("这一页里没有找到文章", "no article was found on this page")
NO_ARTICLE_HINT = Message(
    "文章需要标题和正文；可用 briefing segment 查看程序把每一行看成了什么",
    "an article needs a headline and text; `briefing segment` shows what each line was taken for",
)


@dataclass(frozen=True, slots=True)
class Summarize:
    """Makes the worker that turns a plain article (see `Reading`) into a story. Picklable."""

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


def summarized(
    articles: Iterable[Outcome[Article]], stage: Stage[Article, Story]
) -> Iterator[Outcome[Story]]:
    """The stories of articles in any script, in order, each in its article's script."""
    pending: deque[Outcome[Reading]] = deque()

    def plain() -> Iterator[Outcome[Article]]:
        for article in articles:
            reading = article if isinstance(article, Problem) else Reading.of(article)
            pending.append(reading)
            yield reading if isinstance(reading, Problem) else reading.plain

    for story in stage(plain()):
        reading = pending.popleft()
        if isinstance(story, Problem) or isinstance(reading, Problem):
            yield story
        else:
            yield restore_original(story, reading.original)


def segmented(pages: Iterable[Outcome[Page]], *, single: bool = False) -> Iterator[Outcome[Segmentation]]:
    """The segmentation of each page, as one article if `single`; a page without articles is a
    Problem."""
    for page in pages:
        if isinstance(page, Problem):
            yield page
            continue
        result = segment(page, single=single)
        empty = Problem(source=page.source, message=NO_ARTICLE, hint=NO_ARTICLE_HINT)
        yield result if result.articles else empty


def articles(segmentations: Iterable[Outcome[Segmentation]]) -> Iterator[Outcome[Article]]:
    """The articles of an edition, each with paper, date and section; stories that jump to another
    page are joined.
    """
    collected: list[Article] = []
    for page in segmentations:
        if isinstance(page, Problem):
            yield page
        else:
            collected += [
                replace(a, paper=page.paper, date=page.date, section=a.section or page.section)
                for a in page.articles
            ]
    yield from stitched(collected)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOptions:
    """The reader's options for the edit: words to boost, mute or watch, custom sections, a
    script, the editions of the last days, which are not told again, and what opens a picture, where one is
    wanted.
    """

    wishes: Wishes = field(default_factory=Wishes)
    sections: tuple[CustomSection, ...] = ()
    script: ScriptChoice = "keep"
    earlier: tuple[Briefing, ...] = ()
    illustrate: Illustrate | None = None


def compose(
    pages: Iterable[Outcome[Page]],
    summarize: Stage[Article, Story],
    *,
    title: str,
    date: datetime.date | None = None,
    days: int = 1,
    strict: bool = False,
    today: datetime.date | None = None,
    edit: EditOptions | None = None,
    counted: Callable[[int, int], None] | None = None,
) -> tuple[Briefing, DateOrigin]:
    """The briefing of the pages, and where its date comes from.

    It is of the `days` up to `date`, the newest of the pages if None; if all are of one other day, they are
    taken unless `strict`. Of an event's articles the fullest is summarized. Problems are collected.
    """
    edit = edit or EditOptions()
    outcomes = list(segmented(pages))
    sources = tuple(dict.fromkeys(item.source for item in outcomes if not _is_note(item)))
    day, origin = edition_date(_pages_of(outcomes), sources, today or beijing.today())
    items = list(articles(_of_edition(outcomes, date or day, days, strict)))
    readings = [Reading.of(one) for item in items if isinstance(item, Article) for one in told_apart(item)]
    news = follow_ups(grouped(_plain(readings)), edit.earlier)
    results = list(_counting(summarize(group.main for group in news.groups), len(news.groups), counted))
    stories = news.applied(_with_twins(news.groups, results))
    sections, unopened = _sections(stories, readings, outcomes, edit)
    briefing = Briefing(
        title=title,
        date=date or day,
        days=days,
        sections=sections,
        overview=overview([story for section in sections for story in section.stories]),
        sources=sources,
        papers=tuple(dict.fromkeys(r.original.paper for r in readings if r.original.paper)),
        problems=tuple(p for p in (*items, *results) if isinstance(p, Problem) and not p.note),
        notes=(*filter(_is_note, items), *unopened),
        told=news.told,
    )
    return in_script(briefing, edit.script), DateOrigin.COMMAND_LINE if date else origin


def _sections(
    stories: Sequence[Story],
    readings: Sequence[Reading],
    outcomes: Sequence[Outcome[Segmentation]],
    edit: EditOptions,
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The stories ranked and in sections, and notes on pictures that could not be opened."""
    sections = named(as_printed(sectioned(ranked(stories, edit.wishes), edit.sections), readings))
    if edit.illustrate is None:
        return sections, ()
    return illustrated(sections, pictures_by_article(_pages_of(outcomes)), edit.illustrate)


def _plain(readings: Sequence[Reading]) -> list[Article]:
    """The articles in plain script, identical ones once."""
    return list(dict.fromkeys(reading.plain for reading in readings))


def merged(briefings: Sequence[Briefing], *, title: str, edit: EditOptions) -> Briefing:
    """One briefing of several of a day: their stories, each event once, ranked and sectioned anew.

    Nothing is read or summarized again; of an event the summary of the fullest article is kept.
    """
    told = {Reading.of(story.article).plain: story for one in briefings for story in one.stories}
    stories = []
    for group in grouped(list(told)):
        others = [article for plain in group.also for article in (told[plain].article, *told[plain].also)]
        main = told[group.main]
        stories.append(replace(main, form=Form.FULL, also=tuple(dict.fromkeys((*main.also, *others)))))
    sections = with_one_picture(sectioned(ranked(stories, edit.wishes), edit.sections))
    return replace(
        briefings[0],
        title=title,
        days=max(one.days for one in briefings),
        sections=sections,
        overview=overview([story for section in sections for story in section.stories]),
        sources=_each_once(one.sources for one in briefings),
        papers=_each_once(one.papers for one in briefings),
        problems=_each_once(one.problems for one in briefings),
        notes=_each_once(one.notes for one in briefings),
        told=_each_once(one.told for one in briefings),
        more_problems=sum(one.more_problems for one in briefings),
    )


def _each_once(groups: Iterable[tuple[Item, ...]]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _of_edition(
    outcomes: Sequence[Outcome[Segmentation]], day: datetime.date, days: int, strict: bool
) -> list[Outcome[Segmentation]]:
    """What belongs to the `days` up to `day`, then what is to be said of the rest."""
    kept, other_days = of_days(_pages_of(outcomes), day, days, strict=strict)
    chosen = {id(page) for page in kept}
    return [*(item for item in outcomes if isinstance(item, Problem) or id(item) in chosen), *other_days]


def _pages_of(outcomes: Iterable[Outcome[Segmentation]]) -> list[Segmentation]:
    return [item for item in outcomes if isinstance(item, Segmentation)]


def _counting(
    results: Iterable[Outcome[Story]], total: int, counted: Callable[[int, int], None] | None
) -> Iterator[Outcome[Story]]:
    """The results; `counted` is told of each how many there are."""
    for done, result in enumerate(results, 1):
        if counted:
            counted(done, total)
        yield result


def _is_note(item: object) -> TypeGuard[Problem]:
    return isinstance(item, Problem) and item.note


def _with_twins(groups: Iterable[EventGroup], results: Iterable[Outcome[Story]]) -> list[Story]:
    """The stories, each with the other articles of its event; Problems are left out."""
    return [
        replace(story, also=group.also)
        for group, story in zip(groups, results, strict=True)
        if isinstance(story, Story)
    ]


def fit_for_print(briefing: Briefing, measure: Measure, sizes: Sequence[float], pages: int | None) -> Fitted:
    """The briefing as printed: on `pages` pages, with no gist both in the overview and below it.

    With `pages` None, it takes as many as it needs, at the middle of `sizes` (points).
    """
    lines, sections = lift_overview(briefing.sections)
    about = subjects(lines, briefing.sections)
    with_overview = replace(briefing, overview=lines, subjects=about, sections=sections)
    return fit_to_pages(with_overview, measure, sizes, pages)


def fit_to_pages(briefing: Briefing, measure: Measure, sizes: Sequence[float], pages: int | None) -> Fitted:
    """Like `fit_for_print`, but leaves the overview as it is."""
    if pages is None:
        return Fitted(briefing=briefing, size=sizes[len(sizes) // 2], steps_taken=0, steps=0)
    return fit(briefing, measure, pages=pages, sizes=sizes)


def publish(
    briefing: Briefing, renderers: Iterable[Renderer], language: Language, on_paper: Briefing | None = None
) -> list[Document]:
    """The briefing in each renderer's format: data formats get all of it, the others `on_paper` if
    given."""
    return [
        render(briefing if render.format in DATA else on_paper or briefing, language) for render in renderers
    ]
