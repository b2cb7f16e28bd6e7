"""Finds the headings of a Word document and their levels, by style or else by type.

Knows formatting and lengths; does not decide what a heading becomes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .flow import Line, is_title_like
from .headings import headline_rank, is_collection_name, is_front_line, is_subhead

LEAD = 60
"""Characters between a document's title and its first heading that make the title a headline."""
LIST = 2
"""Fewest numbered headlines of a list of stories."""
KICKERS = 3
"""Lines at the top that are searched for the first headline, past a kicker or a second line."""


def document_ranks(lines: Sequence[Line]) -> list[int]:
    """The heading rank of each line: 1 is the highest, 0 none; a collection's name has none."""
    titles = [index for index, line in enumerate(lines) if line.look.is_title and not line.story]
    levels = [0 if line.story or line.role else line.look.level for line in lines]
    if any(levels):
        if len(titles) > 1 or (titles and _is_headline(lines, titles[0])):
            return [1 if index in titles else level and level + 1 for index, level in enumerate(levels)]
        return _without_collection_name(lines, levels)
    ranks = _emphasis_ranks(lines)
    if not titles or (len(titles) == 1 and _is_above(lines, titles[0], ranks)):
        return ranks
    return [1 if index in titles else 0 for index in range(len(lines))]


def _without_collection_name(lines: Sequence[Line], levels: list[int]) -> list[int]:
    """The levels, without a first heading that is the only one of its level and names the whole
    document.
    """
    first = next(index for index, level in enumerate(levels) if level)
    below = [level for level in levels if level > levels[first]]
    alone = levels.count(levels[first]) == 1 and min(levels[first : first + 1]) == min(filter(None, levels))
    if alone and len(below) > 1 and is_collection_name(lines[first].text):
        return [0 if index == first else level for index, level in enumerate(levels)]
    return levels


def _is_headline(lines: Sequence[Line], index: int) -> bool:
    """Whether the document's only title is the headline of one article, and the headings its
    subheads.
    """
    if is_collection_name(lines[index].text):
        return False
    below = lines[index + 1 :]
    headings = [line for line in below if line.look.level]
    lead = next((i for i, line in enumerate(below) if line.look.level), len(below))
    own = sum(len(line.text) for line in below[:lead] if not is_front_line(line.text))
    return own >= LEAD or all(is_subhead(line.text) for line in headings)


def _is_above(lines: Sequence[Line], title: int, ranks: Sequence[int]) -> bool:
    """Whether the document's only title comes before several headlines."""
    best = min(filter(None, ranks), default=0)
    count = ranks.count(best) if best else 0
    return count > 1 and (is_collection_name(lines[title].text) or not _is_headline(lines, title))


def _emphasis_ranks(lines: Sequence[Line]) -> list[int]:
    """The rank of each line by type size, the largest first; all 0 if the type is not informative.

    It is not if the first line is not set as a heading: then bold lines are subheads.
    """
    sizes: Counter[int] = Counter()
    bold: Counter[bool] = Counter()
    for line in lines:
        sizes[line.look.size] += len(line.text)
        bold[line.look.bold] += len(line.text)
    size, is_bold = sizes.most_common(1)[0][0], bold.most_common(1)[0][0]

    def stands_out(line: Line) -> bool:
        larger = line.look.size > size or (line.look.bold and not is_bold and line.look.size >= size)
        is_text = line.role or line.story or line.look.is_title
        return larger and not is_text and is_title_like(line.text) and not is_front_line(line.text)

    marked = list(filter(stands_out, lines))
    numbered = [line for line in marked if is_subhead(line.text)]
    if len(numbered) < len(marked) or len(numbered) < LIST or not is_subhead(_first(lines)):
        marked = [line for line in marked if not is_subhead(line.text)]  # parts of a story
    looks = sorted({(line.look.size, line.look.bold) for line in marked}, reverse=True)
    chosen = set(map(id, marked))
    ranks = [looks.index((line.look.size, line.look.bold)) + 1 if id(line) in chosen else 0 for line in lines]
    best = headline_rank([(rank, len(line.text)) for rank, line in zip(ranks, lines, strict=True)])
    begin = next((index for index, line in enumerate(lines) if _begins(line, ranks[index], best)), 0)
    return ranks if best and best in ranks[begin : begin + KICKERS] else [0] * len(lines)


def _first(lines: Sequence[Line]) -> str:
    """The first line that is not front matter."""
    return next((line.text for line in lines if _begins(line, 0, 0)), "")


def _begins(line: Line, rank: int, best: int) -> bool:
    """Whether a line is not front matter: neither a date nor set larger than the headlines."""
    return not (line.role or line.story or line.look.is_title or is_front_line(line.text) or 0 < rank < best)


__all__ = ["document_ranks"]
