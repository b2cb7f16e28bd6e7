"""Numbers of a list in front of its headlines (一、二、三、 or 1. 2. 3.), which are no part of them.

A number is one of a list if the headlines of consecutive articles count from one; a headline of its
own that begins with a number keeps it. Knows the articles of one page under construction.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..types import Role, Span
from .article_builder import ArticleBuilder
from .lines import TextLine, strip_ends, subtract_ranges

NUMERALS = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
NUMBER = lazy_pattern(
    rf"(?:(?P<open>[（(])?(?P<han>[{NUMERALS}]{{1,3}})(?:(?(open)[）)]|[、.．])|\s)"
    rf"|(?P<bracket>[（(])?(?P<digits>\d{{1,2}})(?:(?(bracket)[）)]|[、.．)）](?!\d)))|(?P<circle>[{CIRCLED}]))\s*(?=[{HAN}A-Za-z0-9“《「『\"])"
)
FEWEST = 2
"""Fewest headlines of a list."""


def _value(words: str) -> int:
    """The number that Chinese numerals up to 99 mean."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return NUMERALS.index(words) + 1 if len(words) == 1 else 0
    return 10 * (NUMERALS.index(tens[0]) + 1 if tens else 1) + (NUMERALS.index(ones[0]) + 1 if ones else 0)


def number_of(text: str) -> tuple[str, int, int]:
    """The form of the number in front of a text, its value and its length; 0 if there is none."""
    found = NUMBER.match(text)
    if not found:
        return "", 0, 0
    if found["han"]:
        return f"han{found['open'] or ''}", _value(found["han"]), found.end()
    if found["circle"]:
        return "circle", CIRCLED.index(found["circle"]) + 1, found.end()
    return f"digits{found['bracket'] or ''}", int(found["digits"]), found.end()


def counts_on(text: str, before: str) -> bool:
    """Whether a text has the number after that of another, in the same form."""
    form, value, _ = number_of(text)
    return value > 1 and (form, value - 1) == number_of(before)[:2]


def drop_list_numbers(page: str, builders: Sequence[ArticleBuilder]) -> None:
    """Takes the numbers off the headlines of lists."""
    run: list[tuple[ArticleBuilder, int]] = []
    form = ""
    for builder in [*builders, None]:
        titles = builder.titles.get(Role.HEADLINE) if builder else None
        kind, value, size = number_of(titles[0].lines[0].text if titles else "")
        if builder and kind and kind == form and value == len(run) + 1:
            run.append((builder, size))
            continue
        if len(run) >= FEWEST:
            for one, length in run:
                _drop(page, one, length)
        run, form = ([(builder, size)], kind) if builder and value == 1 else ([], "")


def _drop(page: str, builder: ArticleBuilder, size: int) -> None:
    """Takes `size` characters off the front of an article's headline."""
    line: TextLine = builder.titles[Role.HEADLINE][0].lines[0]
    before = list(line.pieces)
    strip_ends(page, line, size, 0)
    gone = [cut for start, end in before for cut in subtract_ranges(start, end, line.pieces)]
    builder.spans = [
        Span(start=a, end=b, role=span.role)
        for span in builder.spans
        for a, b in subtract_ranges(span.start, span.end, gone)
    ]


__all__ = ["counts_on", "drop_list_numbers"]
