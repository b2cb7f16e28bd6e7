"""Finds the lines of the article among the lines of a web page.

The element of the article is found by `web_weights`; inside it furniture is cut, by the words in
`web_furniture`. Knows lines and their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from .web_captions import is_caption, is_short_after_picture
from .web_furniture import Furniture, furniture_of, is_call, is_info
from .web_lines import LINKED, Line
from .web_places import (
    ALONE,
    GOES_ON,
    STOPS,
    Shape,
    after_headline,
    before_rule,
    continues,
    home_of,
    is_row_of_links,
    is_title_elsewhere,
    prose_of,
    shape,
    without_labels,
)
from .web_print import printed_in
from .web_roles import Body, body_of, shows_title
from .web_tail import SIGNATURE, without_site_tail
from .web_title import LONGEST, repeated
from .web_weights import Weights

DEEP_TABLE = 6
"""Elements between a row of data and the article's own."""
TELLS, MORE = 0.5, 1.5
"""Share of a headline that its article repeats, and how much more of it than another text does."""
FACTS = lazy_pattern(
    r"索\s*引\s*号|文\s*号|主题分类|(?:发布|发文|成文|生成|公开)(?:机构|机关|单位|日期|时间|方式)|信息来源"
)
"""The rows in which an office states a notice's number and origin."""
LABEL = lazy_pattern(r"[：:]\s*\S")


def find_body(root: Any, lines: Sequence[Line], titles: Sequence[str]) -> Body:
    """The article's lines; `titles` are what the page's head calls it, without the site's name."""
    wanted = [key for title in titles if len(key := letters(title)) >= 2]
    kinds = [_kind(line) for line in lines]
    titled = [index for index, line in enumerate(lines) if shows_title(line, wanted)]
    above_title: set[Any] = set()
    if titled:
        block = lines[titled[0]].block
        above_title = {block, *block.iterancestors()}
    weights = Weights(root, lines, kinds)
    left_out = weights.site_elements(above_title)
    weights.leave_out(left_out)
    container = weights.article_element(left_out)
    if container is None:
        return Body()
    held = set(container.iter())
    of_site = {index for index, line in enumerate(lines) if line.block in left_out}
    apart = {index for index in of_site if kinds[index] is Furniture.READING}
    inside = [
        index
        for index, line in enumerate(lines)
        if line.block in held and (index in apart or index not in of_site)
    ]
    chosen = _trimmed(lines, kinds, inside, titled, apart)
    chosen = _under_headline(lines, kinds, chosen, titled, left_out) or chosen
    chosen = _with_lead(lines, kinds, chosen, titled, left_out)
    return body_of(lines, without_site_tail(lines, chosen, titles), wanted)


def _kind(line: Line) -> Furniture | None:
    """What a line is if it belongs to the site; a row of data does not, the printed page's name does."""
    if line.row:
        return None
    return Furniture.LINE if printed_in(line.text) else furniture_of(line.text)


def _trimmed(
    lines: Sequence[Line],
    kinds: Sequence[Furniture | None],
    inside: Sequence[int],
    titled: Sequence[int],
    apart: set[int] | frozenset[int] = frozenset(),
) -> list[int]:
    """The indexes of the article's lines in its element: after the headline, up to furniture.

    `apart`: headings of lists of other articles whose elements say so.
    """
    inside = after_headline(lines, kinds, inside, titled)
    titles = {lines[index].key for index in titled}
    first = [line.key for line in lines if line.tag == "h1"]
    headings = {key for key in first if 8 <= len(key) <= LONGEST}
    own = [
        index
        for index in inside
        if kinds[index] is None
        and not is_info(lines[index].text)
        and lines[index].key not in titles
        and ((lines[index].tag == "h1" and len(first) > 1) or lines[index].key not in headings)
    ]
    told = [index for index in own if lines[index].prose and not lines[index].row]
    begin = next((index for index in told if not is_caption(lines[index])), next(iter(told), None))
    if begin is None:
        return []
    kept = [i for i in inside if i >= begin or (i in own and _opens(lines[i], lines[begin]))]
    kept = before_rule(lines, without_labels(lines, kinds, kept))
    return _without_tail(lines, _before_furniture(lines, kinds, kept, titles, apart))


def _before_furniture(
    lines: Sequence[Line],
    kinds: Sequence[Furniture | None],
    inside: Sequence[int],
    titles: set[str],
    apart: set[int] | frozenset[int],
) -> list[int]:
    """The lines without furniture, up to that after which nothing follows."""
    total, home = prose_of(lines, kinds, inside), home_of(lines, kinds, inside)
    shapes: set[Shape] = set()
    chosen: list[int] = []
    told = 0
    stopped: Furniture | None = None
    enough = GOES_ON
    for index in inside:
        line, kind = lines[index], kinds[index]
        if stopped is not None:
            goes_on = kind is None and continues(line, home, shapes, enough)
            if not (stopped is Furniture.READING and goes_on):
                continue
            stopped = None
        if kind is Furniture.CREDIT and any(len(key) >= 8 and key in line.key for key in titles):
            kind = Furniture.READING  # a notice that a script put among the paragraphs
        if told and (kind or (is_title_elsewhere(line, home, shapes) and Furniture.READING)):
            stopped, enough = _stop(kind, told, total), 1 if index in apart else GOES_ON
        elif kind is None and _tells(line) and (told or not (is_info(line.text) or line.key in titles)):
            chosen.append(index)
            told += line.prose
            shapes |= {shape(line)} if line.prose else set()
    return chosen


