"""The language in which the program speaks to its user: decided when a command line is run, not
before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from itertools import pairwise

from ..messages import Language, Message

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_current: ContextVar[Language] = ContextVar("language", default="zh")


def current() -> Language:
    """The language of the command line that is being run."""
    return _current.get()


def use(language: Language) -> None:
    """From here on, speak `language`."""
    _current.set(language)


def say(zh: str, en: str) -> str:
    """The wording in the user's language."""
    return Message(zh, en)(current())


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """--lang, then BRIEFING_LANG, then the locale; Chinese unless one of them says English."""
    stated = [_lang_option(arguments)] + [environment.get(name, "") for name in ("BRIEFING_LANG", *LOCALE)]
    first = next(filter(None, stated), "")
    return "en" if first.lower().startswith("en") else "zh"


def _lang_option(arguments: Sequence[str]) -> str:
    """The value of the last --lang among the arguments, "" without one."""
    value = ""
    for word, following in pairwise([*arguments, ""]):
        if word == "--lang":
            value = following
        elif word.startswith("--lang="):
            value = word.removeprefix("--lang=")
    return value
