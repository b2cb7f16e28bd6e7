"""Finds the lines of the article among the lines of a web page.

The element of the article is found by `web_weights`; inside it furniture is cut, by the words in
`web_furniture`. Knows lines and their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

from ..text.chars import letters
from .web_captions import captions_among, is_caption, is_short_after_picture
from .web_furniture import Furniture, furniture_of, is_byline, is_info, without_editors
from .web_lines import LINKED, Line
from .web_print import printed_in
from .web_weights import Weights

DEEP_TABLE = 6
"""Elements between a row of data and the article's own."""
GOES_ON = 25
"""Fewest Chinese characters of a paragraph that continues an article after furniture."""
FACTS = re.compile(
    r"索\s*引\s*号|文\s*号|主题分类|(?:发布|发文|成文|生成|公开)(?:机构|机关|单位|日期|时间|方式)|信息来源"
)
"""The rows in which an office states a notice's number and origin."""
LABEL = re.compile(r"[：:]\s*\S")
SIGNATURE = re.compile(
    r".{0,40}(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二三四五六七八九十]日)|.{2,24}(?:办公厅|办公室|委员会|人民政府|局|厅|部|公司|协会|编辑部)"
)


Shape: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Body:
    """The article on a page: its lines, those that are captions, and where it stands.

    `first` is the index of the first line in the page's lines, -1 if there is no article; `end`
    that of the line after the last.
    """

    texts: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    first: int = -1
    end: int = -1

    @property
    def length(self) -> int:
        """Characters of the paragraphs."""
        return sum(map(len, self.texts))


def find_body(root: Any, lines: Sequence[Line], titles: Sequence[str]) -> Body:
    """The article's lines; `titles` are what the page's head calls it, without the site's name."""
    wanted = [key for title in titles if len(key := letters(title)) >= 4]
    kinds = [_kind(line) for line in lines]
    titled = [index for index, line in enumerate(lines) if _shows(line, wanted)]
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
    held = set(container.iter()) - left_out
    inside = [index for index, line in enumerate(lines) if line.block in held]
    chosen = _trimmed(lines, kinds, inside, titled)
    chosen = _with_lead(lines, kinds, chosen, titled, left_out)
    return _body_of(lines, chosen)


def _kind(line: Line) -> Furniture | None:
    """What a line is if it belongs to the site; a row of data does not, the printed page's name does."""
    if line.row:
        return None
    return Furniture.LINE if printed_in(line.text) else furniture_of(line.text)


def _shows(line: Line, titles: Sequence[str]) -> bool:
    """Whether a line shows a title of the page, or most of it."""
    size = len(line.key)
    if size < 4 or size > 120 or line.linked >= LINKED:
        return False
    return any(
        (line.key in title and 2 * size > len(title)) or (title in line.key and size < 2 * len(title))
        for title in titles
    )


def _trimmed(
    lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int], titled: Sequence[int]
) -> list[int]:
    """The indexes of the article's lines in its element: after the headline, up to furniture."""
    inside = _after_headline(lines, kinds, inside, titled)
    titles = {lines[index].key for index in titled}
    own = [
        index
        for index in inside
        if kinds[index] is None and not is_info(lines[index].text) and lines[index].key not in titles
    ]
    begin = next((index for index in own if lines[index].prose and not lines[index].row), None)
    if begin is None:
        return []
    kept = [i for i in inside if i >= begin or (i in own and _opens(lines[i], lines[begin]))]
    return _without_tail(lines, _before_furniture(lines, kinds, kept, titles))


def _after_headline(
    lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int], titled: Sequence[int]
) -> Sequence[int]:
    """The lines after the headline, if most of the text is there."""
    total = _prose(lines, kinds, inside)
    for title in titled:
        after = [index for index in inside if index > title]
        if title in inside and 2 * _prose(lines, kinds, after) >= total:
            return after
    return inside


def _prose(lines: Sequence[Line], kinds: Sequence[Furniture | None], indexes: Sequence[int]) -> int:
    return sum(lines[index].prose for index in indexes if kinds[index] is None)


