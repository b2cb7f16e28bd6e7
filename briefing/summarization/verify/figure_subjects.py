"""Figures given to another subject than in the article, where the two are close together.

Four kinds that `attribution`, with its places and sentences, does not see:

    a part's figure given to the whole             基础研究投入 → 研发投入
    one list item's figure given to its neighbour
    a figure or record given to a list of places   甲、乙降至零下38℃
    the start of a range given as its end          从百亿级到千亿级 → 达百亿级

Compares words, not meanings: a paraphrased subject is not judged. Dates are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ...text.chars import HAN
from ...text.lazy_pattern import lazy_pattern
from ...text.quantities import quantities
from ...text.words import NAME_TAGS, Word, is_place
from .facts import ArticleFacts
from .specific import is_specific

_CLAUSE = lazy_pattern(r"[^，。；！？：,;\n]+")
_ITEM = lazy_pattern(r"[^；;。\n]+")
_OFTEN = 20
"""A figure or word that occurs more often in the article is too common to belong to one subject."""
_SEVERAL = lazy_pattern(r"、|分别|和|与|及|等|共|均|都|总|比")
_RECORD = lazy_pattern(r"翻[一两]?番|新[高低](?!考|端)|纪录")
_LIST = lazy_pattern(r"[^、，。；和与及]{2,}(?:、[^、，。；和与及]{2,})+")
_RANGE = lazy_pattern(
    r"[从由自]([^，。；、\n]{1,14}?)(?:[增升降跌减提跃上扩下][^，。；、\n\d]{0,3})?[到至]([^，。；、\n]{1,14})"
)
_ARRIVES = r"(?:达到?|[增升降跌减提跃升扩滑]+[至到]|突破|超过|逾|达成)"
_NUMBER = lazy_pattern(r"[\d一二三四五六七八九十百千万亿.]+[^\d，。；、\n]{0,3}")
_TIME = lazy_pattern(r"[\d一二三四五六七八九十]+(?:年|月|日|时|点|世纪)")
_NOUN_TAGS = ("n", "nz", "vn", "ns", "nt", "l", "j")
_MEASURES = (
    "投入|产值|收入|利润|产量|销量|价格|面积|人口|投资|支出|进口|出口|消费|存款|贷款|资产|债务|成本|余额|营收|用户|"
    "增速|需求|供应|人数|气温|工资|销售|订单|客流|票房|电量|能耗|排放|覆盖|税收|储量|单价|均价"
)
_BARE_MEASURE = lazy_pattern(_MEASURES)
_MEASURE = lazy_pattern(rf"[{HAN}]{{2}}({_MEASURES})(?![{HAN}]?(?:{_MEASURES}))")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure or record of the summary, and the offsets of the same in the article."""

    surface: str
    start: int
    offsets: tuple[int, ...]


def misplaced_figures(text: str, tagged: list[Word], facts: ArticleFacts) -> Iterator[str]:
    """The subjects in `text`, each with the figure that the article states of another subject."""
    yield from _range_starts(text, facts)
    stated = _stated_figures(text, facts)
    for clause in _CLAUSE.finditer(text):
        inside = [word for word in tagged if clause.start() <= word.start < clause.end()]
        for figure in stated:
            if clause.start() <= figure.start < clause.end():
                yield from _other_modifiers(clause, inside, figure, facts)
                yield from _other_measures(clause, figure, text, facts)
                yield from _other_items(inside, figure, facts)
                yield from _other_names(clause, inside, figure, facts)
                yield from _unshared_places(clause, inside, figure, facts)


def _stated_figures(text: str, facts: ArticleFacts) -> list[_Stated]:
    """The specific figures and the records of a text that the article has too."""
    stated = [
        _Stated(figure.surface, figure.start, tuple(same.start for same in facts.figures.same(figure)))
        for figure in quantities(text)
        if is_specific(figure)
    ]
    for record in _RECORD.finditer(text):
        offsets = tuple(match.start() for match in re.finditer(record[0], facts.text))
        stated.append(_Stated(record[0], record.start(), offsets))
    return [figure for figure in stated if 0 < len(figure.offsets) <= _OFTEN]


def _other_modifiers(
    clause: re.Match[str], inside: list[Word], figure: _Stated, facts: ArticleFacts
) -> Iterator[str]:
    """Measures before the figure (研发投入) that have another modifier there in the article (基础研究投入).

    Only measures that the article mentions elsewhere.
    """
    verbs = {word.text for word in inside if word.tag == "v"}
    for measure in _MEASURE.finditer(clause[0][: figure.start - clause.start()]):
        compound = measure[0]
        if compound[:2] in verbs:
            continue
        subjects = [_subject_with(measure[1], offset, facts) for offset in figure.offsets]
        if (
            "的" not in compound
            and compound in facts.text
            and all(subject and subject != compound for subject in subjects)
        ):
            yield compound + figure.surface


def _other_measures(clause: re.Match[str], figure: _Stated, text: str, facts: ArticleFacts) -> Iterator[str]:
    """The measure before the figure, if the article has only others between this figure and the
    previous one."""
    own = _BARE_MEASURE.findall(text[clause.start() : figure.start])
    if not own or own[-1] not in facts.text:
        return
    stated = [_measures_before(offset, facts) for offset in figure.offsets]
    if all(measures and own[-1] not in measures for measures in stated):
        yield own[-1] + figure.surface


