"""Receipts in the archive of what the outbox sent after the run that queued it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..deliver.outbox import Delivery
from ..types.archived import DAILY
from .archive import archive_place, open_archive

if TYPE_CHECKING:
    from ..config import Settings


def record_outcomes(settings: Settings, deliveries: Sequence[Delivery]) -> None:
    """Writes the outcomes into the receipts that the archive has of these letters; raises StoreError.

    Letters that no run wrote, such as those of `briefing send`, have none.
    """
    from ..store.archive import Receipt

    place, mine = archive_place(settings), sorted(deliveries, key=lambda one: one.day)
    if not mine or not ("://" in place or Path(place).exists()):
        return
    with open_archive(settings) as archive:
        for written, group in groupby(mine, key=lambda one: one.day):
            day, _, name = written.partition("/")
            edition = archive.find(_day(day), name or DAILY)
            if edition is None:
                continue
            known = {one.target.casefold(): one for one in archive.receipts(edition)}
            archive.record_receipts(
                edition,
                [
                    Receipt(channel=old.channel, target=old.target, state=one.state.value, reply=one.reply)
                    for one in group
                    if (old := known.get(one.address.casefold()))
                ],
            )


def _day(written: str) -> datetime.date:
    """The day of a letter; one on which nothing was for a letter without."""
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return datetime.date.min
