"""The day in Beijing, by which newspapers are dated, whatever clock the computer keeps."""

from __future__ import annotations

import datetime

BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def today() -> datetime.date:
    """The day in Beijing."""
    return datetime.datetime.now(BEIJING).date()


__all__ = ["BEIJING", "today"]
