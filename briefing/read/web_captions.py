"""Tells the lines of an article's web page that belong to its pictures.

By their words (李小满摄), by their markup, or by their place: a short centred line right after a
picture, where the article's own paragraphs are not centred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from .headings import is_subhead
from .web_furniture import SIMPLIFIED
from .web_lines import Line

NAMES = lazy_pattern(
    r"caption|pictext|pic-?(?:text|desc|info)|img-?(?:text|desc|info|title|note)"
    r"|tu-?shuo|图注|photo-?(?:info|text|desc)",
    re.IGNORECASE,
)
NAMES_AFTER = lazy_pattern(
    r"(?:^|[-_\s])(?:desc\w*|notes?|explain|intro|(?:pic|img|image|photo|figure)[\w-]*|tu[-_]?(?:zhu|ming|shuo))(?=$|[-_\s])",
    re.IGNORECASE,
)
"""Names that mean a caption right after a picture."""
WORDS = lazy_pattern(
    r"(?:图为|圖為|图[：:]|资料图|資料圖|(?:视频)?截图|图[片像]?来源|图源"
    r"|图[一二三四五六七八九十\d]{1,2}[：:\s]|▲|△|▼|↑|↓).{0,160}"
    r"|.{2,120}(?:摄|攝|供图|供圖|資料圖|资料图|资料图片|/图|图/\S{2,6}|（图[^）]{0,12}）|图片来自\S{2,10}"
    r"|图据\S{2,10})[）)]?[。]?"
    r"|.{2,60}(?:视觉中国|东方IC|人民视觉|IC photo|新华社|中新社|图虫)\s*(?:资料|图片?|供图|发|资料图)"
    r"|[（(](?:(?:封面|示意|题|首|配|附|组)?(?:图|图片|照片|影片|画面)|资料图片?|视频截图|\S{0,6}摄)[^）)]{0,40}[）)]"
    r"|.{2,120}[（(](?:[^）)]{0,10}(?:图|照片?|画面|影像|影片)[^）)]{0,24}|[^）)]{0,12}(?:翻摄|摄|资料照|档案照)[^）)]{0,20})[）)]"
)
TAKEN = lazy_pattern(r".{2,120}[（(](?:截|摘|翻)?(?:取|摄|截)自[^）)《]{1,16}[）)]")
"""What is said behind a picture, and where the picture is from; elsewhere it may be a quotation's source."""
CREDITED = lazy_pattern(
    r".{6,150}[。！？”」）)\s][（(]?(?:图|照片|摄影|图片)\s?[：:／/][^。，：:]{2,20}(?:提供|翻摄|摄|资料照|档案照|供图)?[）)]?。?"
)
"""What a picture shows, and behind it who took or gave it."""
MARKED = lazy_pattern(r"[▲△▼].{2,}|[^。]{4,60}[（(](?:点击|按)图片?(?:可)?放大[)）]。?")
"""What is set under a picture by a mark, however long, or says in a few words how to enlarge it."""
MARKED_MOST = 240
CENTRED = lazy_pattern(r"text-align\s*:\s*center", re.IGNORECASE)
CENTRED_NAMES = lazy_pattern(
    r"(?:^|[-_\s])(?:(?:text|align|txt|f)[-_]?)?(?:cent(?:er|re)(?:ed)?|juzhong)(?=$|[-_\s])", re.IGNORECASE
)
"""Class names that centre a paragraph; of the paragraph itself only, since columns are called so too."""
OPENING = lazy_pattern(
    r"\s*[（(【〔\[][^）)】〕\]。，]{2,24}(?:[讯訊电電]|[報报][導导道])\s*[）)】〕\]]"
    r"|\s*[^，。：:；！？“”「」\s]{1,14}[网社报台網報臺]"
    r"(?:讯|訊|消息|[^，。\s]{0,12}\d{1,2}[日號号](?:电|電|讯|訊))[\s　（(]"
)
"""A dateline with which a report begins: （望江29日讯）, 云汀新闻网讯, 云汀社望江1月9日电."""
ENDS = ("。", "！", "？", "”", "」", "）", ")", "：", ":", "…")
"""The ends of sentences and of what opens a list: a line before the first, right behind a picture, is its
caption."""
BOLD = 0.9
"""Share of a line in bold above which it is a heading."""
SHORT = 60
"""Longest caption, in characters, that is known by its place alone."""
LONGEST = 160
LONGEST_NAMED = 90
"""Longest caption, in characters, that is known by its words alone."""
NAMED, NAMED_MOST = 6, 400
"""Characters of a caption that is known by its picture's name."""


