"""What a sentence of a summary takes as told: who somebody is, and of which time a comparison is.

Looks only at words: a name counts as told where it stands before, a time wherever any is named. Of
somebody whose office is named in an earlier sentence the office is said with the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...text.cut import balanced
from ...text.lazy_pattern import lazy_pattern
from ...text.words import ANY_TITLE, PERSON_TAGS, Word, words
from .candidates import Candidate
from .clause_words import first_clause, is_verb

HEAD = 2
"""Sentences at the head of an article that tell of whom it is."""
LONGEST = 16
"""Characters of an office that is said with a name."""
_COMPARED = lazy_pattern(r"同比|环比|[较比]上年")
_TIMED = lazy_pattern(
    r"\d+[年月日]|季度|[今去前昨明本当][年月日天周]|[上下前]半年|[上本]周|以来|假期|期间|[一二三四五六七八九十]月|春节|国庆|五一"
)
_CURRENCY = lazy_pattern(r"[（(](?P<name>[\u4e00-\u9fff]{2,4})[，,、]下同[)）]")
"""A note that all amounts are of one currency."""
_AMOUNT = lazy_pattern(r"\d[\d.,]*[百千万亿]*元")
_OF_OFFICES = frozenset({"j", "b", "l", "vn", "eng"})
_BEFORE = frozenset("vpdrtm")
"""Tags of words before which a name of a house ends."""
_BEGIN = frozenset("，。；：、的由“”！？）)\n 　")
_AND = frozenset("和与與及同")
_HOUSE = lazy_pattern(r"学院|学会|中心|协会|公司|集团|研究[院所]|系")
"""Houses whose names may have an and: 旅游与服务学院."""
_OFFICES = (
    rf"(?:{ANY_TITLE}|[会科馆厂所社庭乡]长|总领事|参赞|研究员|总编辑?|主编|负责人|司令员|总长|[教医律讲]师|医生|老师|教练员|选手|演员|诗人|画家|检察官|警官"
    r"|创始人|首席[\u4e00-\u9fff]{2,3}|专家|学者|民警|护士|店主|校友|传承人)"
)
_SIGNS = lazy_pattern(r"(?:记者|夫人)$")
"""Titles of whoever writes, or of somebody's wife."""
_OFFICE = lazy_pattern(rf"{_OFFICES}$")
"""What stands at the end before a name."""
_OFFICE_NEXT = lazy_pattern(rf"^[\u4e00-\u9fff]{{0,2}}?{_OFFICES}")
_RANK = lazy_pattern(
    r"(?:(?<![目此日之以年天])前|(?<![中平高草太])原|(?<![时近现当古年])代|副|老|已故|退休|离休|卸任|离任|时任|候任|第一|常务|名誉|荣誉)+$"
)
"""What stands before an office and makes another of it: 前市长, 第一副总理."""
_DENIED = lazy_pattern(
    r"(?:不是|并非|不再|没有|冒充|自称|谎称|假冒|假扮|(?<![放寒暑长])假(?![期日如设])|非(?![洲遗常凡物])|据称|卸任|离任|去世|已故|曾任?|原(?![因来则料材本定先告始])[^，。；：]*、)[^，。；：]*$"
)
"""An office behind it is nobody's, or was: 不是教授, 已卸任的市长, 原党组成员、副主席."""
_AND_OTHERS = lazy_pattern(r"^[、和与與及同]")
"""An office before a name that goes on so would be that of all."""


@dataclass(frozen=True, slots=True)
class Untold:
    """The name of somebody who is not introduced here, "" for none; where the article names his office,
    [start, end) of its text, and what it is; whether a comparison has no time; and the currency of an
    amount that does not name it."""

    name: str = ""
    office: str = ""
    place: tuple[int, int] = (0, 0)
    time: bool = False
    currency: str = ""

    def is_told(self, *before: str) -> bool:
        """Whether the texts that are read before tell it."""
        if self.name and not any(self.name in text for text in before):
            return False
        if self.currency and not any(self.currency in text for text in before):
            return False
        return not self.time or any(_TIMED.search(text) for text in before)


