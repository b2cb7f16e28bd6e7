"""Makes one HTTP request to a checked address: the only code that connects to the network.

Addresses must be public unless private ones are allowed (RFC 6890, and the NAT64 prefix of RFC
6052). One deadline covers connecting, header and body, however slowly they arrive. No proxy, no
cookies, no redirects.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

NAT64 = ipaddress.ip_network("64:ff9b::/96")
LookUp = Callable[..., Iterable[Any]]
"""`socket.getaddrinfo`, or a test double."""


class NotPublicError(Exception):
    """The host has no allowed address. Not an OSError, which httpcore would catch."""


def is_public(address: str) -> bool:
    """Whether an IP address is public, also inside transition formats."""
    parsed = ipaddress.ip_address(address.split("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def checked_address(host: str, port: int, look_up: LookUp, *, private: bool) -> str:
    """The first allowed IP address of the host; raises NotPublicError if there is none."""
    for address in dict.fromkeys(row[4][0] for row in look_up(host, port, type=socket.SOCK_STREAM)):
        if private or is_public(address):
            return str(address)
    raise NotPublicError(host)


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose reads and writes end at the deadline, a time of `time.monotonic()`."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        """Wraps an open connection."""
        self.stream, self.deadline = stream, deadline

    def _left(self, timeout: float | None) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Reads some bytes."""
        return self.stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Writes all bytes."""
        self.stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Closes the connection."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection under TLS."""
        tls = self.stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _DeadlineStream(tls, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """Extra information about the connection."""
        return self.stream.get_extra_info(info)


class _CheckedBackend(httpcore.SyncBackend):
    """Connects to addresses resolved and checked here, which prevents DNS rebinding."""

    def __init__(self, look_up: LookUp, deadline: float, *, private: bool) -> None:
        """Creates connections that end at the deadline."""
        self.look_up, self.deadline, self.private = look_up, deadline, private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the checked address of the host."""
        address = checked_address(host, port, self.look_up, private=self.private)
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ConnectTimeout
        timeout = left if timeout is None else min(timeout, left)
        stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
        return _DeadlineStream(stream, self.deadline)


@functools.cache
def _ssl_context() -> ssl.SSLContext:
    context: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)
    return context


@contextmanager
def get(
    address: str, headers: dict[str, str], *, timeout: float, deadline: float, look_up: LookUp, private: bool
) -> Iterator[httpcore.Response]:
    """The response to a GET request; its body is read by `iter_stream()`.

    `timeout` is the seconds between two packets. Raises httpcore's errors, httpx.InvalidURL,
    NotPublicError, OSError.
    """
    seconds = {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}
    request = httpx.Request("GET", address, headers=headers, extensions={"timeout": seconds})
    url = request.url
    backend = _CheckedBackend(look_up, deadline, private=private)
    with (
        httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend) as pool,
        pool.stream(
            "GET",
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        ) as response,
    ):
        yield response
