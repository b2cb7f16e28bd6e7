"""The version of the archive's tables: an archive of a later version of the program is left alone, and
one of an earlier version is brought up to date when it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from ..errors import StoreError
from ..messages import Message
from .tables import VERSION

CURRENT = 1
"""The version of the tables in `tables`."""
STEPS: Mapping[int, Callable[[sa.Connection], None]] = {}
"""What turns an archive of each earlier version into one of the next."""


def bring_up_to_date(connection: sa.Connection) -> None:
    """Takes the steps that are missing, within the transaction; raises StoreError for a later version."""
    found = connection.execute(sa.select(VERSION.c.version)).scalar()
    if found is None:
        connection.execute(VERSION.insert().values(version=CURRENT))
        return
    if found > CURRENT:
        raise StoreError(
            Message("存档是更新版本的 briefing 建的", "the archive was made by a later version of briefing"),
            Message(
                "请升级 briefing，或在 [archive] database 里换一处",
                "update briefing, or name another database under [archive]",
            ),
        )
    for version in range(found, CURRENT):
        STEPS[version](connection)
    connection.execute(VERSION.update().values(version=CURRENT))
