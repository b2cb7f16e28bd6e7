"""A caption as two things: what is to be seen, and who took it or where it is from."""

from __future__ import annotations

from .chars import HAN
from .lazy_pattern import lazy_pattern

_NAMES = rf"[{HAN}]{{2,4}}(?:[\s、/／]+[{HAN}]{{2,4}}){{0,3}}"
_CREDIT = lazy_pattern(
    rf"(?P<end>[。！？；，,\s　（(]|^)(?P<who>"
    rf"(?:[{HAN}]{{0,12}}(?:记者|記者|通讯员|通訊員|摄影师)\s*)?{_NAMES}\s*[/／]?\s*(?:摄影报道|摄影|摄|攝影|攝|[/／]\s*图)"
    rf"|[{HAN}]{{2,14}}\s*(?:供图|供圖|制图|製圖)|[{HAN}]{{2,10}}[社网網报報]\s?[发發]"
    rf"|(?:图片?来源|圖片來源|图源|来源|摄影|图|图片|摄|供图)\s*[:：/／|]\s*[{HAN}A-Za-z0-9·\s《》/、]{{2,24}}"
    rf"|(?:图据|图自)[{HAN}《》]{{2,16}}|资料图片?|資料圖片?"
    r")(?:\s*[（(][^）)]{1,12}[）)])?[）)]?[。]?$"
)
_MARK = lazy_pattern(r"^[▲△▼▽↑↓←→◀▶\s]+|^(?:图为|圖為|图片?[：:]|图[一二三四五六七八九十\d]{1,2}[：:\s])\s*")
LONGEST = 60
"""Characters of a caption as it is shown: one or two sentences."""


def split_credit(caption: str) -> tuple[str, str]:
    """The words of a caption and its credit (本报记者 李小满 摄); each may be empty.

    The mark before the words goes, and so do sentences beyond LONGEST characters.
    """
    words, credit = caption.strip(), ""
    if (found := _CREDIT.search(words)) and len(found["who"]) <= 40:
        credit = found["who"].strip()
        words = words[: found.start()] + (found["end"] if found["end"] in "。！？" else "")
    words = _MARK.sub("", words).strip(" 　（(，,；")
    return _shortened(words), credit


def _shortened(words: str) -> str:
    """The first sentences, as far as they are short enough; a long first one ends at a comma."""
    if len(words) <= LONGEST:
        return words
    for stops in ("。！？", "；，"):
        cut = max(words.rfind(stop, 0, LONGEST) for stop in stops)
        if cut > 0:
            return words[: cut + (stops[0] == "。")]
    return f"{words[: LONGEST - 1]}…"


__all__ = ["split_credit"]
