"""Turns the lines of a document with headings into a page of labelled blocks.

Knows which heading level is that of headlines, and what comes before and after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from ..text.newsroom import NAMES, SIGNER
from ..types import Page, Role
from .blocks import Blocks
from .flow import Line, is_title_like
from .headings import OWN_TEXT, headline_rank, is_collection_name, is_contents_name, is_front_line
from .prompts import split_prompt

BYLINE = lazy_pattern(
    rf"[\s（(【□■○●◎]*(?:{SIGNER}[\s：:／/]*{NAMES}(?:[\s／/，,；;|]*{SIGNER}[\s：:／/]*{NAMES}){{0,4}}\s*(?:文|摄|报道|文[/／]?图|摄影报道)?"
    rf"|(?:文|图文|文图|撰文|撰稿|作者|采写|署名)\s*[/／：:|｜]\s*{NAMES}(?:[\s|｜；;，,]*(?:图|摄影|摄)\s*[/／：:|｜]\s*{NAMES})?)[）)】\s]*"
)
BARE_NAMES = lazy_pattern(rf"[□■○●◎\s]*[{HAN}]\s?[{HAN}]{{1,2}}(?:[\s、]+[{HAN}]{{2,3}}){{0,3}}")
SOURCE = lazy_pattern(r"[（(]?(?:来源|來源|稿源)[：:].{2,24}")
STAFF = lazy_pattern(
    r"[（(【\s]*(?:责任编辑|责编|編輯|编辑|校对|美编|版式|审核|审校|监制|值班主任|值班编辑|终审)[：:／/\s].{1,36}"
)
PICTURE = lazy_pattern(
    r"[▲△▼↑↓←→◀▶].{2,80}|[（(]?图(?:[为片]|[①-⑨\d]*[：:]).{2,80}|.{4,80}(?:[\s／/]|记者\S{0,6})摄(?:影)?[）)]?"
)
EDITORS_NOTE = lazy_pattern(r"[【\[（(]?(?:编者按|编者的话|编前|导读|导语|提要|今日导读)")
DASHES = "—─－-– "
"""Prefixes of a deck."""
SECTION_LENGTH = 8
SHORT = 60
"""Longest byline or source line, in characters."""


def labelled_page(
    source: str,
    lines: Sequence[Line],
    ranks: Sequence[int],
    facts: dict[str, Any],
    picture: Callable[[str], bytes] | None = None,
) -> Page:
    """The page of a document's lines; stories outside it follow the article they interrupt.

    `picture` gives the bytes behind the name of a picture, where pictures are wanted.
    """
    best = headline_rank([(rank, len(line.text)) for rank, line in zip(ranks, lines, strict=True)])
    writer = _Writer(picture)
    for line, rank, following in zip(lines, ranks, [*ranks[1:], 0][: len(ranks)], strict=True):
        if line.story:
            writer.pending.append(line.story)
        elif rank and is_contents_name(line.text):
            writer.contents(line.text)
        elif rank and rank == best:
            writer.headline(line.text)
        elif rank and rank < best:
            writer.above(line.text)
        else:
            writer.line(line, before_headline=bool(best) and following == best)
        writer.pictures(line)
    writer.flush()
    return writer.blocks.page(source, **facts)


class _Writer:
    """Writes the blocks of one page."""

    def __init__(self, picture: Callable[[str], bytes] | None) -> None:
        self.blocks = Blocks()
        self.picture = picture
        self.pending: list[list[Line]] = []
        self.open = False
        """Whether an article is open for text."""
        self.titled = False
        """Whether the open article has a headline."""
        self.begun = False
        """Whether the open article has text."""
        self.in_contents = False
        """Whether the lines are those of a table of contents."""

    def begin(self) -> None:
        """Opens an article, after writing the pending stories."""
        self.flush()
        self.blocks.begin_article()
        self.open, self.titled, self.begun, self.in_contents = True, False, False, False

    def flush(self) -> None:
        """Writes the pending stories, each as an article; what follows belongs to none of them."""
        waiting, self.pending = self.pending, []
        for story in waiting:
            self.blocks.begin_article()
            self.open, self.titled, self.begun = True, False, False
            for line in story:
                self.line(line)
                self.pictures(line)
            self.open = False

    def pictures(self, line: Line) -> None:
        """Adds the pictures of a line that has been written, if they are wanted."""
        if self.picture and not self.pending:
            for name in line.pictures:
                self.blocks.add_picture([name], self.picture)

    def headline(self, text: str) -> None:
        """Adds a headline, and opens an article unless its kicker has."""
        if not self.open or self.titled or self.begun:
            self.begin()
        self.blocks.add(Role.HEADLINE, text)
        self.titled = True

    def contents(self, text: str) -> None:
        """Adds the heading of a table of contents, which with the lines below it is no story."""
        self.flush()
        self.blocks.add(Role.NOTICE, text)
        self.open, self.in_contents = False, True

    def above(self, text: str) -> None:
        """Adds a heading above those of articles: a section, or the document's title."""
        self.flush()
        if is_front_line(text) or (is_collection_name(text) and len(letters(text)) > SECTION_LENGTH):
            self.blocks.add(Role.MASTHEAD, text)
        else:
            self.blocks.add(Role.SECTION if len(letters(text)) <= SECTION_LENGTH else Role.NOTICE, text)
        self.open = False

    def line(self, line: Line, *, before_headline: bool = False) -> None:
        """Adds any other line, by its role or its position."""
        role = line.role or self.role_of(line, before_headline=before_headline)
        if role is Role.KICKER or (role is Role.HEADLINE and (self.titled or self.begun or not self.open)):
            self.begin()
        if role is Role.HEADLINE:
            self.titled = True
        if role is Role.BODY:
            if not self.open:
                self.begin()
            self.begun = True
        if role is Role.DECK and (self.begun or not self.titled):
            role = Role.BODY if self.open else Role.NOTICE
        if role in (Role.BYLINE, Role.AGENCY, Role.CAPTION) and not self.open:
            role = Role.NOTICE
        self.blocks.add(role, line.text.lstrip(DASHES) if role is Role.DECK else line.text)

    def role_of(self, line: Line, *, before_headline: bool) -> Role:
        """The role of a line whose style does not state it."""
        text = line.text.strip()
        if line.look.is_title:
            return Role.MASTHEAD
        if self.in_contents and not text.endswith("。"):
            return Role.NOTICE
        if not self.begun and is_front_line(text):
            return Role.MASTHEAD
        if self.titled and not self.begun and len(text) <= SHORT:
            if BYLINE.fullmatch(text):
                return Role.BYLINE
            if SOURCE.fullmatch(text):
                return Role.AGENCY
            if line.look.centred and BARE_NAMES.fullmatch(text):
                return Role.BYLINE
            if ((line.look.centred or line.look.level) and is_title_like(text)) or re.match(
                r"[—─\-]{2}", text
            ):
                return Role.DECK
        if not self.open and EDITORS_NOTE.match(text):
            return Role.NOTICE
        if STAFF.fullmatch(text) or not split_prompt(text)[0]:
            return Role.NOTICE
        if self.open and PICTURE.fullmatch(text):
            return Role.CAPTION
        if before_headline and line.look.centred and is_title_like(text) and (self.begun or not self.open):
            return Role.KICKER
        if not self.open and len(text) < OWN_TEXT and not text.endswith(("。", "！", "？")):
            return Role.MASTHEAD if is_collection_name(text) else Role.NOTICE
        return Role.BODY


__all__ = ["labelled_page"]
