"""Fetches addresses: redirects, retries, robots.txt, delays and the cache, around single requests.

http and https only. Every redirect is checked like the first address; sizes and times are bounded;
robots.txt (RFC 9309) is honoured, requests to a host are spaced, and unchanged content is not
fetched again. transport.py makes the requests.
"""

from __future__ import annotations

import contextlib
import math
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from ..errors import SourceError
from ..messages import Message
from ..text.clean_input import clean_line
from .http_body import ACCEPTED, LARGEST, UnreachableError, read_body
from .http_cache import CachedResponse, HttpCache
from .robots import robots_rules

if TYPE_CHECKING:  # not imported for `briefing --help`
    from urllib.robotparser import RobotFileParser

    import httpcore

MAX_REDIRECTS = 5
TRIES = 3
TOTAL = 90.0
"""Seconds that one address may take in all, however slowly it answers."""
FAILURES = 4
"""Consecutive failed connections after which a host is skipped for the rest of the run."""
TRANSIENT = {429, 500, 502, 503, 504}
CHECK_ADDRESS = Message("请检查网址", "check the address")
TRY_LATER = Message("请检查网络，稍后再试", "check the network, and try again later")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """Network policy. `delay` is the seconds between requests to a host, `agent` the User-Agent
    sent.
    """

    offline: bool = False
    private: bool = False
    delay: float = 1.0
    timeout: float = 20.0
    cache: Path | None = None
    agent: str = "briefing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A fetched resource: `address` after all redirects, `media_type` as the server gives it."""

    address: str
    content: bytes
    media_type: str = ""


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return source.lower().startswith(("http://", "https://"))


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses sequentially and politely, for one run. Not thread-safe."""

    policy: FetchPolicy = field(default_factory=FetchPolicy)
    look_up: Any = socket.getaddrinfo
    _last_request: dict[str, float] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)

    def __call__(self, address: str) -> Response:
        """The resource at the address. Raises SourceError if it cannot be fetched."""
        if self.policy.offline:
            raise SourceError(
                Message("离线模式不读网址", "offline: addresses are not read"),
                Message(
                    "去掉 --offline，或先把页面存成文件", "leave out --offline, or save the page as a file"
                ),
            )
        return self._follow_redirects(address, robots=True)

    def _follow_redirects(self, address: str, *, robots: bool) -> Response:
        """Follows redirects, each checked like the first address."""
        deadline = time.monotonic() + TOTAL
        for _ in range(MAX_REDIRECTS + 1):
            _refuse_odd(address)
            if robots and not self._robots_allow(address):
                raise SourceError(
                    Message("网站的 robots.txt 不允许读取", "the site's robots.txt does not allow it"),
                    Message(
                        "请用浏览器存成文件，或用网站的订阅源", "save it in a browser, or use the site's feed"
                    ),
                )
            answer = self._request_with_retry(address, deadline)
            if isinstance(answer, Response):
                return answer
            address = _redirect_target(address, answer)
        raise SourceError(
            Message(f"转向超过 {MAX_REDIRECTS} 次", f"more than {MAX_REDIRECTS} redirects"), CHECK_ADDRESS
        )

    def _request_with_retry(self, address: str, deadline: float) -> Response | str:
        """One request, retried on transient errors: a response, or the address it redirects to."""
        host = urlsplit(address).netloc
        if self._failures.get(host, 0) >= FAILURES:
            raise SourceError(
                Message("这个网站一直连不上，不再试了", "the site kept failing: not tried again"), TRY_LATER
            )
        for _ in range(TRIES):
            try:
                answer = self._request(address, deadline)
            except UnreachableError:
                self._failures[host] = self._failures.get(host, 0) + 1
                raise
            self._failures[host] = 0
            if not isinstance(answer, float):
                return answer
            time.sleep(min(answer, max(0.0, deadline - time.monotonic())))
        raise SourceError(Message("对方太忙", "the server is too busy"), TRY_LATER)

    def _request(self, address: str, deadline: float) -> Response | str | float:
        """One request: a response, the address it redirects to, or the seconds to wait before a
        retry.
        """
        import httpcore
        import httpx

        from .transport import NotPublicError, get

        self._wait_for_turn(address)
        cached = HttpCache(self.policy.cache).load(address, LARGEST)
        headers = {
            "User-Agent": self.policy.agent,
            "Accept": "*/*",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": ACCEPTED,
            **(cached.conditions if cached else {}),
        }
        limits = {"timeout": self.policy.timeout, "deadline": deadline}
        try:
            with get(
                address, headers, **limits, look_up=self.look_up, private=self.policy.private
            ) as response:
                return self._read_response(address, response, cached, deadline)
        except httpcore.TimeoutException:
            raise UnreachableError(Message("对方没有及时回答", "no answer in time"), TRY_LATER) from None
        except NotPublicError:
            raise SourceError(
                Message("这是内网地址，不读", "the address is not a public one: not read"),
                Message("确要读内网时加 --allow-private", "add --allow-private if it is meant to be read"),
            ) from None
        except (
            *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol),
            *(httpx.InvalidURL, OSError, ValueError),
        ) as error:
            what = clean_line(str(error), 200) or type(error).__name__
            raise UnreachableError(
                Message(f"连不上：{what}", f"cannot be reached: {what}"), TRY_LATER
            ) from None

    def _read_response(
        self, address: str, response: httpcore.Response, cached: CachedResponse | None, deadline: float
    ) -> Response | str | float:
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        status = response.status
        if status in TRANSIENT and time.monotonic() < deadline:
            return _retry_after(headers.get(b"retry-after", ""))
        if status == 304 and cached:
            return Response(address=address, content=cached.content, media_type=cached.media_type)
        if status in (301, 302, 303, 307, 308):
            return headers.get(b"location", "")
        if not 200 <= status < 300:
            raise SourceError(Message(f"对方回答 {status}", f"the server answered {status}"), CHECK_ADDRESS)
        content = read_body(response.iter_stream(), headers.get(b"content-encoding", ""), deadline)
        kind = headers.get(b"content-type", "").split(";")[0].strip().lower()
        tags = {name: headers.get(name.encode(), "") for name in ("etag", "last-modified")}
        HttpCache(self.policy.cache).save(address, content, kind, tags)
        return Response(address=address, content=content, media_type=kind)

    def _wait_for_turn(self, address: str) -> None:
        host = urlsplit(address).netloc
        since = time.monotonic() - self._last_request.get(host, -1e9)
        if since < self.policy.delay:
            time.sleep(self.policy.delay - since)
        self._last_request[host] = time.monotonic()

    def _robots_allow(self, address: str) -> bool:
        """Whether robots.txt allows it; if it cannot be fetched, everything is allowed."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = None
            with contextlib.suppress(SourceError):
                answer = self._follow_redirects(f"{root}/robots.txt", robots=False)
                self._robots[root] = robots_rules(answer.content)
            self._last_request.pop(parts.netloc, None)
        rules = self._robots[root]
        return rules is None or rules.can_fetch(self.policy.agent, address)


def _refuse_odd(address: str) -> None:
    """Raises SourceError for anything but an http(s) address without a password."""
    try:
        parts = urlsplit(address)
        odd = parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.port == 0
        secret = bool(parts.username or parts.password)
    except ValueError:
        odd, secret = True, False
    if odd:
        raise SourceError(Message("不是 http 或 https 网址", "not an http or https address"), CHECK_ADDRESS)
    if secret:
        raise SourceError(
            Message("网址里不能带用户名和密码", "an address with a user name and a password is not used"),
            Message("请去掉 @ 之前的部分", "leave out what is before the @"),
        )


def _redirect_target(address: str, location: str) -> str:
    """The target of a redirect; raises SourceError if it is missing or invalid."""
    try:
        if location.strip():
            return urljoin(address, location.strip())
    except ValueError:
        pass
    raise SourceError(
        Message("对方转向，却没有给出能用的网址", "the server redirects, but to no usable address"),
        CHECK_ADDRESS,
    )


def _retry_after(value: str) -> float:
    """Seconds to wait before a retry: at most five."""
    try:
        seconds = float(value)
    except ValueError:
        return 1.0
    return min(max(seconds, 0.0), 5.0) if math.isfinite(seconds) else 5.0
