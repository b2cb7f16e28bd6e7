"""The names in a Chinese text: people, places, organizations, works, quoted phrases, Latin words.

Finds titles of works in 《》, quotations, Latin words, names with a dot (彼得·彼得森), words tagged
as names, words that the tagger's dictionary lacks, and what follows a title (总统X, 书记X). Joins
single characters beside a name to it, since the tagger cuts transliterations in pieces. Does not
know which names are one person, nor names that are ordinary words (高峰 without a title).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .chars import HAN, is_han
from .lazy_pattern import lazy_pattern
from .words import FUNCTION, NAME_TAGS, NO_NAMES, PERSON_TAGS, TITLE, Word, is_known_word, words

_QUOTED = lazy_pattern(r"《([^《》]{1,40})》|“([^“”]{2,40})”|「([^「」]{2,40})」")
_LATIN = lazy_pattern(r"[A-Za-z][A-Za-z0-9.+&-]*[A-Za-z0-9]")
# Two characters beside the first and last dot: the tagger decides where the name begins and ends.
_DOTTED = lazy_pattern(rf"[{HAN}]{{1,2}}(?:[·•‧][{HAN}]+)*?[·•‧][{HAN}]{{1,2}}(?![{HAN}]*[·•‧])")
_LETTER_TAGS = frozenset(
    {
        "n",
        "j",
        "nr",
        "nrt",
        "nrfg",
        "ns",
        "nz",
        "nt",
        "zg",
        "g",
        "x",
        "ng",
        "vg",
        "ag",
        "b",
        "q",
        "a",
        "i",
        "k",
    }
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳"
    "甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄"
)
_NOT_AFTER_TITLE = frozenset("上下中长团会制团们")


class NameKind(StrEnum):
    """What a name was found by."""

    WRITTEN = "written"
    """In marks, in Latin letters, or with a dot."""
    PERSON = "person"
    """By its tag, or the title before it."""
    PLACE = "place"
    """A place or an organization, by its tag."""
    UNKNOWN = "unknown"
    """A word that the dictionary lacks."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written at [start, end)."""

    text: str
    start: int
    end: int
    kind: NameKind


def names(text: str, tagged: list[Word] | None = None) -> list[Name]:
    """The names: those in marks, Latin ones, those with a dot, those by words; each in order."""
    found = []
    for pattern in (_QUOTED, _LATIN, _DOTTED):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            found.append(Name(match[group], match.start(group), match.end(group), NameKind.WRITTEN))
    return found + _by_words(tagged if tagged is not None else words(text))


def _by_words(tagged: list[Word]) -> list[Name]:
    found: list[Name] = []
    at = 0
    while at < len(tagged):
        stop = _name_end(tagged, at)
        if stop > at:
            found.append(_build_name(tagged, at, stop))
        at = max(stop, at + 1)
    return found


def _name_end(tagged: list[Word], at: int) -> int:
    """Where a name that begins with tagged[at] ends, in words; `at` if none does."""
    titled = at > 0 and TITLE.search(tagged[at - 1].text) is not None
    stop = at
    while stop < len(tagged) and _may_belong(tagged[stop], first=stop == at, titled=titled):
        stop += 1
    size = sum(len(word.text) for word in tagged[at:stop])
    if (
        size < 2
        and stop < len(tagged)
        and _is_surname(tagged, at, stop)
        and len(tagged[stop].text) <= 2
        and is_han(tagged[stop].text)
    ):
        if (
            TITLE.search(tagged[stop].text)
            or tagged[stop].tag[:1] in "pcudrf"
            or tagged[stop].text[0] in FUNCTION
        ):
            return at
        return stop + 1
    if size < 2 or not (titled or any(_is_name(word.text, word.tag) for word in tagged[at:stop])):
        return at
    return stop


def _is_surname(tagged: list[Word], at: int, stop: int) -> bool:
    return stop == at + 1 and tagged[at].text in SURNAMES and tagged[at].tag in PERSON_TAGS


@lru_cache(maxsize=8192)
def _is_name(word: str, tag: str) -> bool:
    if len(word) < 2 or word in NO_NAMES:
        return False
    return tag in NAME_TAGS or (is_han(word) and (tag == "x" or not is_known_word(word)))


def _may_belong(word: Word, *, first: bool, titled: bool) -> bool:
    """Whether a word may be part of a name."""
    if len(word.text) > 1:
        return _is_name(word.text, word.tag)
    if not is_han(word.text) or word.text in FUNCTION:
        return False
    if first and titled and word.text in _NOT_AFTER_TITLE:
        return False
    return word.tag in _LETTER_TAGS


def _build_name(tagged: list[Word], at: int, stop: int) -> Name:
    text = "".join(word.text for word in tagged[at:stop])
    titled = at > 0 and TITLE.search(tagged[at - 1].text) is not None
    person = titled or tagged[at].tag in PERSON_TAGS
    tags = {word.tag for word in tagged[at:stop] if len(word.text) > 1}
    kind = NameKind.PERSON if person else NameKind.PLACE if tags & NAME_TAGS else NameKind.UNKNOWN
    return Name(text, tagged[at].start, tagged[stop - 1].end, kind)
