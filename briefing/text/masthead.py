"""What a masthead or folio states: the paper's name, the date, the page number.

Reads the words only; does not know whether a line is a masthead.
"""

from __future__ import annotations

import datetime
import re

from .chars import HAN
from .lazy_pattern import lazy_pattern

NUMERAL = "〇零一二三四五六七八九十廿卅"
DATE = lazy_pattern(
    rf"(\d{{4}}|[{NUMERAL}○О]{{4}})\s*[年./\-．／－]\s*(\d{{1,2}}|[{NUMERAL}]{{1,3}})\s*[月./\-．／－]\s*(\d{{1,2}}|[{NUMERAL}]{{1,3}})\s*[日号]?"
)
CUT_YEAR = lazy_pattern(r"(?<=\d)[ \u3000](?=\d{1,3}\s?年)")
SET_APART = lazy_pattern(r"(?<!\S)(?:\S[ \u3000]{1,3}){3,40}\S(?!\S)")
"""Characters that a space each keeps apart, as mastheads are set: 2 0 2 6 年 1 1 月."""
PAPER = lazy_pattern(
    rf"[《]?([{HAN}]{{2,7}}?(?:日报|晚报|早报|时报|晨报|快报|商报|都市报|新报|周报|导报|青年报|午报|日報|晚報|時報|早報|晨報|新聞報|週報))[》]?"
)
PAGE_NUMBER = lazy_pattern(
    rf"第?\s*([A-Z]?\d{{1,3}}|[{NUMERAL}]{{1,3}})\s*[版叠]|(?<![A-Z\d])([A-D]\d{{1,2}})(?![A-Z\d])"
)


def chinese_number(number: str) -> int:
    """The number up to 99, or the year, that Arabic or Chinese numerals mean."""
    if number.isdigit():
        return int(number)
    number = number.replace("廿", "二十").replace("卅", "三十")
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "О": 0}
    if "十" in number:
        tens, _, ones = number.partition("十")
        return (digits.get(tens, 1) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)
    return int("".join(str(digits.get(c, 0)) for c in number))


def closed_up(text: str) -> str:
    """The text with characters that are set apart close together."""
    return SET_APART.sub(lambda found: found[0].replace(" ", "").replace("\u3000", ""), text)


def date_of(text: str) -> datetime.date | None:
    """The first calendar date in `text`, in Arabic or Chinese numerals.

    A year that recognition has cut in two (20 26年) is whole again, and so are numbers set apart.
    """
    for found in DATE.finditer(CUT_YEAR.sub("", closed_up(text))):
        try:
            return datetime.date(*(chinese_number(part) for part in found.groups()))
        except ValueError:
            continue
    return None


def paper_of(text: str) -> str | None:
    """The newspaper's name in a masthead line."""
    found = PAPER.search(closed_up(text))
    return found[1] if found else None


def page_number_of(text: str) -> str | None:
    """The page number as printed ("02", "A3"); Chinese numerals and full-width digits become Arabic ones."""
    found = PAGE_NUMBER.search(re.sub(r"(?:今日|本期|共)\s*\d+\s*版", "", closed_up(text)))
    if not found:
        return None
    number = "".join(str(int(c)) if c.isdecimal() else c for c in found[1] or found[2])
    return number if number.isascii() else str(chinese_number(number))
