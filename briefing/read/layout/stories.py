"""A printed page by its geometry: which columns belong to which headline, and in what order they are read.

What stands in a frame is a page of its own. A head owns the text under it, as far to the sides as the white beside it
reaches; a column without a head above it goes on with the one to its left. So stories over some of five columns, stories
that rise beside their headline and boxed ones come apart (the white between them is what Nagy and Seth 1984 cut along).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...text.masthead import date_of, page_number_of, paper_of
from ...types import DateOrigin, Page, Role
from ..blocks import Blocks
from .columns import CAPTION_END, CAPTION_START, Column, columns, join_lines, merge_pieces, paragraphs
from .print_page import Box, PrintLine, PrintPage, around, inside, overlap

TOP, BOTTOM = 0.14, 0.955
"""Parts of a page's height above and below which its masthead and its editors' line stand."""
STAFF = re.compile(r"(?:责任)?编辑|責任編輯|责编|美编|校对|校對|版式|电话|邮箱|值班|视觉")
FOLIO = re.compile(r"[^。]{0,60}(?:\d+年\d+月\d+日|星期|第?\s*[A-Z]?\d{1,3}\s*版|农历|国内统一)[^。]{0,60}")
JUMP = re.compile(r"[（(]?\s*(?:上接|下转|緊接|紧接|下轉)\s*第?.{1,4}版[^。（(]{0,12}[）)]?")


@dataclass(slots=True)
class PageStory:
    """One article while its pieces are found."""

    head: Column | None
    reach: Box
    """The head's box, as wide as the white beside it."""
    parts: list[Column] = field(default_factory=list)
    captions: list[Column] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """What it covers."""
        return around([*([self.head.box] if self.head else []), *(part.box for part in self.parts)])


def page_of(source: str, print_page: PrintPage, *, page_number: str | None = None) -> Page:
    """The page with its articles, in reading order; `page_number` stands where the page itself names none."""
    blocks = Blocks()
    lines, furniture = _split_furniture(print_page)
    words = " ".join(line.text for line in furniture)
    for line in furniture:
        blocks.add(Role.EDITORS if STAFF.search(line.text) else Role.MASTHEAD, line.text, box=line.box)
    for story in _find_stories(print_page, lines):
        blocks.begin_article()
        _add_story(blocks, story, print_page.body)
    day = date_of(words)
    facts: dict[str, Any] = {
        "page_number": page_number_of(words) or page_number,
        "date": day,
        "paper": _newspaper(furniture),
    }
    return blocks.page(source, dated=DateOrigin.MASTHEAD if day else None, **facts)


def _split_furniture(print_page: PrintPage) -> tuple[list[PrintLine], list[PrintLine]]:
    """The lines of the articles, and those of masthead, folio and editors."""
    lines: list[PrintLine] = []
    other: list[PrintLine] = []
    for line in print_page.lines:
        text = line.text.replace(" ", "")
        edge = line.top < TOP * print_page.height or line.bottom > BOTTOM * print_page.height
        name = paper_of(text) is not None and len(text) <= len(paper_of(text) or "") + 2
        staff = bool(STAFF.match(text)) and len(text) < 40 and not text.endswith("。")
        (
            other
            if edge and (name or FOLIO.fullmatch(text) or staff or re.fullmatch(r"[-—·A-D\d ]{1,5}", text))
            else lines
        ).append(line)
    return merge_pieces(lines, print_page.body, measured=print_page.measured), other


def _newspaper(furniture: Iterable[PrintLine]) -> str | None:
    return next((paper for line in furniture if (paper := paper_of(line.text.replace(" ", "")))), None)


