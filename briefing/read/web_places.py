"""Tells by their places in the tree which lines of a web page belong together.

Paragraphs of an article stand in one element, or in elements of one shape; titles of other stories
and their summaries in others. Knows elements, tags and classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, TypeAlias

from ..text.lazy_pattern import lazy_pattern
from .web_captions import is_caption, is_short_after_picture
from .web_furniture import Furniture, is_byline, is_call
from .web_lines import HEADINGS, Line

Shape: TypeAlias = tuple[tuple[str, str], ...]
GOES_ON = 25
"""Fewest Chinese characters of a paragraph that continues an article after furniture."""
ALONE = 60
"""Fewest Chinese characters of a short article above a list of others."""
LITTLE, MANY, SHORT_LINK = 0.3, 6, 8
"""Share of a row in links, fewest links of it, and most characters of one on average."""
NEAR = 10
"""Lines between a headline and the element of its article."""
RULE = lazy_pattern(r"[-—–=_*.·•\s]{2,}")
MOST = 0.6
"""Share of the prose above a rule from which it may stand under the article."""
STOPS = (Furniture.READING, Furniture.END, Furniture.CREDIT)


def shape(line: Line) -> Shape:
    """The tags and classes of a line's block and of those around it."""
    around = [] if line.block is None else [line.block, *islice(line.block.iterancestors(), 2)]
    return tuple((str(element.tag), element.get("class") or "") for element in around)


def is_title_elsewhere(line: Line, home: Any, shapes: set[Shape]) -> bool:
    """Whether a line is the linked title of another story, outside the article's own element."""
    if line.linked <= 0.8 or line.row or len(line.key) < 6 or line.block is None or shape(line) in shapes:
        return False
    return line.block is not home and line.block.getparent() is not home


def after_headline(
    lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int], titled: Sequence[int]
) -> Sequence[int]:
    """The lines after the headline, if most of the text is there."""
    total = prose_of(lines, kinds, inside)
    for title in titled:
        if inside and _is_shown_above(lines, kinds, inside, titled, title):
            continue
        after = [index for index in inside if index > title]
        if title in inside and 2 * prose_of(lines, kinds, after) >= total:
            return after
    return inside


def _is_shown_above(
    lines: Sequence[Line],
    kinds: Sequence[Furniture | None],
    inside: Sequence[int],
    titled: Sequence[int],
    title: int,
) -> bool:
    """Whether a line only repeats a headline that stands as a heading right above the article's element."""
    above = [index for index in titled if 0 < inside[0] - index <= NEAR and lines[index].tag in HEADINGS]
    between = [index for index in inside if index < title]
    return bool(above) and lines[title].tag not in HEADINGS and prose_of(lines, kinds, between) >= GOES_ON


def prose_of(lines: Sequence[Line], kinds: Sequence[Furniture | None], indexes: Sequence[int]) -> int:
    """The Chinese characters of prose in lines that are no furniture."""
    return sum(lines[index].prose for index in indexes if kinds[index] is None)


def home_of(lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int]) -> Any:
    """The element that holds most of the article's paragraphs, of those before furniture if these
    are enough.
    """
    homes: Counter[Any] = Counter()
    for place, index in enumerate(inside):
        if kinds[index] in STOPS[:2] and homes.total() >= ALONE:
            if (around := _around_list(lines, kinds, inside[place:], homes.total())) is not None:
                return around
            break
        block = lines[index].block
        if lines[index].prose and kinds[index] is None and block is not None and not is_caption(lines[index]):
            homes[block.getparent() if block.tag == "p" else block] += lines[index].prose
    return max(homes, key=lambda element: homes[element], default=None)


def _around_list(
    lines: Sequence[Line], kinds: Sequence[Furniture | None], rest: Sequence[int], before: int
) -> Any:
    """The element right around a list's heading, if it holds more paragraphs under it than stand before."""
    block = lines[rest[0]].block
    around = None if block is None else block.getparent()
    told = sum(
        lines[index].prose
        for index in rest
        if kinds[index] is None and lines[index].linked < 0.3 and lines[index].tag == "p"
        if lines[index].block.getparent() is around
    )
    return around if told > 2 * before else None


def is_row_of_links(line: Line) -> bool:
    """Whether a line is a row of short links with marks between them: the words most looked for."""
    if line.linked < LITTLE or "。" in line.text or line.block is None:
        return False
    links = [len(link.text_content().strip()) for link in islice(line.block.iter("a"), 40)]
    return len(links) >= MANY and sum(links) <= SHORT_LINK * len(links)


def continues(line: Line, home: Any, shapes: set[Shape], enough: int) -> bool:
    """Whether a line after a list of other articles is the article's again: one in the article's own
    element needs `enough` characters.
    """
    block = line.block
    near = block is not None and (block is home or block.getparent() is home)
    if line.linked >= 0.3:
        return False
    return (near and line.prose >= enough) or (shape(line) in shapes and line.prose >= GOES_ON)


def without_labels(
    lines: Sequence[Line], kinds: Sequence[Furniture | None], kept: Sequence[int]
) -> list[int]:
    """Without the lines between a lead set apart and the element that holds most of the article which
    are neither paragraphs nor captions nor bylines: the day, a button to listen.
    """
    home = home_of(lines, kinds, kept)
    told = [index for index in kept if lines[index].prose and kinds[index] is None]
    at_home = [index for index in told if _stands_in(lines[index], home)]
    share = sum(lines[index].prose for index in at_home)
    if not at_home or 2 * share < sum(lines[index].prose for index in told):
        return list(kept)
    return [index for index in kept if not told[0] < index < at_home[0] or _belongs(lines[index], home)]


def before_rule(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """The lines before a rule of dashes, if most of the article is there and calls stand under the rule."""
    total = sum(lines[index].prose for index in kept)
    told = 0
    for place, index in enumerate(kept):
        under = kept[place + 1 :] if RULE.fullmatch(lines[index].text) and told >= MOST * total else []
        if any(is_call(lines[later].text) for later in under):
            return list(kept[:place])
        told += lines[index].prose
    return list(kept)


def _stands_in(line: Line, home: Any) -> bool:
    return line.block is not None and (line.block is home or line.block.getparent() is home)


def _belongs(line: Line, home: Any) -> bool:
    if line.prose or line.row or _stands_in(line, home) or is_byline(line.text):
        return True
    return is_caption(line) or is_short_after_picture(line)


__all__ = [
    "ALONE",
    "GOES_ON",
    "STOPS",
    "Shape",
    "after_headline",
    "before_rule",
    "continues",
    "home_of",
    "is_row_of_links",
    "is_title_elsewhere",
    "prose_of",
    "shape",
    "without_labels",
]
