"""The dates of a Chinese text, year, month and day together, and whether another text's dates leave room for one.

A day that stands alone (26日) belongs to any month that the text names; a day of a range (9月2日至6日) to the range's month.
Does not know today's date: 昨天, 今年 and 本月 say nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .quantities import Quantity


@dataclass(frozen=True, slots=True)
class Date:
    """A year, a month, a day, or what is stated of them; [start, end) is its place."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


def dates(found: Iterable[Quantity], text: str) -> list[Date]:
    """The dates that a text's quantities make, in order."""
    found_dates: list[Date] = []
    for quantity in found:
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
    """Whether a text that states these dates can mean `date`: the parts agree with one, and what that lacks with others."""
    stated = list(stated)
    if date.day:
        near = [one for one in stated if one.day == date.day and _compatible(one.month, date.month)]
    elif date.month:
        near = [one for one in stated if one.month == date.month]
    else:
        near = stated
    near = [one for one in near if _compatible(one.year, date.year)]
    if not near:
        return False
    months = date.month is None or not date.day or any(one.month == date.month for one in [*near, *stated])
    years = date.year is None or any(one.year == date.year for one in stated)
    return months and years


def _compatible(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _continues_date(last: Date, part: Date) -> bool:
    return (part.month is not None and last.month is None and last.day is None) or (
        part.day is not None and last.month is not None and last.day is None
    )


def _date_part(quantity: Quantity) -> Date | None:
    """The one part of a date that a quantity is, if it is one."""
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
