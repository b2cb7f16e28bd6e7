"""What is behind an address: the only place that touches the network.

http and https only; every address that is connected to must be public unless that is allowed (RFC 6890, and the NAT64
prefix of RFC 6052), redirects are followed by hand and checked again; sizes and times are bounded; robots.txt (RFC 9309) is
honoured, a host is asked once in a while, and what has not changed is not fetched again (RFC 9110, conditional requests).
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from ..errors import SourceError
from ..messages import Message

if TYPE_CHECKING:  # for the annotation only: `briefing --help` must not pay for it
    import httpx

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer, after unpacking."""
MAX_REDIRECTS = 5
TRIES = 3
TOTAL = 90.0
"""Seconds that one address may take, however slowly it answers."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
TRANSIENT = {429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How the network may be used. `delay` is the seconds between two requests to one host, `agent` the name given there."""

    offline: bool = False
    private: bool = False
    delay: float = 1.0
    timeout: float = 20.0
    cache: Path | None = None
    agent: str = "briefing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an address gave: `address` after all redirects, `media_type` as the server names it."""

    address: str
    content: bytes
    media_type: str = ""


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return source.lower().startswith(("http://", "https://"))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet, whatever it is wrapped in."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in NAT64:
            inner = ipaddress.ip_address(int(found) & 0xFFFFFFFF)  # type: ignore[assignment]  # 32 bits: version 4
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


