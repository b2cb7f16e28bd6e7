"""Assigns a text column to a story: that of the headline above it, else of the column to its left.

Knows boxes and rules; of the text only whether it breaks off.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .columns import ENDS, UNDER, Column
from .print_page import Box, PrintLine, PrintPage, around, overlap

MOST_INDENTED = 6
"""Lines of a column of which all but one may be indented."""


@dataclass(slots=True)
class PageStory:
    """An article under construction."""

    head: Column | None
    reach: Box
    """The head's box, extended into the white space on its sides."""
    parts: list[Column] = field(default_factory=list)
    captions: list[Column] = field(default_factory=list)
    bylines: list[PrintLine] = field(default_factory=list)
    """The lines between its head and its columns that say who wrote it."""
    head_turned: bool = False
    """Whether its head is set in the other direction than its text."""

    @property
    def box(self) -> Box:
        """The bounding box of its head and columns."""
        return around([*([self.head.box] if self.head else []), *(part.box for part in self.parts)])


def owning_story(
    text: Column,
    texts: list[Column],
    stories: list[PageStory],
    owner: dict[int, PageStory],
    print_page: PrintPage,
) -> PageStory | None:
    """The story that a text column belongs to; None if it starts one without a headline."""
    em = print_page.body
    box = text.box
    floor = _rule_above(box, print_page)
    over = [
        story
        for story in stories
        if story.head and _is_above(story.reach, box) and story.reach[3] > floor - 3
    ]
    nearest = _nearest_text(text, texts, floor)
    head = _nearest_head(_not_to_the_right(over, box, nearest, em), text, texts, em)
    if (
        head
        and (nearest is None or head.reach[3] >= nearest.box[1])
        and (nearest is None or head.reach[3] > nearest.box[3] - em)
    ):
        over_it = head.head is not None and _is_over(head.head.box, box)
        return (None if over_it else _story_beside_head(box, stories, print_page)) or head
    beside = _story_to_left(text, stories, print_page)
    if nearest is not None and id(nearest) in owner:
        gap = box[1] - nearest.box[3]
        if gap > 0.9 * em and (rising := _story_beside_head(box, stories, print_page)):
            return rising
        if beside is None or gap < 2.2 * em:
            return owner[id(nearest)]
    return beside or head


def _rule_above(box: Box, print_page: PrintPage) -> float:
    """The lower edge of the lowest horizontal rule above a box; 0 without one."""
    return max(
        (rule[3] for rule in print_page.rules if _is_above(rule, box) and width(rule) > rule[3] - rule[1]),
        default=0.0,
    )


def _nearest_text(text: Column, texts: list[Column], floor: float) -> Column | None:
    """The lowest column above another one and below `floor`."""
    above = [
        other
        for other in texts
        if other is not text and _is_above(other.box, text.box) and other.box[3] > floor - 3
    ]
    return max(above, key=lambda other: other.box[3], default=None)


def _not_to_the_right(over: list[PageStory], box: Box, nearest: Column | None, em: float) -> list[PageStory]:
    """The heads above, without those that begin right of the text, if another is right over it."""
    right_over = [story for story in over if story.head and _is_over(story.head.box, box)]
    lowest = max((story.reach[3] for story in right_over), default=0.0)
    if not right_over or (nearest is not None and lowest <= nearest.box[3] - em):
        return over
    return [story for story in over if story in right_over or (story.head and story.head.box[0] < box[2])]


def _is_over(head: Box, box: Box) -> bool:
    """Whether a head stands over a text by more than punctuation that hangs over the measure."""
    return overlap(head, box, 0) > 0.1 * width(box)


def _nearest_head(over: list[PageStory], text: Column, texts: list[Column], em: float) -> PageStory | None:
    """The lowest head above; of several at one height, that over the text, else to its left.

    A head in the middle of its columns may begin right of the first one: it has a text that begins anew.
    """
    box = text.box
    lowest = max((story.reach[3] for story in over), default=0.0)
    level = [(story, story.head.box) for story in over if story.head and story.reach[3] > lowest - 4 * em]

    def fitness(item: tuple[PageStory, Box]) -> tuple[float, float]:
        _, head = item
        shared = overlap(head, box, 0) if _is_over(head, box) else 0.0
        return shared, -abs(head[0] - box[0]) if head[0] <= box[0] else -1e6

    best, head = max(level, key=fitness, default=(None, box))
    if best is None or _is_over(head, box):
        return best
    if head[0] > box[0]:
        return best if _is_indented(text, em) else None
    right = [item for item in level if item[1][0] > box[0]]
    if right and _is_indented(text, em) and _ends_before(text, texts, head, em):
        middle = min(right, key=lambda item: item[1][0])
        if _is_in_the_middle(middle[0], text, texts, em):
            return middle[0]
    return best


