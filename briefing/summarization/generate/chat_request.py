"""One request to a chat endpoint, bounded in time and size.

The deadline covers connecting, headers and body, however slowly they arrive: it is asyncio's,
because httpx's timeouts are per read. Does not retry: see `endpoint`.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from ...errors import ModelError
from ...messages import Message

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
LARGEST = 4_000_000
"""Maximum bytes of a reply."""
TIMED_OUT = 0
"""The status of a request without a complete reply in time."""
CHECK_URL = Message(
    "请检查地址（通常以 /v1 结尾）和模型名", "check the address (it usually ends in /v1) and the model's name"
)
SET_KEY = Message(
    "请把密钥放进环境变量 BRIEFING_API_KEY；密钥只经 https 或本机发送",
    "put the key into the environment variable BRIEFING_API_KEY; "
    "it is sent over https or to this machine only",
)
TRY_LATER = Message("请稍后再试，或换一个模型", "try again later, or choose another model")
_REFUSALS = {
    TIMED_OUT: (Message("服务器没有按时回答", "the server did not answer in time"), TRY_LATER),
    401: (Message("服务器不认这个密钥（401）", "the server refuses the key (401)"), SET_KEY),
    403: (
        Message("服务器不许使用这个模型（403）", "the server refuses this model to the key (403)"),
        SET_KEY,
    ),
    404: (
        Message("服务器没有这个地址或模型（404）", "the server has no such address or model (404)"),
        CHECK_URL,
    ),
    429: (Message("请求太多，或额度用完（429）", "too many requests, or no credit left (429)"), TRY_LATER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """The address, and the limits in seconds: to connect, between two reads, in total."""

    url: str
    headers: Mapping[str, str]
    trust_env: bool
    connect: float
    read: float
    total: float


@dataclass(frozen=True, slots=True)
class ChatReply:
    """The HTTP status or TIMED_OUT, the JSON if it is 200, and the seconds of Retry-After."""

    status: int
    answer: Any = None
    pause: float | None = None

    @property
    def is_transient(self) -> bool:
        """Whether a retry may succeed."""
        return self.status in (TIMED_OUT, 408, 429) or self.status >= 500


def send_chat(request: ChatRequest, body: dict[str, Any]) -> ChatReply:
    """Sends one request; raises ModelError if the server is unreachable or its reply malformed."""
    try:
        import httpx
    except ImportError as error:
        raise ModelError(
            Message("缺少 httpx", "httpx is not installed"),
            Message("请运行：pip install 'httpx'", "run: pip install 'httpx'"),
        ) from error
    try:
        status, data, pause = _run(_exchange(httpx, request, body))
    except (httpx.TimeoutException, TimeoutError):
        return ChatReply(TIMED_OUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _unreachable(request.url, type(error).__name__) from error
    return ChatReply(status, _parse_json(data) if status == 200 else None, pause)


def refusal(status: int) -> ModelError:
    """The error for a status; the server's message is left out, as it may repeat the key."""
    if status in _REFUSALS:
        return ModelError(*_REFUSALS[status])
    if 300 <= status < 400:
        moved = Message(
            f"服务器转到了别处（{status}），不跟去", f"the server redirects ({status}), which is not followed"
        )
        return ModelError(moved, CHECK_URL)
    failed = Message(f"服务器没有照办（{status}）", f"the server failed ({status})")
    return ModelError(failed, TRY_LATER if status >= 500 else CHECK_URL)


def malformed_answer() -> ModelError:
    """The error for a reply that is not a chat completion."""
    return ModelError(Message("服务器的回答不是模型的回答", "the reply is not a chat completion"), CHECK_URL)


async def _exchange(
    httpx: Any, request: ChatRequest, body: dict[str, Any]
) -> tuple[int, bytes, float | None]:
    """Status, body (empty unless 200) and Retry-After; raises TimeoutError and httpx's errors."""
    wait = httpx.Timeout(request.read, connect=request.connect)
    # No compression: a small reply could decompress to any size.
    headers = {**request.headers, "Accept-Encoding": "identity"}
    async with (
        asyncio.timeout(request.total),
        httpx.AsyncClient(timeout=wait, follow_redirects=False, trust_env=request.trust_env) as client,
        client.stream("POST", request.url, json=body, headers=headers) as response,
    ):
        pause = _retry_after(response.headers)
        if response.status_code != 200:
            return response.status_code, b"", pause
        return 200, await _bounded_body(response), pause


async def _bounded_body(response: httpx.Response) -> bytes:
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += chunk
        if len(data) > LARGEST:
            raise malformed_answer()
    return bytes(data)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; in its own thread if this one runs an event loop (as in a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _parse_json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise malformed_answer() from error


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After asks for, as a number or a date."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:9])
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _unreachable(url: str, reason: str) -> ModelError:
    host = urlsplit(url).netloc
    return ModelError(
        Message(f"连不上 {host}（{reason}）", f"cannot reach {host} ({reason})"),
        Message(
            "请检查网络、地址，服务是否已启动",
            "check the network, the address, and that the server is running",
        ),
    )