def untold(form: str, number: int, found: Sequence[Candidate]) -> Untold:
    """What a form of the sentence with this number takes as told; nothing that the article does not
    tell before.
    """
    earlier = found[:number]
    time = _COMPARED.search(form) is not None and _TIMED.search(form) is None
    time = time and any(_TIMED.search(one.text) for one in earlier)
    currency = _currency(form, earlier)
    first = first_clause(form)
    tagged = words(first)[:1]
    name = "".join(word.text for word in tagged if word.tag in PERSON_TAGS and len(word.text) > 1)
    if not (name and first.startswith(name) and any(name in one.text for one in earlier)):
        return Untold(time=time, currency=currency)
    following = first[len(name) :]
    if _OFFICE_NEXT.match(following):  # 张建国教授表示
        return Untold(time=time, currency=currency)
    office, place = _introduced(name, earlier)
    if office and not _AND_OTHERS.match(following):
        return Untold(name, office, place, time, currency)
    met = next(n for n, one in enumerate(earlier) if name in one.text)
    return Untold(name if met >= HEAD else "", time=time, currency=currency)


def _introduced(name: str, earlier: Sequence[Candidate]) -> tuple[str, tuple[int, int]]:
    """The office that sentences last give to a name, as one of them says it in full, and where; "" for none.

    Words in quotations and longer names (王海明 for 王海) give none.
    """
    given = [(one, start) for one in earlier if (start := _office_of(name, one.text)) is not None]
    if not given:
        return "", (0, 0)
    offices = [
        (one.text[start : one.text.find(name)], (one.start + start, one.start + one.text.find(name)))
        for one, start in given
    ]
    last = offices[-1][0]
    same = (each for each in offices if each[0].endswith(last) and not _RANK.search(each[0][: -len(last)]))
    return max(same, key=lambda each: len(each[0]))


@lru_cache(maxsize=4096)
def _office_of(name: str, text: str) -> int | None:
    """Where the office begins that stands before a name in a text; None if none does."""
    at = text.find(name)
    end = at + len(name)
    if at < 0 or any(
        word.start <= at < word.end and word.end - word.start > end - at for word in words(text)
    ):
        return None  # 王海明 for 王海
    return _office_before(text[:at]) if balanced(text[:at]) else None


def _currency(form: str, earlier: Sequence[Candidate]) -> str:
    """Of which currency the amounts of a form are, if a note before says so and it does not."""
    note = next(filter(None, (_CURRENCY.search(one.text) for one in earlier)), None)
    if note is None or note["name"] in form or note["name"] == "人民币" or not _AMOUNT.search(form):
        return ""
    return note["name"]


def _office_before(text: str) -> int | None:
    """Where the office begins that stands at the end of the text; None if none does. Of a house whose
    name goes on further to the left (旅游与服务学院) only the office is taken, with what makes another of it
    (前院长).
    """
    office = _OFFICE.search(text)
    if office is None or _SIGNS.search(text):
        return None
    start = len(text)
    tagged = words(text)
    while tagged and (tagged[-1].end > office.start() or _is_of_office(tagged[-1])):
        start = tagged.pop().start
    whole = len(text) - start <= LONGEST and _begins_after(tagged[-1] if tagged else None, text[start:])
    start = start if whole else office.start()
    rank = _RANK.search(text[:start])
    start = rank.start() if rank else start
    return None if _DENIED.search(text[:start]) else start


def _begins_after(word: Word | None, name: str) -> bool:
    """Whether the name of an office may begin right after a word, None for the beginning."""
    if word is None or word.text in _BEGIN:
        return True
    if word.text in _AND:
        return _HOUSE.search(name) is None
    return word.tag[:1] in _BEFORE or is_verb(word)


def _is_of_office(word: Word) -> bool:
    noun = (word.tag[:1] == "n" and word.tag not in PERSON_TAGS) or word.tag in _OF_OFFICES
    return noun and not is_verb(word)
