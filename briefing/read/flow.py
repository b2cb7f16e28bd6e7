"""The lines of a document in their flow, each with its look: what Word documents and books have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..text.chars import HAN, letters
from ..types import Role

DEFAULT_SIZE = 21
"""Half points; 五号, the size of Chinese documents that state none."""
TITLE_LENGTH = 45
"""Characters; a line of Chinese with more is no headline."""
NOT_TITLE = re.compile(
    rf".*[。；：:，、,;]|(?:来源|作者|记者|责编|编辑|摄影|图)[：:／/].*|(?:本报)?记者\s*[{HAN}\s]{{2,12}}"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: `level` 1 the highest heading, 0 none; `size` in half points."""

    level: int = 0
    is_title: bool = False
    role: Role | None = None
    size: int = DEFAULT_SIZE
    bold: bool = False
    centred: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph in the flow of a document.

    `role` where the document states it. `story`: lines that are an article of their own, set
    beside the flow (in a text box, in a cell); the line itself then has no words.
    """

    text: str
    look: Look = field(default_factory=Look)
    role: Role | None = None
    story: list[Line] | None = None


def is_title_like(text: str) -> bool:
    """Whether a line may be a headline by its length and its end."""
    words = text.strip()
    return len(letters(words)) >= 4 and len(words) <= TITLE_LENGTH and not NOT_TITLE.fullmatch(words)


def replace_role(line: Line, role: Role) -> Line:
    """The line with another role."""
    return replace(line, role=role)


__all__ = ["DEFAULT_SIZE", "TITLE_LENGTH", "Line", "Look", "is_title_like", "replace_role"]
