"""The two scripts of Chinese: which one a text is in, and conversion to the other.

Conversion by OpenCC (https://github.com/BYVoid/OpenCC) goes by words, but never to another region's
vocabulary, since a newspaper is quoted; and it keeps the number of characters, so that offsets
stay valid.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Literal

from .lazy_pattern import lazy_pattern

if TYPE_CHECKING:  # for the annotation only: a text in one script pays for no dictionaries
    from opencc import OpenCC

Script = Literal["hans", "hant"]
"""Simplified or traditional, by their names in ISO 15924."""
SAMPLE = 2000
"""Length of the sample, in characters."""
SHARE = 0.02
"""Share of traditional characters from which a text is traditional; running text has a third."""
QUOTES = {"hant": str.maketrans("“”‘’", "「」『』"), "hans": str.maketrans("「」『』", "“”‘’")}
"""Each script's own quotation marks (GB/T 15834 and the Taiwanese 重訂標點符號手冊)."""
SURNAMES = {
    "范": "范",
    "于": "于",
    "余": "余",
    "郁": "郁",
    "涂": "涂",
    "游": "游",
    "谷": "谷",
    "台": "台",
    "干": "干",
    "钟": "鍾",
}
"""Surnames whose character has another form in other senses: 範圍, but the surname 范."""
FAN = lazy_pattern("(?<![示规典模防师风轨垂就宏])范(?![围畴例文本式读])")
"""The surname 范: any 范 outside the words with 範, since taggers miss many names."""
APOSTROPHE = lazy_pattern("(?<=[A-Za-z])’")
RUN = 2
"""Least length of a match taken from the original, in characters."""


@cache
def _opencc(to: Script) -> OpenCC:
    from opencc import OpenCC

    return OpenCC("tw2s" if to == "hans" else "s2tw")


def converted(text: str, to: Script) -> str:
    """The text in that script and its quotation marks, of equal length; text in it is unchanged."""
    if text.isascii():
        return text
    converter = _opencc(to)
    result: str = converter.convert(text)
    if len(result) != len(text):  # a word of another length: convert by characters
        single = (converter.convert(char) for char in text)
        result = "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))
    if to == "hant" and any(char in text for char in SURNAMES):
        result = _with_surnames(text, result)
    marked = APOSTROPHE.sub("\0", result).translate(QUOTES[to])
    return marked.replace("\0", "’")


def _with_surnames(text: str, converted_text: str) -> str:
    """`converted_text` with surnames in their own form."""
    from .names import NameKind, names

    out = list(converted_text)
    for name in names(text):
        if name.kind is NameKind.PERSON and name.text[0] in SURNAMES and len(name.text) <= 3:
            out[name.start] = SURNAMES[name.text[0]]
    for found in FAN.finditer(text):
        out[found.start()] = "范"
    return "".join(out)


def script_of(text: str) -> Script:
    """The script of more of the text's characters; simplified if neither prevails."""
    sample = text[:SAMPLE]
    if sample.isascii():
        return "hans"
    traditional = _count_changed(sample, converted(sample, "hans"))
    if traditional < SHARE * len(sample):
        return "hans"
    return "hant" if traditional > _count_changed(sample, converted(sample, "hant")) else "hans"


def _count_changed(before: str, after: str) -> int:
    return sum(a != b for a, b in zip(before, after, strict=True))


def restored(text: str, plain: str, original: str) -> str:
    """`text`, written from `plain`, in the script of `original`, whose simplified form is `plain`.

    Words found in the original are taken from it, so that names are spelled as in the paper (one
    simplified character may have several originals: 范 for 范 and 範); the rest is converted.
    """
    other = converted(text, "hant")
    single = {a: found.most_common(1)[0][0] for a, found in _character_map(plain, original).items()}
    out: list[str] = []
    at = 0
    while at < len(text):
        size, place = _longest_match(text, at, plain)
        if size >= RUN:
            out.append(original[place : place + size])
            at += size
        else:
            out.append(single.get(text[at], other[at]))
            at += 1
    return "".join(out)


def _character_map(plain: str, original: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for a, b in zip(plain, original, strict=True):
        found.setdefault(a, Counter())[b] += 1
    return found


def _longest_match(text: str, at: int, plain: str) -> tuple[int, int]:
    """Length and place in `plain` of the longest match with `text` from `at` on."""
    size, place = 0, -1
    while at + size < len(text):
        found = plain.find(text[at : at + size + 1], max(place, 0))
        if found < 0:
            break
        size, place = size + 1, found
    return size, place
