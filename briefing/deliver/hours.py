"""The hours of the day in which somebody wants to be reached, such as 07:00-22:00 in a time zone.

07:00 alone lasts until midnight; 22:00-07:00 goes over it. They are kept with their zone, as one text.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo

HOURS = re.compile(r"(\d{1,2}):(\d\d)(?:-(\d{1,2}):(\d\d))?")


def kept(hours: str, zone: str) -> str:
    """Hours with their time zone (IANA), as the outbox keeps them; "" of "", which is any hour."""
    return f"{hours} {zone}" if hours else ""


def opening(hours: str, now: datetime.datetime) -> datetime.datetime | None:
    """When the hours begin next, in their zone; None within them, and of a text that names none."""
    written, _, name = hours.partition(" ")
    try:
        zone = zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not found; an odd name; the name of a folder
        return None
    local = now.astimezone(zone)
    if not HOURS.fullmatch(written) or is_within(written, local.time()):
        return None
    first = datetime.time(*divmod(bounds(written)[0], 60))
    day = local.date() if local.time() < first else local.date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(day, first, zone)


def is_within(hours: str, now: datetime.time) -> bool:
    """Whether a time of day is within the hours; always within ""."""
    if not hours:
        return True
    first, last = bounds(hours)
    at = now.hour * 60 + now.minute
    return first <= at < last if first < last else at >= first or at < last


def bounds(hours: str) -> tuple[int, int]:
    """The first minute of the day, and the one after the last."""
    begin, _, end = hours.partition("-")
    first, last = (
        sum(int(part) * unit for part, unit in zip(text.split(":"), (60, 1), strict=True))
        for text in (begin, end or "24:00")
    )
    return first, last
