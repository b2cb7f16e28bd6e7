"""Titles and winners: 前总统 is not 总统, and 甲胜乙 is not 乙胜甲.

A title keeps its qualifier (副, 前, 原, 代). A title next to a name must be next to it in the article,
if it is next to any name there. In a match, the sides keep their places around the verb. Left out:
speakers (see `speakers`), roles without a title (他的继任者), and agents of other verbs than winning,
which would need pronouns and passives resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.chars import HAN, bigrams
from ...text.lazy_pattern import lazy_pattern
from ...text.names import Name, NameKind
from ...text.words import LINKS, TITLES
from .facts import ArticleFacts

_TITLE = "|".join(sorted((title for title in TITLES.split() if len(title) > 1), key=len, reverse=True))
_QUALIFIED = lazy_pattern(rf"(常务副|前任|候任|当选|代理|临时|名誉|前|原|副|代)({_TITLE}|州长|行长|司令)")
_PLAIN = lazy_pattern(rf"(?<!副)({_TITLE})")
_FORMER = lazy_pattern(
    r"(?<![目当以之空提向])(前任?|原|候任|代理|代(?=[主总省市县区部])|临时|名誉)(?![后往景来线提进期沿所者年月日天夕油则因有本子料])"
)
_WINS = "击败|战胜|胜|力克|大胜|完胜|险胜|淘汰|横扫|逆转"
_LOSES = "负于|不敌|惨负|输给|败给|不及"
_MATCH = lazy_pattern(rf"({_WINS})|({_LOSES})")


def misassigned_roles(text: str, named: list[Name], facts: ArticleFacts) -> Iterator[str]:
    """The titles and winners of `text` that the article gives to others; `named` are its names."""
    yield from _misqualified_titles(text, facts)
    for name in named:
        person = name.text.rstrip("".join(LINKS))
        if name.kind is NameKind.PERSON and len(person) > 1 and person in facts.text:
            yield from _misassigned_titles(text, person, name.start, facts)
    yield from _swapped_titles(text, facts)
    yield from _chained_titles(text, facts)
    yield from _reversed_results(text, facts)


def _swapped_titles(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Titles directly before words that the article has only after other titles.

    副总理加法罗娃 for 主席加法罗娃.
    """
    for match in re.finditer(rf"({_TITLE})([{HAN}]{{2}})", text):
        title, who = match[1], match[2]
        beside = rf"{title}(?:[^，。；！？\n]{{0,8}}、[^，。；！？、\n]{{0,8}})?{who}|{who}[^，、。；！？\n]{{0,12}}{title}"
        others = [other[1] for other in re.finditer(rf"({_TITLE}){who}", facts.text)]
        same = any(set(title) <= set(other) or set(other) <= set(title) for other in others)
        if others and not same and not re.search(beside, facts.text):
            yield match[0]