def _find_stories(print_page: PrintPage, lines: list[PrintLine]) -> list[PageStory]:
    """The stories of a page: those in frames by themselves, the others around them."""
    frames = sorted(
        (frame for frame in print_page.frames if any(inside(line.box, frame) for line in lines)), key=_area
    )
    stories: list[PageStory] = []
    left = lines
    for frame in frames:
        within = [line for line in left if inside(line.box, frame)]
        if len(within) < 3 or len(within) > 0.8 * len(lines):
            continue
        left = [line for line in left if not inside(line.box, frame)]
        stories += _assign_columns(print_page, within, frame)
    stories += _assign_columns(print_page, left, (0, 0, print_page.width, print_page.height))
    return sorted(stories, key=lambda story: (round(story.box[1] / 12), story.box[0]))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _assign_columns(print_page: PrintPage, lines: list[PrintLine], within: Box) -> list[PageStory]:
    """The stories of one frame or of the open page."""
    pieces = columns(print_page, lines)
    captions = [piece for piece in pieces if not piece.head and _is_caption(piece, print_page.body)]
    texts = [piece for piece in pieces if not piece.head and piece not in captions]
    heads = _merge_heads([piece for piece in pieces if piece.head], print_page.body)
    stories = [PageStory(head, _head_reach(head.box, texts, heads, print_page, within)) for head in heads]
    owner: dict[int, PageStory] = {}
    for text in sorted(texts, key=lambda piece: (piece.box[1] // (2 * print_page.body), piece.box[0])):
        story = _owning_story(text, texts, stories, owner, print_page)
        if story is None:
            story = PageStory(None, text.box)
            stories.append(story)
        owner[id(text)] = story
        story.parts.append(text)
    for caption in captions:
        near = min(stories, key=lambda story: _distance(caption.box, story.box), default=None)
        if near:
            near.captions.append(caption)
    return [story for story in stories if story.parts or story.head]


def _is_caption(piece: Column, body: float) -> bool:
    words = piece.text.strip()
    return (
        len(piece.lines) <= 4
        and bool(CAPTION_START.match(words) or CAPTION_END.search(words))
        and len(words) < 120
    )


def _merge_heads(pieces: list[Column], body: float) -> list[Column]:
    """Heads whose lines differ in size are one where they stand close over one another: kicker, headline, deck."""
    out: list[Column] = []
    for piece in sorted(pieces, key=lambda one: one.box[1]):
        for head in out:
            gap = piece.box[1] - head.box[3]
            size = max(line.size for line in (*head.lines, *piece.lines))
            shared = overlap(head.box, piece.box, 0)
            if -0.3 * size < gap < 1.1 * size and shared > 0.5 * min(_width(head.box), _width(piece.box)):
                for line in piece.lines:
                    head.add(line)
                break
        else:
            out.append(piece)
    return out


def _width(box: Box) -> float:
    return box[2] - box[0]


def _head_reach(
    box: Box, texts: list[Column], heads: list[Column], print_page: PrintPage, within: Box
) -> Box:
    """A head's box, widened to both sides as far as nothing else stands at its height."""
    left, right = within[0], within[2]
    others = [piece.box for piece in (*texts, *heads) if piece.box is not box]
    walls = [rule for rule in print_page.rules if rule[3] - rule[1] > rule[2] - rule[0]]
    for other in (*others, *walls, *print_page.frames):
        if overlap(box, other, 1) < 0.25 * min(box[3] - box[1], max(other[3] - other[1], 1)):
            continue
        if other[2] <= box[0] + 2:
            left = max(left, other[2])
        elif other[0] >= box[2] - 2:
            right = min(right, other[0])
    return (min(left, box[0]), box[1], max(right, box[2]), box[3])


def _owning_story(
    text: Column,
    texts: list[Column],
    stories: list[PageStory],
    owner: dict[int, PageStory],
    print_page: PrintPage,
) -> PageStory | None:
    """The story that a column of text belongs to."""
    em = print_page.body
    box = text.box
    floor = max(
        (
            rule[3]
            for rule in print_page.rules
            if _stands_above(rule, box) and _width(rule) > rule[3] - rule[1]
        ),
        default=0.0,
    )
    over = [
        story
        for story in stories
        if story.head and _stands_above(story.reach, box) and story.reach[3] > floor - 3
    ]
    head = _nearest_head(over, box, em)
    up = [
        other
        for other in texts
        if other is not text and _stands_above(other.box, box) and other.box[3] > floor - 3
    ]
    nearest = max(up, key=lambda other: other.box[3], default=None)
    if (
        head
        and (nearest is None or head.reach[3] >= nearest.box[1])
        and (nearest is None or head.reach[3] > nearest.box[3] - em)
    ):
        over_it = head.head is not None and overlap(head.head.box, box, 0) > 0.1 * _width(box)
        return (None if over_it else _story_beside_head(box, stories, print_page)) or head
    beside = _story_to_left(text, texts, stories, owner, print_page)
    if nearest is not None and id(nearest) in owner:
        gap = box[1] - nearest.box[3]
        if gap > 0.9 * em and (rising := _story_beside_head(box, stories, print_page)):
            return rising
        if beside is None or gap < 2.2 * em:
            return owner[id(nearest)]
    return beside or head


def _story_beside_head(box: Box, stories: list[PageStory], print_page: PrintPage) -> PageStory | None:
    """The story right beside whose head a column begins, at one height."""
    beside = [
        (box[0] - story.head.box[2], story)
        for story in stories
        if story.head
        and abs(story.head.box[1] - box[1]) < 1.2 * print_page.body
        and -3 <= box[0] - story.head.box[2] < _width(box)
        and not _is_walled_off(story.head.box, box, print_page)
    ]
    return min(beside, key=lambda item: item[0])[1] if beside else None


def _is_walled_off(left: Box, right: Box, print_page: PrintPage) -> bool:
    """Whether an upright rule stands between two boxes."""
    return any(
        rule[3] - rule[1] > rule[2] - rule[0]
        and left[2] - 3 <= rule[0] <= right[0] + 3
        and overlap(rule, right, 1) > 0.3 * (right[3] - right[1])
        for rule in print_page.rules
    )


def _nearest_head(over: list[PageStory], box: Box, em: float) -> PageStory | None:
    """Of the heads above, the lowest; of several at one height that which stands over the text itself, else to its left."""
    lowest = max((story.reach[3] for story in over), default=0.0)
    level = [(story, story.head.box) for story in over if story.head and story.reach[3] > lowest - 4 * em]

    def fitness(item: tuple[PageStory, Box]) -> tuple[bool, float, float]:
        _, head = item
        shared = overlap(head, box, 0)
        return shared > 0.1 * _width(box), shared, -abs(head[0] - box[0]) if head[0] <= box[0] else -1e6

    return max(level, key=fitness)[0] if level else None


def _stands_above(upper: Box, lower: Box) -> bool:
    """Whether one box stands over another, sharing at least a third of its width."""
    return upper[3] <= lower[1] + 4 and overlap(upper, lower, 0) > 0.33 * min(_width(lower), _width(upper))


def _story_to_left(
    text: Column,
    texts: list[Column],
    stories: list[PageStory],
    owner: dict[int, PageStory],
    print_page: PrintPage,
) -> PageStory | None:
    """The story to the left, where no wall stands between: its head, or its nearest column."""
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


def _distance(a: Box, b: Box) -> float:
    across = max(0.0, a[0] - b[2], b[0] - a[2])
    down = max(0.0, a[1] - b[3], b[1] - a[3])
    return across + down


def _add_story(blocks: Blocks, story: PageStory, body: float) -> None:
    """Puts a story down: kicker, headline and deck by their sizes, then its text, column by column."""
    if story.head:
        _add_titles(blocks, story.head)
    parts = sorted(story.parts, key=lambda part: (round(part.box[0] / (3 * body)), part.box[1]))
    for text, box in paragraphs(parts, body):
        blocks.add(Role.JUMP if JUMP.fullmatch(text.strip()) else Role.BODY, text, box=box)
    for caption in story.captions:
        blocks.add(Role.CAPTION, join_lines([line.text for line in caption.lines]), box=caption.box)


def _add_titles(blocks: Blocks, head: Column) -> None:
    """The lines of a head: the largest are the headline, smaller ones above it the kicker, below it the deck."""
    lines = sorted(head.lines, key=lambda line: (line.top, line.left))
    size = max(line.size for line in lines)
    main = [at for at, line in enumerate(lines) if line.size > 0.88 * size]
    for role, chosen in (
        (Role.KICKER, lines[: main[0]]),
        (Role.HEADLINE, lines[main[0] : main[-1] + 1]),
        (Role.DECK, lines[main[-1] + 1 :]),
    ):
        words = "".join(line.text for line in chosen)
        if jump := JUMP.search(words):  # 望江桥提前通车（上接第一版）
            blocks.add(Role.JUMP, jump[0], box=around([line.box for line in chosen]))
            words = words.replace(jump[0], "")
            chosen = (
                [line for line in chosen if not JUMP.fullmatch(line.text.strip())] if words.strip() else []
            )
        if chosen:
            glue = "" if role is Role.HEADLINE else " "
            blocks.add(
                role, glue.join(line.text for line in chosen), box=around([line.box for line in chosen])
            )
