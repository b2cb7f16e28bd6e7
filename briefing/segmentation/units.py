"""Units of a page: a paragraph or a piece of one, a possible title, a byline, furniture.

Knows what a unit is and how its words read; does not know how lines are cut into units, nor which
titles open an article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from ..text.lazy_pattern import lazy_pattern
from ..types import Role
from .lines import TextLine

COLUMN_NAME = lazy_pattern(
    r"(?:本报|今日)?(?:要闻|时政|国内|国际|本地|本市|本埠|社会|经济|财经|科技|文化|体育|教育|健康|民生|评论|综合|副刊|地方|县域|生活|娱乐|环球|天下|法治|军事|时评|产业|"
    r"金融|城市|城事|区县|乡村|三农|人物|读书|旅游|生态|环保|卫生|医疗|交通|天气|气象|简讯|短讯|快讯|速览|图片|聚焦|关注|深度|调查|特稿|言论|社论|要聞|國際|國內|社會|經濟|財經|體育|綜合|評論|文教)"
    r"(?:新闻|新聞|要闻|版|之窗|快讯|简讯|周刊|专版|视野|观察|动态|在线|纵横|广角|速递|快报)?"
)
STORY_DAY = lazy_pattern(r"今天|昨天|近日|日前|[1-3]?\d日|记者")
"""Days as an article's first sentence names them; headlines seldom do."""


class UnitKind(Enum):
    """What a unit can be."""

    TEXT = "text"
    TITLE = "title"
    BYLINE = "byline"
    AGENCY = "agency"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Unit:
    """A run of lines with one use on the page."""

    kind: UnitKind
    lines: list[TextLine] = field(default_factory=list)
    role: Role | None = None
    mark: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """The words, wrapped lines joined."""
        return join(line.text for line in self.lines)

    @property
    def gap(self) -> int:
        """Blank lines before it."""
        return self.lines[0].gap

    @property
    def indented(self) -> bool:
        """Whether its first line opens a paragraph by an indent."""
        return self.lines[0].indented


def join(parts: Iterable[str]) -> str:
    """Wrapped lines joined: nothing between Chinese characters, a space between Latin words."""
    out: list[str] = []
    last = ""
    for part in parts:
        if last and part and last.isascii() and last.isalpha() and part[0].isascii() and part[0].isalpha():
            out.append(" ")
        out.append(part)
        last = part[-1:] or last
    return "".join(out)


__all__ = ["COLUMN_NAME", "STORY_DAY", "Unit", "UnitKind", "join"]
