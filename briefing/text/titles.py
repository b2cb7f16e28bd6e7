"""Which of two title lines stands alone: the one with subject and verb, not one that needs a kicker.

Knows the words with which headlines lean on the line above them; knows nothing of pages.
"""

from __future__ import annotations

from .lazy_pattern import lazy_pattern
from .words import is_place, words

_LEANS = lazy_pattern(
    r"首批|其中|数量|总量|总数|规模|金额|比例|增幅|产量|亩产|单价|价格|均价|面积|最[高低多快大]|一个|将[于在]|已[于有]|拟|仍|再次|继续"
)
_COUNTS = lazy_pattern(r"\d[\d,.万亿]*[余多]?[个家件名座条项部人位户幅场套辆]")
_SPEAKER = lazy_pattern(r"\w{1,8}(?:部门|局|委|部|厅|办|署|院|方)：")
SHORTEST = 8
"""Characters of the shortest line that may tell the news by itself."""
_CONTENT = ("n", "j", "z", "l", "i")
"""Tags of words that may be a subject."""


def leans(line: str) -> bool:
    """Whether a line begins with a measure or a number of some group that another line names."""
    return bool(_LEANS.match(line))


def stands_alone(line: str) -> bool:
    """Whether a line has a subject and, after it, a verb."""
    if len(line) < SHORTEST or leans(line) or _COUNTS.match(line):
        return False
    subject, adverb = False, False
    for word in words(line):
        if subject and (word.tag == "v" or (adverb and word.tag == "vn")):  # 不断优化
            return True
        subject, adverb = subject or word.tag.startswith(_CONTENT), word.tag in ("d", "ad")
    return False


def first_is_headline(first: str, second: str, text: str) -> bool:
    """Whether the first of two title lines of a `text` is the headline, though the second stands
    where headlines do.

    So it is if the second leans on it; if it tells what offices do, as in 两部门：严查…; or if the
    two are headlines of two places, and the text begins with the first.
    """
    if leans(second) or _COUNTS.match(second):
        return stands_alone(first)
    speaker = _SPEAKER.match(first)
    if speaker and len(first) - speaker.end() >= SHORTEST:
        return not _begins_with_place(second)
    one, other = places_of(first, second)
    return bool(one and other) and one in text and text.index(one) < text.find(other)


def places_of(first: str, second: str) -> tuple[str, str]:
    """The two places that two title lines begin with; empty if they do not begin with different ones."""
    one, other = _begins_with_place(first), _begins_with_place(second)
    return (one, other) if one and other and one != other else ("", "")


def _begins_with_place(line: str) -> str:
    """The place that a line begins with; empty if it begins with none."""
    for word in words(line)[:1]:
        if is_place(word) or (word.tag == "ns" and len(word.text) > 1):
            return word.text
    return ""
