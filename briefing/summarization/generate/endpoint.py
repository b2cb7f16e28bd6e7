"""The Writer of a chat model at an OpenAI-compatible endpoint, MODEL@URL.

Retries transient failures until four tries, the article's deadline or the run's token budget are
used up. An endpoint that misses an article's deadline is not asked again in this run. The key is
read from the environment for each request, sent in one header, and neither stored nor shown;
redirects are not followed. Does not know the model's context: articles over LONGEST characters are
chunked.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ...errors import ModelError
from ...messages import Message
from ...types import Article
from .chat_prompt import distinct_drafts, fit_sentences, parse_answer, question
from .chat_request import (
    SET_KEY,
    TIMED_OUT,
    TRY_LATER,
    ChatReply,
    ChatRequest,
    malformed_answer,
    refusal,
    send_chat,
)
from .chunking import map_reduce
from .token_budget import TokenBudget, request_cost
from .writer import Draft

LONGEST = 12_000
"""Maximum characters of an article in one request."""
TRIES = 4
LONGEST_WAIT = 60.0
"""Maximum seconds to wait before a retry; a server that asks for more gets none."""
SEED = 7


def is_endpoint(address: str) -> bool:
    """Whether the address is MODEL@URL."""
    model, _, url = address.partition("@http")
    return bool(model) and url.startswith(("://", "s://"))


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits in seconds: to connect, between two reads, for an article with all its retries."""

    connect: float = 10.0
    read: float = 60.0
    article: float = 300.0
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)


class _Deadlines(threading.local):
    """This thread's current article, and its deadline (monotonic seconds)."""

    article: Article | None = None
    end: float = 0.0


class EndpointWriter:
    """The Writer of one model at one address; sends nothing before the first article.

    Thread-safe: threads share the token budget and whether the endpoint is dead.
    """

    def __init__(self, address: str, *, timeouts: Timeouts | None = None) -> None:
        """Takes MODEL@URL, such as qwen2.5@http://localhost:11434/v1; raises ModelError
        otherwise.
        """
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
        self._budget = TokenBudget()
        self._deadlines = _Deadlines()
        self._simple = False
        self._dead = False

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        """Up to `count` different drafts; none if `bound`; raises ModelError."""
        if bound or count < 1 or length < 1 or not article.text.strip():
            return []
        if self._deadlines.article is not article:
            self._deadlines.article = article
            self._deadlines.end = time.monotonic() + self._timeouts.article
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
        """The server's JSON for `full`, or for `simple` if it rejects `full`; raises ModelError."""
        headers = self._headers()
        reply = ChatReply(TIMED_OUT)
        for turn in range(TRIES):
            if self._dead:
                raise _dead_endpoint(self._host)
            body = simple if self._simple else full
            reply = self._send_within_budget(body, headers)
            if reply.status == 200:
                return reply.answer
            if reply.status in (400, 422) and not self._simple:
                self._simple = True
            elif not reply.is_transient or (turn + 1 < TRIES and not self._pause(reply.pause, turn)):
                break
        self._dead = self._dead or reply.status == TIMED_OUT
        raise refusal(reply.status)

    def _send_within_budget(self, body: dict[str, Any], headers: dict[str, str]) -> ChatReply:
        """One request, with its tokens reserved before and settled after."""
        cost = request_cost(body)
        self._budget.reserve(cost)
        request = ChatRequest(
            url=self._url,
            headers=headers,
            trust_env=not self._local,
            connect=self._timeouts.connect,
            read=self._timeouts.read,
            total=self._deadlines.end - time.monotonic(),
        )
        reply = send_chat(request, body)
        if reply.status == 200:
            self._budget.settle(reply.answer, cost)
        elif reply.status != TIMED_OUT:  # a refusal costs nothing; a time-out may be charged
            self._budget.refund(cost)
        return reply

    def _pause(self, asked: float | None, turn: int) -> bool:
        """Waits before a retry (exponential backoff with jitter, or Retry-After); False, at once,
        if that is too long or past the deadline.
        """
        pause = asked if asked is not None else 2.0**turn * random.uniform(0.5, 1.0)
        if pause > LONGEST_WAIT or time.monotonic() + pause >= self._deadlines.end:
            return False
        self._timeouts.sleep(pause)
        return True

    @property
    def _host(self) -> str:
        return urlsplit(self._url).netloc

    def _headers(self) -> dict[str, str]:
        """The request's headers, with the key only over https or to this machine."""
        key = (os.environ.get("BRIEFING_API_KEY") or os.environ.get("OPENAI_API_KEY") or "").strip()
        if key and not (key.isascii() and key.isprintable()):
            raise ModelError(
                Message("密钥里有不能发送的字符", "the key has characters that cannot be sent"), SET_KEY
            )
        if not key and self._secret and not self._local:
            raise ModelError(
                Message(f"没有 {self._host} 的密钥", f"there is no key for {self._host}"), SET_KEY
            )
        return {"Authorization": f"Bearer {key}"} if key and self._secret else {}


def _choices(answer: Any) -> list[dict[str, Any]]:
    """The choices in the server's JSON; raises ModelError for any other JSON."""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    if not isinstance(choices, list) or not all(
        isinstance(choice, dict) and isinstance(choice.get("message"), dict) for choice in choices
    ):
        raise malformed_answer()
    return choices


def _parse_draft(choice: dict[str, Any], length: int) -> Draft:
    """The draft of one choice; empty if it has no text."""
    content = choice["message"].get("content")
    if isinstance(content, list):
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    draft = parse_answer(content if isinstance(content, str) else "")
    whole = choice.get("finish_reason") != "length"
    return Draft(draft.gist, fit_sentences(draft.summary, length, whole=whole))


def _dead_endpoint(host: str) -> ModelError:
    return ModelError(
        Message(
            f"{host} 在这次运行里已经超时，不再等它",
            f"{host} has timed out in this run and is not waited for again: no answer in time",
        ),
        TRY_LATER,
    )
