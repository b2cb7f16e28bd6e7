"""Sentences that lean on the one before: without it a reader cannot tell of whom or of what they speak."""

from __future__ import annotations

from ..text.lazy_pattern import lazy_pattern

_LEANS = lazy_pattern(
    r"[他她它这那其该此但而也又还并且则却均共]|因此|所以|同时|此外|另外|另悉|不过|然而|双方|两[人国家]|随后|之后|当天|会上|对此"
)


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a word that points back."""
    return _LEANS.match(sentence) is not None
