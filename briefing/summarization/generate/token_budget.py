"""The token budget of one run at an endpoint, shared by its threads."""

from __future__ import annotations

import os
import threading
from typing import Any

from ...errors import ModelError
from ...messages import Message

BUDGET = 200_000
"""Tokens of a run, prompts and answers, unless BRIEFING_MAX_TOKENS is set."""
_DIGITS = 12
"""Maximum digits of BRIEFING_MAX_TOKENS."""


class TokenBudget:
    """The tokens left; reads the environment at the first request. Thread-safe."""

    def __init__(self) -> None:
        """Reads nothing yet."""
        self._left: int | None = None
        self._lock = threading.Lock()

    def reserve(self, cost: int) -> None:
        """Reserves `cost` tokens before a request; raises ModelError if too few are left."""
        with self._lock:
            left = _stated_budget() if self._left is None else self._left
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

    def refund(self, tokens: int) -> None:
        """Returns tokens that were reserved but not spent."""
        with self._lock:
            self._left = (self._left or 0) + tokens

    def settle(self, answer: Any, cost: int) -> None:
        """Replaces the reserved cost by the usage that the server's JSON states, if any."""
        usage = answer.get("usage") if isinstance(answer, dict) else None
        used = usage.get("total_tokens") if isinstance(usage, dict) else None
        if isinstance(used, int) and used > 0:
            self.refund(cost - used)


def request_cost(body: dict[str, Any]) -> int:
    """The maximum cost of a request: one token per character of the prompt, and max_tokens per
    answer.
    """
    return len(body["messages"][0]["content"]) + int(body["max_tokens"]) * int(body.get("n", 1))


def _stated_budget() -> int:
    stated = os.environ.get("BRIEFING_MAX_TOKENS", "").strip() or str(BUDGET)
    if not (stated.isascii() and stated.isdigit() and len(stated) <= _DIGITS):
        raise ModelError(
            Message(
                f"BRIEFING_MAX_TOKENS 应为整数，至多 {_DIGITS} 位",
                f"BRIEFING_MAX_TOKENS should be a whole number of at most {_DIGITS} digits",
            ),
            Message("例如 200000", "for example 200000"),
        )
    return int(stated)
