"""What a summary states and its article does not: numbers by value, names by their letters.

Names are titles in 《》, quoted phrases, Latin words, and the words that rjieba's tagger takes for people, places and
organizations (nr, ns, nt, nz). A name counts as stated when the article has it to the letter, width, case and punctuation
aside.
Does not know whether what is said of a name or a number is true, nor that two names may mean the same.
"""

from __future__ import annotations

import re
import unicodedata

from ..text.numbers import mentions, numbers
from ..text.sentences import sentences
from ..types import Checks

_QUOTED = re.compile(r"《([^《》]{1,40})》|“([^“”]{2,40})”|「([^「」]{2,40})」")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+&-]*[A-Za-z0-9]")
_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
_FUNCTION = "的了在和与对将为向是被把从等称说到及或也都就又还"
_HAN_NUMERAL = re.compile(r"[^\x00-\x7f]+")


def verify(summary: str, source: str) -> Checks:
    """The numbers and names of `summary` that `source` does not state, as written, in order, each once.

    `source` is the article's text and its headlines. A sentence that the source has to the letter can state no name
    that the source lacks, so only others are searched for names.
    """
    have = _fold(source)
    new = [piece for piece in _sentences(summary) if _fold(piece).rstrip("。.!?…") not in have]
    letters = _letters(have) if new else ""
    missing = (name for piece in new for name in _names(piece) if not _stated(name, have, letters))
    return Checks(
        unsupported_numbers=tuple(dict.fromkeys(_numbers(summary, source, have))) if new else (),
        unsupported_names=tuple(dict.fromkeys(missing)),
    )


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _letters(folded: str) -> str:
    return re.sub(r"\W", "", folded)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _numbers(summary: str, source: str, have: str) -> list[str]:
    stated = numbers(source, every=True)
    return [
        surface
        for surface, value in mentions(summary)
        if value not in stated and not (_HAN_NUMERAL.fullmatch(surface) and _fold(surface) in have)
    ]


def _names(text: str) -> list[str]:
    """The names in `text`: those in quotes, then Latin words, then those the tagger finds."""
    import rjieba

    found = [next(filter(None, match)) for match in _QUOTED.findall(text)]
    found += _LATIN.findall(text)
    return found + [word for word, tag in rjieba.tag(text) if tag in _TAGS and len(word) > 1]


def _stated(name: str, have: str, letters: str) -> bool:
    """Whether the folded source, or its letters without punctuation, has the name.

    A particle that the tagger took for the name's edge does not count.
    """
    folded = _fold(name)
    if folded.isascii():
        return re.search(rf"(?<![a-z]){re.escape(folded)}(?![a-z])", have) is not None
    words = _letters(folded)
    bare = words.strip(_FUNCTION)
    return words in letters or (len(bare) > 1 and bare in letters)
