"""Modality: plans reported as done, negations dropped or added. 将通车 is not 已通车, 不针对 is not 针对.

Compares the verb after 已, 将 or a negation with the same verb in the article. Not judged: verbs that
the article lacks, plans without 将 (headlines omit it), and denials in other words (拒绝 for 不同意).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.chars import HAN, bigrams
from ...text.lazy_pattern import lazy_pattern
from ...text.words import Word
from .facts import ArticleFacts

_DONE = lazy_pattern(r"已经?|均已|业已")
_PLANNED = lazy_pattern(
    r"将(?!军|士|领|近)|拟|计划|有望|预计|力争|即将|准备|打算|考虑|建议|呼吁|要求|目标|希望|或将|尚未|可能|明年"
)
_NEGATING = "不 未 没有 没 并未 尚未 并非 不会 不能 不得 不再 从未 无法 否认 拒绝 未能 禁止 反对 停止 暂停 取消 避免 防止"
_NEGATIONS = frozenset(_NEGATING.split())
_NEGATED = lazy_pattern(
    rf"(?:未(?!来)|不(?!断|仅|少)|{'|'.join(_NEGATING.split()[2:])})[^，。；！？\n]{{0,4}}\Z"
)
_VERBS = frozenset(
    ("会见", "会谈", "会晤", "签署", "批准", "公布", "通过", "举行", "出席", "宣布", "启动", "提出")
)
"""Verbs that the tagger sometimes splits (会|见来访)."""
_TENSE = lazy_pattern(r"(均?(?<![不而])已经?)(?!故)|(即将|将(?!军|士|领|近)|拟|计划)")
_DENIAL = lazy_pattern(rf"(?<![并尚从])(不|没有?|(?:并|尚|从)?未|不会|并不|从不)(?=([{HAN}]{{2}}))")
_PLAINLY = lazy_pattern(r"(?:不|未|没有?|并非|否认|无法|不会|从未|并未|尚未)\Z")
_CLAUSE = lazy_pattern(r"[。；！？\n，：]")
_EVENTS = "发射|升空|通车|通航|开通|开工|竣工|建成|投产|投用|启用|上市|开幕|闭幕|开馆|开园|交付|上线|首飞|入轨|落成|揭牌|生效|签署|签约|启程|抵达|出发"
_COMPLETED = lazy_pattern(
    rf"({_EVENTS})(?:升空|成功|完成|了|使用|运营|运行|投产|投用)?$|([{HAN}]{{2}})了(?!解)"
)
_ONCE_DONE = lazy_pattern(r"(?:之?后|以后)[^。；\n]{0,30}?(?:将|预计|可)")
_FUTURE = lazy_pattern(
    r"将|拟|计划|预计|有望|即将|准备|打算|力争|确保|目标|择机|待|后天|明[年天日晨晚]|下[周月]|年[底内前]|前$|\d[年月日]|[近今]日|届时|可能|如果|若|尚未|争取|推动|加快|为了|未|没"
)
_WILL = lazy_pattern(r"(?:将(?!军|士|领|近)|拟|计划|有望|预计|即将)[^，。；]{0,16}\Z")
_NOUN_SUFFIXES = "区场者地站架井台式日会率量"


def contradicted_modality(text: str, tagged: list[Word], facts: ArticleFacts) -> Iterator[str]:
    """The verbs of `text` whose tense or negation contradicts the article; `tagged` are its
    words.
    """
    for match in _TENSE.finditer(text):
        if verb := _stated_otherwise(text, match.end(), tagged, facts, done=match[1] is not None):
            yield match[0] + verb
    yield from _plans_reported_as_done(text, facts)
    yield from _added_negations(text, facts)
    yield from _dropped_negations(tagged, facts)


def _stated_otherwise(
    text: str, end: int, tagged: list[Word], facts: ArticleFacts, *, done: bool
) -> str | None:
    """What follows the tense marker that ends at `end`, if the article has it only in the other
    tense.

    `done` is the tense of the marker. Tries the next characters verbatim (于7月28日), then the verb in
    the article's most similar clause.
    """
    own, other = (_DONE, _PLANNED) if done else (_PLANNED, _DONE)
    clause = _CLAUSE.split(text[end : end + 30])[0]
    for size in range(min(6, len(clause)), 1, -1):
        if places := _clauses_before(clause[:size], facts.text):
            return clause[:size] if _all_other(places, other, own) else None
    stop = end + len(clause)
    verb = next((word.text for word in tagged if end <= word.start < stop and _is_verb(word)), None)
    if verb is None:
        return None
    most_similar = max(
        (stated for stated in _CLAUSE.split(facts.text) if verb in stated),
        key=lambda stated: len(set(bigrams(stated)).intersection(bigrams(clause))),
        default="",
    )
    return verb if other.search(most_similar) and not own.search(most_similar) else None


def _plans_reported_as_done(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Verbs given as done, at the end of a clause or with 了, that the article has only as plans."""
    for clause in re.split(r"[，。；！？：\n]", text):
        match = _COMPLETED.search(clause)
        if match and not _FUTURE.search(clause) and _is_only_planned(match[1] or match[2], facts):
            yield match[0]


def _is_only_planned(verb: str, facts: ArticleFacts) -> bool:
    """Whether each occurrence of the verb follows a marker of a plan, or precedes 后 and one
    (建成后将).
    """
    matches = list(re.finditer(rf"{verb}(?![{_NOUN_SUFFIXES}])", facts.text))
    return bool(matches) and all(
        _WILL.search(_clause_before(match.start(), facts.text)) or _ONCE_DONE.match(facts.text, match.end())
        for match in matches
    )


def _all_other(places: list[str], other: re.Pattern[str], own: re.Pattern[str]) -> bool:
    return all(other.search(place[-16:]) and not own.search(place) for place in places)


def _is_verb(word: Word) -> bool:
    return word.tag in ("v", "vn") and len(word.text) > 1 and word.text not in _NEGATIONS


def _clauses_before(words_: str, text: str) -> list[str]:
    """The beginning of the clause before each occurrence of the words."""
    return [_clause_before(match.start(), text) for match in re.finditer(re.escape(words_), text)]


def _clause_before(offset: int, text: str) -> str:
    """The clause up to the offset, at most 40 characters."""
    return _CLAUSE.split(text[max(0, offset - 40) : offset])[-1]


def _added_negations(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Negated verbs that the article has, but nowhere negated."""
    for match in _DENIAL.finditer(text):
        verb = match[2]
        if (
            (verb in facts.verbs or verb in _VERBS)
            and verb in facts.text
            and not any(_NEGATED.search(before) for before in _clauses_before(verb, facts.text))
        ):
            yield match[1] + verb


def _dropped_negations(tagged: list[Word], facts: ArticleFacts) -> Iterator[str]:
    """Verbs without a negation that the article has only directly after one."""
    for number, word in enumerate(tagged):
        if not (_is_verb(word) or (word.tag == "p" and len(word.text) > 1)) or _NEGATED.search(
            "".join(before.text for before in tagged[max(0, number - 5) : number])
        ):
            continue
        places = _clauses_before(word.text, facts.text)
        if places and all(_PLAINLY.search(place) for place in places):
            yield word.text
