"""Collects blocks with their roles into a page whose text holds each block at its offset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..text.clean_input import clean_input
from ..text.lazy_pattern import lazy_pattern
from ..types import Block, FoundPicture, Page, Role

SPACE = lazy_pattern(r"[\s\u200b\ufeff]+")


def tidy(text: str) -> str:
    """Text with runs of white space as single spaces."""
    return SPACE.sub(" ", clean_input(text)).strip()


class Blocks:
    """Builds the blocks of one page; `article` is the number of the open article, None before the
    first.
    """

    def __init__(self) -> None:
        """An empty page."""
        self.blocks: list[Block] = []
        self.size = 0
        self.parts: list[str] = []
        self.pictures: list[FoundPicture] = []
        self.uncaptioned = False
        self.article: int | None = None

    def begin_article(self) -> None:
        """Starts a new article: blocks added from here on belong to it."""
        self.article = 0 if self.article is None else self.article + 1
        self.uncaptioned = False

    def add(
        self,
        role: Role | None,
        text: str,
        *,
        box: tuple[float, float, float, float] | None = None,
        level: int = 0,
        verbatim: bool = False,
    ) -> None:
        """Adds a block, trimmed unless `verbatim`; an empty one is skipped."""
        text = clean_input(text) if verbatim else clean_input(text).strip()
        if not text:
            return
        if role is Role.CAPTION and self.uncaptioned:
            self.pictures[-1] = replace(self.pictures[-1], caption=tidy(text))
        self.uncaptioned = False
        self.blocks.append(
            Block(text=text, start=self.size, gap=1, level=level, role=role, box=box, article=self.article)
        )
        self.parts.append(text + "\n\n")
        self.size += len(text) + 2

    def add_picture(
        self, references: Sequence[str], load: Callable[[str], bytes], *, caption: str = "", alt: str = ""
    ) -> None:
        """Adds a picture, by its names; without a `caption`, that in the article's next block is taken."""
        found = FoundPicture(
            at=self.size, references=tuple(references), load=load, caption=tidy(caption), alt=tidy(alt)
        )
        self.pictures.append(found)
        self.uncaptioned = not found.caption

    def body_length(self) -> int:
        """Number of characters of body text so far."""
        return sum(len(block.text) for block in self.blocks if block.role is Role.BODY)

    def page(self, source: str, **facts: Any) -> Page:
        """The page; `facts` are the fields of `Page` that do not come from its text."""
        facts = {name: clean_input(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        return Page(
            source=source,
            text="".join(self.parts),
            blocks=tuple(self.blocks),
            pictures=tuple(self.pictures),
            **facts,
        )
