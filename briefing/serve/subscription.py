"""The pages behind the links of letters: confirm a subscription, or leave (RFC 8058).

Looking at a page changes nothing, since mail programs open links on their own; its button does, and so does
the one click of a mail program, which posts to the same address. The token is all that is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from .pages import Page, Room

PATH = re.compile(r"subscription/(?P<token>[\w.-]{20,1500})")
OPEN = ("room.css", "icon.svg")
"""What these pages need, which is served without a password too."""


class Desk(Protocol):
    """Knows tokens, and keeps subscriptions. Its methods raise BriefingError."""

    def asked(self, token: str) -> tuple[str, str] | None:
        """What a token asks for, "confirm" or "leave", and the address; None for no token of ours."""
        ...

    def done(self, token: str) -> bool:
        """Does it; False where it cannot be done any more."""
        ...


@dataclass(frozen=True)
class SubscriptionPages:
    """The pages, in the style of a room."""

    room: Room
    desk: Desk

    def page(self, path: str, *, act: bool) -> Page | None:
        """The page at a path, which does what its token asks for if told to; None for other paths."""
        found = PATH.fullmatch(path)
        if found is None:
            return None
        asked = self.desk.asked(found["token"])
        done = asked is not None and act and self.desk.done(found["token"])
        kind, address = asked or ("", "")
        state = "asked" if asked and not act else "done" if done else "void"
        return self.room.rendered(
            path,
            template="subscription.html.j2",
            place="subscription",
            status=404 if state == "void" else 200,
            kind=kind,
            address=address,
            state=state,
        )
