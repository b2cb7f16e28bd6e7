"""Quantities of a Chinese text: each number with what it counts, so that 30万人 is not 30万元.

A quantity has a value, a unit in one spelling (千米 = 公里, 块 = 元, 名 = 人), whether it is an
ordinal (第3名), and the words around it, for units left out or fused (6金 for 6枚金牌, 7国 for
7个国家). In ranges and lists the last unit may serve all (5至8人, 1—4月); dates.py puts year, month
and day together.

Does not convert units (30分钟 is not 半小时); does not know measure words outside its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .chars import HAN
from .lazy_pattern import lazy_pattern
from .numbers import located

_SPELLINGS = {
    "元": "元 块 块钱 元人民币 人民币",
    "美元": "美元 美金",
    "港元": "港元 港币",
    "公里": "公里 千米 km KM",
    "米": "米 公尺",
    "厘米": "厘米 公分 cm",
    "毫米": "毫米 mm",
    "平方公里": "平方公里 平方千米",
    "平方米": "平方米 平米 平方",
    "立方米": "立方米 立方",
    "公斤": "公斤 千克 kg KG",
    "千瓦时": "千瓦时 度电",
    "度": "摄氏度 ℃ 度 °C °",
    "小时": "小时 个小时 钟头 个钟头",
    "秒": "秒 秒钟",
    "天": "天 昼夜",
    "星期": "星期 个星期 周 礼拜",
    "月": "月 月份",
    "年": "年 年度 周年",
    "日": "日 号",
    "点": "点 时 点钟",
    "百分点": "百分点 个百分点",
    "季度": "季度 个季度",
    "人": "人 名 位",
}
_SAME = (
    "欧元 日元 英镑 卢布 韩元 澳元 加元 瑞郎 卢比 海里 英里 光年 亩 公顷 吨 克 毫克 斤 桶 升 毫升 "
    "兆瓦 千瓦 瓦 分钟 个月 岁 世纪 年代 ‰ 倍 折 人次 分"
)
_CANONICAL = {word: unit for unit, words in _SPELLINGS.items() for word in words.split()}
_CANONICAL |= {word: word for word in _SAME.split()}
# A unit that is the head of another word is none: 元首, 分别, 位于, 日本, 年轻, 名单.
_HEADS = (
    "元首|元旦|分[别布会公之局行支]|位[于居列]|日[本报常前]|年[轻龄均]|名[单义为叫]|人[工均大民]|点[燃击赞]|"
    "号召|月[球亮]|度过|天[津气然]|倍受|周[边围]|升[至到高级温幅降值为]|度[登夺获当访入出]|两国|克[服里]|"
    "里[约程]|斤斤"
)
_UNIT = lazy_pattern(rf"(?!{_HEADS})({'|'.join(sorted(map(re.escape, _CANONICAL), key=len, reverse=True))})")
_SCALED = lazy_pattern(r"\s?(?:多|余|来|几)?((?:[十百万亿]|千(?![瓦米克卡帕伏赫])){0,2})(?:多|余)?\s?")
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
_JOINT = lazy_pattern(r"(?:[至到—–~～、和与比或\-−]|分别为){1,3}第?")
_CONTEXT = lazy_pattern(r"[^，。；：！？（）()\n\d]{0,14}")
_BEFORE = lazy_pattern(r"[^，。；：！？（）()\n\d]{0,10}\Z")
_CLASSIFIERS = tuple(
    "个项条件种类届次场轮批期级座所辆台架艘部处枚颗支队张份篇首幅本册集章只头匹株棵栋幢间套层道门股笔国省市家户例起款列班"
)
_ROUGH = lazy_pattern(
    r"([数几上成近过])([十百千万亿]{1,3})(?![一二三四五六七八九])|(?<![\d一二三四五六七八九.])([十百千万])[几余多]"
    rf"(?=[{HAN}])"
)
_WEEKDAY = lazy_pattern(
    r"(?<![\d一二三四五六七八九两几每])(?:周|星期|礼拜)([一二三四五六日天])(?![\d个次期时])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts.

    `values` has several where a scale may be shared (3至5万); `after` and `before` are the words
    around it, up to the next number or mark.
    """

    start: int
    end: int
    surface: str
    values: frozenset[str]
    unit: str = ""
    ordinal: bool = False
    negative: bool = False
    after: str = ""
    before: str = ""

    @property
    def classified(self) -> bool:
        """Whether a measure word follows the number: 个, 项, 枚."""
        return not self.unit and self.after.startswith(_CLASSIFIERS)

    @property
    def value(self) -> Decimal | None:
        """The value if it is one plain number."""
        first = next(iter(self.values))
        return Decimal(first) if len(self.values) == 1 and first[-1].isdigit() and "/" not in first else None


