"""Whether a written line only leaves words out of one sentence, or of the headline, and no word that
the rest depends on.

The judge is sure of lines that join two sentences, or that lose the noun which a phrase is about
(自习室增至320个 of 自习室座位由180个增至320个). So the words decide: all clauses of the line come
from one sentence, in its order; none begins with what depended on a word left out before it; between
a noun and a verb no noun is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import Match, SequenceMatcher
from itertools import pairwise

from ...text import datelines
from ...text.lazy_pattern import lazy_pattern
from ...text.sentences import sentences
from ...text.words import Word, words
from ...types import Article

COVERED = 0.88
"""The share of a clause's characters that its sentence must have, in order; particles may be added."""
_CLAUSE = lazy_pattern(r"[^，；：。！？\s]+")
_OPEN = lazy_pattern(r"[，；：。！？、“”《（\s]")
_RANKS = "驻原前副非"
"""What stands before an office or a place and makes another of it: 驻加拿大大使."""
_NAMES = ("nr", "ns", "nt", "nz")
_TURNS = lazy_pattern(
    r"[被遭获拟未不疑A-Za-z]|\d年$|[明后去前]年|接受|涉嫌|可能|或将|有望|预计|计划|建议|呼吁|拒绝|否认|暂停|取消|停止|禁止|反对|没有|避免|防止|表示|介绍|指出|认为|[说称]"
)
"""What makes something else of the words around it if it is left out of them: 接受采访, 涉嫌受贿."""
_ADDED = frozenset("的了在于为与和将对获受向至到，、：")
"""Characters that a line may have more than its sentence."""
_COUNTRY = lazy_pattern(
    r"(?!中国|我国|全国|各国|两国|本国|外国|多国|祖国|邻国)[\u4e00-\u9fff]国$|日本|印度|俄罗斯|乌克兰|朝鲜|巴西|欧盟|以色列|伊朗|越南|加拿大|澳大利亚|意大利|西班牙|土耳其|墨西哥"
    r"|新加坡|马来西亚|印度尼西亚|菲律宾|巴基斯坦|南非|埃及|阿根廷|全球|世界|香港|澳门|台湾"
)
_FIGURE = lazy_pattern(r"\d|[百千万亿]")
_DEPENDENT = ("p", "v", "c")
"""Tags of words that need what stands before them: prepositions, verbs, conjunctions."""


def is_shortened_sentence(line: str, article: Article) -> bool:
    """Whether the line is one sentence of the article, or its headline, with words left out; of a
    dateline it has none."""
    text = article.text
    units = [article.headline, *(datelines.strip(text, *span).text for span in sentences(text))]
    return any(_shortens(line, unit) for unit in units if unit)


def _shortens(line: str, unit: str) -> bool:
    at = 0
    kept: list[list[tuple[int, int]]] = []
    for clause in _CLAUSE.findall(line):
        blocks = SequenceMatcher(None, clause, unit[at:], autojunk=False).get_matching_blocks()
        if sum(block.size for block in blocks) < COVERED * len(clause) or _adds(clause, blocks):
            return False
        spans = [(at + block.b, at + block.b + block.size) for block in blocks if block.size]
        kept.append(spans)
        at = spans[-1][1]
    tagged = words(unit)
    names = [word for word in tagged if word.tag[:2] in _NAMES]
    if _FIGURE.search(line) and not _keeps_a_country(line, tagged):
        return False
    return all(
        _begins_well(spans[0][0], unit, tagged)
        and _keeps_heads(spans, tagged)
        and _keeps_names(spans, names)
        and _keeps_words(spans, tagged)
        and _keeps_what_turns(spans, unit)
        for spans in kept
    )


def _adds(clause: str, blocks: Iterable[Match]) -> bool:
    """Whether a clause has characters that its sentence has not, but for particles."""
    kept = {at for block in blocks for at in range(block.a, block.a + block.size)}
    return any(char not in _ADDED for at, char in enumerate(clause) if at not in kept)


def _keeps_a_country(line: str, tagged: list[Word]) -> bool:
    """Whether of the countries that a sentence names the line has one."""
    places = [word.text for word in tagged if word.tag[:1] == "n" and _COUNTRY.match(word.text)]
    return not places or any(place in line for place in places)


def _keeps_words(spans: list[tuple[int, int]], tagged: list[Word]) -> bool:
    """Whether no word was cut so that another took its end: 征税 of 征收关税."""
    return not any(
        word.start < start < word.end and start > 0 and word.start >= end
        for (_, end), (start, _) in pairwise(spans)
        for word in tagged
    )


def _begins_well(start: int, unit: str, tagged: list[Word]) -> bool:
    """Whether a clause begins where one of the sentence does, or with no word that depends on
    others.
    """
    if start == 0 or _OPEN.match(unit[start - 1]):
        return True
    if unit[start - 1] in _RANKS:
        return False
    first = next((word for word in tagged if word.start <= start < word.end), None)
    return first is None or (first.start == start and not first.tag.startswith(_DEPENDENT))


def _keeps_names(spans: list[tuple[int, int]], names: list[Word]) -> bool:
    """Whether no name has lost its beginning: 津市 of 天津市."""
    return not any(name.start < start < name.end and end > start for start, end in spans for name in names)


def _keeps_what_turns(spans: list[tuple[int, int]], unit: str) -> bool:
    """Whether nothing was left out inside a clause that turns what is said: 9位委员采访 of 接受采访."""
    return not any(_TURNS.search(unit[end:start]) for (_, end), (start, _) in pairwise(spans))


def _keeps_heads(spans: list[tuple[int, int]], tagged: list[Word]) -> bool:
    """Whether no noun was left out between a noun and a verb that are kept."""
    for (_, end), (start, _) in pairwise(spans):
        before = next((word for word in tagged if word.start < end <= word.end), None)
        after = next((word for word in tagged if word.start <= start < word.end), None)
        gone = [word for word in tagged if end <= word.start and word.end <= start]
        if not (before and after and gone):
            continue
        if _is_noun(before) and not _is_noun(after) and any(map(_is_noun, _up_to_mark(gone))):
            return False
    return True


def _up_to_mark(gone: list[Word]) -> Iterator[Word]:
    for word in gone:
        if _OPEN.match(word.text):
            return
        yield word


def _is_noun(word: Word) -> bool:
    return word.tag[:1] == "n" or word.tag in ("j", "vn", "an", "m", "q")
