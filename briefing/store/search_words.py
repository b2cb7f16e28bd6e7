"""The words under which the archive finds a text: pairs of Chinese characters, and whole words of letters.

Chinese has no spaces, so each run of characters is kept as its overlapping pairs and, at its end, the
last character alone: 北京市 is 北京 京市 市. A phrase is then a sequence of pairs, no phrase goes across
a comma, and every single character begins some word. Widths, case and scripts are folded, one
character for one, so that places in the folded text are places in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..text.chars import HAN
from ..text.clean_input import clean_input
from ..text.script import converted

_HAN = HAN + "\U00020000-\U0002ffff"
RUN = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")
"""A run of Chinese characters, or a word of other letters and figures."""
_IS_HAN = re.compile(rf"[{_HAN}]")


class _Folds(dict[int, str]):
    """Each character's fold, found once; a character whose fold has another length stays."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = unicodedata.normalize("NFKC", char).casefold()
        self[code] = found if len(found) == 1 else char
        return self[code]


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The text in one width, case and script, of equal length."""
    return converted(text.translate(_FOLDS), "hans")


def search_words(text: str) -> str:
    """The words of a text for the index, joined by spaces."""
    runs = RUN.findall(folded(clean_input(text)))
    return " ".join(word for run in runs for word in _words(run, whole=True))


def phrase_words(phrase: str) -> list[str]:
    """The words of a phrase that is looked for, in order: a text may go on where it ends."""
    runs = RUN.findall(folded(clean_input(phrase)))
    return [word for n, run in enumerate(runs) for word in _words(run, whole=n + 1 < len(runs))]


def is_open(word: str) -> bool:
    """Whether a phrase's last word stands for all that begin with it: a single Chinese character."""
    return len(word) == 1 and _IS_HAN.match(word) is not None


def phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    """What finds the phrase in a folded text, as the index does; None for no letters at all."""
    runs = RUN.findall(folded(phrase))
    if not runs:
        return None
    parts = (
        re.escape(run) if _IS_HAN.match(run) else rf"(?<![a-z0-9]){re.escape(run)}(?![a-z0-9])"
        for run in runs
    )
    return re.compile(r"[\W_]*".join(parts))


def _words(run: str, *, whole: bool) -> Iterator[str]:
    if not _IS_HAN.match(run):
        yield run
        return
    for at in range(len(run) - 1):
        yield run[at : at + 2]
    if whole or len(run) == 1:
        yield run[-1]
