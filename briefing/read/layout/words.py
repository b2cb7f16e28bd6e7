"""What the words of lines tell: that two pieces are one line, that a line says who wrote the story."""

from __future__ import annotations

import re

from ...text.chars import HAN
from ...text.lazy_pattern import lazy_pattern
from ...text.newsroom import NAMES, REPORTER, SIGNER

LATIN = r"[“\"(]?[A-Za-z0-9][A-Za-z0-9'’.,-]*[;:”\")]{0,3}"
LATIN_END, LATIN_START = lazy_pattern(rf"(?:^|(?<=\s)){LATIN}$"), lazy_pattern(rf"{LATIN}(?=\s|$)")
BYLINE = lazy_pattern(
    rf"[□■○●◎\s（(]*{SIGNER}[\s：:／/]*{NAMES}(?:[\s，,；;／/]*{SIGNER}[\s：:／/]*{NAMES}){{0,3}}"
    r"\s*(?:文[／/]?图?|图文|摄影报道|报道|報道|摄)?[）)\s]*"
)
BYLINE_START = lazy_pattern(rf"[□■○●◎\s（(]*{REPORTER}(?:[\s：:／/]*{NAMES})?")
NAME = lazy_pattern(rf"[{HAN}·]{{2,6}}(?:\s+[{HAN}·]{{2,6}})*[）)]?|{REPORTER}")
LONGEST = 40
"""Most characters of a byline, and those on each side of a joint of two pieces that are looked at."""


def are_latin(last: str, words: str) -> bool:
    """Whether two pieces end and begin with words of a European language, or figures in its text."""
    last, words = last[-LONGEST:], words[:LONGEST]
    letters = re.search("[A-Za-z]", last) or re.search("[A-Za-z]", words)
    return bool(letters and LATIN_END.search(last) and LATIN_START.match(words))


def is_byline(words: str) -> bool:
    """Whether a line only says who wrote the story."""
    words = words.strip()
    return len(words) <= LONGEST and words[-1:] not in "。！？" and bool(BYLINE.fullmatch(words))


def goes_on_byline(last: str, words: str) -> bool:
    """Whether a piece is the name of the reporter whom the piece before it announces."""
    last, words = last.strip(), words.strip()
    return (
        len(last) + len(words) <= LONGEST
        and bool(BYLINE_START.fullmatch(last))
        and bool(NAME.fullmatch(words))
    )


def join_pieces(last: str, words: str) -> str:
    """Two pieces of one line, with a space between names and between words of a European language."""
    apart = are_latin(last, words) or goes_on_byline(last, words)
    return f"{last} {words}" if apart else last + words


def join_lines(lines: list[str]) -> str:
    """Joins lines to running text, with a space only between words of a European language."""
    text = ""
    for line in lines:
        if text and re.search(r"[A-Za-z0-9][.,;:”\")]?$", text) and re.match(r"[“\"(]?[A-Za-z]", line):
            text += " "
        text += line
    return text


__all__ = ["are_latin", "goes_on_byline", "is_byline", "join_lines", "join_pieces"]