def captions_among(lines: Sequence[Line]) -> set[int]:
    """The captions among an article's lines, by their places in the sequence."""
    told = [line for line in lines if line.prose and not line.after_image]
    by_place = 2 * sum(map(_is_centred, told)) < max(1, len(told))
    opening = next((place for place, line in enumerate(lines) if OPENING.match(line.text)), 0)
    begin = next((place for place, line in enumerate(lines) if line.text.endswith(ENDS)), 0)
    return {
        place
        for place, line in enumerate(lines)
        if is_caption(line)
        or (place < begin and _is_unended(line, lines[place + 1]))
        or (by_place and is_short_after_picture(line))
        or (place < opening and len(line.text) <= SHORT and line.bold <= BOLD and _has_picture_beside(line))
    }


def _is_unended(line: Line, after: Line) -> bool:
    """Whether a line right behind a picture is short, neither sentence nor subhead, alone in its element."""
    short = line.prose and len(line.text) <= SHORT and line.block is not after.block
    heading = line.bold > BOLD or is_subhead(line.text)
    return bool(short) and not heading and _has_picture_beside(line)


def _has_picture_beside(line: Line) -> bool:
    """Whether a picture stands right before a line, in its element or the one around it."""
    if not line.after_image or line.block is None:
        return False
    near = [line.block, *islice(line.block.iterancestors(), 1)]
    return any(element in near for image in line.images for element in image.iterancestors())


def is_caption(line: Line) -> bool:
    """Whether a line's words or markup say that it belongs to a picture."""
    if line.row:
        return False
    if _is_name_of_picture(line):
        return True
    words = line.text.translate(SIMPLIFIED)
    if len(words) <= MARKED_MOST and MARKED.fullmatch(words):
        return True
    if len(line.text) > LONGEST:
        return False
    if any(element.tag == "figcaption" for element in _around(line, 4)):
        return line.prose < 120
    if NAMES.search(line.names) and line.prose < 60:
        return True
    if line.after_image and NAMES_AFTER.search(line.names) and line.prose < 60:
        return True
    if CREDITED.fullmatch(words):
        return True
    if len(line.text) > LONGEST_NAMED:
        return False
    return bool(WORDS.fullmatch(words)) or (line.after_image and TAKEN.fullmatch(words) is not None)


def _is_name_of_picture(line: Line) -> bool:
    """Whether the picture before a line is called what the line says: its alternative text or title."""
    if not NAMED <= len(line.key) <= NAMED_MOST:
        return False
    for image in line.images:
        around = [image, *islice(image.iterancestors("a"), 1)]
        names = [element.get(name) or "" for element in around for name in ("alt", "title")]
        if any(letters(name) == line.key for name in names):
            return True
    return False


def _is_centred(line: Line) -> bool:
    """Whether a line's markup centres it."""
    own = line.block
    if own is not None and own.tag == "p" and CENTRED_NAMES.search(own.get("class") or ""):
        return True
    return any(
        element.tag == "center"
        or (element.get("align") or "").lower() == "center"
        or CENTRED.search(element.get("style") or "")
        for element in _around(line, 2)
    )


def is_short_after_picture(line: Line) -> bool:
    """Whether a line is short, centred and right after a picture: a caption, if the text is not centred."""
    if not line.after_image or line.row or len(line.text) > SHORT or line.bold > BOLD:
        return False
    return _is_centred(line) and not is_subhead(line.text)


def _around(line: Line, levels: int) -> list[Any]:
    """The element of a line and those around it, as many as `levels`."""
    return [] if line.block is None else [line.block, *islice(line.block.iterancestors(), levels)]


__all__ = ["WORDS", "captions_among", "is_caption", "is_short_after_picture"]
