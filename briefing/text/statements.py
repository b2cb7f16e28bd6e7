"""The statements of a summary, as people and chat models write one.

Knows list marks, headings, labels such as 摘要：, emphasis, counts of characters and thoughts in
<think>. Does not know whether a sentence states anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clean_input import clean_input
from .lazy_pattern import lazy_pattern
from .sentences import sentences

_THOUGHT = lazy_pattern(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_MARK = lazy_pattern(
    r"[ \t\u3000]*(?:[-*+•·●▪◆■>#]{1,6}(?:[ \t\u3000]|(?<=[•·●▪◆■]))"
    r"|\d{1,2}(?:[.、](?!\d)|[)）])|[（(]\d{1,2}[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]))[ \t\u3000]*"
)
_NAMES = (
    "要点|要點|标题|標題|摘要|概要|总结|總結|概述|概括|简介|簡介|导语|導語|内容|內容|正文|小结|小結|"
    "提要|一句话|一句話|gist|summary"
)
_LABEL = lazy_pattern(
    rf"[【\[「]?(?:新闻|新聞|文章|全文|内容|內容|核心|主要|一句话|一句話)?(?:{_NAMES})\d{{0,2}}"
    r"(?:[（(][^）)\n]{0,24}[）)])?[】\]」]?(?:[ \t\u3000]*[:：][ \t\u3000]*|(?<=[】\]」])|\Z)",
    re.I,
)
_OPENING = lazy_pattern(
    rf"[^。！？\n，,]{{0,8}}[，,]?[^。！？\n]{{0,24}}(?:{_NAMES})[^。！？\n]{{0,12}}[:：]\Z", re.I
)
"""A line that only leads in: 好的，以下是这篇文章的摘要："""
_COUNTED = lazy_pattern(r"[（(](?:共|约|共计|全文)?[ ]?\d{1,4}[ ]?个?字[）)][。.]?\Z")
_COUNT = lazy_pattern(r"(?<=[。；;，,：:])[ ]?(?:[（(]\d{1,2}[)）]|[①-⑳])")
"""The number of a point inside a sentence: （1）…；（2）…"""
_EMPHASIS = lazy_pattern(r"\*\*|__|`")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a summary as `written`, and `bare`: without what only decorates it."""

    written: str
    bare: str


def statements(summary: str) -> list[Statement]:
    """The sentences of a summary, in order, without lines that state nothing: labels, rules."""
    text = _THOUGHT.sub("\n", clean_input(summary))
    written = [text[start:end] for start, end in sentences(text)]
    found = [Statement(one, _bare(one)) for one in written]
    return [one for one in found if any(map(str.isalnum, one.bare)) and not _OPENING.fullmatch(one.bare)]


def _bare(sentence: str) -> str:
    text = _COUNT.sub("", _EMPHASIS.sub("", sentence))
    for mark in (_MARK, _LABEL, _MARK):
        found = mark.match(text)
        text = text[found.end() :] if found else text
    return _COUNTED.sub("", text).strip()
