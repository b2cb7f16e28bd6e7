"""Numbers of a summary that its article does not state of the same thing.

Units of measure, money and time must agree (5.2亿吨 is not 5.2亿元), and an ordinal is not a count (第3
is not 3). Where a classifier is dropped or fused (6金 for 6枚金牌), some of the context must agree.
Does not know whether what is said of the counted thing is true (see events.py). Lets another noun
after the same classifier pass: 3名工人 for 3名男子 is too often right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...text.dates import Date, allow, dates
from ...text.lazy_pattern import lazy_pattern
from ...text.quantities import Quantity, approximations, quantities, weekdays
from .specific import is_specific

_PERSON = frozenset({"人", "人次"})
_CLOCK = frozenset({"点", "分", "秒"})
_DATE = frozenset({"年", "月", "日"})
_NUMBERED = lazy_pattern(r"[届号期集章版]")
"""Classifiers of ordinals that may drop their 第: 31届, 5号, 3期."""
_GENERIC = "个的了多余约近超过达至为在"
_SCORE = lazy_pattern(r"(?<![\d.])(\d{1,3})比(\d{1,3})(?![\d.%‰])")
_FIRST = lazy_pattern(r"[首冠]|第一|榜首|头[名号]")
_HAN_DIGITS = "一二三四五六七八九十百千万亿"


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantities and dates of an article, indexed for comparison."""

    text: str
    by_value: dict[str, list[Quantity]] = field(default_factory=lambda: defaultdict(list))
    dates: list[Date] = field(default_factory=list)
    days: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> Figures:
        """The figures of an article's text."""
        every = quantities(text, every=True)
        by_value: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in every:
            for value in quantity.values:
                by_value[value].append(quantity)
        return cls(text, by_value, dates(every, text), frozenset(day for _, day in weekdays(text)))

    def same(self, quantity: Quantity) -> list[Quantity]:
        """The article's quantities of the same value that may count the same thing."""
        return [stated for stated in self.same_value(quantity) if _same_thing(quantity, stated)]

    def specific_offsets(self) -> tuple[int, ...]:
        """The offsets of the specific quantities (see `is_specific`), sorted."""
        every = (quantity for same in self.by_value.values() for quantity in same)
        return tuple(sorted({quantity.start for quantity in every if is_specific(quantity)}))

    def same_value(self, quantity: Quantity) -> list[Quantity]:
        """The article's quantities of the same value."""
        return [stated for value in quantity.values for stated in self.by_value.get(value, ())]


def unsupported_quantities(text: str, figures: Figures) -> Iterator[str]:
    """The numbers of `text`, with their units, that the article does not state.

    In this order: dates, scores, other quantities, weekdays, approximate numbers.
    """
    every = quantities(text)
    stated_dates = dates(every, text)
    scores = list(_SCORE.finditer(text))
    checked = [
        *((date.start, date.end) for date in stated_dates),
        *((score.start(), score.end()) for score in scores),
    ]
    rest = [q for q in every if not any(start <= q.start < end for start, end in checked)]
    yield from _unsupported_dates(stated_dates, text, figures)
    yield from _unsupported_scores(scores, figures)
    yield from _unsupported_values(rest, text, figures)
    yield from _unsupported_weekdays(text, figures)
    yield from _unsupported_approximations(text, figures)


def _unsupported_dates(stated: list[Date], text: str, figures: Figures) -> Iterator[str]:
    return (text[date.start : date.end] for date in stated if not allow(figures.dates, date))


def _unsupported_scores(scores: list[re.Match[str]], figures: Figures) -> Iterator[str]:
    """The results of games (3比1, in either order) that the article does not have."""
    stated = {frozenset(score.groups()) for score in _SCORE.finditer(figures.text)}
    return (score[0] for score in scores if frozenset(score.groups()) not in stated)


def _unsupported_values(every: list[Quantity], text: str, figures: Figures) -> Iterator[str]:
    for quantity in every:
        if not (
            _is_verbatim(quantity, text, figures.text)
            or figures.same(quantity)
            or _is_reworded(quantity, figures)
        ):
            yield quantity.surface


def _unsupported_weekdays(text: str, figures: Figures) -> Iterator[str]:
    for surface, day in weekdays(text):
        if day not in figures.days and surface not in figures.text:
            yield surface


def _is_verbatim(quantity: Quantity, text: str, article_text: str) -> bool:
    """Whether the article has the number and the words around it verbatim."""
    start = quantity.start - quantity.ordinal
    if not quantity.after[:1]:
        return False
    words = text[start : quantity.end + (0 if quantity.unit else 2)]
    return re.search(rf"(?<![\d.,第{_HAN_DIGITS}]){re.escape(words)}", article_text) is not None


def _is_reworded(quantity: Quantity, figures: Figures) -> bool:
    """Whether the article states the number in other words: 首 for 第一, 再次 for 2次, 1—5月 for
    前5个月, 15时 for 下午3时."""
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
        return any(stated.unit == "点" for stated in figures.by_value.get(str(other), ()))
    return False


def _same_thing(quantity: Quantity, stated: Quantity) -> bool:
    """Whether a quantity and the article's quantity of the same value may count the same thing."""
    if quantity.negative != stated.negative:
        return False
    if quantity.ordinal != stated.ordinal:
        ordinal = stated if stated.ordinal else quantity
        return bool(_NUMBERED.match(ordinal.after)) and _shares_context(quantity, stated)
    if quantity.unit and stated.unit:
        return _same_unit(quantity, stated)
    if quantity.unit or stated.unit:
        return _may_lack_unit(quantity, stated)
    return not quantity.after or _shares_context(quantity, stated)


def _same_unit(quantity: Quantity, stated: Quantity) -> bool:
    """Whether both have the same unit; 人 may stand for 人次."""
    if quantity.unit == stated.unit:
        return True
    return {quantity.unit, stated.unit} <= _PERSON and "人次" in quantity.unit + stated.after


def _may_lack_unit(quantity: Quantity, stated: Quantity) -> bool:
    """Whether the one without a unit may count the same thing as the one with a unit."""
    measured, bare = (quantity, stated) if quantity.unit else (stated, quantity)
    if measured.unit in _CLOCK:
        return True
    if bare.classified and not _is_loose_match(measured.unit, bare.after[:1]):
        return False
    return (not bare.after and measured.unit not in _DATE) or _shares_context(quantity, stated)


def _is_loose_match(unit: str, classifier: str) -> bool:
    """Whether a classifier may replace a unit: 29个孩子 for 29名儿童, 次 for 人次."""
    return classifier in unit or (unit in _PERSON and classifier in "个户")


def _shares_context(quantity: Quantity, stated: Quantity) -> bool:
    """Whether the words around the two numbers share a character that may be the counted
    thing's.
    """
    if not stated.after and not stated.unit:
        return True
    if quantity.after[:1] == stated.after[:1]:
        return True
    near = quantity.after[:4]
    return (
        _shares_character(near, stated.after[:12])
        or _shares_character(quantity.before[-4:], stated.before[-8:])
        or _shares_character(near, stated.before[-6:])
    )


def _shares_character(words: str, others: str) -> bool:
    return any(char in others for char in words if char not in _GENERIC)


def _unsupported_approximations(text: str, figures: Figures) -> Iterator[str]:
    """The approximate numbers (数百) for which the article has no number of that magnitude."""
    sizes = {size for _, size in approximations(figures.text)}
    for surface, size in approximations(text):
        if size in sizes or surface in figures.text:
            continue
        values = (stated.value for same in figures.by_value.values() for stated in same)
        if not any(value is not None and size <= value < size * 10 for value in values):
            yield surface