def _is_in_the_middle(story: PageStory, text: Column, texts: list[Column], em: float) -> bool:
    """Whether a head stands in the middle of its columns if they begin with a text to its left."""
    assert story.head is not None
    head, reach = story.head.box, story.reach
    under = [
        other.box
        for other in texts
        if -em < other.box[1] - head[3] < UNDER * em
        and other.box[0] >= text.box[0] - em
        and other.box[2] <= reach[2] + em
    ]
    right = max((box[2] for box in under), default=head[2])
    left = min((box[0] for box in under if _is_over(head, box)), default=head[0])
    off = [abs((begin + right) - (head[0] + head[2])) / 2 for begin in (text.box[0], left)]
    return off[0] < min(2 * em, off[1])


def _is_indented(text: Column, em: float) -> bool:
    """Whether a column begins with a paragraph; one of few lines may."""
    lefts = sorted(line.left for line in text.lines)
    return len(lefts) < 3 or text.lines[0].left - lefts[len(lefts) > MOST_INDENTED] > em


def _ends_before(text: Column, texts: list[Column], head: Box, em: float) -> bool:
    """Whether the column before a text ends with a sentence: that beside it, or that under the `head` to the
    left.
    """
    before = [
        other
        for other in texts
        if other.box[2] <= text.box[0] + em
        and (
            overlap(other.box, text.box, 1) > em
            or (_is_over(head, other.box) and other.box[1] > head[3] - em)
        )
    ]
    last = max(before, key=lambda other: other.box[2], default=None)
    return last is not None and last.lines[-1].text.rstrip()[-1:] in ENDS


def _story_beside_head(box: Box, stories: list[PageStory], print_page: PrintPage) -> PageStory | None:
    """The story whose head is at the same height, directly to the left of a column."""
    beside = [
        (box[0] - story.head.box[2], story)
        for story in stories
        if story.head
        and abs(story.head.box[1] - box[1]) < 1.2 * print_page.body
        and -3 <= box[0] - story.head.box[2] < width(box)
        and not _is_walled_off(story.head.box, box, print_page)
    ]
    return min(beside, key=lambda item: item[0])[1] if beside else None


def _story_to_left(text: Column, stories: list[PageStory], print_page: PrintPage) -> PageStory | None:
    """The story of the nearest head or column to the left that no rule separates."""
    box = text.box
    best: tuple[float, PageStory] | None = None
    for story in stories:
        mine = [part.box for part in story.parts] + ([story.head.box] if story.head else [])
        for other in mine:
            gap = box[0] - other[2]
            if not -3 <= gap < 0.5 * print_page.width or overlap(box, other, 1) < 0.3 * print_page.body:
                continue
            if _is_walled_off(other, box, print_page):
                continue
            if best is None or gap < best[0]:
                best = (gap, story)
    return best[1] if best else None


def _is_above(upper: Box, lower: Box) -> bool:
    """Whether one box is above another and shares at least a third of its width."""
    return upper[3] <= lower[1] + 4 and overlap(upper, lower, 0) > 0.33 * min(width(lower), width(upper))


def _is_walled_off(left: Box, right: Box, print_page: PrintPage) -> bool:
    """Whether a vertical rule separates two boxes."""
    return any(
        left[2] - 3 <= wall[0] <= right[0] + 3 and overlap(wall, right, 1) > 0.3 * (right[3] - right[1])
        for wall in print_page.walls
    )


def width(box: Box) -> float:
    """The width of a box, in points."""
    return box[2] - box[0]


def reunited(stories: list[PageStory]) -> list[PageStory]:
    """The stories, those as one whose headline has a gap just where a column of its text ends.

    The text before the gap breaks off, and right behind it in the same line stands a headline of the
    same size.
    """
    out: list[PageStory] = []
    for story in sorted(stories, key=lambda one: one.head.box[0] if one.head else -1):
        for before in out:
            if head := _joined_head(before, story):
                before.head = head
                before.parts += story.parts
                before.captions += story.captions
                before.bylines += story.bylines
                break
        else:
            out.append(story)
    return out


def _joined_head(story: PageStory, other: PageStory) -> Column | None:
    """The headline of a story whose text breaks off, with the other's that goes on in its line; else None."""
    if not (story.head and other.head and story.parts):
        return None
    if len(story.head.lines) != 1 or len(other.head.lines) != 1:
        return None
    (first,), (second,) = story.head.lines, other.head.lines
    level = abs(first.bottom - second.bottom) < 0.3 * first.size and 0.95 < first.size / second.size < 1.05
    last = max(story.parts, key=lambda part: (part.box[0], part.box[3])).lines[-1]
    if not level or last.text.rstrip()[-1:] in ENDS:
        return None
    if not -0.2 * first.size < second.left - first.right < 1.3 * first.size:
        return None
    words = f"{first.text} {second.text}"
    return Column([PrintLine(words, around([first.box, second.box]), first.size)], head=True)
