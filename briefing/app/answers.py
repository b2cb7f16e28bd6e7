"""Answers by mail: who confirms, and who leaves, by the letters that came to the desk.

Each letter is heeded once, so that a mailbox may be read again every morning: an old wish to leave does not
undo a newer subscription. Letters that wish something and prove nothing are for a person to look at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..deliver.answers import Answer, answer_of
from ..deliver.folder import write_all
from ..deliver.letter_box import letters
from ..deliver.outbox_file import expected_failures
from ..deliver.subscriptions import Subscription
from ..errors import NothingReadable, reason
from ..messages import Message
from ..types import Problem
from . import subscribing

if TYPE_CHECKING:
    from ..config import Settings


@dataclass(slots=True)
class Heard:
    """What was done: subscriptions that changed, letters for a person, and how many were read."""

    changed: list[Subscription] = field(default_factory=list)
    by_hand: list[Problem] = field(default_factory=list)
    read: int = 0


def hear(settings: Settings, places: Sequence[str]) -> Heard:
    """Does what the letters in the mailboxes ask for; raises NothingReadable for one that cannot be read."""
    heard, known = Heard(), _Known(subscribing.place(settings).with_suffix(".answers"))
    for answer in _answers(places):
        heard.read += 1
        if answer.mark in known:
            continue
        if wish := _wish(settings, answer):
            before = _state(settings, wish)
            after = subscribing.done(settings, wish)
            if after and after != before:
                heard.changed.append(after)
            known.add(answer.mark)
        elif answer.leaving and not answer.automatic:
            heard.by_hand.append(_for_a_person(answer))
            known.add(answer.mark)
    return heard


def _answers(places: Sequence[str]) -> Iterator[Answer]:
    for place in places:
        try:
            yield from map(answer_of, letters(place))
        except OSError as error:
            why = reason(error)
            raise NothingReadable(
                Message(f"读不了信箱 {place}：{why.zh}", f"cannot read the mailbox {place}: {why.en}"),
                Message("写 mbox 文件、Maildir 文件夹或 -", "name an mbox file, a Maildir folder, or -"),
            ) from None


def _wish(settings: Settings, answer: Answer) -> str | None:
    """The token of what a letter asks for; None where it asks for nothing, or proves nothing."""
    for place, tokens in (("subject", answer.in_subject), ("text", answer.in_text)):
        for given in tokens:
            asked = subscribing.asked_by(settings, given)
            if asked and _counts(asked[0], place, answer):
                return given
    return None


def _counts(kind: str, place: str, answer: Answer) -> bool:
    if kind == subscribing.LEAVE:
        return place == "subject" or (answer.leaving and not answer.automatic)
    return not answer.automatic and not answer.leaving


def _state(settings: Settings, given: str) -> Subscription | None:
    asked = subscribing.asked_by(settings, given)
    return subscribing.subscriptions(settings).find(asked[1]) if asked else None


def _for_a_person(answer: Answer) -> Problem:
    return Problem(
        source=answer.sender or "?",
        message=Message(
            f"来信想退订，但没有能证明地址的记号：{answer.subject}",
            f"wishes to leave, but has no token that proves an address: {answer.subject}",
        ),
        hint=Message(
            "核对后运行 briefing unsubscribe 地址", "see who it is, then briefing unsubscribe ADDRESS"
        ),
        note=True,
    )


class _Known:
    """The marks of letters that were heeded, a line each in a file; of very many, the last ones."""

    MOST = 50_000

    def __init__(self, path: Path) -> None:
        self._path = path
        with expected_failures(path):
            text = path.read_text("ascii", "replace") if path.exists() else ""
            self._marks = dict.fromkeys(text.split()[-self.MOST :])
            if text.count("\n") > 2 * self.MOST:
                self._shorten()

    def __contains__(self, mark: str) -> bool:
        return mark in self._marks

    def add(self, mark: str) -> None:
        self._marks[mark] = None
        with expected_failures(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, f"{mark}\n".encode())  # whole: others may add at the same time
                os.fsync(file)
            finally:
                os.close(file)

    def _shorten(self) -> None:
        marks = "".join(f"{mark}\n" for mark in self._marks)
        write_all(self._path.parent, [(self._path.name, marks.encode())])
