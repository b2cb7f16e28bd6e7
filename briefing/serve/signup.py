"""The page on which strangers subscribe: an address, an edition, a button; no script and no cookie.

Every address is answered alike, known or not, and as fast: what is done about it is done later, and by the
letter that asks. Programs that fill in all fields fill in one too many. Knows forms; does not know letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from .limits import Limit
from .pages import Page, Room

PATH = "subscribe.html"
LONGEST = 4096
"""Bytes of a form."""
FIELDS = 8
TRAP = "website"
"""A field that people do not see, and leave empty."""
EVERYBODY = ""


class SignupDesk(Protocol):
    """Takes wishes to subscribe. Its methods may raise BriefingError."""

    def editions(self) -> Sequence[tuple[str, str]]:
        """What may be chosen: a name, and a title. The first is the usual one."""
        ...

    def seal(self) -> str:
        """What a form carries, so that it is known to come from here and now."""
        ...

    def is_sealed(self, given: str) -> bool:
        """Whether that is on a form of ours, not too old."""
        ...

    def is_address(self, written: str) -> bool:
        """Whether mail could be sent there, by its form alone."""
        ...

    def take(self, address: str, edition: str) -> bool:
        """Takes the wish, to be seen to later; False where too many are waiting."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form as it was sent: its bytes, by whom, and what the browser says of the page it stood on."""

    body: bytes
    client: str
    type: str = ""
    host: str = ""
    origin: str = ""
    site: str = ""

    @property
    def is_foreign(self) -> bool:
        """Whether the form stood on somebody else's page, by what the browser says."""
        if self.site:
            return self.site not in ("same-origin", "none")
        return self.origin not in ("", "null") and urlsplit(self.origin).netloc != self.host


@dataclass(frozen=True)
class SignupPage:
    """The page, in the style of a room. A client may send six forms in ten minutes, all 120 an hour."""

    room: Room
    desk: SignupDesk
    each: Limit = field(default_factory=lambda: Limit(6, 600))
    together: Limit = field(default_factory=lambda: Limit(120, 3600))

    def shown(self) -> Page:
        """The empty form."""
        return self._page("asked")

    def answered(self, sent: Sent) -> Page:
        """What is said to a form."""
        if sent.is_foreign or not sent.type.startswith("application/x-www-form-urlencoded"):
            return self._page("old", status=403)
        try:
            found = parse_qs(
                sent.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS
            )
        except ValueError:
            return self._page("old", status=400)
        given = {name: values[0].strip() for name, values in found.items()}
        if not self.each.allows(sent.client) or not self.together.allows(EVERYBODY):
            return self._page("busy", status=429)
        if not self.desk.is_sealed(given.get("seal", "")):
            return self._page("old", status=400)
        address, edition = given.get("address", ""), given.get("edition", "")
        if not self.desk.is_address(address):
            return self._page("wrong", status=400, edition=edition)
        if edition not in dict(self.desk.editions()):
            return self._page("old", status=400)
        if given.get(TRAP) or self.desk.take(address, edition):
            return self._page("taken")
        return self._page("busy", status=503)

    def _page(self, state: str, *, status: int = 200, edition: str = "") -> Page:
        return self.room.rendered(
            PATH,
            template="subscribe.html.j2",
            place="subscribe",
            status=status,
            state=state,
            editions=self.desk.editions(),
            chosen=edition,
            seal=self.desk.seal(),
            trap=TRAP,
        )
