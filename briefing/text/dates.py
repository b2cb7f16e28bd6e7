"""Dates of a Chinese text, and whether they are compatible with a date in another text.

A day alone (26日) belongs to any month that the text names; a day of a range (9月2日至6日) to the
month of the range. Does not know today's date: ignores 昨天, 今年 and 本月.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .quantities import Quantity


@dataclass(frozen=True, slots=True)
class Date:
    """A year, month and day, as far as stated, at [start, end)."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


def dates(quantities: Iterable[Quantity], text: str) -> list[Date]:
    """The dates that a text's quantities form, in order."""
    found_dates: list[Date] = []
    for quantity in quantities:
        part = _date_part(quantity)
        if part is None:
            continue
        last = found_dates[-1] if found_dates else None
        if last and quantity.start == last.end and _continues_date(last, part):
            found_dates[-1] = Date(last.start, quantity.end, last.year, part.month or last.month, part.day)
        elif (
            last
            and part.day
            and last.day
            and text[last.end : quantity.start] in ("至", "到", "—", "-", "～", "、", "和", "或")
        ):
            found_dates.append(Date(quantity.start, quantity.end, last.year, last.month, part.day))
        else:
            found_dates.append(part)
    return found_dates


def allow(stated: Iterable[Date], date: Date) -> bool:
    """Whether a text that states these dates can mean `date`, each part by one of them."""
    stated = list(stated)
    if date.day:
        near = [other for other in stated if other.day == date.day and _compatible(other.month, date.month)]
    elif date.month:
        near = [other for other in stated if other.month == date.month]
    else:
        near = stated
    near = [other for other in near if _compatible(other.year, date.year)]
    if not near:
        return False
    months = (
        date.month is None or not date.day or any(other.month == date.month for other in [*near, *stated])
    )
    years = date.year is None or any(other.year == date.year for other in stated)
    return months and years


def _compatible(left: int | None, right: int | None) -> bool:
    return left is None or right is None or left == right


def _continues_date(last: Date, part: Date) -> bool:
    return (part.month is not None and last.month is None and last.day is None) or (
        part.day is not None and last.month is not None and last.day is None
    )


def _date_part(quantity: Quantity) -> Date | None:
    """The year, month or day that a quantity states, if any."""
    value = quantity.value
    if value is None or quantity.ordinal or value != int(value):
        return None
    number = int(value)
    if quantity.unit == "年" and 1000 <= number <= 2200:
        return Date(quantity.start, quantity.end, year=number)
    if quantity.unit == "月" and 1 <= number <= 12:
        return Date(quantity.start, quantity.end, month=number)
    if quantity.unit == "日" and 1 <= number <= 31:
        return Date(quantity.start, quantity.end, day=number)
    return None
