"""Messages for people, each in Chinese and English side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message in both languages, side by side so that they cannot drift apart."""

    zh: str
    en: str

    def __call__(self, language: Language) -> str:
        """The wording in `language`."""
        return self.en if language == "en" else self.zh
