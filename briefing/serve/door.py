"""Who may enter the reading room: by the name that was asked for, and by a password where one is needed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock

LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
TRIES, WINDOW = 10, 60.0
"""Wrong passwords from one address in so many seconds; then it waits."""
KNOWN = 10_000
"""Addresses whose tries are counted."""


class Entry(StrEnum):
    """What the door says."""

    OPEN = "open"
    WRONG_HOST = "wrong-host"
    LOGIN = "login"
    WAIT = "wait"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True)
class Door:
    """Lets in who asks for one of `names`, or for an address in figures, and knows the password.

    The Host header is checked because a foreign page may point a name of its own at this machine. The
    password is compared in constant time. Without one, only the names of this machine are served.
    """

    password: str = field(default="", repr=False)
    names: frozenset[str] = frozenset()
    now: Callable[[], float] = time.monotonic
    _tries: OrderedDict[str, list[float]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def enter(self, host: str, authorization: str, client: str) -> Entry:
        """Whether a request may be answered."""
        if not self._is_ours(host):
            return Entry.WRONG_HOST
        if not self.password:
            return Entry.OPEN
        with self._lock:
            tries = [at for at in self._tries.get(client, ()) if self.now() - at < WINDOW]
            if len(tries) >= TRIES:
                return Entry.WAIT
            if self._is_right(authorization):
                self._tries.pop(client, None)
                return Entry.OPEN
            if authorization:
                self._tries[client] = [*tries, self.now()]
                self._tries.move_to_end(client)
                while len(self._tries) > KNOWN:
                    self._tries.popitem(last=False)
        return Entry.LOGIN

    def _is_ours(self, host: str) -> bool:
        name = _name_of(host)
        if name in LOCAL or name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return bool(self.password) or address.is_loopback

    def _is_right(self, authorization: str) -> bool:
        kind, _, value = authorization.partition(" ")
        try:
            given = base64.b64decode(value, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            given = b""
        same = hmac.compare_digest(_digest(given), _digest(self.password.encode()))
        return same and kind.casefold() == "basic"


def _name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    host = host.strip().casefold()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _digest(value: bytes) -> bytes:
    """Of equal length, so that comparing tells nothing of it."""
    return hashlib.sha256(value).digest()
