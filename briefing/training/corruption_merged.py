"""False claims that are true of another: one subject with another's deed, words or figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..text.chars import bigrams, letters
from ..text.cut import balanced
from ..text.sentences import finished
from ..text.words import words
from .claims import CLAUSE, Article, Claim, Mention, distinct, is_noun
from .corruption_names import SHARED, SPEAKING, speaks

_BODIES = frozenset("局部委厅院校会司团行府署队社所")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STOP = re.compile(r"[。！？；\n]")
_MEASURED = re.compile(
    r"(?<![一-龥\d])([一-龥A-Za-z]{2,14}?)((?:同比|环比|比上年|较上年)?"
    r"(增长|下降|增加|减少|上涨|下跌|占|达到?|为)[^，。；：“”、]{0,2}\d[^，。；：“”、]{0,10})"
)
_DATE = re.compile(r"(?:(?:19|20)\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午|日前|近日|目前)?，?")
_BACK = re.compile(
    r"相关|有关|等|显示|包括|加强|旨在|希望|应该|还|也|又|则|再|对[^，]{0,6}来访|[他她它其这该]|此(?!前)|同时|此外|另外|其中|双方|而且|但|并|据|随着|对于|通过|为|在"
)


def merged(claim: Claim) -> Iterator[str]:
    """A subject of the claim with what another clause of the article says about another subject."""
    yield from _merged_figures(claim)
    yield from _merged_deeds(claim)
    for first in claim.mentions:
        if first.listed or not _leads(claim, first):
            continue
        speaking = SPEAKING.match(claim.text, first.end)
        head = claim.text[: speaking.end() if speaking else first.end]
        room = len(claim.text) - len(head)
        for other in claim.article.mentions:
            if other.listed or not distinct(first.text, other.text) or first.text[-2:] in other.full:
                continue
            if other.kind != first.kind and not (
                speaking and {first.kind, other.kind} == {"person", "organization"}
            ):
                continue
            for tail in _predicates(claim.article, other, speaking is not None, room):
                if (
                    first.text not in tail
                    and not _repeats(tail, claim.text)
                    and claim.article.covered(tail, first.text, after=False) <= SHARED
                ):
                    yield head + ("，" if speaking and head[-1] not in "，：" else "") + tail + "。"


def _merged_deeds(claim: Claim) -> Iterator[str]:
    """The phrase that leads the claim with the predicate behind another that leads a sentence."""
    own = _leading(claim.text)
    if own is None:
        return
    for sentence in claim.article.sentences:
        other = _leading(sentence)
        if other is None or not distinct(own, other) or not finished(sentence) or _sort(own) != _sort(other):
            continue
        rest = sentence[sentence.index(other) + len(other) :]
        for clause in CLAUSE.finditer(rest):
            tail = _clauses(rest[clause.start() :], len(claim.text) - len(own))
            if not tail or _BACK.match(tail):
                continue
            if _sort(own) == "thing" or not _is_predicate(tail):
                break
            if (
                own[-2:] not in tail
                and not _repeats(tail, claim.text)
                and claim.article.covered(tail, own[-2:], after=False) <= SHARED
            ):
                yield claim.text[: claim.text.index(own)] + own + tail + "。"


@lru_cache(maxsize=512)
def _sort(phrase: str) -> str:
    """Whether a noun phrase names a person, a body, a place or a thing, by its last word."""
    last = words(phrase)[-1]
    if last.tag[:2] == "nr":
        return "person"
    return "body" if last.text[-1] in _BODIES else "place" if last.tag == "ns" else "thing"


@lru_cache(maxsize=512)
def _leading(sentence: str) -> str | None:
    """The noun phrase that leads a sentence, after a date, and has a verb behind it.

    A proper name, or four letters at least.
    """
    date = _DATE.match(sentence)
    start = date.end() if date else 0
    tagged = words(sentence[start : start + 24])
    stop = next((at for at, word in enumerate(tagged) if not is_noun(word)), 0)
    proper = any(word.tag in ("ns", "nt", "nz", "j") or word.tag[:2] == "nr" for word in tagged[:stop])
    behind = tagged[stop].tag if stop else ""
    if behind not in ("v", "d", "vd", "p", "t", "a") or SPEAKING.match(sentence, start + tagged[stop].start):
        return None
    phrase = sentence[start : start + tagged[stop].start]
    torn = tagged[stop - 1].tag[:2] == "nr" and len(tagged[stop].text) == 1 and tagged[stop].tag != "d"
    torn = (
        torn
        or phrase.endswith(
            ("原", "现任", "曾", "会见", "面向", "建议", "数据", "消息", "报道", "文章", "中心")
        )
        or tagged[stop].text == "组织"
    )
    return phrase if (3 if proper else 4) <= len(phrase) <= 16 and not torn else None


def _merged_figures(claim: Claim) -> Iterator[str]:
    """What grew with the growth of something else: subjects and figures of different clauses."""
    for own in _MEASURED.finditer(claim.text):
        for other in _MEASURED.finditer(claim.article.text):
            if other[2] in claim.text or own[2][-1] != other[2][-1] or _verb(own[3]) != _verb(other[3]):
                continue
            if set(_NUMBER.findall(own[2])) & set(_NUMBER.findall(other[2])) or "分别" in own[1] + other[1]:
                continue
            if (
                not _same_subject(own[1], other[1])
                and claim.article.covered(other[2], own[1], after=False) <= SHARED
            ):
                yield claim.replaced(own.start(2), own.end(2), other[2])


def _repeats(tail: str, claim: str) -> bool:
    """Whether half of what is put in stands in the claim already."""
    pairs = set(bigrams(letters(tail)))
    return 2 * len(pairs & set(bigrams(letters(claim)))) > len(pairs)


def _verb(word: str) -> str:
    """The group of a verb of measure: verbs of one group can stand for one another."""
    return "growth" if word[0] in "增减上下" else word[0]


def _same_subject(one: str, other: str) -> bool:
    return bool(set(bigrams(one)) & set(bigrams(other)))


def _predicates(article: Article, who: Mention, speaking: bool, room: int) -> Iterator[str]:
    """What a sentence led by `who` says, or reports as said: clauses that fill the room."""
    begin = max(article.bare.rfind(mark, 0, who.full_start) + 1 for mark in "。！？；”\n，")
    if article.bare[begin : who.full_start].strip():
        return
    end = _STOP.search(article.bare, who.end)
    rest = article.bare[who.end : end.start() if end else len(article.bare)]
    spoken = SPEAKING.match(rest)
    if (spoken is not None) != speaking:
        return
    rest = rest[spoken.end() :] if spoken else rest
    if not rest or not (speaking or _is_predicate(rest)) or rest[0] in "，、的（(”：":
        return
    for clause in CLAUSE.finditer(rest):
        tail = _clauses(rest[clause.start() :], room)
        if tail and not _BACK.match(tail):
            yield tail
        if not speaking:
            return


def _clauses(rest: str, room: int) -> str:
    """The first clauses of the words that fill the room about, or "" if none do."""
    taken = ""
    for clause in CLAUSE.findall(rest):
        grown = f"{taken}，{clause}" if taken else clause
        if len(grown) > room + 8 and taken:
            break
        taken = grown
    fits = 0.4 * room <= len(taken) <= 1.6 * room + 6 and balanced(taken)
    return taken if fits and not taken.endswith(("说", "表示", "指出", "称", "认为", "介绍")) else ""


def _is_predicate(rest: str) -> bool:
    """Whether the words can follow a subject: a verb, an adverb or a preposition comes first."""
    tagged = words(rest[:12])
    first = tagged[0] if tagged else None
    if "、" in rest[:6]:
        return False
    return (
        first is not None
        and first.tag in ("v", "d", "p", "vd")
        and (len(first.text) > 1 or first.text in set("将已也还对在与把以为于从由被获称是不未"))
    )


def _leads(claim: Claim, mention: Mention) -> bool:
    """Whether the mention leads the claim, perhaps after a date, and a verb follows."""
    before = claim.text[: mention.full_start]
    after = claim.text[mention.end :]
    starts = re.fullmatch(r"(?:[^，。；“”]{0,10}[年月日时]?[，]?|[^，。；“”]{4,14}，)", before)
    return starts is not None and (_is_predicate(after) or speaks(claim.text, mention))
