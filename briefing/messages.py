"""Messages for people, each in Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Language = Literal["zh", "en"]
NEAR = 0.6
"""How much of two words must agree for one to be suggested for the other (difflib's ratio)."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in both languages, side by side so that they cannot drift apart."""

    zh: str
    en: str

    def __call__(self, language: Language) -> str:
        """The wording in `language`."""
        return self.en if language == "en" else self.zh


def both(zh: str, en: str) -> str:
    """A message as one string of two lines, for libraries that take only strings: help,
    descriptions.
    """
    return f"{zh}\n{en}"


def in_language(text: str | None, language: Language) -> str:
    """The line of a `both` string in `language`; any other text unchanged, "" for None."""
    zh, two_lines, en = (text or "").partition("\n")
    return Message(zh, en if two_lines else zh)(language)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None where none is near."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=NEAR)), None)