def _measures_before(offset: int, facts: ArticleFacts) -> list[str]:
    """The measures between a figure and the previous figure, within one sentence."""
    start, _ = _sentence_at(offset, facts)
    before = [figure + 1 for figure in _figures_between(start, offset, facts)]
    return _BARE_MEASURE.findall(facts.text[max([start, *before]) : offset])


def _subject_with(measure: str, offset: int, facts: ArticleFacts) -> str | None:
    """The last compound of this measure before the offset, in its sentence; None if there is
    none.
    """
    start, _ = _sentence_at(offset, facts)
    index = facts.text.rfind(measure, start, offset)
    compound = facts.text[max(start, index - 2) : index + len(measure)]
    return compound if index >= 0 and re.fullmatch(rf"[{HAN}]{{4}}", compound) else None


def _other_items(inside: list[Word], figure: _Stated, facts: ArticleFacts) -> Iterator[str]:
    """Words of the clause that the article has only in another list item than the figure.

    Items are the parts of a sentence between semicolons, each with its own figure.
    """
    for word in inside:
        if len(word.text) < 2 or word.tag not in _NOUN_TAGS:
            continue
        places = [match.start() for match in re.finditer(re.escape(word.text), facts.text)]
        if 0 < len(places) <= _OFTEN and all(
            _in_other_items(place, figure.offsets, facts) for place in places
        ):
            yield word.text + figure.surface


def _in_other_items(place: int, offsets: tuple[int, ...], facts: ArticleFacts) -> bool:
    """Whether the offset `place` is in an item with figures, and each of `offsets` in another item
    of the same sentence.
    """
    sentence = _sentence_at(place, facts)
    items = [
        (sentence[0] + m.start(), sentence[0] + m.end()) for m in _ITEM.finditer(facts.text[slice(*sentence)])
    ]
    own = next((item for item in items if item[0] <= place < item[1]), None)
    if own is None or len(items) < 2 or not quantities(facts.text[slice(*own)]):
        return False
    return all(
        sentence[0] <= offset < sentence[1] and not own[0] <= offset < own[1] for offset in offsets
    ) and place > min(item[0] for item in items)


def _other_names(
    clause: re.Match[str], inside: list[Word], figure: _Stated, facts: ArticleFacts
) -> Iterator[str]:
    """The only name of the clause, if the article gives the figure to another name in the sentence.

    A figure belongs to the names since the previous figure: 甲省增长5%，乙省增长6% does not support
    甲省增长6%.
    """
    names = {word.text for word in inside if word.tag in NAME_TAGS and len(word.text) > 1}
    if len(names) != 1 or _SEVERAL.search(clause[0]):
        return
    (name,) = names
    for offset in figure.offsets:
        start, _ = _sentence_at(offset, facts)
        last = max([start, *_figures_between(start, offset, facts)])
        other = bisect_left(facts.place_offsets, last) < bisect_left(facts.place_offsets, offset)
        if name[:2] in facts.text[last:offset] or not other or name[:2] not in facts.text[start:last]:
            return
    yield name + figure.surface


def _unshared_places(
    clause: re.Match[str], inside: list[Word], figure: _Stated, facts: ArticleFacts
) -> Iterator[str]:
    """Places listed before the figure that are missing from the article's sentences with the
    figure.
    """
    listed = _LIST.search(clause[0][: figure.start - clause.start()])
    if not listed:
        return
    sentences = [facts.text[slice(*_sentence_at(offset, facts))] for offset in figure.offsets]
    title = facts.text.partition("\n")[0] if "\n" in facts.text else ""
    begin = clause.start() + listed.start()
    *names, last = listed[0].split("、")
    named = {word.text for word in inside if word.start >= begin and word.tag in NAME_TAGS}
    first = {word.text for word in inside if word.start >= begin and is_place(word)}
    if not (any(last.startswith(name) for name in named) and named.issuperset(names) and first):
        return
    for name in names:
        missing = not any(name[:2] in sentence for sentence in sentences)
        if name in facts.text and name[:2] not in title and missing:
            yield name + figure.surface


def _range_starts(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Figures given as reached that the article has only as the start of a rise or fall."""
    for match in _RANGE.finditer(facts.text):
        number = _NUMBER.search(match[1])
        if number is None or _TIME.match(number[0]) or facts.text.count(number[0]) > 1:
            continue
        if reached := re.search(_ARRIVES + re.escape(number[0]), text):
            yield reached[0]


def _sentence_at(offset: int, facts: ArticleFacts) -> tuple[int, int]:
    """The [start, end) of the article's sentence at an offset."""
    number = bisect_right(facts.sentence_spans, offset, key=lambda span: span[0]) - 1
    return facts.sentence_spans[number] if number >= 0 else (offset, offset)


def _figures_between(start: int, end: int, facts: ArticleFacts) -> tuple[int, ...]:
    """Offsets of the article's specific figures in [start, end)."""
    offsets = facts.figure_offsets
    return offsets[bisect_left(offsets, start) : bisect_left(offsets, end)]
