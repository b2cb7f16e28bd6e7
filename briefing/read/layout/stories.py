"""Finds the stories of a printed page by its geometry: the columns of each headline in reading
order.

A frame is laid out as a page of its own. A head owns the text below it, as far to the sides as the
white space reaches; a column without a head above it continues the one to its left. This separates
stories over some of five columns, stories that rise next to their headline, and boxed ones (by the
white space that Nagy and Seth 1984 cut along).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...text.lazy_pattern import lazy_pattern
from ...text.masthead import date_of, page_number_of
from ...types import DateOrigin, Page, Role
from ..blocks import Blocks
from .bylines import with_bylines
from .columns import CAPTION_END, CAPTION_START, Column, columns, merge_pieces, paragraphs
from .directions import Placed, with_other_heads
from .drop_caps import without_drop_caps
from .furniture import STAFF, is_notice, newspaper, split_furniture
from .owners import PageStory, owning_story, reunited, width
from .print_page import Box, PrintLine, PrintPage, around, inside, overlap, turn_page
from .tables import without_tables
from .words import join_lines

JUMP = lazy_pattern(r"[（(]?\s*(?:上接|下转|緊接|紧接|下轉)\s*第?.{1,4}版[^。（(]{0,12}[）)]?")


def page_of(source: str, print_page: PrintPage, *, page_number: str | None = None) -> Page:
    """The page with its articles in reading order; `page_number` is used if the page has none
    itself.
    """
    blocks = Blocks()
    seen, rows = without_tables(print_page.lines)
    print_page = replace(print_page, lines=tuple(seen))
    lines, furniture = split_furniture(print_page)
    words = " ".join(line.text for line in furniture)
    for line in furniture:
        blocks.add(Role.EDITORS if STAFF.search(line.text) else Role.MASTHEAD, line.text, box=line.box)
    for line in {line.text: line for line in (*print_page.aside, *rows)}.values():
        blocks.add(Role.NOTICE, line.text, box=line.box)
    _add_stories(blocks, print_page, _whole_lines(print_page, lines))
    day = date_of(words)
    facts: dict[str, Any] = {
        "page_number": page_number_of(words) or page_number,
        "date": day,
        "paper": newspaper(furniture),
    }
    return blocks.page(source, dated=DateOrigin.MASTHEAD if day else None, **facts)


def _add_stories(blocks: Blocks, print_page: PrintPage, lines: list[PrintLine]) -> None:
    """Writes the stories in level type, then those in vertical type."""
    turned = turn_page(print_page)
    level = _find_stories(print_page, lines)
    vertical = _find_stories(turned, _whole_lines(turned, list(turned.lines)))
    level, vertical = with_other_heads(level, vertical, print_page)
    upright, lying = Placed(blocks), Placed(blocks, turned)
    for stories, body, own, other in (
        (level, print_page.body, upright, lying),
        (vertical, turned.body, lying, upright),
    ):
        for story in stories:
            if is_notice(story):
                _set_aside(own, story)
                continue
            blocks.begin_article()
            if story.head:
                _add_titles(other if story.head_turned else own, story.head)
            for byline in story.bylines:
                own.add(Role.BYLINE, byline.text, box=byline.box)
            _add_text(own, story, body)


def _whole_lines(print_page: PrintPage, lines: list[PrintLine]) -> list[PrintLine]:
    lines = without_drop_caps(lines, print_page.body)
    return merge_pieces(lines, print_page.body, measured=print_page.measured, walls=print_page.walls)


def _find_stories(print_page: PrintPage, lines: list[PrintLine]) -> list[PageStory]:
    """The stories of a page: those in each frame, then the others."""
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
    """The stories of one frame or of the page outside all frames."""
    pieces = columns(print_page, lines)
    captions = [piece for piece in pieces if not piece.head and _is_caption(piece, print_page.body)]
    texts = [piece for piece in pieces if not piece.head and piece not in captions]
    heads = _merge_heads([piece for piece in pieces if piece.head], print_page.body)
    stories = [
        PageStory(head, _head_reach(head.box, [*texts, *captions], heads, print_page, within))
        for head in heads
    ]
    texts = with_bylines(texts, stories, print_page.body)
    owner: dict[int, PageStory] = {}
    for text in sorted(texts, key=lambda piece: (piece.box[1] // (2 * print_page.body), piece.box[0])):
        story = owning_story(text, texts, stories, owner, print_page)
        if story is None:
            story = PageStory(None, text.box)
            stories.append(story)
        owner[id(text)] = story
        story.parts.append(text)
    for caption in captions:
        near = min(stories, key=lambda story: _distance(caption.box, story.box), default=None)
        if near:
            near.captions.append(caption)
    return reunited([story for story in stories if story.parts or story.head])


def _is_caption(piece: Column, body: float) -> bool:
    words = piece.text.strip()
    return (
        len(piece.lines) <= 4
        and bool(CAPTION_START.match(words) or CAPTION_END.search(words))
        and len(words) < 120
    )


def _merge_heads(pieces: list[Column], body: float) -> list[Column]:
    """Merges heads of different sizes that are close above one another: kicker, headline, deck."""
    out: list[Column] = []
    for piece in sorted(pieces, key=lambda one: one.box[1]):
        for head in out:
            gap = piece.box[1] - head.box[3]
            size = max(line.size for line in (*head.lines, *piece.lines))
            shared = overlap(head.box, piece.box, 0)
            if -0.3 * size < gap < 1.1 * size and shared > 0.5 * min(width(head.box), width(piece.box)):
                for line in piece.lines:
                    head.add(line)
                break
        else:
            out.append(piece)
    return out


def _head_reach(
    box: Box, texts: list[Column], heads: list[Column], print_page: PrintPage, within: Box
) -> Box:
    """A head's box, extended on both sides up to the next mark at its height."""
    left, right = within[0], within[2]
    others = [piece.box for piece in (*texts, *heads) if piece.box is not box]
    for other in (*others, *print_page.walls, *print_page.frames):
        if overlap(box, other, 1) < 0.25 * min(box[3] - box[1], max(other[3] - other[1], 1)):
            continue
        if other[2] <= box[0] + 2:
            left = max(left, other[2])
        elif other[0] >= box[2] - 2:
            right = min(right, other[0])
    return (min(left, box[0]), box[1], max(right, box[2]), box[3])


