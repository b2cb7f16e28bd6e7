"""The printed page of a web article, as its source line states it: 《云汀日报》（2026年11月19日 03版）.

Papers print such a line above or below the articles that they put on the web. Knows its forms.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import NUMERAL, date_of, page_number_of

LONGEST = 80
PRINTED = lazy_pattern(
    rf"(?:(?:文章|稿件)?(?:来源|來源|稿源|出处|原载|原載|摘自|刊于|刊載于)\s*[：:于於]?\s*)?[（(\[【]?\s*(?P<mark>《)?\s*(?P<paper>[{HAN}]{{2,14}}?)\s*》?"
    rf"\s*[（(，,]?\s*(?P<day>20\d{{2}}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}\s*日?)[）)]?[\s，,、]*"
    rf"[（(]?\s*(?P<page>第?\s*(?:[A-Z]{{0,2}}\d{{1,3}}|[{NUMERAL}]{{1,3}})\s*版)[^，。]{{0,12}}[）)\]】]?"
)
PAPER = lazy_pattern(r".*(?:报|報|周刊|参考|时评)")


@dataclass(frozen=True, slots=True)
class Printed:
    """The newspaper, the day and the number of a printed page."""

    paper: str
    day: datetime.date
    page_number: str


def printed_in(text: str) -> Printed | None:
    """The printed page that a line states and hardly anything else; None if it states none."""
    if len(text) > LONGEST or "版" not in text or not (found := PRINTED.fullmatch(text.strip())):
        return None
    day, number = date_of(found["day"]), page_number_of(found["page"])
    if day is None or number is None or not (found["mark"] or PAPER.fullmatch(found["paper"])):
        return None
    return Printed(found["paper"], day, number)


def printed_among(texts: Iterable[str]) -> Printed | None:
    """The printed page that one of the lines states, the first one."""
    return next((printed for text in texts if (printed := printed_in(text))), None)


__all__ = ["Printed", "printed_among", "printed_in"]