class _NotPublicError(Exception):
    """A host has no address that may be connected to; not an OSError, which httpx would take for one of its own."""


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses, one after another, with manners. Used for one run; not for several threads."""

    policy: FetchPolicy = field(default_factory=FetchPolicy)
    look_up: Any = socket.getaddrinfo
    _last_request: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)

    def __call__(self, address: str) -> Response:
        """What is behind the address. Raises SourceError that says why it was not to be had."""
        if self.policy.offline:
            raise SourceError(
                Message("离线模式不读网址", "offline: addresses are not read"),
                Message(
                    "去掉 --offline，或先把页面存成文件", "leave out --offline, or save the page as a file"
                ),
            )
        return self._follow_redirects(address, robots=True)

    def _follow_redirects(self, address: str, *, robots: bool) -> Response:
        """Follows redirects, each checked as the first."""
        ends = time.monotonic() + TOTAL
        for _ in range(MAX_REDIRECTS + 1):
            self._refuse_odd(address)
            if robots and not self._robots_allow(address):
                raise SourceError(
                    Message("网站的 robots.txt 不允许读取", "the site's robots.txt does not allow it"),
                    Message(
                        "请用浏览器存成文件，或用网站的订阅源", "save it in a browser, or use the site's feed"
                    ),
                )
            answer = self._request_with_retry(address, ends)
            if isinstance(answer, Response):
                return answer
            address = urljoin(address, answer)
        raise SourceError(
            Message(f"转向超过 {MAX_REDIRECTS} 次", f"more than {MAX_REDIRECTS} redirects"), _CHECK_ADDRESS
        )

    def _refuse_odd(self, address: str) -> None:
        try:
            parts = urlsplit(address)
            odd = parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.port == 0
            secret = bool(parts.username or parts.password)
        except ValueError:
            odd, secret = True, False
        if odd:
            raise SourceError(
                Message("不是 http 或 https 网址", "not an http or https address"), _CHECK_ADDRESS
            )
        if secret:
            raise SourceError(
                Message("网址里不能带用户名和密码", "an address with a user name and a password is not used"),
                Message("请去掉 @ 之前的部分", "leave out what stands before the @"),
            )

    def _request_with_retry(self, address: str, ends: float) -> Response | str:
        """One request, tried again where the server asks for patience: an answer, or where it points to."""
        import httpx

        for attempt in range(TRIES):
            self._wait_for_turn(address)
            cached = self._cached(address)
            try:
                with (
                    self._client_for(address) as client,
                    client.stream("GET", address, headers=_conditional_headers(cached)) as response,
                ):
                    if response.status_code in TRANSIENT and attempt + 1 < TRIES:
                        time.sleep(min(_retry_after(response), 5.0, max(0.0, ends - time.monotonic())))
                        continue
                    return self._read_response(address, response, cached, ends)
            except httpx.TimeoutException:
                raise SourceError(Message("对方没有及时回答", "no answer in time"), _TRY_LATER) from None
            except _NotPublicError:
                raise SourceError(
                    Message("这是内网地址，不读", "the address is not a public one: not read"),
                    Message(
                        "确要读内网时加 --allow-private", "add --allow-private if it is meant to be read"
                    ),
                ) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                raise SourceError(
                    Message(f"连不上：{_error_text(error)}", f"cannot be reached: {_error_text(error)}"),
                    _TRY_LATER,
                ) from None
        raise SourceError(Message("对方太忙", "the server is too busy"), _TRY_LATER)

    def _read_response(
        self, address: str, response: httpx.Response, cached: dict[str, str] | None, ends: float
    ) -> Response | str:
        if response.status_code == 304 and cached:
            path = Path(cached["file"])
            return Response(address=address, content=path.read_bytes(), media_type=cached.get("kind", ""))
        if response.is_redirect:
            return str(response.headers["location"])
        if response.status_code >= 400:
            raise SourceError(
                Message(f"对方回答 {response.status_code}", f"the server answered {response.status_code}"),
                _CHECK_ADDRESS,
            )
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > LARGEST:
                raise SourceError(
                    Message("超过 64 MB，不读", "over 64 MB: not read"),
                    Message("请先下载再读", "download it first"),
                )
            if time.monotonic() > ends:
                raise SourceError(Message("对方送得太慢", "the server sends too slowly"), _TRY_LATER)
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        answer = Response(address=address, content=bytes(content), media_type=kind)
        self._cache(answer, response)
        return answer

    @contextmanager
    def _client_for(self, address: str) -> Iterator[httpx.Client]:
        """A client that connects to the checked address of this host and to no other."""
        import httpcore
        import httpx

        fetcher = self

        class Backend(httpcore.SyncBackend):
            """Connects to addresses that were looked up and checked here, so that no second answer of the DNS slips in."""

            def connect_tcp(self, host: str, port: int, *args: Any, **more: Any) -> httpcore.NetworkStream:
                return super().connect_tcp(fetcher._checked_address(host, port), port, *args, **more)

        transport = httpx.HTTPTransport(verify=True, trust_env=False, retries=0)
        transport._pool._network_backend = Backend()
        with httpx.Client(
            transport=transport,
            timeout=self.policy.timeout,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": self.policy.agent, "Accept-Language": "zh-CN,zh;q=0.9"},
        ) as client:
            yield client

    def _checked_address(self, host: str, port: int) -> str:
        """An IP address of the host; OSError where all of them are private and that is not allowed."""
        found = list(dict.fromkeys(row[4][0] for row in self.look_up(host, port, type=socket.SOCK_STREAM)))
        for address in found:
            if self.policy.private or is_public(address):
                return str(address)
        raise _NotPublicError(host)

    def _wait_for_turn(self, address: str) -> None:
        host = urlsplit(address).netloc
        since = time.monotonic() - self._last_request.get(host, -1e9)
        if since < self.policy.delay:
            time.sleep(self.policy.delay - since)
        self._last_request[host] = time.monotonic()

    def _robots_allow(self, address: str) -> bool:
        """Whether robots.txt lets us; one that is not to be had forbids nothing."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = None
            try:
                text = (
                    self._follow_redirects(f"{root}/robots.txt", robots=False)
                    .content[:500_000]
                    .decode("utf-8", "replace")
                )
                parser = RobotFileParser()
                parser.parse(text.splitlines())
                self._robots[root] = parser
            except SourceError:
                pass
            self._last_request.pop(parts.netloc, None)
        rules = self._robots[root]
        return rules is None or rules.can_fetch(self.policy.agent, address)

    def _cached(self, address: str) -> dict[str, str] | None:
        """What is known of the last answer, if it is still there."""
        if not self.policy.cache:
            return None
        try:
            known: dict[str, str] = json.loads(self._cache_entry(address).read_text("utf-8"))
            return known if Path(known["file"]).is_file() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _cache_entry(self, address: str) -> Path:
        name = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:32]
        return (self.policy.cache or Path()) / f"{name}.json"

    def _cache(self, answer: Response, response: httpx.Response) -> None:
        """Keeps an answer that can be asked for conditionally; written beside, then renamed."""
        tags = {name: response.headers.get(name, "") for name in ("etag", "last-modified")}
        if not self.policy.cache or not any(tags.values()):
            return
        entry = self._cache_entry(answer.address)
        try:
            self.policy.cache.mkdir(parents=True, exist_ok=True)
            file = entry.with_suffix(".body")
            _write_file(file, answer.content)
            _write_file(entry, json.dumps({**tags, "kind": answer.media_type, "file": str(file)}).encode())
        except OSError:
            return  # a cache that cannot be written is none


def _write_file(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)


def _conditional_headers(cached: dict[str, str] | None) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[key]: value for key, value in (cached or {}).items() if key in names and value}


def _retry_after(response: httpx.Response) -> float:
    try:
        return float(response.headers.get("retry-after", "1"))
    except ValueError:
        return 1.0


def _error_text(error: BaseException) -> str:
    return str(error).split("\n")[0][:200] or type(error).__name__


_CHECK_ADDRESS = Message("请检查网址", "check the address")
_TRY_LATER = Message("请检查网络，稍后再试", "check the network, and try again later")
