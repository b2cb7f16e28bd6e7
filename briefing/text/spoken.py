"""Chinese text as it is read aloud: figures, dates, percent, units and signs in words; no brackets.

    2026年11月20日   二〇二六年十一月二十日        3.5%     百分之三点五
    1,200元          一千二百元                    −8℃      零下八摄氏度
    3.5万            三点五万                      5—8月    五至八月
    88比83           八十八比八十三                 G15      G一五

Knows how a number is said, not what it means; a telephone number is read as a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .lazy_pattern import lazy_pattern

DIGITS = "〇一二三四五六七八九"
SMALL = ("", "十", "百", "千")
LARGE = ("", "万", "亿", "万亿")
UNITS = {
    "km²": "平方公里", "km2": "平方公里", "㎡": "平方米", "m²": "平方米", "m2": "平方米", "m³": "立方米",
    "km/h": "公里每小时", "km": "公里", "cm": "厘米", "mm": "毫米", "kg": "公斤", "mg": "毫克",
    "kWh": "千瓦时", "kW": "千瓦", "MW": "兆瓦",
    "GW": "吉瓦", "℃": "摄氏度", "°C": "摄氏度", "GB": "吉字节", "TB": "太字节",
    "MB": "兆字节", "m": "米", "t": "吨",
}  # fmt: skip
"""Longer ones first among those that begin alike."""
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = "|".join(map(re.escape, UNITS))
_WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_BRACKETS = lazy_pattern(r"[（(][^（）()]{0,200}[）)]|[【〔\[][^【】〔〕\[\]]{0,40}[】〕\]]")
_QUOTES = str.maketrans("", "", "“”‘’「」『』《》〈〉\"'【】〔〕（）()[]#*_`|")
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (lazy_pattern(r"(\d{4})(?:-|/)(\d{1,2})(?:-|/)(\d{1,2})(?!\d)"), lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日"),
    (lazy_pattern(r"(?<=第)0+(?=\d)"), lambda m: ""),
    (lazy_pattern(r"(?<=\d)\s?[—–~～]{1,2}\s?(?=\d)|(?<=[日月年%〇一二三四五六七八九])\s?[—–~～]{1,2}\s?(?=\d)"), lambda m: "至"),
    (lazy_pattern(r"(?<![\d.,])((?:1[89]|2[01])\d\d)(?=\s?(?:年(?!来|间|多|以)|[—–~～至到-]\s?\d{4}年))"), lambda m: by_digit(m[1])),
    (lazy_pattern(r"(?<![\d:：])(\d{1,2})[:：]([0-5]\d)(?![\d:：])"), lambda m: clock(m[1], m[2])),
    (lazy_pattern(r"(?<=\d)-(?=\d+(?:\.\d+)?(?:[年月日时点个人元岁米℃%万亿]))"), lambda m: "至"),
    (lazy_pattern(r"((?:比分|以)\s?\d{1,3})[-:：](?=\d{1,3}(?!\d))"), lambda m: m[1] + "比"),
    (lazy_pattern(r"(?<=\d)-(?=\d)"), lambda m: "杠"),
    (lazy_pattern(rf"(?<![A-Za-z0-9.])[-−－](?={_NUMBER}\s?(?:℃|°C|度|摄氏度))"), lambda m: "零下"),
    (lazy_pattern(rf"(?<![A-Za-z0-9.])[-−－](?={_NUMBER})"), lambda m: "负"),
    (lazy_pattern(rf"({_NUMBER})\s?%"), lambda m: "百分之" + number(m[1])),
    (lazy_pattern(rf"({_NUMBER})\s?‰"), lambda m: "千分之" + number(m[1])),
    (lazy_pattern(rf"({_NUMBER})\s?({_UNIT})(?![A-Za-z0-9])"), lambda m: number(m[1]) + UNITS[m[2]]),
    (lazy_pattern(r"(?<=[A-Za-z])-?(\d+)(?![\d.,])"), lambda m: by_digit(m[1])),
    (lazy_pattern(r"(?<![A-Za-z\d.,])2(?=个|位|名|条|家|次|天|倍|座|项|人(?!民))"), lambda m: "两" ),
    (lazy_pattern(_NUMBER), lambda m: number(m[0])),
)  # fmt: skip


def spoken(text: str) -> str:
    """The text as it is said, on one line, with no bracket, quotation mark or digit left."""
    text = _BRACKETS.sub("", " ".join(text.translate(_WIDE).split()))
    for pattern, word in _RULES:
        text = pattern.sub(word, text)
    text = text.translate(_QUOTES).replace("&", "和").replace("+", "加").replace("——", "，")
    text = re.sub(r"[·•]", "", re.sub(r"(?<=[一-鿿〇]) (?=[一-鿿〇])", "，", text))
    return re.sub(r"[，、；：]+([。！？])", r"\1", re.sub(r"([，。；：、！？])\1+", r"\1", text)).strip(
        "，、 "
    )


def number(digits: str) -> str:
    """A number in words: 1,200 一千二百, 3.05 三点〇五; of more than 16 digits, or with a zero in
    front, digit by digit.
    """
    whole, _, part = digits.replace(",", "").partition(".")
    said = by_digit(whole) if len(whole) > 16 or (whole[0] == "0" and len(whole) > 1) else _whole(whole)
    return said.replace("〇", "零") + ("点" + by_digit(part).replace("〇", "零") if part else "")


def by_digit(digits: str) -> str:
    """Each digit for itself: 2026 is 二〇二六."""
    return "".join(DIGITS[int(one)] for one in digits)


def clock(hours: str, minutes: str) -> str:
    """A time of the day: 6:40 六点四十分, 8:05 八点零五分, 9:00 九点."""
    if minutes == "00":
        return f"{number(str(int(hours)))}点"
    zero = "零" if minutes[0] == "0" else ""
    return f"{number(str(int(hours)))}点{zero}{number(str(int(minutes)))}分"


def _whole(digits: str) -> str:
    """A whole number of up to 16 digits."""
    if not digits.strip("0"):
        return "零"
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)]
    said = ""
    for place in reversed(range(len(groups))):
        value = int(groups[place])
        if value and said and value < 1000 and not said.endswith("零"):
            said += "零"
        said += _group(value) + LARGE[place] if value else ""
    return said[1:] if said.startswith("一十") else said


def _group(value: int) -> str:
    """A number below 10,000: 1,005 一千零五."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + SMALL[place]
        gap = not digit
    return said


__all__ = ["by_digit", "clock", "number", "spoken"]
