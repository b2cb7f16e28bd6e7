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

from ..errors import SourceError, Text

if TYPE_CHECKING:  # for the annotation only: `briefing --help` must not pay for it
    import httpx

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer, after unpacking."""
HOPS = 5
TRIES = 3
TOTAL = 90.0
"""Seconds that one address may take, however slowly it answers."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LATER = {429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the network may be used. `delay` is the seconds between two requests to one host, `agent` the name given there."""

    offline: bool = False
    private: bool = False
    delay: float = 1.0
    timeout: float = 20.0
    cache: Path | None = None
    agent: str = "briefing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address gave: `address` after all redirects, `kind` is the media type that the server names."""

    address: str
    content: bytes
    kind: str = ""


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return source.lower().startswith(("http://", "https://"))


def public(address: str) -> bool:
    """Whether an IP address is one of the open Internet, whatever it is wrapped in."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in NAT64:
            inner = ipaddress.ip_address(int(found) & 0xFFFFFFFF)  # type: ignore[assignment]  # 32 bits: version 4
        if inner is not None:
            return public(str(inner))
    return found.is_global and not found.is_multicast


class _NotPublicError(Exception):
    """A host has no address that may be connected to; not an OSError, which httpx would take for one of its own."""


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses, one after another, with manners. Used for one run; not for several threads."""

    manners: Manners = field(default_factory=Manners)
    resolve: Any = socket.getaddrinfo
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)

    def __call__(self, address: str) -> Answer:
        """What is behind the address. Raises SourceError that says why it was not to be had."""
        if self.manners.offline:
            raise SourceError(
                Text("离线模式不读网址", "offline: addresses are not read"),
                Text("去掉 --offline，或先把页面存成文件", "leave out --offline, or save the page as a file"),
            )
        return self._walk(address, robots=True)

    def _walk(self, address: str, *, robots: bool) -> Answer:
        """Follows redirects, each checked as the first."""
        ends = time.monotonic() + TOTAL
        for _ in range(HOPS + 1):
            self._refuse_odd(address)
            if robots and not self._allowed(address):
                raise SourceError(
                    Text("网站的 robots.txt 不允许读取", "the site's robots.txt does not allow it"),
                    Text(
                        "请用浏览器存成文件，或用网站的订阅源", "save it in a browser, or use the site's feed"
                    ),
                )
            answer = self._asked(address, ends)
            if isinstance(answer, Answer):
                return answer
            address = urljoin(address, answer)
        raise SourceError(Text(f"转向超过 {HOPS} 次", f"more than {HOPS} redirects"), _CHECK)

    def _refuse_odd(self, address: str) -> None:
        try:
            parts = urlsplit(address)
            odd = parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.port == 0
            secret = bool(parts.username or parts.password)
        except ValueError:
            odd, secret = True, False
        if odd:
            raise SourceError(Text("不是 http 或 https 网址", "not an http or https address"), _CHECK)
        if secret:
            raise SourceError(
                Text("网址里不能带用户名和密码", "an address with a user name and a password is not used"),
                Text("请去掉 @ 之前的部分", "leave out what stands before the @"),
            )

    def _asked(self, address: str, ends: float) -> Answer | str:
        """One request, tried again where the server asks for patience: an answer, or where it points to."""
        import httpx

        for attempt in range(TRIES):
            self._wait(address)
            kept = self._kept(address)
            try:
                with (
                    self._client(address) as client,
                    client.stream("GET", address, headers=_conditions(kept)) as response,
                ):
                    if response.status_code in LATER and attempt + 1 < TRIES:
                        time.sleep(min(_patience(response), 5.0, max(0.0, ends - time.monotonic())))
                        continue
                    return self._taken(address, response, kept, ends)
            except httpx.TimeoutException:
                raise SourceError(Text("对方没有及时回答", "no answer in time"), _LATER) from None
            except _NotPublicError:
                raise SourceError(
                    Text("这是内网地址，不读", "the address is not a public one: not read"),
                    Text("确要读内网时加 --allow-private", "add --allow-private if it is meant to be read"),
                ) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                raise SourceError(
                    Text(f"连不上：{_reason(error)}", f"cannot be reached: {_reason(error)}"), _LATER
                ) from None
        raise SourceError(Text("对方太忙", "the server is too busy"), _LATER)

    def _taken(
        self, address: str, response: httpx.Response, kept: dict[str, str] | None, ends: float
    ) -> Answer | str:
        if response.status_code == 304 and kept:
            path = Path(kept["file"])
            return Answer(address=address, content=path.read_bytes(), kind=kept.get("kind", ""))
        if response.is_redirect:
            return str(response.headers["location"])
        if response.status_code >= 400:
            raise SourceError(
                Text(f"对方回答 {response.status_code}", f"the server answered {response.status_code}"),
                _CHECK,
            )
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > LARGEST:
                raise SourceError(
                    Text("超过 64 MB，不读", "over 64 MB: not read"),
                    Text("请先下载再读", "download it first"),
                )
            if time.monotonic() > ends:
                raise SourceError(Text("对方送得太慢", "the server sends too slowly"), _LATER)
        kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
        answer = Answer(address=address, content=bytes(content), kind=kind)
        self._keep(answer, response)
        return answer

    @contextmanager
    def _client(self, address: str) -> Iterator[httpx.Client]:
        """A client that connects to the checked address of this host and to no other."""
        import httpcore
        import httpx

        fetcher = self

        class Backend(httpcore.SyncBackend):
            """Connects to addresses that were looked up and checked here, so that no second answer of the DNS slips in."""

            def connect_tcp(self, host: str, port: int, *args: Any, **more: Any) -> httpcore.NetworkStream:
                return super().connect_tcp(fetcher._checked(host, port), port, *args, **more)

        transport = httpx.HTTPTransport(verify=True, trust_env=False, retries=0)
        transport._pool._network_backend = Backend()
        with httpx.Client(
            transport=transport,
            timeout=self.manners.timeout,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": self.manners.agent, "Accept-Language": "zh-CN,zh;q=0.9"},
        ) as client:
            yield client

    def _checked(self, host: str, port: int) -> str:
        """An IP address of the host; OSError where all of them are private and that is not allowed."""
        found = list(dict.fromkeys(row[4][0] for row in self.resolve(host, port, type=socket.SOCK_STREAM)))
        for address in found:
            if self.manners.private or public(address):
                return str(address)
        raise _NotPublicError(host)

    def _wait(self, address: str) -> None:
        host = urlsplit(address).netloc
        since = time.monotonic() - self._last.get(host, -1e9)
        if since < self.manners.delay:
            time.sleep(self.manners.delay - since)
        self._last[host] = time.monotonic()

    def _allowed(self, address: str) -> bool:
        """Whether robots.txt lets us; one that is not to be had forbids nothing."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = None
            try:
                text = (
                    self._walk(f"{root}/robots.txt", robots=False)
                    .content[:500_000]
                    .decode("utf-8", "replace")
                )
                parser = RobotFileParser()
                parser.parse(text.splitlines())
                self._robots[root] = parser
            except SourceError:
                pass
            self._last.pop(parts.netloc, None)
        rules = self._robots[root]
        return rules is None or rules.can_fetch(self.manners.agent, address)

    def _kept(self, address: str) -> dict[str, str] | None:
        """What is known of the last answer, if it is still there."""
        if not self.manners.cache:
            return None
        try:
            known: dict[str, str] = json.loads(self._note(address).read_text("utf-8"))
            return known if Path(known["file"]).is_file() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _note(self, address: str) -> Path:
        name = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:32]
        return (self.manners.cache or Path()) / f"{name}.json"

    def _keep(self, answer: Answer, response: httpx.Response) -> None:
        """Keeps an answer that can be asked for conditionally; written beside, then renamed."""
        tags = {name: response.headers.get(name, "") for name in ("etag", "last-modified")}
        if not self.manners.cache or not any(tags.values()):
            return
        note = self._note(answer.address)
        try:
            self.manners.cache.mkdir(parents=True, exist_ok=True)
            file = note.with_suffix(".body")
            _written(file, answer.content)
            _written(note, json.dumps({**tags, "kind": answer.kind, "file": str(file)}).encode())
        except OSError:
            return  # a cache that cannot be written is none


def _written(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)


def _conditions(kept: dict[str, str] | None) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[key]: value for key, value in (kept or {}).items() if key in names and value}


def _patience(response: httpx.Response) -> float:
    try:
        return float(response.headers.get("retry-after", "1"))
    except ValueError:
        return 1.0


def _reason(error: BaseException) -> str:
    return str(error).split("\n")[0][:200] or type(error).__name__


_CHECK = Text("请检查网址", "check the address")
_LATER = Text("请检查网络，稍后再试", "check the network, and try again later")
