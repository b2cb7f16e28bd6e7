"""An article as the network reads it: token ids, and which characters of the text each covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

HEADLINE = 100
"""Characters of a headline that are looked at; no proper headline is longer."""


def prompt(headline: str) -> str:
    """What is put before an article's text."""
    return f"标题：{headline[:HEADLINE]}\n正文："


def covered(ids: Sequence[int], tokenizer: Any) -> list[tuple[int, int]]:
    """The [start, end) of the characters that each token covers; all bytes of a character cover
    it.
    """
    spans: list[tuple[int, int]] = []
    at, pending = 0, b""
    for i in ids:
        if tokenizer.is_byte(i):
            spans.append((at, at + 1))
            pending += bytes([int(tokenizer.id_to_piece(i)[3:-1], 16)])
            if _is_whole(pending):
                at, pending = at + 1, b""
        else:
            length = max(1, len(tokenizer.id_to_piece(i)))
            spans.append((at, at + length))
            at += length
    return spans


def _is_whole(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
