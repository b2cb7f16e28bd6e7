"""Finds the headings that are headlines: the level whose headings are followed by text.

Headings of sections or of the whole document are followed by other headings, headlines by text.
Knows ranks and lengths, and the words in a collection's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import DATE, PAPER, date_of
from ..types import Role

OWN_TEXT = 30
"""Fewest characters below a headline; a date line or a byline has fewer."""
SECTION_NAME = 5
"""Longest name of a section, in characters."""
CONTENTS = lazy_pattern(
    r"目\s*录|目次|要目|导读|本期(?:目录|要目|导读)|今日(?:导读|要目)|版面目录|(?i:contents)"
)
LONGEST_FRONT = 44
ABOVE = 90
"""Most characters beside labelled articles; more is a text of another kind."""
NUMBERED = lazy_pattern(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)）]\s*|第[一二三四五六七八九十\d]{1,3}[章节部分]"
)
COLLECTION = lazy_pattern(
    r"汇总|匯總|合集|汇编|选编|摘编|摘报|剪报|稿件|简报|简讯|一览|日报|晚报|早报|晨报|周报|周刊|快报|舆情|目录|清单|电子报|"
    r"第?\s*\d+\s*期|要闻|新闻(?:汇总|速览|早餐|联播)|\d{4}\s*年|\d{4}-\d"
)
WEEKDAY = lazy_pattern(
    r"星期[一二三四五六日天]|周[一二三四五六日]|农历\S{0,10}|来源[：:]\S{0,12}|第?\s*[A-Z]?\d{1,3}\s*[版期]|\d{1,2}[:：]\d{2}(?::\d{2})?"
)


def headline_rank(entries: Sequence[tuple[int, int]]) -> int:
    """The rank of the headlines, from the (rank, characters) of a document's lines; 0 without
    headings.

    Rank 1 is the highest, 0 is text. It is the highest rank of which at least half the headings
    have text of their own; if there is none, the rank that most often has some.
    """
    own: dict[int, list[int]] = {}
    names: dict[int, list[int]] = {}
    for rank, size in entries:
        if rank:
            own.setdefault(rank, []).append(0)
            names.setdefault(rank, []).append(size)
            last = own[rank]
        elif own:
            last[-1] += size
    if not own:
        return 0
    for rank, below in zip(sorted(own), [*sorted(own)[1:], 0], strict=True):
        if len(own[rank]) == len(own.get(below, ())) > 1 and min(names[rank]) > SECTION_NAME:
            return rank  # each is followed by one: a deck
        if 2 * sum(size >= OWN_TEXT for size in own[rank]) >= len(own[rank]):
            return rank
    return min(own, key=lambda rank: (-sum(size > 0 for size in own[rank]), rank))


def is_subhead(text: str) -> bool:
    """Whether a heading is numbered like the parts of one article (一、…)."""
    return bool(NUMBERED.match(text.strip()[:20]))


def is_collection_name(text: str) -> bool:
    """Whether a title may name a collection of articles rather than one (东湖晚报稿件汇总)."""
    return len(text) <= 2 * LONGEST_FRONT and bool(COLLECTION.search(text))


def is_contents_name(text: str) -> bool:
    """Whether a heading is the title of a table of contents."""
    return bool(CONTENTS.fullmatch(text.strip()[:20]))


def is_front_line(text: str) -> bool:
    """Whether a short line contains a date or a newspaper's name and hardly anything else."""
    if (
        len(text) > LONGEST_FRONT
        or text.rstrip().endswith("。")
        or not (date_of(text) or PAPER.fullmatch(text.strip()))
    ):
        return False
    rest = WEEKDAY.sub("", PAPER.sub("", DATE.sub("", text)))
    return len(letters(rest)) <= 8


def front_role(text: str) -> Role:
    """The role of a line above labelled articles: a masthead, or a notice."""
    return Role.MASTHEAD if is_front_line(text) else Role.NOTICE


def is_little(texts: Sequence[str]) -> bool:
    """Whether lines beside labelled articles may be left beside them: few characters and no sentence."""
    return sum(map(len, texts)) <= ABOVE and not any("。" in text for text in texts)


__all__ = [
    "front_role",
    "headline_rank",
    "is_collection_name",
    "is_contents_name",
    "is_front_line",
    "is_little",
    "is_subhead",
]
