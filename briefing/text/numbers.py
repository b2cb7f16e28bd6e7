"""The numbers a Chinese text states, and their values, so that 3.5万 and 35000 are one.

    １００ = 100            full-width digits
    1,200 = 1200           grouping commas; a full-width ， never groups
    3.5万 = 35000          万, 亿, 千, 百 after digits; 1亿2000万 = 120000000
    十二 = 12              Chinese numerals; 二〇二四 = 2024 digit by digit; 两 = 2
    百分之三 = 3%          and 3％, 3 %; 三点五 = 3.5; 三分之一 = 1/3; 八成 = 80%

Knows no units, currencies or signs (零下5度 states 5). A single Chinese digit counts only after 第
or before a measure word, and 一 not even there: 一个 means “a”, not “one”. Approximations (几百,
数十) state no value. Values are strings, for sets and for reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from .lazy_pattern import lazy_pattern

_PLAIN = str.maketrans("０１２３４５６７８９％．‰", "0123456789%.‰")
_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
}
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_CN = "〇○零一二三四五六七八九两兩"
_MEASURE = "个名项条件人次年月日天届期批家位岁元吨米倍例死伤座所种类点度场轮艘架辆台部级"
_NOT_SHARE = "立为功员果长本都就品绩人年熟效语份分交群片型因"
_ARABIC = r"\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
# 千瓦, 千米 and the like are units: 5万千瓦 is 50000 of them.
_SCALES = "(?:[百万萬亿億]|千(?![瓦米克卡帕伏赫]))"
_NUMBER = lazy_pattern(
    rf"(?P<percent>百分之(?P<of_hundred>{_ARABIC}|[{_CN}十百]+(?:点[{_CN}]+)?))"
    rf"|(?P<part>(?P<below>[{_CN}十百]+)分之(?P<above>[{_CN}十百]+))"
    rf"|(?P<arabic>(?:{_ARABIC})(?:\s?[%‰]|(?:{_SCALES}{{1,3}}(?:(?:{_ARABIC})(?:十|{_SCALES}){{1,3}})*(?:(?<=[万萬亿億])\d+(?![\d.%]))?)?))"
    rf"|(?P<share>(?<![{_CN}十百])[一二三四五六七八九]成(?![{_NOT_SHARE}]))"
    rf"|(?P<chinese>[{_CN}十](?:[{_CN}十]|{_SCALES})*(?:点[{_CN}]+)?[万萬亿億]?)"
)
LONGEST = 60
"""Characters of a number; a longer run of digits is none, and its value could not be held."""
_PIECE = lazy_pattern(rf"{_ARABIC}|[{''.join(_UNIT)}]")


@dataclass(frozen=True, slots=True)
class Mention:
    """The number at [start, end) of a text: its wording, digits half-width, and its value."""

    start: int
    end: int
    surface: str
    value: str


def located(text: str, *, every: bool = False) -> Iterator[Mention]:
    """Each number stated, in order, with its place.

    `every` includes single Chinese digits that may be no number at all (统一, 一起): for a text
    that others are checked against.
    """
    text = text.translate(_PLAIN)
    for found in _NUMBER.finditer(text):
        surface = found[0]
        if len(surface) > LONGEST:
            continue
        if found["percent"]:
            value = _decimal_string(_numeral_value(found["of_hundred"])) + "%"
        elif found["part"]:
            above, below = (_decimal_string(_numeral_value(found[part])) for part in ("above", "below"))
            value = f"{above}/{below}"
        elif found["arabic"]:
            value = _arabic_value(surface)
        elif found["share"]:
            value = f"{_DIGIT[surface[0]] * 10}%"
        elif every or _is_number(text, found.start("chinese"), found.end("chinese")):
            value = _decimal_string(_numeral_value(surface))
        else:
            continue
        yield Mention(found.start(), found.end(), surface, value)


def mentions(text: str, *, every: bool = False) -> Iterator[tuple[str, str]]:
    """Each number as worded (digits half-width), and its value; `every` as for `located`."""
    for mention in located(text, every=every):
        yield mention.surface, mention.value


def numbers(text: str, *, every: bool = False) -> frozenset[str]:
    """The values of the numbers that `text` states; `every` as for `mentions`."""
    return frozenset(value for _, value in mentions(text, every=every))


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether the Chinese numeral text[start:end] is a number, not a part of a word."""
    if text[start - 1 : start] in ("几", "数", "幾", "數") and start:
        return False
    if end - start > 1:
        return True
    if start and text[start - 1] == "第":
        return True
    return text[start] not in "一零〇○" and text[end : end + 1] != "" and text[end] in _MEASURE


def _arabic_value(surface: str) -> str:
    digits = surface.rstrip("%‰ ")
    if digits != surface:
        return _decimal_string(Decimal(digits.replace(",", ""))) + surface[-1]
    with localcontext() as context:
        context.prec = max(28, len(surface) + 24)
        return _decimal_string(_positional_value(_PIECE.findall(surface)))


def _numeral_value(numeral: str) -> Decimal:
    """The value of a Chinese numeral, or of plain Arabic digits."""
    if numeral[0].isascii():
        return Decimal(numeral.replace(",", ""))
    scale = Decimal(1)
    if "点" in numeral and numeral[-1] in "万萬亿億":
        scale, numeral = Decimal(_UNIT[numeral[-1]]), numeral[:-1]
    integer, _, fraction = numeral.partition("点")
    value = _integer_value(integer)
    if fraction:
        value += Decimal("0." + "".join(str(_DIGIT[char]) for char in fraction))
    return value * scale


def _integer_value(numeral: str) -> Decimal:
    if not any(char in _UNIT for char in numeral):
        return Decimal("".join(str(_DIGIT[char]) for char in numeral))
    return _positional_value(numeral)


def _positional_value(pieces: Iterable[str]) -> Decimal:
    """The value of digits and units in a row: 万 and 亿 multiply all before them, 十 百 千 one."""
    total = section = digit = Decimal(0)
    for piece in pieces:
        unit = _UNIT.get(piece)
        if unit is None:
            digit = Decimal(_DIGIT[piece]) if piece in _DIGIT else Decimal(piece.replace(",", ""))
        elif unit < 10_000:
            section, digit = section + (digit or 1) * unit, Decimal(0)
        elif unit == 10_000:
            total, section, digit = total + (section + digit) * unit, Decimal(0), Decimal(0)
        else:
            total, section, digit = (total + section + digit) * unit, Decimal(0), Decimal(0)
    return total + section + digit


def _decimal_string(value: Decimal) -> str:
    with localcontext() as context:
        context.prec = max(28, len(value.as_tuple().digits) + 30)
        digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
