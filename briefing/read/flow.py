"""The lines of a document in order with their formatting, shared by Word documents and books."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from ..types import Role

DEFAULT_SIZE = 21
"""Default type size in half points: 五号, as Chinese documents without a size have."""
TITLE_LENGTH = 45
"""Longest headline in characters."""
NOT_TITLE = lazy_pattern(
    rf".*[。；：:，、,;]|(?:来源|作者|记者|责编|编辑|摄影|图)[：:／/].*|(?:本报)?记者\s*[{HAN}\s]{{2,12}}"
)


@dataclass(frozen=True, slots=True)
class Look:
    """The formatting of a paragraph: `level` 1 is the highest heading, 0 none; `size` in half
    points.
    """

    level: int = 0
    is_title: bool = False
    role: Role | None = None
    size: int = DEFAULT_SIZE
    bold: bool = False
    centred: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph in the flow of a document.

    `role` is set if the document states it. `story` holds the lines of a separate article outside
    the flow (in a text box or a cell); the line itself then has no text. `pictures` are the names of
    those in it or right after it.
    """

    text: str
    look: Look = field(default_factory=Look)
    role: Role | None = None
    story: list[Line] | None = None
    pictures: list[str] = field(default_factory=list)


def is_title_like(text: str) -> bool:
    """Whether a line may be a headline, by its length and its ending."""
    words = text.strip()
    return len(letters(words)) >= 4 and len(words) <= TITLE_LENGTH and not NOT_TITLE.fullmatch(words)


def replace_role(line: Line, role: Role) -> Line:
    """A copy of the line with another role."""
    return replace(line, role=role)


__all__ = ["DEFAULT_SIZE", "TITLE_LENGTH", "Line", "Look", "is_title_like", "replace_role"]
