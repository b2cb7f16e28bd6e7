"""Which numbers of a summary its article does not state of the same thing.

A unit of measure, of money or of time must be the same (5.2亿吨 is not 5.2亿元), and so must 第3 and 3.
Where a classifier is dropped or fused (6金 for 6枚金牌) some of the words around the number must be the
same. Does not know whether what is said of the thing counted is true (events.py), and lets another
noun after the same measure word pass: 3名工人 for 3名男子 is too often right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...text.dates import Date, allow, dates
from ...text.quantities import Quantity, approximations, quantities, weekdays
from .specific import is_specific

_PERSON = frozenset({"人", "人次"})
_CLOCK = frozenset({"点", "分", "秒"})
_DATE = frozenset({"年", "月", "日"})
# Ordinals whose 第 may be dropped: 31届, 5号, 3期.
_NUMBERED = re.compile(r"[届号期集章版]")
_GENERIC = "个的了多余约近超过达至为在"
_SCORE = re.compile(r"(?<![\d.])(\d{1,3})比(\d{1,3})(?![\d.%‰])")
_FIRST = re.compile(r"[首冠]|第一|榜首|头[名号]")


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantities and dates of an article, ready to be compared with."""

    text: str
    by_value: dict[str, list[Quantity]] = field(default_factory=lambda: defaultdict(list))
    dates: list[Date] = field(default_factory=list)
    days: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> Figures:
        """The figures of an article."""
        found = quantities(text, every=True)
        by_value: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in found:
            for value in quantity.values:
                by_value[value].append(quantity)
        return cls(text, by_value, dates(found, text), frozenset(day for _, day in weekdays(text)))

    def same(self, quantity: Quantity) -> list[Quantity]:
        """The article's quantities of the same value, of the same thing as far as can be seen."""
        return [one for one in self.same_value(quantity) if _same_thing(quantity, one)]

    def specific_offsets(self) -> tuple[int, ...]:
        """Where the quantities that say enough to be told apart begin, in order."""
        every = (one for same in self.by_value.values() for one in same)
        return tuple(sorted({one.start for one in every if is_specific(one)}))

    def same_value(self, quantity: Quantity) -> list[Quantity]:
        """The article's quantities of the same value."""
        return [one for value in quantity.values for one in self.by_value.get(value, ())]


def unsupported_quantities(text: str, figures: Figures) -> Iterator[str]:
    """The numbers of `text`, with their units, that the article does not state, in order."""
    found = quantities(text)
    when = dates(found, text)
    for date in when:
        if not allow(figures.dates, date):
            yield text[date.start : date.end]
    scores = list(_SCORE.finditer(text))
    stated = {frozenset(score.groups()) for score in _SCORE.finditer(figures.text)}
    yield from (score[0] for score in scores if frozenset(score.groups()) not in stated)
    for quantity in found:
        if any(score.start() <= quantity.start < score.end() for score in scores):
            continue
        if any(date.start <= quantity.start < date.end for date in when) or _is_literal(
            quantity, text, figures.text
        ):
            continue
        if not figures.same(quantity) and not _is_reworded(quantity, figures):
            yield quantity.surface
    for surface, day in weekdays(text):
        if day not in figures.days and surface not in figures.text:
            yield surface
    yield from _unsupported_approximations(text, figures)


def _is_literal(quantity: Quantity, text: str, article_text: str) -> bool:
    """Whether the article has the number with the words around it to the letter: it then states
    nothing new."""
    start = quantity.start - quantity.ordinal
    if not quantity.after[:1]:
        return False
    words = text[start : quantity.end + (0 if quantity.unit else 2)]
    return re.search(rf"(?<![\d.,第{_HAN_DIGITS}]){re.escape(words)}", article_text) is not None


_HAN_DIGITS = "一二三四五六七八九十百千万亿"


def _is_reworded(quantity: Quantity, figures: Figures) -> bool:
    """Whether the article states the number in other words: 首 for 第一, 1—5月 for 前5个月, 15时 for
    下午3时, a whole for its parts."""
    value = quantity.value
    if value is None:
        return False
    if value == 2 and quantity.after[:1] in ("度", "次") and re.search("先后|再次|再度|第二次", figures.text):
        return True
    if quantity.ordinal and value == 1:
        return _FIRST.search(figures.text) is not None
    if quantity.before.endswith("前") and quantity.unit == "个月":
        months = {date.month for date in figures.dates}
        return {1, int(value)} <= months or re.search(rf"(?<!\d){value}月[底末]", figures.text) is not None
    if quantity.unit == "点" and (other := value + 12 if value <= 12 else value - 12):
        return any(one.unit == "点" for one in figures.by_value.get(str(other), ()))
    return False


def _same_thing(quantity: Quantity, one: Quantity) -> bool:
    """Whether two quantities of one value may count the same thing."""
    if quantity.negative != one.negative:
        return False
    if quantity.ordinal != one.ordinal:
        numbered = _NUMBERED.match(one.after) if one.ordinal else _NUMBERED.match(quantity.after)
        return bool(numbered and _shares_context(quantity, one))
    if quantity.unit and one.unit:
        return quantity.unit == one.unit or (
            {quantity.unit, one.unit} <= _PERSON and "人次" in quantity.unit + one.after
        )
    if quantity.unit or one.unit:
        measured, other = (quantity, one) if quantity.unit else (one, quantity)
        if (
            measured.unit not in _CLOCK
            and other.classified
            and not _is_loose_match(measured.unit, other.after[:1])
        ):
            return False
        return (
            measured.unit in _CLOCK
            or (not other.after and measured.unit not in _DATE)
            or _shares_context(quantity, one)
        )
    return not quantity.after or _shares_context(quantity, one)


def _is_loose_match(unit: str, classifier: str) -> bool:
    """Whether a measure word may stand for a unit: 29个孩子 for 29名儿童, 次 for 人次."""
    return classifier in unit or (unit in _PERSON and classifier in "个户")


def _shares_context(quantity: Quantity, one: Quantity) -> bool:
    """Whether the words around the two numbers share what may be the thing counted."""
    if not one.after and not one.unit:
        return True
    if quantity.after[:1] == one.after[:1]:
        return True
    near = quantity.after[:4]
    return (
        _shares_character(near, one.after[:12])
        or _shares_character(quantity.before[-4:], one.before[-8:])
        or _shares_character(near, one.before[-6:])
    )


def _shares_character(words: str, others: str) -> bool:
    return any(char in others for char in words if char not in _GENERIC)


def _unsupported_approximations(text: str, figures: Figures) -> Iterator[str]:
    """The rough numbers (数百) for which the article has neither a rough nor an exact number of
    that size."""
    sizes = {size for _, size in approximations(figures.text)}
    for surface, size in approximations(text):
        if size in sizes or surface in figures.text:
            continue
        values = (one.value for many in figures.by_value.values() for one in many)
        if not any(value is not None and size <= value < size * 10 for value in values):
            yield surface
