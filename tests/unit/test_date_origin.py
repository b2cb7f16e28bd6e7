"""Where an edition's date was read: the newest day counts, whatever words people are told it in."""

from __future__ import annotations

import datetime
from dataclasses import replace

from briefing.cli.date_origin import DATE_ORIGINS
from briefing.edit.edition_date import edition_date
from briefing.types import DateOrigin, Segmentation

TODAY = datetime.date(2026, 11, 20)


def page(day: int, origin: DateOrigin) -> Segmentation:
    return Segmentation(source="p", articles=(), date=datetime.date(2026, 11, day), dated=origin)


def test_every_origin_has_words_in_both_languages() -> None:
    assert set(DATE_ORIGINS) == set(DateOrigin)
    assert all(message.zh and message.en for message in DATE_ORIGINS.values())


def test_the_newest_day_counts_wherever_it_is_stated() -> None:
    feed, masthead = page(19, DateOrigin.FEED), page(18, DateOrigin.MASTHEAD)
    assert edition_date([feed, masthead], [], TODAY) == (feed.date, DateOrigin.FEED)
    assert edition_date([page(19, DateOrigin.MASTHEAD), feed], [], TODAY) == (feed.date, DateOrigin.MASTHEAD)
    named = replace(masthead, source="2026-11-20-01.md", date=None, dated=None)
    assert edition_date([feed, named], [], TODAY) == (TODAY, DateOrigin.FILE_NAME)
    assert edition_date([], ["2026-11-17-01.md"], TODAY) == (
        datetime.date(2026, 11, 17),
        DateOrigin.FILE_NAME,
    )
    assert edition_date([], [], TODAY) == (TODAY, DateOrigin.TODAY)
