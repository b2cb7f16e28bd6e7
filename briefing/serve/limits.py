"""How often something may be done: so many times in so many seconds, by each client."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

KNOWN = 10_000
"""Clients that are counted; the one that came longest ago is forgotten first."""


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds`, for each of those who are counted."""

    most: int
    seconds: float
    now: Callable[[], float] = time.monotonic
    _times: OrderedDict[str, list[float]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def allows(self, who: str) -> bool:
        """Whether one more time is allowed, which then counts."""
        with self._lock:
            times = [at for at in self._times.get(who, ()) if self.now() - at < self.seconds]
            allowed = len(times) < self.most
            self._times[who] = [*times, self.now()] if allowed else times
            self._times.move_to_end(who)
            while len(self._times) > KNOWN:
                self._times.popitem(last=False)
        return allowed


def client_of(peer: str, forwarded: str) -> str:
    """Who asks: the peer, or whom a proxy on this machine names last as its own; of IPv6, the network."""
    try:
        address = ipaddress.ip_address(peer)
        if address.is_loopback and forwarded:
            address = ipaddress.ip_address(forwarded.rpartition(",")[2].strip())
    except ValueError:
        return peer
    if address.version == 6 and not address.is_loopback:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)
