"""The tokens that one run may spend at an endpoint, shared by all its threads."""

from __future__ import annotations

import os
import threading
from typing import Any

from ...errors import ModelError
from ...messages import Message

BUDGET = 200_000
"""Tokens of a whole run, questions and answers, unless BRIEFING_MAX_TOKENS says otherwise."""
_DIGITS = 12
"""Digits of BRIEFING_MAX_TOKENS at most."""


class TokenBudget:
    """Tokens left; the environment is read at the first request. Thread-safe."""

    def __init__(self) -> None:
        """Reads nothing yet."""
        self._left: int | None = None
        self._lock = threading.Lock()

    def reserve(self, cost: int) -> None:
        """Sets `cost` tokens aside before they are spent; raises ModelError if too few are left."""
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
        """Returns tokens that were set aside but not spent."""
        with self._lock:
            self._left = (self._left or 0) + tokens

    def settle(self, answer: Any, cost: int) -> None:
        """Replaces the reserved cost by what the server's JSON says was used, if it says so."""
        usage = answer.get("usage") if isinstance(answer, dict) else None
        used = usage.get("total_tokens") if isinstance(usage, dict) else None
        if isinstance(used, int) and used > 0:
            self.refund(cost - used)


def request_cost(body: dict[str, Any]) -> int:
    """The most a request may cost: one token a character asked, and all that may be answered."""
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
