"""Tells the line of a web page that states when and by whom an article was published: no deck and no text.

It has a day with a clock or a label, and hardly anything is left without them. A sentence that tells of
a day and an hour (望江桥2026年11月20日10:00正式通车) is the article's.
"""

from __future__ import annotations

from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import NUMERAL
from .web_credits import MEDIUM, TOOL
from .web_furniture import LABELS, SIMPLIFIED

FORMS = lazy_pattern(
    rf"(?P<zoned>20\d{{2}}-\d{{1,2}}-\d{{1,2}}T\d{{1,2}}:\d{{2}}\S{{0,16}})"
    rf"|(?P<full>(?<!\d)(?:(?:19|20)\d{{2}}|[{NUMERAL}○О]{{4}})\s?[年./\-]\s?(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})\s?[月./\-]\s?(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})(?!\d)\s?[日号]?)"
    r"|(?P<compact>(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
    r"|(?P<short>(?<![\d-])\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?![\d-]))"
    r"|(?P<slashed>(?<!\d)\d{1,2}/\d{1,2}/20\d{2}(?!\d))"
    r"|(?P<words>(?<![A-Za-z])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2},? 20\d{2})"
    rf"|(?P<month>(?<![\d{NUMERAL}])(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})月 ?\d{{1,2}}(?:st|nd|rd|th)?日?, ?20\d{{2}}(?!\d))"
    rf"|(?P<day>(?<!\d)\d{{1,2}} (?:\d{{1,2}}|[{NUMERAL}]{{1,3}})月,? 20\d{{2}}(?!\d))"
)
"""The last two are of blogs whose frame was translated: 十一月 6th, 2009 and 6 十一月 2009."""
HOUR = lazy_pattern(r"(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)")
_LABEL = rf"(?:{LABELS})[^，。\s：:]{{0,6}}\s?[：:]"
STATED = lazy_pattern(
    rf"{_LABEL}(?!\s*{_LABEL})\s*[^\s：:]{{0,16}}(?:[\s、]{{1,2}}[^\s：:]{{1,4}}(?=\s|$)){{0,4}}|{_LABEL}|北京时间"
)
"""A label with what it states: a name, or several apart; 字号：大 中 小."""
APART = lazy_pattern(
    rf"(?<!\S)(?:\S{{1,12}}{MEDIUM}|(?:星期|周)[一二三四五六日天]|{TOOL}{{1,12}}(?:[（(]\d+[）)])?)(?!\S)"
)
"""A paper's name, the weekday or a tool of the page, set apart by spaces."""
SENTENCE = lazy_pattern(r"[，。；！？!]")
LONGEST = 120
"""Longest line that states a time rather than a story."""
LEFT = 3
"""Most letters that are left of a stamp: a name without a label."""


def rest_of(text: str) -> str:
    """What a line says beside the day, the hour, the source and others with labels, and the page's tools."""
    if len(text) > LONGEST:
        return text
    words = HOUR.sub(" ", FORMS.sub(" ", text.translate(SIMPLIFIED)))
    return APART.sub("", STATED.sub(" ", words)).strip()


def is_stamp(text: str) -> bool:
    """Whether a line states the time of publication, or the day with the source, and nothing else."""
    if len(text) > LONGEST or SENTENCE.search(text) or not FORMS.search(text):
        return False
    stated = HOUR.search(text) or STATED.search(text.translate(SIMPLIFIED))
    return stated is not None and len(letters(rest_of(text))) <= LEFT


__all__ = ["FORMS", "is_stamp", "rest_of"]