def _stop(kind: Furniture | None, told: int, total: int) -> Furniture | None:
    """What stops the article at a line of furniture after some text; None if it only interrupts."""
    if kind in (None, Furniture.READING):
        return Furniture.READING
    if kind is Furniture.END:
        return kind if told >= GOES_ON else None
    if kind is not Furniture.CREDIT:
        return None
    if 3 * told >= total:
        return kind
    return Furniture.READING if told >= ALONE else None


def _tells(line: Line) -> bool:
    """Whether a line is more than a link to elsewhere."""
    if line.row or is_row_of_links(line):
        return line.row
    return line.linked <= LINKED or line.prose > 0 or (len(line.text) >= 40 and "。" in line.text)


def _opens(line: Line, first: Line) -> bool:
    """Whether a line without a stop before the first paragraph belongs to the article."""
    if is_caption(line) or is_short_after_picture(line):
        return True
    if line.row:
        return _is_beside(line, first) and not FACTS.search(line.text)
    if line.linked >= LINKED or shape(line) != shape(first):
        return False
    return line.block is first.block or (
        line.block.getparent() is first.block.getparent() and (len(line.key) >= 4 or "，" in line.text)
    )


def _is_beside(row: Line, line: Line) -> bool:
    """Whether a row's table stands in the element of a line of text, or in that around it."""
    if line.row:
        return True
    near = list(islice(line.block.iterancestors(), 1)) if line.block is not None else []
    return any(element in near for element in islice(row.block.iterancestors(), DEEP_TABLE))


def _without_tail(lines: Sequence[Line], chosen: list[int]) -> list[int]:
    """Without the lines after the last paragraph that are neither like it nor a signature."""
    told = [k for k, index in enumerate(chosen) if lines[index].prose and not is_caption(lines[index])]
    last = max(told, default=-1)
    if last < 0:
        return chosen
    end = lines[chosen[last]]
    kept = chosen[: last + 1]
    for index in chosen[last + 1 :]:
        line = lines[index]
        if not (line.key or line.row) or (is_info(line.text) and LABEL.search(line.text)):
            continue
        same = line.block is end.block or (
            line.tag == end.tag and line.block is not None and line.block.getparent() is end.block.getparent()
        )
        same = same or (line.row and _is_beside(line, end))
        pictured = is_caption(line) or is_short_after_picture(line)
        if not (same or pictured or SIGNATURE.fullmatch(line.text)):
            break
        kept.append(index)
    while len(kept) > 1 and _heads_links(lines, kept[-1]):
        kept.pop()
    return kept


def _heads_links(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a heading, and what stands under it in its element is a link or a call."""
    line = lines[index]
    if line.prose or line.row or line.block is None or index + 1 >= len(lines):
        return False
    under = lines[index + 1]
    if under.block is None or under.block.getparent() is not line.block.getparent():
        return False
    return (line.bold > 0.9 and under.linked > LINKED) or is_call(under.text)


def _under_headline(
    lines: Sequence[Line],
    kinds: Sequence[Furniture | None],
    chosen: Sequence[int],
    titled: Sequence[int],
    left_out: set[Any],
) -> list[int]:
    """The lines right under the headline, if they tell of it and what was chosen does not: a short
    article above a long list of others. Empty if they are not.
    """
    start = min((index for index in titled if chosen and index < chosen[0]), default=None)
    if start is None:
        return []
    between = [index for index in range(start + 1, chosen[0]) if lines[index].block not in left_out]
    under = _trimmed(lines, kinds, between, titled)
    stopped = any(kinds[index] in STOPS for index in between if under and index > under[-1])
    if not stopped or prose_of(lines, kinds, under) < ALONE:
        return []
    own, other = (repeated(lines[start].text, _joined(lines, these)) for these in (under, chosen))
    return under if own >= max(TELLS, MORE * other) else []


def _joined(lines: Sequence[Line], indexes: Sequence[int]) -> str:
    return "\n".join(lines[index].text for index in indexes)


def _with_lead(
    lines: Sequence[Line],
    kinds: Sequence[Furniture | None],
    chosen: list[int],
    titled: Sequence[int],
    left_out: set[Any],
) -> list[int]:
    """With the paragraphs between the headline and the article's element: a lead set apart."""
    if not chosen:
        return chosen
    start = max((index for index in titled if index < chosen[0]), default=None)
    if start is None or chosen[0] - start > 40:
        return chosen
    lead = [
        index
        for index in range(start + 1, chosen[0])
        if kinds[index] is None
        and lines[index].prose >= GOES_ON
        and lines[index].linked < 0.3
        and not is_info(lines[index].text)
        and lines[index].block not in left_out
    ]
    return lead + chosen


__all__ = ["find_body"]