def _before_furniture(
    lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int], titles: set[str]
) -> list[int]:
    """The lines without furniture, up to that after which nothing follows."""
    total, home = _prose(lines, kinds, inside), _home(lines, kinds, inside)
    shapes: set[Shape] = set()
    chosen: list[int] = []
    told = 0
    stopped: Furniture | None = None
    for index in inside:
        line, kind = lines[index], kinds[index]
        if stopped is not None:
            if not (stopped is Furniture.READING and kind is None and _continues(line, home, shapes)):
                continue
            stopped = None
        if told and (kind or (_is_title_elsewhere(line, home, shapes) and Furniture.READING)):
            stopped = _stop(kind, told, total)
        elif kind is None and _tells(line) and (told or not (is_info(line.text) or line.key in titles)):
            chosen.append(index)
            told += line.prose
            shapes |= {_shape(line)} if line.prose else set()
    return chosen


def _stop(kind: Furniture | None, told: int, total: int) -> Furniture | None:
    """What stops the article at a line of furniture after some text; None if it only interrupts."""
    if kind in (None, Furniture.READING):
        return Furniture.READING
    if kind is Furniture.END:
        return kind if told >= GOES_ON else None
    return kind if kind is Furniture.CREDIT and 3 * told >= total else None


def _shape(line: Line) -> Shape:
    """The tags and classes of a line's block and of those around it."""
    around = [] if line.block is None else [line.block, *islice(line.block.iterancestors(), 2)]
    return tuple((str(element.tag), element.get("class") or "") for element in around)


def _is_title_elsewhere(line: Line, home: Any, shapes: set[Shape]) -> bool:
    """Whether a line is the linked title of another story, outside the article's own element."""
    if line.linked <= 0.8 or line.row or len(line.key) < 6 or line.block is None or _shape(line) in shapes:
        return False
    return line.block is not home and line.block.getparent() is not home


def _home(lines: Sequence[Line], kinds: Sequence[Furniture | None], inside: Sequence[int]) -> Any:
    """The element that holds most of the article's paragraphs."""
    homes: Counter[Any] = Counter()
    for index in inside:
        block = lines[index].block
        if lines[index].prose and kinds[index] is None and block is not None:
            homes[block.getparent() if block.tag == "p" else block] += lines[index].prose
    return max(homes, key=lambda element: homes[element], default=None)


def _continues(line: Line, home: Any, shapes: set[Shape]) -> bool:
    """Whether a line after a list of other articles is the article's again."""
    block = line.block
    near = block is not None and (block is home or block.getparent() is home)
    return (near or _shape(line) in shapes) and line.prose >= GOES_ON and line.linked < 0.3


def _tells(line: Line) -> bool:
    """Whether a line is more than a link to elsewhere."""
    return line.row or line.linked <= LINKED or line.prose > 0 or (len(line.text) >= 40 and "。" in line.text)


def _opens(line: Line, first: Line) -> bool:
    """Whether a line without a stop before the first paragraph belongs to the article."""
    if is_caption(line) or is_short_after_picture(line):
        return True
    if line.row:
        return _is_beside(line, first) and not FACTS.search(line.text)
    if line.linked >= LINKED or _shape(line) != _shape(first):
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
    last = max((k for k, index in enumerate(chosen) if lines[index].prose), default=-1)
    if last < 0:
        return chosen
    end = lines[chosen[last]]
    kept = chosen[: last + 1]
    for index in chosen[last + 1 :]:
        line = lines[index]
        if is_info(line.text) and LABEL.search(line.text):
            continue
        same = line.block is end.block or (
            line.tag == end.tag and line.block is not None and line.block.getparent() is end.block.getparent()
        )
        same = same or (line.row and _is_beside(line, end))
        pictured = is_caption(line) or is_short_after_picture(line)
        if not (same or pictured or SIGNATURE.fullmatch(line.text)):
            break
        kept.append(index)
    return kept


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
        and lines[index].block not in left_out
    ]
    return lead + chosen


def _body_of(lines: Sequence[Line], chosen: Sequence[int]) -> Body:
    body = Body(first=chosen[0], end=chosen[-1] + 1) if chosen else Body()
    seen: set[str] = set()
    captions = captions_among([lines[index] for index in chosen])
    for place, index in enumerate(chosen):
        line = lines[index]
        if len(line.key) >= 20 and line.key in seen and not line.row:
            continue  # printed twice, for two widths of screen
        seen.add(line.key)
        if place in captions:
            body.captions.append(line.text)
        elif line.row:
            body.texts.append(line.text)
            body.lines.append(line)
        elif is_byline(line.text):
            body.bylines.append(line.text)
        elif text := without_editors(line.text):
            body.texts.append(text)
            body.lines.append(line)
    return body


__all__ = ["Body", "find_body"]
