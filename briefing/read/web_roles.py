"""Gives the lines of a web article their roles: titles above the text, bylines, captions, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..text.chars import HAN, letters
from ..text.datelines import strip
from ..text.lazy_pattern import lazy_pattern
from ..text.newsroom import DATE, DATELINE_PLACE, OUTLET, WIRE
from .headings import is_subhead
from .web_captions import captions_among
from .web_credits import SUMMARY, is_offices
from .web_furniture import MARKS, furniture_of, is_byline, without_editors
from .web_last import is_names, tells_of_itself
from .web_lines import LINKED, Line

DATELINE = lazy_pattern(
    r"[^，。：:]{1,30}(?:电|電|讯|訊|消息|报道|報道)\s?[（(\s　]|[^，。]{0,12}(?:记者|記者)"
)
"""The beginning of the first paragraph of a report."""
WIRED = lazy_pattern(
    rf"[（(【\[]?(?:{OUTLET})?{DATELINE_PLACE}(?:{DATE}|(?<!\d)\d{{1,2}}[日号]){WIRE}[】\])）]?"
)
"""A dispatch's place and day: 云汀11月20日电."""
ENDS_DATELINE = ("讯", "訊", "电", "電", "消息")
LONGEST_DATELINE = 40
COLUMN = lazy_pattern(r"【[^】]{2,12}】")
"""A column's name alone above the text."""
TITLES = frozenset(["h1", "h2", "h3", "h4"])
SIGNED = lazy_pattern(rf"[（(]\s*([{HAN}]{{2,8}}(?:[\s、]{{1,2}}[{HAN}]{{2,4}}){{0,3}})\s*[)）]")
"""A name alone in brackets under the text: who wrote it, or for which paper."""
UNSIGNED = lazy_pattern(
    r"完|全文完|待[续續]|未完待[续續]|[节節][选選]|摘[编編]|附[表图圖]|[图圖表]?略|[盖蓋]章|[见見][图圖表]|.{0,6}新[闻聞]|.{2,4}\s?(?:[编編][辑輯]|[审審]核|校[对對])"
)
POINTER = lazy_pattern(r"(?<=[。！？」”』])\s*[（(]([^（()）]{6,90})[）)]$")
"""Brackets behind the last sentence of a paragraph, which may hold a link to another story."""
LEAST_LINK, OTHERS = 6, 8
"""Fewest characters of such a link, and most of the words around links."""
PART = 6
"""Fewest characters of a part of the headline that is repeated above the text."""
CUT, FIRST, NEXT = 20, 3, 6
"""Fewest characters of a beginning that is shown cut above the text; among the first lines; how far above."""


@dataclass(slots=True)
class Body:
    """The article on a page: its lines, those that are captions, and where it stands.

    `first` is the index of the first line in the page's lines, -1 if there is no article; `end`
    that of the line after the last.
    """

    texts: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """Lines of a title that stand above the first paragraph, inside the article."""
    column: str = ""
    """The column's name above the first paragraph."""
    lines: list[Line] = field(default_factory=list)
    first: int = -1
    end: int = -1

    @property
    def length(self) -> int:
        """Characters of the paragraphs."""
        return sum(map(len, self.texts))


def shows_title(line: Line, titles: Sequence[str]) -> bool:
    """Whether a line shows a title of the page, or most of it."""
    size = len(line.key)
    if line.tag == "h1" and size >= 2 and line.key in titles:
        return True
    if size < 4 or size > 120 or line.linked >= LINKED:
        return False
    return any(
        (line.key in title and 2 * size > len(title)) or (title in line.key and size < 2 * len(title))
        for title in titles
        if len(title) >= 4
    )


def body_of(lines: Sequence[Line], chosen: Sequence[int], titles: Sequence[str]) -> Body:
    """The article of the chosen lines, given by their indexes; `titles` in letters only."""
    body = Body(first=chosen[0], end=chosen[-1] + 1) if chosen else Body()
    own = [lines[index] for index in chosen]
    captions = captions_among(own)
    above = set() if not own else _titles_above(own, captions, titles)
    seen: set[str] = set()
    dateline: list[Line] = []
    for place, line in enumerate(own):
        if len(line.key) >= 20 and line.key in seen and not line.row:
            continue  # printed twice, for two widths of screen
        if _is_cut(own, place) or _is_told_later(own, place) or _is_part_of_title(line, titles, body):
            continue
        seen.add(line.key)
        if place in captions:
            body.captions.append(line.text)
        elif not body.texts and COLUMN.fullmatch(line.text):
            body.column = line.text.strip("【】")
        elif place in above:
            body.titles += [] if shows_title(line, titles) else [line.text]
        elif not body.texts and is_offices(line.text, titles):
            body.bylines.append(line.text)
        elif line.row or not is_byline(line.text):
            text = line.text if line.row else _without_pointer(line, without_editors(line.text))
            if not body.texts and not line.row and is_dateline(text):
                dateline.append(line)
            elif text and (text == line.text or furniture_of(text) is None):
                body.texts.append(" ".join([*(one.text for one in dateline), text]))
                body.lines.append(line)
                dateline = []
        else:
            body.bylines.append(line.text.lstrip(MARKS))
    body.texts += [one.text for one in dateline]  # no text follows
    body.lines += dateline
    _take_motto(body, titles)
    _take_signature(body)
    return body


