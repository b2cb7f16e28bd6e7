"""The day of an edition, and what of other days is left out of it.

An edition is of one day: the one asked for, else the newest of its sources. A source without a day
belongs to it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..messages import Message
from ..text.lazy_pattern import lazy_pattern
from ..types import DateOrigin, Problem, Segmentation

FILE_DATE = lazy_pattern(r"(?<!\d)(20\d{2})[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})(?!\d)")
FOLDER_DATE = lazy_pattern(r"(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})")
TOLD = 3
"""Most other days that are told one by one."""
Dated = tuple[datetime.date, DateOrigin]


def page_day(page: Segmentation) -> Dated | None:
    """The day of a page and its origin: as it states, else as its file or folder is named."""
    if page.date:
        return page.date, page.dated or DateOrigin.PAGE
    day = named_day(page.source)
    return (day, DateOrigin.FILE_NAME) if day else None


def named_day(source: str) -> datetime.date | None:
    """The day in the name of a file, else of its folder: 2026-11-20/1.txt, 202611/20/1.txt."""
    if "://" in source:
        return None
    path = Path(source.replace("\\", "/"))
    above = path.parent.name
    folders = (above, f"{path.parent.parent.name}{above}")
    matches = [*FILE_DATE.finditer(path.name), *filter(None, map(FOLDER_DATE.fullmatch, folders))]
    for match in matches:
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            continue
    return None


def edition_date(
    pages: Iterable[Segmentation], sources: Iterable[str], today: datetime.date
) -> tuple[datetime.date, DateOrigin]:
    """The newest day of the pages, or that the names of other sources give, and its origin; else
    `today`.

    Days after tomorrow are taken only if there are no others: they are announced or mistaken.
    """
    stated = [found for page in pages if (found := page_day(page))]
    if not stated:
        names = ((day, DateOrigin.FILE_NAME) for source in sources if (day := named_day(source)))
        stated = list(names)
    soon = [found for found in stated if found[0] <= today + datetime.timedelta(days=1)]
    order = list(DateOrigin)
    return max(
        soon or stated,
        key=lambda found: (found[0], -order.index(found[1])),
        default=(today, DateOrigin.TODAY),
    )


def of_days(
    pages: Sequence[Segmentation], last: datetime.date, days: int = 1, *, strict: bool = False
) -> tuple[list[Segmentation], list[Problem]]:
    """The pages of the `days` up to `last`, with those that have no day; notes on the others.

    If all pages that have a day are of another one, they are kept, and a Problem says so; not if
    `strict`: a job that runs by itself must not take yesterday's paper for today's.
    """
    first = last - datetime.timedelta(days=days - 1)
    kept: list[Segmentation] = []
    others: dict[datetime.date, list[Segmentation]] = defaultdict(list)
    for page in pages:
        found = page_day(page)
        if found is None or first <= found[0] <= last:
            kept.append(page)
        else:
            others[found[0]].append(page)
    if not strict and len(others) == 1 and not any(page_day(page) for page in kept):
        ((day, found_pages),) = others.items()
        return list(pages), [_another_day(found_pages[0].source, day, last)]
    return kept, _left_out(others)


def _another_day(source: str, day: datetime.date, wanted: datetime.date) -> Problem:
    return Problem(
        source=source,
        message=Message(
            f"来源是 {day.isoformat()} 的，不是所要的 {wanted.isoformat()}",
            f"the sources are of {day.isoformat()}, not of {wanted.isoformat()} as asked",
        ),
        hint=Message("请给出那一天的版面，或去掉 --date", "give the pages of that day, or leave out --date"),
    )


def _left_out(others: dict[datetime.date, list[Segmentation]]) -> list[Problem]:
    """Notes on the pages of other days, newest first: how many articles, and how to have them."""
    days = sorted(others, reverse=True)
    told = [[day] for day in days] if len(days) <= TOLD else [days]
    return [_left_out_note(group, [page for day in group for page in others[day]]) for group in told]


def _left_out_note(days: list[datetime.date], pages: list[Segmentation]) -> Problem:
    count = sum(len(page.articles) for page in pages)
    newest, oldest = days[0].isoformat(), days[-1].isoformat()
    zh = f"{newest} " if len(days) == 1 else f"{oldest} 至 {newest} 间 {len(days)} 天"
    en = newest if len(days) == 1 else f"{len(days)} days from {oldest} to {newest}"
    sources = len({page.source for page in pages})
    return Problem(
        source=pages[0].source if sources == 1 else Path(pages[0].source).name + f" +{sources - 1}",
        message=Message(f"{count} 篇是 {zh}的，没有收入", f"{count} articles of {en} are left out"),
        hint=Message(
            f"要这一天的用 --date {newest}，要几天的用 --days",
            f"for that day use --date {newest}, for several days --days",
        ),
        note=True,
    )


__all__ = ["edition_date", "named_day", "of_days", "page_day"]
