"""False claims by another figure of the article, or another day, year or season.

Figures are exchanged for those of the same unit and size, dates for dates of the same form. What
the claim would still follow from (超过20万 for 超过30万) is left out, and so are ends of ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.chars import bigrams, letters
from ..text.quantities import Quantity
from .claims import Article, Claim, clause_at

_DATED = frozenset(("年", "月", "日", "点", "季度", "世纪", "年代"))
_RANGE_BEFORE = re.compile(r"[至到—–\-~～比:：./]\Z")
_RANGE_AFTER = re.compile(r"[至到—–\-~～比:：./]")
_LOWER = re.compile(r"(?:超过|超|逾|突破|多于|高于|至少|不少于|不低于|达到|多达|上)\Z|^[余多]")
_UPPER = re.compile(r"(?:不足|近|不到|低于|少于|至多|最多|不超过|不得超过|接近)\Z")
_NUMERALS = re.compile(r"[一二三四五六七八九十]+\Z")
LIKE = 0.5
"""From this share on, two clauses with different figures may state the same thing twice."""
SIZES = 400
"""How many times larger a figure may be than the one it stands for."""
_DATE = re.compile(
    r"(?:(?<!\d)(?:19|20)\d{2}年)(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<![\d年])\d{1,2}月(?:\d{1,2}日)?|(?<![\d月])\d{1,2}日(?![本报])"
)
_PAST = re.compile(r"已|了|过|曾|截至|累计")
_COMING = re.compile(r"将|拟|计划|预计|力争|有望|要|可")
_TIMES: tuple[tuple[str, str, str], ...] = (
    (r"今年(?!以来|同期)", "去年", "past"),
    (r"去年(?!同期|同月|底)", "今年", "any"),
    (r"明年", "今年", "any"),
    (r"今年(?=[^，。]{0,8}(?:将|拟|计划))", "明年", "coming"),
    (r"上半年", "下半年", "any"),
    (r"下半年", "上半年", "any"),
    (r"(?:第?一|首个?)季度", "第二季度", "any"),
    (r"第?二季度", "第三季度", "any"),
    (r"第?三季度", "第二季度", "any"),
    (r"第?四季度", "第三季度", "any"),
    (r"前三季度", "前两季度", "any"),
    (r"此前", "此后", "any"),
    (r"此后", "此前", "any"),
    (r"上午", "下午", "any"),
    (r"下午", "上午", "any"),
    (r"凌晨|早上|早晨|清晨", "晚间", "any"),
    (r"当晚|晚间|晚上", "凌晨", "any"),
    (r"上周", "本周", "any"),
    (r"下周", "本周", "any"),
    (r"昨[日天]", "今日", "any"),
    (r"明[日天]", "今日", "any"),
    (r"年底(?!前)", "年中", "any"),
    (r"年初", "年底", "any"),
    (r"上月|上个月", "本月", "any"),
    (r"下月|下个月", "本月", "any"),
    (r"期间", "之前", "any"),
    (r"之前|以前", "之后", "any"),
    (r"(?<!加)(?:之后|以后)(?!世)", "之前", "any"),
    (r"春季", "秋季", "any"),
    (r"秋季", "春季", "any"),
    (r"白天", "夜间", "any"),
    (r"夜间", "白天", "any"),
)
_PATTERNS = tuple((re.compile(pattern), new, need) for pattern, new, need in _TIMES)


def figure(claim: Claim) -> Iterator[str]:
    """The claim with another figure of the article, or with two of its own exchanged."""
    own = [one for one in claim.figures if _plain(one, claim.text)]
    for number, one in enumerate(own):
        for other in own[number + 1 :]:
            if _alike(one, other, claim.text, claim.text):
                first, second = claim.text[one.start : one.end], claim.text[other.start : other.end]
                middle = claim.text[one.end : other.start]
                yield claim.text[: one.start] + second + middle + first + claim.text[other.end :]
        stated = {claim.text[same.start : same.end] for same in own}
        for other in claim.article.figures:
            surface = claim.article.text[other.start : other.end]
            if not _plain(other, claim.article.text) or surface in stated:
                continue
            if _alike(one, other, claim.text, claim.article.text) and not _same_matter(claim, one, other):
                yield claim.replaced(one.start, one.end, surface)


def time(claim: Claim) -> Iterator[str]:
    """The claim with another date of the article, or another season, half or side of an event."""
    for match in _DATE.finditer(re.sub(r"[“《][^“”《》]*[”》]", lambda one: "·" * len(one[0]), claim.text)):
        if claim.text[match.end() : match.end() + 1] == "、" or _RANGE_AFTER.match(claim.text, match.end()):
            continue
        if _RANGE_BEFORE.search(claim.text[: match.start()]):
            continue
        for new in _other_dates(match[0], claim.article):
            if new not in claim.text and not _dated_alike(claim, match[0], new, match.start()):
                yield claim.replaced(match.start(), match.end(), new)
    for pattern, new, need in _PATTERNS:
        for match in pattern.finditer(claim.text):
            clause = clause_at(claim.text, match.start())
            if need == "past" and _COMING.search(clause):
                continue
            if need == "coming" and _PAST.search(clause):
                continue
            yield claim.replaced(match.start(), match.end(), new)


def _plain(quantity: Quantity, text: str) -> bool:
    """Whether the number counts something: no date, end of a range, or numeral of a phrase."""
    if quantity.unit in _DATED or quantity.value is None:
        return False
    if _RANGE_BEFORE.search(text[: quantity.start]) or _RANGE_AFTER.match(text, quantity.end):
        return False
    if not quantity.surface[0].isdigit():
        return bool(_NUMERALS.match(quantity.surface[0])) and (bool(quantity.unit) or quantity.classified)
    return bool(quantity.unit) or quantity.classified or quantity.values != frozenset({quantity.surface})


def _alike(one: Quantity, other: Quantity, text: str, other_text: str) -> bool:
    """Whether a figure can stand for another: the same unit and size, and not a weaker bound."""
    small, large = one.value, other.value
    if small is None or large is None or small == large or small * large <= 0:
        return False
    if (one.unit, one.ordinal, one.surface[0].isdigit()) != (
        other.unit,
        other.ordinal,
        other.surface[0].isdigit(),
    ):
        return False
    if not one.unit and one.after[:1] != other.after[:1]:
        return False
    if max(small / large, large / small) > SIZES:
        return False
    before, after = text[: one.start], text[one.end : one.end + 1]
    if large < small and (_LOWER.search(before) or _LOWER.match(after)):
        return False
    return not (large > small and _UPPER.search(before))


def _same_matter(claim: Claim, one: Quantity, other: Quantity) -> bool:
    """Whether the clause of the other figure says of it what the claim says of its own."""
    mine = set(bigrams(letters(clause_at(claim.text, one.start).replace(one.surface, "，"))))
    clause = clause_at(claim.article.text, other.start)
    theirs = set(bigrams(letters(clause)))
    return len(mine & theirs) > LIKE * max(len(mine), 1) and clause not in claim.source


def _other_dates(date: str, article: Article) -> list[str]:
    """The article's dates of the same form, and for a year alone its neighbours."""
    form = re.sub(r"\d+", "0", date)
    found = [match[0] for match in _DATE.finditer(article.text)]
    same = [one for one in dict.fromkeys(found) if re.sub(r"\d+", "0", one) == form and one != date]
    if "年" in form:
        same = [one for one in same if -15 <= int(one[:4]) - int(date[:4]) <= 1]
    if not same and form == "0年":
        return [
            f"{int(date[:4]) + step}年" for step in (-1, 1) if f"{int(date[:4]) + step}年" not in article.text
        ]
    return same


def _dated_alike(claim: Claim, date: str, new: str, at: int) -> bool:
    """Whether a sentence of the article with the other date says much the same."""
    rest = claim.text[at + len(date) : at + len(date) + 24] or clause_at(claim.text, at).replace(date, "")
    wanted = set(bigrams(letters(rest)))
    return any(
        new in sentence and len(wanted & pairs) > LIKE * max(len(wanted), 1)
        for sentence, pairs in zip(claim.article.sentences, claim.article.pairs, strict=True)
    )