def _chained_titles(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Chained titles before a name of which only the last is the person's: 主席、副主席石泰 for 副主席石泰."""
    chain = rf"(?<!副)({_TITLE})、[^，。；！？、\n]{{0,10}}?({_TITLE})([{HAN}]{{2}})"
    for match in re.finditer(chain, text):
        first, last, who = match.groups()
        chained = rf"(?<!副){first}[^，。；！？\n]{{0,30}}{last}{who}"
        if last + who in facts.text and not re.search(chained, facts.text):
            yield first + who


def _misqualified_titles(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Titles with a qualifier that the article lacks, or without one that it always has."""
    for match in _QUALIFIED.finditer(text):
        qualifier, title = match[1], match[2]
        wanted = "副" if qualifier == "常务副" else qualifier[0]
        if match[0] not in facts.text and not re.search(
            rf"{wanted}[^，。；！？\n]{{0,14}}{title}", facts.text
        ):
            yield match[0]
    for match in _PLAIN.finditer(text):
        title = match[1]
        plain_count, deputy_count = (
            _count_matches(rf"(?<!副){title}", facts.text),
            facts.text.count("副" + title),
        )
        if not deputy_count or title.startswith("副"):
            continue
        before = text[max(0, match.start() - 2) : match.start()]
        after = text[match.end() : match.end() + 2]
        alike = (
            len(before) == 2
            and before.isalnum()
            and f"{before}副{title}" in facts.text
            and f"{before}{title}" not in facts.text
        )
        same = (
            len(after) == 2
            and after.isalnum()
            and f"副{title}{after}" in facts.text
            and not re.search(rf"(?<!副){title}{after}", facts.text)
        )
        if not plain_count or alike or same:
            yield title


def _misassigned_titles(text: str, name: str, start: int, facts: ArticleFacts) -> Iterator[str]:
    """The title before a name, if the article gives it only to others, or with another
    qualifier.
    """
    before = text[max(0, start - 14) : start]
    title = re.search(rf"({_TITLE})\Z", before)
    if not title:
        return
    phrase = re.split(r"[，。；：！？、）（\n]", before)[-1]
    starts = [match.start() for match in re.finditer(re.escape(name), facts.text)]
    phrases = [re.split(r"[，。；：！？）（\n]", facts.text[max(0, s - 24) : s])[-1] for s in starts]
    title_at_end = re.compile(rf"{title[1]}(?:[^、]{{0,8}}、[^、]{{0,8}})?\Z")
    with_title = [stated for stated in phrases if title_at_end.search(stated)]
    if not with_title:
        follows = re.search(
            rf"{re.escape(name)}(?:是|，|（|任|担任|当选|为)[^。\n]{{0,20}}{title[1]}", facts.text
        )
        if (
            not follows
            and not any(title[1] in stated for stated in phrases)
            and _is_bound_otherwise(title[1], name, facts)
        ):
            yield title[1] + name
        return
    qualifier = _FORMER.search(phrase)
    qualifiers = [_FORMER.search(stated[-len(phrase) - 8 :]) for stated in with_title]
    mentions = sum(title[1] in stated for stated in phrases)
    if qualifier is None and all(qualifiers) and len(qualifiers) == mentions:
        yield title[1] + name
    elif qualifier and not any(qualifiers):
        yield qualifier[1] + title[1] + name


def _is_bound_otherwise(title: str, name: str, facts: ArticleFacts) -> bool:
    """Whether the article gives the title to another named person, or this person another title."""
    others = [
        person
        for person in facts.persons
        if person != name and re.search(rf"{title}{re.escape(person)}", facts.text)
    ]
    return bool(others) or re.search(rf"(?:{_TITLE}){re.escape(name)}", facts.text) is not None


def _reversed_results(text: str, facts: ArticleFacts) -> Iterator[str]:
    """The verbs of winning whose two sides are swapped with respect to the article."""
    for clause in re.split(r"[，。；！？\n]", text):
        match = _MATCH.search(clause)
        if not match:
            continue
        left, right = _winner_and_loser(clause, match)
        for other in re.split(r"[，。；！？\n]", facts.text):
            stated = _MATCH.search(other)
            if not stated:
                continue
            winner, loser = _winner_and_loser(other, stated)
            if (
                _overlap(left, loser)
                and _overlap(right, winner)
                and not (_overlap(left, winner) or _overlap(right, loser))
            ):
                yield match[0]
                break


def _winner_and_loser(clause: str, match: re.Match[str]) -> tuple[set[str], set[str]]:
    """The bigrams of the winner and of the loser around a verb of winning or losing."""
    before, after = (
        re.sub(r"[\d比:：-]+|中国队(?=.*中国队)|队|以", "", part)
        for part in (clause[: match.start()], clause[match.end() :])
    )
    left, right = set(bigrams(before[-8:])), set(bigrams(after[:6]))
    return (left, right) if match[1] else (right, left)


def _overlap(first: set[str], second: set[str]) -> bool:
    return bool(first & second)


def _count_matches(pattern: str, text: str) -> int:
    return len(re.findall(pattern, text))
