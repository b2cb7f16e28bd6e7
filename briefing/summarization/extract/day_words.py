"""Days that a report tells by its dateline: 今天 in a report of the 19th, printed on the 20th, is the
19th, and a briefing that leaves the dateline out must say so.

Replaced are 今天, 昨晚, 明日 and their like where they say when something happened; not in a quotation,
not where 今天 is the present age (今天的中国), and not where the paper's day is the dateline's, so that
the reader takes the word as it is meant.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...text.cut import balanced
from ...text.lazy_pattern import lazy_pattern
from ...text.newsroom import HOUR, NEWS, WIRE
from ...types import Article, Sentence

LOOKED_AT = 60
"""Characters at the beginning of a text in which its dateline stands."""
LEAP_YEAR = 2000
"""Taken where no year is known: the 29th of February is a day then, and what is next to it is not told."""
LEAP_DAYS = (2, 28), (2, 29), (3, 1)
RESERVED = 4
"""Characters that are kept free for what is longer than the word in its place."""
_DATELINE = lazy_pattern(
    rf"(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{HOUR}?\s*(?:{WIRE}|{NEWS})"
)
_WORD = lazy_pattern(
    r"(?<![当當每某近至])(?:(?P<shift>[今昨明])[天日](?P<part>晚(?![会會报報餐宴])|夜(?!间|間))?|(?P<eve>[今昨明])(?P<of>[晚夜晨早]))"
    r"(?![的之]|[（(]|[，,]?(?:我们|我們|人们|人們|人类|人類|中国|中國|世界)|[报報头頭]|(?<=今日)美|(?<=明日)方)"
)
_SHIFTS = {"昨": -1, "今": 0, "明": 1}


@dataclass(frozen=True, slots=True)
class DayWords:
    """The day of an article's dateline where it is another than the paper's, or none."""

    day: datetime.date | None

    @classmethod
    def of(cls, article: Article) -> DayWords:
        """By the dateline, which stands apart or at the beginning of the text."""
        for words in (article.dateline or "", article.text[:LOOKED_AT]):
            if found := _DATELINE.search(words):
                year = int(found["year"] or (article.date.year if article.date else LEAP_YEAR))
                try:
                    day = datetime.date(year, int(found["month"]), int(found["day"]))
                except ValueError:
                    return cls(None)
                return cls(None if day == article.date else day)
        return cls(None)

    def room(self, text: str, length: int) -> int:
        """What is left of `length` characters for sentences of the text that may grow."""
        if self.day is None:
            return length
        grown = sum(max(0, len(self._named(found)) - len(found[0])) for found in _WORD.finditer(text))
        return length - min(grown, RESERVED, length // 4)

    def told(self, text: str, length: int) -> str:
        """The text with days of the month for words like 今天, if that has at most `length`
        characters.
        """
        if self.day is None:
            return text
        named = _WORD.sub(
            lambda found: self._named(found) if balanced(text[: found.start()]) else found[0], text
        )
        return named if len(named) <= length else text

    def sentences(self, picked: Iterable[Sentence], length: int) -> tuple[Sentence, ...]:
        """The sentences, told so as far as at most `length` characters allow."""
        picked = tuple(picked)
        room = length - sum(len(sentence.text) for sentence in picked)
        found: list[Sentence] = []
        for sentence in picked:
            text = self.told(sentence.text, len(sentence.text) + max(0, room))
            room -= len(text) - len(sentence.text)
            found.append(replace(sentence, text=text))
        return tuple(found)

    def _named(self, found: re.Match[str]) -> str:
        dated = self.day or datetime.date.min
        shift = _SHIFTS[found["shift"] or found["eve"]]
        if shift and dated.year == LEAP_YEAR and (dated.month, dated.day) in LEAP_DAYS:
            return found[0]
        day = dated + datetime.timedelta(shift)
        month = "" if day.month == dated.month else f"{day.month}月"
        part = found["part"] or found["of"] or ""
        return f"{month}{day.day}日" + ("晚" if part == "夜" else part)
