"""In which language the program speaks to its user, known before the first help text is made."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from ..messages import Language, Message


def chosen(argv: Sequence[str], environment: Mapping[str, str]) -> Language:
    """--lang, then BRIEFING_LANG, then the locale; Chinese unless one of them says English."""
    for at, word in enumerate(argv):
        value = (
            word[7:]
            if word.startswith("--lang=")
            else argv[at + 1]
            if word == "--lang" and at + 1 < len(argv)
            else ""
        )
        if value:
            return "en" if value == "en" else "zh"
    for name in ("BRIEFING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].lower().startswith("en") else "zh"
    return "zh"


LANGUAGE: Language = chosen(sys.argv[1:], os.environ)


def say(zh: str, en: str) -> str:
    """The wording in the user's language."""
    return Message(zh, en)(LANGUAGE)
