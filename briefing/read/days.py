"""Parses the dates that feeds, tables and book metadata contain, in the forms people and programs
write.

A time with a zone is converted to the day in Beijing; one without is taken as written. Dates whose
day and month are ambiguous (01/02/2026) or that lack a year are rejected.
"""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import date_of

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
EARLIEST, LATEST = 1950, 2100
"""Plausible years; others are placeholders (calibre writes 0101-01-01) or no dates."""
LONGEST = 80
"""Longest part of a value that is parsed, in characters."""
EPOCH = lazy_pattern(r"\d{10}(?:\.\d+)?|\d{13}")
SERIAL = lazy_pattern(r"([3-7]\d{4})(?:\.\d+)?")
"""A spreadsheet's serial date, in days since 1899-12-30: 46346 is 2026-11-20."""
COMPACT = lazy_pattern(r"(\d{4})(\d{2})(\d{2})(?:[T _]?\d{2}:?\d{2}(?::?\d{2})?)?")
ZONED = lazy_pattern(
    r"(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})",
    re.IGNORECASE,
)
SLASHED = lazy_pattern(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
CHINESE_MONTH = lazy_pattern(r"(\d{1,2})\s+(十[一二]?|[一二三四五六七八九]|\d{1,2})月\s+(\d{4})(?!\d)")
"""20 十一月 2026, as a server writes the date of a mail in its own language."""
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WORDED = (
    lazy_pattern(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ \-](?P<m>[A-Za-z]{3})[a-z]*\.?,?[ \-](?P<y>\d{4})"),
    lazy_pattern(r"(?P<m>[A-Za-z]{3})[a-z]*\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"),
)


def day_of(words: str) -> datetime.date | None:
    """The date in the text; None if there is none or it is ambiguous."""
    words = words[:LONGEST].strip().lstrip("'")
    for form in (_number, _zoned, _written, _slashed, _worded):
        try:
            day = form(words)
        except (ValueError, OverflowError, TypeError, OSError):
            continue
        if day and EARLIEST <= day.year <= LATEST:
            return day
    return None


def _number(words: str) -> datetime.date | None:
    """20261120, seconds or milliseconds since 1970, or a spreadsheet's serial number."""
    if found := COMPACT.fullmatch(words):
        try:
            day = datetime.date(*map(int, found.groups()))
        except ValueError:
            day = None
        if day and EARLIEST <= day.year <= LATEST:
            return day
    if EPOCH.fullmatch(words):
        seconds = float(words) / (1000 if len(words) == 13 else 1)
        return datetime.datetime.fromtimestamp(seconds, BEIJING).date()
    if found := SERIAL.fullmatch(words):
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(found[1]))
    return None


def _zoned(words: str) -> datetime.date | None:
    """A timestamp with a zone: ISO 8601, or the format of mail headers (RFC 5322)."""
    if found := ZONED.search(words):
        day, hour, minute, second, zone = found.groups()
        year, month, date = map(int, day.split("-"))
        offset = datetime.timedelta()
        if zone[0] in "+-":
            digits = zone[1:].replace(":", "")
            offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
            offset = -offset if zone[0] == "-" else offset
        stated = datetime.timezone(offset)
        at = datetime.datetime(
            year, month, date, int(hour), int(minute), min(59, int(second or 0)), 0, stated
        )
        return at.astimezone(BEIJING).date()
    if re.search(r"[A-Za-z]{3} \d{4} \d{1,2}:\d{2}", words):
        at = parsedate_to_datetime(words)
        return (at.astimezone(BEIJING) if at.tzinfo else at).date()
    return None


def _written(words: str) -> datetime.date | None:
    """Dates in the order year, month, day: 2026-11-20, 2026/11/20, 2026年11月20日, 二〇二六年…."""
    return date_of(words)


def _slashed(words: str) -> datetime.date | None:
    """11/20/2026 or 20/11/2026; None if either number could be the month."""
    if not (found := SLASHED.search(words)):
        return None
    first, second, year = map(int, found.groups())
    if first > 12 or first == second:
        return datetime.date(year, second, first)
    return datetime.date(year, first, second) if second > 12 else None


def _worded(words: str) -> datetime.date | None:
    """20 Nov 2026, November 20, 2026, 20 十一月 2026."""
    if found := CHINESE_MONTH.search(words):
        return date_of(f"{found[3]}年{found[2]}月{found[1]}日")
    for pattern in WORDED:
        if (found := pattern.search(words)) and (month := found["m"].lower()) in MONTHS:
            return datetime.date(int(found["y"]), MONTHS.index(month) + 1, int(found["d"]))
    return None


__all__ = ["BEIJING", "day_of"]
