"""Characters of a Chinese text: ranges, bigrams, and normal forms for comparison."""

from __future__ import annotations

import unicodedata
from operator import add

from .lazy_pattern import lazy_pattern

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, for a class of a pattern: the unified ideographs and extension A."""
_HAN_RUN = lazy_pattern(f"[{HAN}]+")
_SPACE = lazy_pattern(r"[^\S\n]+")
_NOT_LETTER = lazy_pattern(r"[\W_]+")


def is_han(text: str) -> bool:
    """Whether the text is Chinese characters only, at least one."""
    return _HAN_RUN.fullmatch(text) is not None


def han_runs(text: str) -> list[str]:
    """The runs of Chinese characters, in order."""
    return _HAN_RUN.findall(text)


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring characters, in order."""
    return list(map(add, text, text[1:]))


def letters(text: str) -> str:
    """Letters and digits only: what two settings of the same words have in common."""
    return _NOT_LETTER.sub("", text)


def fold(text: str) -> str:
    """The text without spaces, width (NFKC) or case; its lines stay lines."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


__all__ = ["HAN", "bigrams", "fold", "han_runs", "is_han", "letters"]