def quantities(text: str, *, every: bool = False) -> list[Quantity]:
    """The quantities in order; numbers in Latin words are none. `every` as in numbers.located."""
    found = [
        _read_quantity(text, mention.start, mention.end, mention.value)
        for mention in located(text, every=every)
        if not _in_latin(text, mention.start)
    ]
    for at in range(len(found) - 2, -1, -1):
        found[at] = _with_shared_unit(text, found[at], found[at + 1])
    for at in range(1, len(found)):
        if found[at - 1].ordinal and _JOINT.fullmatch(text, found[at - 1].end, found[at].start):
            found[at] = replace(found[at], ordinal=True)
    return found


def approximations(text: str) -> Iterator[tuple[str, Decimal]]:
    """The rough numbers (数十, 几百, 上千, 十余), as written, and their order of magnitude."""
    for match in _ROUGH.finditer(text):
        size = Decimal(1)
        for unit in match[2] or match[3]:
            size *= _SCALE[unit]
        yield match[0], size


def weekdays(text: str) -> Iterator[tuple[str, str]]:
    """The days of the week, as written, and 一 to 日."""
    for match in _WEEKDAY.finditer(text):
        yield match[0], match[1].replace("天", "日")


def _in_latin(text: str, start: int) -> bool:
    return bool(re.search(r"[A-Za-z][.\-]?\Z", text[max(0, start - 2) : start]))


def _read_quantity(text: str, start: int, end: int, value: str) -> Quantity:
    """The quantity whose number is text[start:end]."""
    scaled = _SCALED.match(text, end)
    at = end
    if scaled and scaled[1] and value[-1].isdigit() and "/" not in value:
        for unit in scaled[1]:
            value = format(Decimal(value) * _SCALE[unit], "f")
        value = value.rstrip("0").rstrip(".") if "." in value else value
    at = scaled.end() if scaled else end
    unit, stop = _read_unit(text, at, value)
    if unit == "成":
        value, unit = format((Decimal(value) * 10).normalize(), "f") + "%", "%"
    before = text[max(0, start - 12) : start]
    negative = before.endswith(("零下", "负"))
    after = _CONTEXT.match(text, at)
    context = _BEFORE.search(before)
    return Quantity(
        start=start,
        end=stop,
        surface=text[
            start : stop + (not unit and text[stop : stop + 1] in _CLASSIFIERS and stop < len(text))
        ],
        values=frozenset({value}),
        unit=unit,
        ordinal=before.endswith("第"),
        negative=negative,
        after=after[0] if after else "",
        before=context[0] if context else "",
    )


def _read_unit(text: str, at: int, value: str) -> tuple[str, int]:
    """The unit at text[at:] in its one spelling, and its end; "" and `at` if none is known."""
    if value[-1] in "%‰":
        return value[-1], at
    if (
        text.startswith("成", at)
        and not re.match("成[立为功员果本都就]", text[at : at + 2])
        and len(value) == 1
    ):
        return "成", at + 1
    match = _UNIT.match(text, at)
    if not match:
        return "", at
    unit = _CANONICAL[match[1]]
    if unit == "日" and text[max(0, at - 4) : at].startswith("连续"):
        unit = "天"
    return unit, match.end()


def _with_shared_unit(text: str, one: Quantity, following: Quantity) -> Quantity:
    """`one` with the unit, and perhaps the scale, of the next number in a range or list."""
    if one.unit or not _JOINT.fullmatch(text, one.end, following.start):
        return one
    scale = re.search(r"(?<=\d)[百千万亿]+", following.surface)
    values = one.values
    scaled = one.value
    if scale and scaled is not None and "比" not in text[one.end : following.start]:
        for unit in scale[0]:
            scaled *= _SCALE[unit]
        values = values | {format(scaled.normalize(), "f")}
    return replace(one, values=values, unit=following.unit, after=following.after)
