"""Wishes to subscribe, from the reading room's form: a letter asks the address, and nothing is noted of it
until its owner confirms.

The letter goes through the outbox: an address is asked once a day at most, whoever types it. Who has the
edition already is not written to.
"""

from __future__ import annotations

import datetime
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from ..deliver.addresses import parse_recipient
from ..errors import BriefingError, UsageError
from ..messages import Message
from ..types import Recipient
from . import subscribing
from .digest import TITLE
from .mail import open_outbox, smtp_connection
from .mail_sender import sender
from .subscribing_letter import ask_to_join

if TYPE_CHECKING:
    from ..config import Settings

FORM_LASTS = datetime.timedelta(hours=2)
WAITING = 200
"""Wishes that wait for their letter."""
LETTERS = 500
"""Letters to strangers a day."""
WHERE = Message("地址", "the address")


class Signups:
    """The desk behind the form. Letters are written one after another, beside the server."""

    def __init__(self, settings: Settings, failed: Callable[[BriefingError], None]) -> None:
        """Takes the settings, and who is told of a letter that could not be sent; raises UsageError."""
        if not settings.serve.address:
            raise UsageError(
                Message(
                    "阅览室没有公网地址，不能在上面订阅",
                    "the reading room has no public address to subscribe at",
                ),
                Message("在 [serve] 里写 address", "write address under [serve]"),
            )
        smtp_connection(settings)
        sender(settings, required=True)
        self._settings, self._failed = settings, failed
        self._wishes: queue.Queue[tuple[str, str]] = queue.Queue(WAITING)
        threading.Thread(target=self._work, daemon=True).start()

    def editions(self) -> Sequence[tuple[str, str]]:
        """The common edition, and those of readers that are public."""
        common = self._settings.title or TITLE(self._settings.lang)
        readers = [one for one in self._settings.reader if one.public]
        return [("", common), *((one.name, one.title or f"{common} · {one.name}") for one in readers)]

    def seal(self) -> str:
        """What a form carries."""
        return subscribing.form_seal(self._settings)

    def is_sealed(self, given: str) -> bool:
        """Whether that is on a form of ours, not too old."""
        return subscribing.is_form_seal(self._settings, given, FORM_LASTS)

    def is_address(self, written: str) -> bool:
        """Whether mail could be sent there."""
        try:
            return bool(parse_recipient(written, WHERE).address) and "<" not in written
        except UsageError:
            return False

    def take(self, address: str, edition: str) -> bool:
        """Takes the wish; False where too many wait."""
        try:
            self._wishes.put_nowait((address, edition))
        except queue.Full:
            return False
        return True

    def done(self) -> None:
        """Waits until all that was taken is seen to."""
        self._wishes.join()

    def _work(self) -> None:
        while True:
            address, edition = self._wishes.get()
            try:
                ask_once(self._settings, address, edition)
            except BriefingError as error:  # its letter waits in the outbox
                self._failed(error)
            except Exception:  # one wish costs itself, not those behind it
                logging.getLogger(__name__).exception("a wish to subscribe")
            finally:
                self._wishes.task_done()


def ask_once(settings: Settings, written: str, reader: str) -> None:
    """Sends the letter that asks, unless the address has that edition, or was asked today. Raises as
    `mail.send` does.
    """
    to = Recipient(address=parse_recipient(written, WHERE).address)
    old = subscribing.subscriptions(settings).find(to.address)
    if old and old.state == "active" and old.reader == reader:
        return
    day = f"join/{datetime.datetime.now(datetime.UTC).date().isoformat()}"
    with closing(open_outbox(settings)) as outbox:
        asked = outbox.of_day(day)
    if len(asked) < LETTERS and to.address.casefold() not in [one.address.casefold() for one in asked]:
        ask_to_join(settings, to, reader, day)
