"""Resolves the styles of a Word document: heading level, role, type size, bold, centred.

Follows `basedOn` chains (ISO/IEC 29500-1, 17.7). Knows the style names of Word, WPS and LibreOffice
in English and Chinese; does not know the paragraphs' text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..text.lazy_pattern import lazy_pattern
from ..types import Role
from .flow import DEFAULT_SIZE, Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = lazy_pattern(r"title|标题|文档标题|總標題|总标题|报头|刊头")
HEADING = lazy_pattern(r"(?:heading|标题|標題|head)\s*([1-9])(?!\d)")
HEADLINE = lazy_pattern(r"(?:文章|新闻|稿件|报纸|报道|主|大|正)标题|headline|主题|正题")
ROLES = (
    (lazy_pattern(r"引题|肩题|眉题|kicker|eyebrow"), Role.KICKER),
    (lazy_pattern(r"subtitle|副标题|副題|副题|subhead line|deck"), Role.DECK),
    (lazy_pattern(r"作者|署名|byline|author"), Role.BYLINE),
    (lazy_pattern(r"caption|题注|图注|图说|图片说明"), Role.CAPTION),
    (lazy_pattern(r"(?:toc|目录)\s*(?:heading|标题|\d)?|(?:header|footer|页眉|页脚)"), Role.NOTICE),
    (lazy_pattern(r"栏目|栏题|版面名"), Role.SECTION),
)


class Styles:
    """The styles of one document."""

    def __init__(self, root: Any) -> None:
        """`root` is the element `w:styles`."""
        self.by_id: dict[str, Any] = {}
        self.default: str | None = None
        self.size = DEFAULT_SIZE
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            self.by_id[name] = style
            if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
                self.default = name
        for size in root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz"):
            self.size = _number(size.get(f"{W}val"), DEFAULT_SIZE)

    def look(self, properties: Any) -> Look:
        """The formatting of a paragraph with these properties (`w:pPr`, or None), before that of
        its runs.
        """
        level, role, is_title = 0, None, False
        size, bold, centred = None, None, None
        stated = properties.find(f"{W}pStyle") if properties is not None else None
        first = stated.get(f"{W}val") if stated is not None else self.default
        if properties is not None:
            level = _outline(properties)
            centred = _centred(properties)
        for style in self.chain(first):
            name = _name(style)
            heading = HEADING.fullmatch(name)
            if not (level or role or is_title):
                role = next((role for pattern, role in ROLES if pattern.fullmatch(name)), None)
                is_title = not role and bool(TITLE.fullmatch(name))
                level = int(heading[1]) if heading else 1 if HEADLINE.fullmatch(name) else 0
                inner = style.find(f"{W}pPr")
                if not level and not role and not is_title and inner is not None:
                    level = _outline(inner)
            size = size if size is not None else run_size(style.find(f"{W}rPr"))
            bold = bold if bold is not None else run_bold(style.find(f"{W}rPr"))
            inner = style.find(f"{W}pPr")
            centred = centred if centred is not None or inner is None else _centred(inner)
        return Look(level, is_title, role, size or self.size, bool(bold), bool(centred))

    def chain(self, name: str | None) -> Iterator[Any]:
        """A style and its ancestors, each once."""
        seen: set[str] = set()
        while name and name not in seen and name in self.by_id:
            seen.add(name)
            style = self.by_id[name]
            yield style
            base = style.find(f"{W}basedOn")
            name = base.get(f"{W}val") if base is not None else None


def run_size(properties: Any) -> int | None:
    """The type size in a run's properties, in half points."""
    found = properties.find(f"{W}sz") if properties is not None else None
    return _number(found.get(f"{W}val"), 0) or None if found is not None else None


def run_bold(properties: Any) -> bool | None:
    """Whether a run's properties set bold type; None if they do not say."""
    return is_on(properties, "b")


def is_on(properties: Any, name: str) -> bool | None:
    """Whether a run property is on or off; None if it is absent."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off", "none")


def _name(style: Any) -> str:
    found = style.find(f"{W}name")
    return re.sub(r"\s+", " ", (found.get(f"{W}val") or "") if found is not None else "").strip().lower()


def _outline(properties: Any) -> int:
    """The outline level, 1 to 9; 0 for body text."""
    found = properties.find(f"{W}outlineLvl")
    level = _number(found.get(f"{W}val"), 9) if found is not None else 9
    return level + 1 if level < 9 else 0


def _centred(properties: Any) -> bool | None:
    found = properties.find(f"{W}jc")
    return None if found is None else found.get(f"{W}val") == "center"


def _number(words: str | None, otherwise: int) -> int:
    try:
        return int(float(words or ""))
    except (ValueError, OverflowError):
        return otherwise


__all__ = ["Styles", "W", "is_on", "run_bold", "run_size"]
