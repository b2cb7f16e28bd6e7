"""Who subscribed: a JSON file that only its owner may read, changed whole, by one process at a time.

A subscription is pending until it is confirmed, then active; who left is kept as such, so that no list
brings them back. Knows the file; does not know how anybody is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ..errors import DeliveryError
from ..isolation.flushed_file import write_flushed
from ..isolation.small_file import read_regular
from ..messages import Message
from .folder_lock import FolderInUseError, folder_lock
from .outbox_file import expected_failures

State = Literal["pending", "active", "left"]
LIMIT = 32 * 1024 * 1024
PATIENCE = 30.0
"""Seconds to wait for another process that changes the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One address; `reader` is whose edition, "" for the common one; `changed` is ISO 8601 in UTC."""

    address: str
    name: str = ""
    reader: str = ""
    state: State
    changed: str


class Subscriptions:
    """The subscriptions in one file. Raises DeliveryError where it cannot be used or is damaged."""

    def __init__(self, path: Path) -> None:
        """Opens nothing yet."""
        self.path = path

    def all(self) -> list[Subscription]:
        """All of them, by address."""
        return sorted(self._read().values(), key=lambda one: one.address.casefold())

    def find(self, address: str) -> Subscription | None:
        """That of an address, in whichever case."""
        return self._read().get(address.casefold())

    def change(
        self, address: str, new: Callable[[Subscription | None], Subscription | None]
    ) -> Subscription | None:
        """Replaces the subscription of an address by what `new` makes of it, None for no change; what
        is there then.
        """
        with expected_failures(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                with folder_lock(self.path.parent, PATIENCE):
                    return self._changed(address.casefold(), new)
            except FolderInUseError:
                raise DeliveryError(
                    Message(f"{self.path} 一直有人在改", f"{self.path} is being changed all the time"),
                    Message("稍后再试", "try again later"),
                ) from None

    def _changed(
        self, key: str, new: Callable[[Subscription | None], Subscription | None]
    ) -> Subscription | None:
        found = self._read()
        made = new(found.get(key))
        if made is not None and made != found.get(key):
            self._write(found | {key: made})
        return made or found.get(key)

    def _read(self) -> dict[str, Subscription]:
        if not self.path.exists():
            return {}
        with expected_failures(self.path):
            data = read_regular(self.path, LIMIT)
        try:
            rows = json.loads(data)["subscriptions"]
            found = [_subscription(row) for row in rows]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise DeliveryError(
                Message(f"订阅名单 {self.path} 已损坏", f"the subscriptions in {self.path} are damaged"),
                Message("请从备份恢复；没有改动它", "restore it from a backup; it was left as it is"),
            ) from None
        return {one.address.casefold(): one for one in found}

    def _write(self, all_: dict[str, Subscription]) -> None:
        rows = [asdict(all_[key]) for key in sorted(all_)]
        text = json.dumps({"subscriptions": rows}, ensure_ascii=False, indent=1) + "\n"
        draft = self.path.with_name(f"{self.path.name}.new")
        draft.unlink(missing_ok=True)  # of a run that was killed
        write_flushed(draft, text.encode(), 0o600)
        draft.replace(self.path)


def _subscription(row: Any) -> Subscription:
    """A subscription of its JSON; TypeError or ValueError for anything else."""
    one = Subscription(**row)
    if one.state not in get_args(State) or not all(isinstance(value, str) for value in row.values()):
        raise ValueError(row)
    return one
