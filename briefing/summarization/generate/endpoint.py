"""A chat model behind an OpenAI-compatible address, MODEL@URL, as a Writer.

Knows how to ask (see `chat_prompt`), to wait and to ask again, and when to stop: after four tries, and before the run's budget
of tokens is spent. The key comes from the environment at each request, goes into one header, and is neither kept nor
said; redirects are not followed. Does not know the model's context: articles over LONGEST characters go by parts. The
threads of a run share one Endpoint and so one budget.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from ...errors import ModelError
from ...messages import Message
from ...types import Article
from .chat_prompt import distinct_drafts, fit_sentences, parse_answer, question
from .chunking import map_reduce
from .writer import Draft

LONGEST = 12_000
"""Characters of an article that are sent at once."""
BUDGET = 200_000
"""Tokens of a whole run, questions and answers, unless BRIEFING_MAX_TOKENS says otherwise."""
TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds that a server may make us wait before the next try."""
LARGEST = 4_000_000
"""Bytes of an answer that are read."""
SEED = 7
_CHECK_URL = Message(
    "请检查地址（通常以 /v1 结尾）和模型名", "check the address (it mostly ends in /v1) and the model's name"
)
_SET_KEY = Message(
    "请把密钥放进环境变量 BRIEFING_API_KEY；密钥只经 https 或本机发送",
    "put the key into the environment variable BRIEFING_API_KEY; it is sent over https or to this machine only",
)
_TRY_LATER = Message("请稍后再试，或换一个模型", "try again later, or choose another model")


