"""The date of an edition, and where it comes from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from ..types import DateOrigin, Segmentation

_FILE_DATE = re.compile(r"(?<!\d)(20\d{2})[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})(?!\d)")


def edition_date(
    segmentations: Iterable[Segmentation], sources: Iterable[str], today: datetime.date
) -> tuple[datetime.date, DateOrigin]:
    """The date of an edition, and its origin.

    By priority: a masthead, a file name, the newest date that a source states, `today`.
    """
    stated: list[tuple[datetime.date, DateOrigin]] = []
    for page in segmentations:
        if page.date and page.dated:
            if page.dated is DateOrigin.MASTHEAD:
                return page.date, page.dated
            stated.append((page.date, page.dated))
    for source in sources:
        for match in _FILE_DATE.finditer(Path(source).name):
            try:
                return datetime.date(*map(int, match.groups())), DateOrigin.FILE_NAME
            except ValueError:
                continue
    return max(stated, key=lambda pair: pair[0], default=(today, DateOrigin.TODAY))
