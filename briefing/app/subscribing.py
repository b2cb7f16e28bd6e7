"""Subscribing and unsubscribing: a letter asks whether an address is meant; signed links confirm and leave.

Who is active gets the editions; who left gets none, whatever list names them. Links lead to the reading
room where it has a public address, and are answered by mail to the desk elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..deliver.addresses import parse_recipient
from ..deliver.subscriptions import Subscription, Subscriptions
from ..deliver.tokens import key_at, parts_of, token
from ..errors import UsageError
from ..messages import Message
from ..types import Recipient
from ..user_folders import data_folder
from .mail_sender import sender

if TYPE_CHECKING:
    from ..config import Settings

FILE = "subscriptions.json"
CONFIRM, LEAVE, FORM = "confirm", "leave", "form"
VALID = datetime.timedelta(days=30)
"""How long a confirmation is waited for."""
PAGE = "subscription/"
"""Where the reading room answers tokens."""


def place(settings: Settings) -> Path:
    """The file of subscriptions: the settings', else among the user's data."""
    return settings.mail.subscriptions or data_folder() / FILE


def subscriptions(settings: Settings) -> Subscriptions:
    """The subscriptions."""
    return Subscriptions(place(settings))


def begun(settings: Settings, written: str, reader: str, *, confirmed: bool = False) -> Subscription:
    """Notes that somebody is to be asked, or is known to agree; raises UsageError.

    Who is active already stays so, and changes the reader at most. Who left is asked, and gone until they
    confirm, whatever list names them.
    """
    to = parse_recipient(written, Message("订阅的地址", "the address"))
    _check_reader(settings, reader)

    def new(old: Subscription | None) -> Subscription | None:
        if old and old.state == "active":
            return replace(old, reader=reader, name=to.name or old.name)
        if old and old.state == "left" and not confirmed:
            return None
        name = to.name or (old.name if old else "")
        state = Subscription(address=to.address, name=name, reader=reader, state="pending", changed=_now())
        return replace(state, state="active") if confirmed else state

    found = subscriptions(settings).change(to.address, new)
    assert found is not None  # it was just made
    return replace(found, state="pending", reader=reader) if found.state == "left" else found


def _check_reader(settings: Settings, reader: str) -> None:
    names = [one.name for one in settings.reader]
    if reader and reader not in names:
        raise UsageError(
            Message(f"没有叫 {reader} 的 [[reader]]", f"there is no [[reader]] called {reader}"),
            Message(
                f"有：{'、'.join(names) or '（一个也没有）'}", f"there is: {', '.join(names) or '(none)'}"
            ),
        )


def confirmation(settings: Settings, address: str, reader: str) -> str:
    """The token that subscribes an address, of which something may be noted or nothing."""
    return token(_key(settings), CONFIRM, _now(), reader, address)


def form_seal(settings: Settings) -> str:
    """What a form of the reading room carries."""
    return token(_key(settings), FORM, _now())


def is_form_seal(settings: Settings, given: str, lasts: datetime.timedelta) -> bool:
    """Whether a form was handed out within that time."""
    kind, *rest = parts_of(_key(settings), given) or ("",)
    return kind == FORM and len(rest) == 1 and _is_fresh(rest[0], lasts)


def asked_by(settings: Settings, given: str) -> tuple[str, str] | None:
    """What a token asks for, CONFIRM or LEAVE, and the address; None for one that is not ours or too old."""
    kind, *rest = parts_of(_key(settings), given) or ("",)
    if len(rest) != {CONFIRM: 3, LEAVE: 2}.get(kind) or (kind == CONFIRM and not _is_fresh(rest[0])):
        return None
    return kind, rest[-1]


def done(settings: Settings, given: str) -> Subscription | None:
    """Does what a token asks for; the subscription then, None if the token asks for nothing any more.

    Confirming needs a letter that is newer than what is known of the address; leaving is always possible.
    Both may be repeated.
    """
    asked = asked_by(settings, given)
    if asked is None:
        return None
    kind, address = asked
    if kind == LEAVE:
        return left(settings, address)
    issued, reader = (parts_of(_key(settings), given) or ("", "", ""))[1:3]

    def new(old: Subscription | None) -> Subscription | None:
        if old and old.changed > issued:
            return None
        name = old.name if old else ""
        return Subscription(address=address, name=name, reader=reader, state="active", changed=_now())

    found = subscriptions(settings).change(address, new)
    return found if found and found.state == "active" and found.reader == reader else None


def left(settings: Settings, address: str) -> Subscription:
    """Notes that an address gets no more; one that is on no list too, so that none brings it back."""

    def new(old: Subscription | None) -> Subscription | None:
        if old and old.state == "left":
            return old
        known = old or Subscription(address=address, state="left", changed="")
        return replace(known, state="left", changed=_now())

    found = subscriptions(settings).change(address, new)
    assert found is not None  # it was just made
    return found


def with_subscribers(settings: Settings) -> Settings:
    """The settings with the active ones as recipients, of the common edition or of their reader's."""
    if not place(settings).exists():
        return settings
    active = [one for one in subscriptions(settings).all() if one.state == "active"]
    names = {one.name for one in settings.reader}
    common = tuple(_written(one) for one in active if one.reader not in names)
    readers = tuple(
        one.model_copy(update={"to": (*one.to, *(_written(who) for who in active if who.reader == one.name))})
        for one in settings.reader
    )
    mail = settings.mail.model_copy(update={"to": (*settings.mail.to, *common)})
    return settings.model_copy(update={"mail": mail, "reader": readers})