def is_dateline(text: str) -> bool:
    """Whether a line is a dateline and nothing else: 云汀新闻网讯, 本报望江11月20日电."""
    if len(text) > LONGEST_DATELINE or not text.rstrip("】])）").endswith(ENDS_DATELINE):
        return False
    return WIRED.fullmatch(text) is not None or not strip(text, 0, len(text)).text


def _take_motto(body: Body, titles: Sequence[str]) -> None:
    """Leaves out what an account says of itself under the text."""
    if len(body.texts) > 2 and tells_of_itself(body.texts[-1], [*titles, *body.texts[:-1]]):
        body.texts.pop()
        body.lines.pop()


def _take_signature(body: Body) -> None:
    """Makes the names alone under the text, or in brackets, a byline."""
    if len(body.texts) > 1 and is_names(body.texts[-1], body.texts[-2]):
        body.bylines.append(body.texts.pop())
        body.lines.pop()
    if len(body.texts) > 1 and (signed := SIGNED.fullmatch(body.texts[-1])):
        body.texts.pop()
        body.lines.pop()
        many = len(signed[1]) > 4 and len(signed[1].split()) < 2
        body.bylines += [] if many or UNSIGNED.fullmatch(signed[1]) else [signed[1]]


def _is_cut(own: Sequence[Line], place: int) -> bool:
    """Whether a line is the beginning of a paragraph soon after it: a description cut to its length."""
    label = SUMMARY.match(own[place].text)
    key = letters(own[place].text[label.end() :]) if label else own[place].key
    if place >= FIRST or len(key) < CUT or own[place].row:
        return False
    after = own[place + 1 : place + 1 + NEXT]
    if label and any(line.key == key for line in after):
        return True
    return any(len(line.key) > len(key) and line.key.startswith(key) for line in after)


def _is_told_later(own: Sequence[Line], place: int) -> bool:
    """Whether a line above the text is a summary in an element of its own that repeats a paragraph of it."""
    line, after = own[place], own[place + 1 :]
    if place >= FIRST or len(line.key) < CUT or line.row or not after or line.block is None:
        return False
    again = next((other for other in after if other.key == line.key), None)
    if again is None or again.block is None or again.block.getparent() is line.block.getparent():
        return False
    return all(other.key != after[0].key for other in after[1:])


def _is_part_of_title(line: Line, titles: Sequence[str], body: Body) -> bool:
    """Whether a line above the text repeats a part of the headline."""
    if body.texts or line.prose or line.row or len(line.key) < PART:
        return False
    return any(line.key in title and line.key != title for title in titles)


def _without_pointer(line: Line, text: str) -> str:
    """The paragraph without brackets at its end that hold links to other stories and little else."""
    found = POINTER.search(text[-120:]) if 0 < line.linked < LINKED and text.endswith(("）", ")")) else None
    if found is None or line.block is None:
        return text
    words = letters(found[1])
    linked = [
        key for element in line.block.iter("a") if len(key := letters(element.text_content())) >= LEAST_LINK
    ]
    for key in linked:
        words = words.replace(key, "")
    cut = len(words) < len(letters(found[1])) and len(words) <= OTHERS
    return text[: len(text) - len(found[0])] if cut else text


def _titles_above(own: Sequence[Line], captions: set[int], titles: Sequence[str]) -> set[int]:
    """The places of a report's titles: bold lines before its first paragraph, if that has a dateline
    or one of them shows the page's title.
    """
    first = next((place for place, line in enumerate(own) if line.prose and place not in captions), 0)
    before = [place for place in range(first) if place not in captions and not own[place].row]
    heads = [place for place in before if own[place].bold > 0.9 or own[place].tag in TITLES]
    if heads != before or own[first].bold > LINKED or any(is_subhead(own[place].text) for place in heads):
        return set()
    shown = any(shows_title(own[place], titles) for place in heads)
    return set(heads) if shown or DATELINE.match(own[first].text) else set()


__all__ = ["Body", "body_of", "shows_title"]
