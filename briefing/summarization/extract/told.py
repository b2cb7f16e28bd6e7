"""What a sentence of a summary takes as told: who somebody is, and of which time a comparison is.

Looks only at words: a name counts as told where it stands before, a time wherever any is named. Of
somebody whose office is named in an earlier sentence the office is said with the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...text.lazy_pattern import lazy_pattern
from ...text.words import Word, words
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
_PEOPLE = frozenset({"nr", "nrt", "nrfg"})
_OF_OFFICES = frozenset({"j", "b", "l", "vn", "eng"})
_BEFORE = frozenset("vpdrtm")
"""Tags of words before which a name of a house ends."""
_BEGIN = frozenset("，。；：、的由“”！？）)\n 　")
_AND = frozenset("和与與及同")
_HOUSE = lazy_pattern(r"学院|学会|中心|协会|公司|集团|研究[院所]|系")
"""Houses whose names may have an and: 旅游与服务学院."""
_OFFICE = lazy_pattern(
    r"(?:[部市省州县区院局校处会科馆厂所站行庭社董乡镇村]长|主任|书记|总理|总统|主席|首相|大臣|大使|总领事|参赞|教授|博士|院士|研究员|工程师|总监|总裁"
    r"|经理|总编辑?|主编|委员|代表|发言人|负责人|司令员?|总长|参谋长|医[生师]|教师|老师|教练员?|队长|选手|演员|导演|作家|诗人|画家|律师|法官|检察官|警官"
    r"|理事长|秘书长|创始人|董事长|部长|首席[\u4e00-\u9fff]{2,3}|专家|学者|民警|护士|村民|居民|市民|店主|校友|传承人)$"
)


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
    name = "".join(word.text for word in tagged if word.tag in _PEOPLE and len(word.text) > 1)
    if not (name and first.startswith(name) and any(name in one.text for one in earlier)):
        return Untold(time=time, currency=currency)
    for one in earlier:
        at = one.text.find(name)
        if at >= 0 and (start := _office_before(one.text[:at])) is not None:
            return Untold(name, one.text[start:at], (one.start + start, one.start + at), time, currency)
    met = next(n for n, one in enumerate(earlier) if name in one.text)
    return Untold(name if met >= HEAD else "", time=time, currency=currency)


def _currency(form: str, earlier: Sequence[Candidate]) -> str:
    """Of which currency the amounts of a form are, if a note before says so and it does not."""
    note = next(filter(None, (_CURRENCY.search(one.text) for one in earlier)), None)
    if note is None or note["name"] in form or note["name"] == "人民币" or not _AMOUNT.search(form):
        return ""
    return note["name"]


def _office_before(text: str) -> int | None:
    """Where the office begins that stands at the end of the text; None if none does. Of a house whose
    name goes on further to the left (旅游与服务学院) only the office is taken.
    """
    office = _OFFICE.search(text)
    if office is None:
        return None
    start = len(text)
    tagged = words(text)
    while tagged and (tagged[-1].end > office.start() or _is_of_office(tagged[-1])):
        start = tagged.pop().start
    whole = len(text) - start <= LONGEST and _begins_after(tagged[-1] if tagged else None, text[start:])
    return start if whole else office.start()


def _begins_after(word: Word | None, name: str) -> bool:
    """Whether the name of an office may begin right after a word, None for the beginning."""
    if word is None or word.text in _BEGIN:
        return True
    if word.text in _AND:
        return _HOUSE.search(name) is None
    return word.tag[:1] in _BEFORE or is_verb(word)


def _is_of_office(word: Word) -> bool:
    noun = (word.tag[:1] == "n" and word.tag not in _PEOPLE) or word.tag in _OF_OFFICES
    return noun and not is_verb(word)
