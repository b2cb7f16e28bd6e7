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
from .web_lines import Line

Shape: TypeAlias = tuple[tuple[str, str], ...]
GOES_ON = 25
"""Fewest Chinese characters of a paragraph that continues an article after furniture."""
ALONE = 60
"""Fewest Chinese characters of a short article above a list of others."""
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


def home_of(lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int]) -> Any:
    """The element that holds most of the article's paragraphs, of those before furniture if these
    are enough.
    """
    homes: Counter[Any] = Counter()
    for index in inside:
        if kinds[index] in STOPS[:2] and homes.total() >= ALONE:
            break
        block = lines[index].block
        if lines[index].prose and kinds[index] is None and block is not None:
            homes[block.getparent() if block.tag == "p" else block] += lines[index].prose
    return max(homes, key=lambda element: homes[element], default=None)


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
    "before_rule",
    "continues",
    "home_of",
    "is_title_elsewhere",
    "shape",
    "without_labels",
]