def _distance(a: Box, b: Box) -> float:
    across = max(0.0, a[0] - b[2], b[0] - a[2])
    down = max(0.0, a[1] - b[3], b[1] - a[3])
    return across + down


def _set_aside(blocks: Placed, story: PageStory) -> None:
    """Writes a story as no part of any article."""
    for part in (*([story.head] if story.head else []), *story.parts, *story.captions):
        blocks.add(Role.NOTICE, join_lines([line.text for line in part.lines]), box=part.box)


def _add_text(blocks: Placed, story: PageStory, body: float) -> None:
    """Writes the text of a story, column by column, and its captions."""
    for text, box in paragraphs(_in_order(story.parts, body), body):
        blocks.add(Role.JUMP if JUMP.fullmatch(text.strip()) else Role.BODY, text, box=box)
    for caption in story.captions:
        blocks.add(Role.CAPTION, join_lines([line.text for line in caption.lines]), box=caption.box)


def _in_order(parts: Iterable[Column], body: float) -> list[Column]:
    """The parts of a story, column by column, each from above.

    One column are those that begin within three ems of its left edge: paragraphs of one line are
    indented, and the edges of a scan waver.
    """
    columns: list[list[Column]] = []
    for part in sorted(parts, key=lambda part: part.box[0]):
        if columns and part.box[0] - columns[-1][0].box[0] <= 3 * body:
            columns[-1].append(part)
        else:
            columns.append([part])
    return [part for column in columns for part in sorted(column, key=lambda part: part.box[1])]


def _add_titles(blocks: Placed, head: Column) -> None:
    """Writes a head: the largest lines are the headline, smaller ones above the kicker, below the
    deck.
    """
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
