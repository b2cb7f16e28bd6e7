"""The number of a list in front of a headline: 一、 （二） 3. ④.

Reads one text at a time; whether a number is one of a list is told by those of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from .chars import HAN
from .lazy_pattern import lazy_pattern
from .masthead import chinese_number

NUMERALS = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
NUMBER = lazy_pattern(
    rf"(?:(?P<open>[（(])?(?P<han>[{NUMERALS}]{{1,3}})(?:(?(open)[）)]|[、.．](?![{NUMERALS}]))|\s)"
    rf"|(?P<bracket>[（(])?(?P<digits>\d{{1,2}})(?:(?(bracket)[）)]|[、.．)）](?!\d)))|(?P<circle>[{CIRCLED}]))\s*(?=[{HAN}A-Za-z0-9“《「『\"])"
)


def number_of(text: str) -> tuple[str, int, int]:
    """The form of the number in front of a text, its value and its length; 0 if there is none."""
    found = NUMBER.match(text)
    if not found:
        return "", 0, 0
    if found["han"]:
        return f"han{found['open'] or ''}", chinese_number(found["han"]), found.end()
    if found["circle"]:
        return "circle", CIRCLED.index(found["circle"]) + 1, found.end()
    return f"digits{found['bracket'] or ''}", int(found["digits"]), found.end()


def counts_on(text: str, before: str) -> bool:
    """Whether a text has the number after that of another, in the same form."""
    form, value, _ = number_of(text)
    return value > 1 and (form, value - 1) == number_of(before)[:2]


def count_up(texts: Sequence[str]) -> bool:
    """Whether all of several texts are numbered from one on, in one form."""
    numbers = [number_of(text) for text in texts]
    form = numbers[0][0] if numbers else ""
    return (
        bool(form)
        and len(texts) > 1
        and all((kind, value) == (form, at) for at, (kind, value, _) in enumerate(numbers, 1))
    )


__all__ = ["count_up", "counts_on", "number_of"]