def is_endpoint(address: str) -> bool:
    """Whether the address is MODEL@URL."""
    model, _, url = address.partition("@http")
    return bool(model) and url.startswith(("://", "s://"))


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds: for a connection, for the next bytes, for the whole answer; and how to wait."""

    connect: float = 10.0
    read: float = 60.0
    answer: float = 300.0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)


class EndpointWriter:
    """The Writer of one model at one address; nothing is sent before the first article comes."""

    def __init__(self, address: str, *, timeouts: Timeouts | None = None) -> None:
        """Takes MODEL@URL, such as qwen2.5@http://localhost:11434/v1; raises ModelError for anything else."""
        model, _, rest = address.partition("@http")
        try:
            parts = urlsplit(f"http{rest}")
            sound = is_endpoint(address) and parts.hostname and parts.port != 0
        except ValueError:  # half a bracket, a port that is no number
            sound = False
        if not sound or parts.username or parts.query or parts.fragment:
            raise ModelError(
                Message("模型地址应写作 模型名@网址", "the address of a model should be MODEL@URL"),
                Message(
                    "例如 qwen2.5@http://localhost:11434/v1；密钥不写在地址里",
                    "for example qwen2.5@http://localhost:11434/v1; the key does not belong there",
                ),
            )
        self.name = model
        self._url = f"http{rest}".rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
        self._local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        self._secret = self._local or parts.scheme == "https"
        self._timeouts = timeouts or Timeouts()
        self._left: int | None = None
        self._lock = threading.Lock()  # several threads share one budget
        self._simple = False

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` different proposals; none where `bound`; raises ModelError."""
        if bound or count < 1 or length < 1 or not article.text.strip():
            return []
        return map_reduce(
            article,
            length,
            count,
            lambda text: len(text) <= LONGEST,
            lambda part, number: self._write_drafts(part, length, number),
        )

    def _write_drafts(self, article: Article, length: int, count: int) -> list[Draft]:
        body = {
            "model": self.name,
            "messages": [{"role": "user", "content": question(article, length)}],
            "temperature": 0,
            "max_tokens": 512 + 2 * length,
        }
        answer = self._request_with_retry({**body, **({"n": count} if count > 1 else {}), "seed": SEED}, body)
        return distinct_drafts([_parse_draft(choice, length) for choice in _choices(answer)[:count]])

    def _request_with_retry(self, full: dict[str, Any], simple: dict[str, Any]) -> Any:
        """The server's JSON to `full`, or to `simple` where it does not know all of it; raises ModelError."""
        headers = self._headers()
        for turn in range(TRIES):
            body = simple if self._simple else full
            cost = _request_cost(body)
            self._reserve(cost)
            status, answer, pause = self._send_request(body, headers)
            if status == 200:
                self._settle(answer, cost)
                return answer
            if status:  # refused, so nothing was written; a time-out may have been charged for
                self._give_back(cost)
            if status in (400, 422) and not self._simple:
                self._simple = True
                continue
            if not (status in (0, 408, 429) or status >= 500):
                raise _refusal(status)
            if turn + 1 < TRIES and (pause or 0) <= LONGEST_WAIT:
                self._timeouts.sleep(pause if pause is not None else 2.0**turn * random.uniform(0.5, 1.0))
            elif pause and pause > LONGEST_WAIT:
                break
        raise _refusal(status)

    def _send_request(self, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, Any, float | None]:
        """Status (0: timed out), the JSON of a success, and the seconds that the server asks us to wait."""
        try:
            import httpx
        except ImportError as error:
            raise ModelError(
                Message("缺少 httpx", "httpx is not installed"),
                Message("请运行：pip install 'httpx'", "run: pip install 'httpx'"),
            ) from error
        wait = httpx.Timeout(self._timeouts.read, connect=self._timeouts.connect)
        end = time.monotonic() + self._timeouts.answer
        try:
            with (
                httpx.Client(timeout=wait, follow_redirects=False, trust_env=not self._local) as client,
                client.stream("POST", self._url, json=body, headers=headers) as response,
            ):
                pause = _retry_after(response.headers)
                if response.status_code != 200:
                    return response.status_code, None, pause
                data = b""
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > LARGEST:
                        raise _malformed_answer()
                    if time.monotonic() > end:
                        return 0, None, None
        except httpx.TimeoutException:
            return 0, None, None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ModelError(
                Message(
                    f"连不上 {self._host}（{type(error).__name__}）",
                    f"cannot reach {self._host} ({type(error).__name__})",
                ),
                Message(
                    "请检查网络、地址，服务是否已启动",
                    "check the network, the address, and that the server is running",
                ),
            ) from error
        return 200, _parse_json(data), None

    @property
    def _host(self) -> str:
        return urlsplit(self._url).netloc

    def _headers(self) -> dict[str, str]:
        """What goes with a request; the key only over https or to this machine."""
        key = (os.environ.get("BRIEFING_API_KEY") or os.environ.get("OPENAI_API_KEY") or "").strip()
        if key and not (key.isascii() and key.isprintable()):
            raise ModelError(
                Message("密钥里有不能发送的字符", "the key has characters that cannot be sent"), _SET_KEY
            )
        if not key and self._secret and not self._local:
            raise ModelError(
                Message(f"没有 {self._host} 的密钥", f"there is no key for {self._host}"), _SET_KEY
            )
        return {"Authorization": f"Bearer {key}"} if key and self._secret else {}

    def _reserve(self, cost: int) -> None:
        """Sets `cost` tokens aside before they are spent; raises ModelError where they are not there."""
        with self._lock:
            left = _token_budget(os.environ) if self._left is None else self._left
            if cost <= left:
                self._left = left - cost
                return
        raise ModelError(
            Message(
                f"这次运行的词元预算只剩 {left}，下一次请求最多要用 {cost}",
                f"{left} tokens are left of this run's budget, and the next request may take {cost}",
            ),
            Message(
                "可用环境变量 BRIEFING_MAX_TOKENS 提高预算",
                "raise it with the environment variable BRIEFING_MAX_TOKENS",
            ),
        )

    def _give_back(self, tokens: int) -> None:
        with self._lock:
            self._left = (self._left or 0) + tokens

    def _settle(self, answer: Any, cost: int) -> None:
        """Books what the server says was used in place of what was set aside."""
        usage = answer.get("usage") if isinstance(answer, dict) else None
        used = usage.get("total_tokens") if isinstance(usage, dict) else None
        if isinstance(used, int) and used > 0:
            self._give_back(cost - used)


def _token_budget(environ: Mapping[str, str]) -> int:
    stated = environ.get("BRIEFING_MAX_TOKENS", "").strip() or str(BUDGET)
    if not (stated.isascii() and stated.isdigit()):
        raise ModelError(
            Message("BRIEFING_MAX_TOKENS 应为整数", "BRIEFING_MAX_TOKENS should be a whole number"),
            Message("例如 200000", "for example 200000"),
        )
    return int(stated)


def _request_cost(body: dict[str, Any]) -> int:
    """The most that a request may cost: a token for each character asked, and all that may be answered."""
    return len(body["messages"][0]["content"]) + int(body["max_tokens"]) * int(body.get("n", 1))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """What Retry-After says: seconds, or a date."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:9])
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _parse_json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _malformed_answer() from error


def _choices(answer: Any) -> list[dict[str, Any]]:
    """The proposals in the server's JSON; raises ModelError for any other JSON."""
    found = answer.get("choices") if isinstance(answer, dict) else None
    if not isinstance(found, list) or not all(
        isinstance(choice, dict) and isinstance(choice.get("message"), dict) for choice in found
    ):
        raise _malformed_answer()
    return found


def _parse_draft(choice: dict[str, Any], length: int) -> Draft:
    """One proposal; an answer without text gives an empty one."""
    content = choice["message"].get("content")
    if isinstance(content, list):
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    draft = parse_answer(content if isinstance(content, str) else "")
    whole = choice.get("finish_reason") != "length"
    return Draft(draft.gist, fit_sentences(draft.summary, length, whole=whole))


def _malformed_answer() -> ModelError:
    return ModelError(
        Message("服务器的回答不是模型的回答", "what the server answered is no answer of a model"), _CHECK_URL
    )


def _refusal(status: int) -> ModelError:
    """The failure that a status stands for; what the server says of it is left out, as it may repeat the key."""
    known = {
        0: (Message("服务器没有按时回答", "the server did not answer in time"), _TRY_LATER),
        401: (Message("服务器不认这个密钥（401）", "the server refuses the key (401)"), _SET_KEY),
        403: (
            Message("服务器不许使用这个模型（403）", "the server refuses this model to the key (403)"),
            _SET_KEY,
        ),
        404: (
            Message("服务器没有这个地址或模型（404）", "the server has no such address or model (404)"),
            _CHECK_URL,
        ),
        429: (
            Message("请求太多，或额度用完（429）", "too many requests, or no credit left (429)"),
            _TRY_LATER,
        ),
    }
    if status in known:
        return ModelError(*known[status])
    if 300 <= status < 400:
        moved = Message(
            f"服务器转到了别处（{status}），不跟去", f"the server redirects ({status}), which is not followed"
        )
        return ModelError(moved, _CHECK_URL)
    failed = Message(f"服务器没有照办（{status}）", f"the server failed ({status})")
    return ModelError(failed, _TRY_LATER if status >= 500 else _CHECK_URL)
