"""The numbers that a text states, by value: １００ is 100, 百分之三 is 3%, 十二 is 12, 3.5万 is 35000, 1,200 is 1200.

Values are exact decimals in plain notation; a percentage keeps its sign. Chinese numerals of one character count only
before a measure word or after 第, since 一 is far more often a word than a number.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0, "兩": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHINESE = r"[〇○零一二两兩三四五六七八九十百千]"
MEASURE = "个個名项項条條件人次年月日号號天届屆期批位家种種场場座台辆艘架岁歲倍级級层層句篇部套份元米吨亩度分秒时小"
NUMBER = re.compile(
    rf"(?P<cp>百分之)(?P<cpn>{CHINESE}+(?:点{CHINESE}+)?|\d+(?:\.\d+)?)"
    r"|(?P<arabic>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[百千]?[万萬亿億]{0,2})(?P<pct>%|‰)?"
    rf"|(?P<chinese>{CHINESE}{{2,}}(?:点{CHINESE}+)?|(?<=第){CHINESE}|{CHINESE}(?=[{MEASURE}万萬亿億]))(?P<cunit>[万萬亿億]{{0,2}})"
)


def _chinese(text: str) -> Decimal:
    whole, _, part = text.partition("点")
    if any(c in UNITS for c in whole):
        total, digit = 0, 0
        for c in whole:
            if c in UNITS:
                total, digit = total + (digit or 1) * UNITS[c], 0
            else:
                digit = DIGITS[c]
        value = Decimal(total + digit)
    else:
        value = Decimal("".join(str(DIGITS[c]) for c in whole) or "0")
    return value + Decimal("0." + "".join(str(DIGITS.get(c, 0)) for c in part)) if part else value


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def numbers(text: str) -> set[str]:
    """The values stated in `text`, as plain decimals ("35000", "3%")."""
    found: set[str] = set()
    for match in NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        if match["cp"]:
            words = match["cpn"]
            found.add(_plain(Decimal(words) if words[0].isdigit() else _chinese(words)) + "%")
            continue
        scale = 1
        for c in match["unit"] or match["cunit"] or "":
            scale *= UNITS.get(c) or LARGE.get(c, 1)
        value = Decimal(match["arabic"].replace(",", "")) if match["arabic"] else _chinese(match["chinese"])
        found.add(_plain(value * scale) + (match["pct"] or ""))
    return found
