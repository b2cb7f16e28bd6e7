"""Numbers of a list in front of its headlines (一、二、三、 or 1. 2. 3.), which are no part of them.

A number is one of a list if the headlines of consecutive articles count from one; a headline of its
own that begins with a number keeps it. Knows the articles of one page under construction.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text.list_numbers import number_of
from ..text.ranges import subtract_ranges
from ..types import Role, Span
from .article_builder import ArticleBuilder
from .lines import TextLine, strip_ends

FEWEST = 2
"""Fewest headlines of a list."""


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


__all__ = ["drop_list_numbers"]
