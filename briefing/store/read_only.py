"""An archive that is opened to be read: nothing is made, upgraded, set aside or changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ..errors import StoreError
from ..messages import Message
from .database import WAIT, Database, failures, open_database
from .tables import TABLES


def open_to_read(place: str | Path) -> Database:
    """The archive at a path or an address; raises StoreError where there is none."""
    if "://" in str(place):
        found = open_database(place, TABLES)
        return Database(found.engine.execution_options(postgresql_readonly=True), found.name, found.notes)
    path = Path(place)
    with failures(str(path)):
        if not path.is_file():
            raise StoreError(
                Message(f"还没有存档：{path}", f"there is no archive yet: {path}"),
                Message(
                    "先运行 briefing run，或 briefing archive add",
                    "briefing run makes it, as does archive add",
                ),
            )
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": WAIT})
        sa.event.listen(engine, "connect", _only_read)
        return Database(engine, str(path))


def _only_read(connection: Any, _: object) -> None:
    connection.execute("PRAGMA query_only = ON")