def gone(settings: Settings) -> dict[str, Subscription]:
    """Who left, by casefolded address."""
    if not place(settings).exists():
        return {}
    return {one.address.casefold(): one for one in subscriptions(settings).all() if one.state == "left"}


def leave_links(settings: Settings) -> Callable[[str], tuple[str, ...]] | None:
    """The addresses for List-Unsubscribe of a recipient; None where nobody can have subscribed.

    The reading room's, where it is public; by mail to the desk for those who subscribed.
    """
    room, known = settings.serve.address, place(settings).exists()
    if not (room or known):
        return None
    key = _key(settings)
    active = {one.address.casefold() for one in subscriptions(settings).all() if one.state == "active"}

    def links(address: str) -> tuple[str, ...]:
        signed = token(key, LEAVE, "", address)
        found = (page(settings, signed),) if room else ()
        return (*found, by_mail(settings, signed)) if address.casefold() in active else found

    return links


def page(settings: Settings, signed: str) -> str:
    """The page of the reading room that answers a token."""
    return f"{settings.serve.address.rstrip('/')}/{PAGE}{signed}"


def by_mail(settings: Settings, signed: str) -> str:
    """A letter to the desk that quotes a token."""
    return f"mailto:{quote(desk(settings).address, safe='@')}?subject=unsubscribe%20{signed}"


def desk(settings: Settings) -> Recipient:
    """Who reads what is answered: the first address for replies, else the sender."""
    replies = settings.mail.reply_to
    return (
        parse_recipient(replies[0], Message("[mail] reply_to", "[mail] reply_to"))
        if replies
        else sender(settings)
    )


def _written(one: Subscription) -> str:
    """The recipient as in the settings; without a name that could not be written so."""
    plain = one.name and not set(one.name) & set('<>"\\,;:()@[]')
    return f"{one.name} <{one.address}>" if plain else one.address


def _key(settings: Settings) -> bytes:
    return key_at(place(settings).with_suffix(".key"))


def _is_fresh(issued: str, lasts: datetime.timedelta = VALID) -> bool:
    try:
        at = datetime.datetime.fromisoformat(issued)
    except ValueError:
        return False
    return datetime.datetime.now(datetime.UTC) - at < lasts


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
