"""Brings the level and the vertical type of a page together: heads of the one over text in the other."""

from __future__ import annotations

from ...types import Role
from ..blocks import Blocks
from .columns import Column
from .owners import PageStory
from .print_page import Box, PrintPage, around, overlap, turn_box

NEAR = 3.0
"""Largest distance of a head from its text, in ems of body type."""


class Placed:
    """Writes blocks, with their boxes as on the page; `turned` is the turned page they are from."""

    def __init__(self, blocks: Blocks, turned: PrintPage | None = None) -> None:
        """Writes into `blocks`."""
        self.blocks, self.turned = blocks, turned

    def add(self, role: Role, text: str, *, box: Box) -> None:
        """Writes a block."""
        if self.turned:
            box = turn_box(box, 3, self.turned.width, self.turned.height)
        self.blocks.add(role, text, box=box)


def with_other_heads(
    level: list[PageStory], vertical: list[PageStory], page: PrintPage
) -> tuple[list[PageStory], list[PageStory]]:
    """The stories, with each head that has no text in its own direction put over what is beside it.

    A vertical head stands beside level text, a level one above vertical text.
    """
    left_level, left_vertical = list(level), list(vertical)
    for heads, texts, heads_level in ((left_vertical, level, False), (left_level, vertical, True)):
        for story in list(heads):
            if story.head is None or story.parts:
                continue
            head = _on_page(story.head, page, level=heads_level)
            near = []
            for text in texts:
                if text.head is None and text.parts:
                    parts = around([_on_page(part, page, level=not heads_level) for part in text.parts])
                    near.append((_distance(head, parts), text))
            away, text = min(near, key=lambda pair: pair[0], default=(float("inf"), story))
            if away < NEAR * page.body:
                text.head, text.head_turned = story.head, True
                heads.remove(story)
    return left_level, left_vertical


def _on_page(column: Column, page: PrintPage, *, level: bool) -> Box:
    """The box of a column on the page; vertical type is laid out on a turned one."""
    return column.box if level else turn_box(column.box, 3, page.height, page.width)


def _distance(head: Box, text: Box) -> float:
    """The gap between two boxes beside or above one another, in points; infinite if they are not."""
    if overlap(head, text, 1) > 0.5 * min(head[3] - head[1], text[3] - text[1]):
        return max(0.0, head[0] - text[2], text[0] - head[2])
    if overlap(head, text, 0) > 0.5 * min(head[2] - head[0], text[2] - text[0]):
        return max(0.0, text[1] - head[3])
    return float("inf")
