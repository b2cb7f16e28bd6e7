"""False claims by exchanged names: subject, speaker, role.

Names of one kind stand for one another: persons for persons, provinces for provinces. What another
name would be true of as well is left out: names of the same sentence of the article (but for an
exchange of the two), and names beside much the same words elsewhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.words import TITLES
from .claims import SAYS, Claim, Mention, clause_at, distinct

SHARED = 0.6
"""From this share of a clause's pairs of letters on, a sentence about another may say the same."""
_ADVERBS = r"(?:在[^，。；：]{1,14}[中上时]|还|也|则|同时|进一步|日前|近日|当天|今天|(?:\d+月)?\d+日)?"
SPEAKING = re.compile(rf"{_ADVERBS}(?:{SAYS})(?![明法服])[，：,:]?")
_TITLE = "|".join(sorted((one for one in TITLES.split() if len(one) > 1), key=len, reverse=True))
_RANK = re.compile(rf"(?<![一-龥]、)(常务副|副|前|原|代)(?={_TITLE})")
_UNRANKED = re.compile(
    r"(?<![副前原代总、])(?:校长|院长|局长|厅长|部长|市长|省长|县长|主任|书记|主席|总统|总理|会长|总裁|董事长|秘书长|总经理)"
)
_TOWARDS = re.compile(
    r"(致电|致信|感谢|祝贺|击败|战胜|起诉|收购|批评|指责|邀请|援助|资助|投资|委托|指控|袭击|看望|慰问|不敌|负于|接待|欢迎|任命|"
    r"弹劾|抗议|采访|授权|超过|高于|低于|优于|领先|落后|取代|接替|吞并|控股)"
)
_TO = re.compile(r"[向对给]")
_PARTS = (
    ("主办", "承办"),
    ("主办", "协办"),
    ("编剧", "导演"),
    ("出品", "制作"),
    ("甲方", "乙方"),
    ("买方", "卖方"),
    ("原告", "被告"),
)


def subject(claim: Claim) -> Iterator[str]:
    """The claim about another person, body or place, or with two of its own exchanged."""
    yield from _exchanged(claim)
    for mention in claim.mentions:
        if mention.listed or speaks(claim.text, mention):
            continue
        for other in _others(claim, mention):
            yield from _renamed(claim, mention, other)


def speaker(claim: Claim) -> Iterator[str]:
    """The claim's statement with another who speaks or acts in the article."""
    for mention in claim.mentions:
        if mention.listed or not speaks(claim.text, mention):
            continue
        others = _others(claim, mention)
        speaking = [other for other in others if speaks(claim.article.bare, other)]
        for other in speaking or others:
            yield from _renamed(claim, mention, other)


def role(claim: Claim) -> Iterator[str]:
    """Titles and persons exchanged, ranks dropped or added, parts in a deed exchanged."""
    yield from _ranks(claim)
    for part, counterpart in _PARTS:
        if part in claim.text and counterpart in claim.text:
            yield _swapped(claim.text, part, counterpart)
    for mention in claim.mentions:
        if mention.kind != "person" or mention.full == mention.text:
            continue
        title = claim.text[mention.full_start : mention.start]
        for other in _others(claim, mention):
            theirs = other.full[: len(other.full) - len(other.text)]
            if theirs and theirs not in title and title not in theirs and not other.listed:
                yield claim.replaced(mention.start, mention.end, other.text)
                if not mention.listed and not claim.text[: mention.full_start][-1:].isalnum():
                    yield claim.replaced(mention.full_start, mention.start, theirs)
    yield from _turned(claim, _TOWARDS)


def towards(claim: Claim) -> Iterator[str]:
    """The claim with giver and receiver exchanged: 甲向乙捐款 becomes 乙向甲捐款."""
    yield from _turned(claim, _TO)


def speaks(text: str, mention: Mention) -> bool:
    """Whether a verb of saying follows the mention."""
    return SPEAKING.match(text, mention.end) is not None


def _others(claim: Claim, mention: Mention) -> list[Mention]:
    """The mentions of the article that would make the claim false here, each name once."""
    found: dict[str, Mention] = {}
    for other in claim.article.mentions:
        if (
            other.kind == mention.kind
            and other.text not in found
            and distinct(other.text, mention.text)
            and not set(other.text) <= set(claim.source)
            and other.text[-2:] not in claim.source
            and other.text not in claim.text
            and not _adjoin(claim.article.text, mention.text, other.text)
            and not _joined(claim, mention, other)
        ):
            found[other.text] = other
    for other in claim.article.mentions:
        known = found.get(other.text)
        if known and len(known.full) <= len(known.text) and not other.listed:
            found[other.text] = other
    return list(found.values())


def _joined(claim: Claim, mention: Mention, other: Mention) -> bool:
    """Whether a sentence with the other name says much the same."""
    clause = clause_at(claim.text, mention.start)
    rest = clause.replace(mention.full, "").replace(mention.text, "")
    return claim.article.covered(rest, other.text) > SHARED


def _adjoin(text: str, one: str, other: str) -> bool:
    """Whether the two names stand together somewhere, as a place in a place or a body of a body."""
    return any(
        first + rank + second in text
        for first, second in ((one, other), (other, one))
        for rank in ("", *"省市县区")
    )


def _renamed(claim: Claim, mention: Mention, other: Mention) -> Iterator[str]:
    """The claim with the other name, and its title where the claim gives one."""
    titled = mention.full != mention.text
    if titled and other.full != other.text and not other.listed:
        yield claim.replaced(mention.full_start, mention.end, other.full)
    elif not titled:
        yield claim.replaced(mention.start, mention.end, other.text)


def _exchanged(claim: Claim) -> Iterator[str]:
    """Two names of a kind in different clauses of the claim exchanged, with their titles."""
    for number, one in enumerate(claim.mentions):
        for other in claim.mentions[number + 1 :]:
            apart = claim.text[min(one.end, other.end) : max(one.full_start, other.full_start)]
            once = claim.text.count(one.text) == claim.text.count(other.text) == 1
            if one.kind != other.kind or not once or one.listed or other.listed:
                continue
            if re.search(r"[，；]", apart) and distinct(one.text, other.text):
                yield _swapped(claim.text, one.full, other.full)


def _turned(claim: Claim, verbs: re.Pattern[str]) -> Iterator[str]:
    """The names before and behind a verb or preposition exchanged, within a clause."""
    for one in claim.mentions:
        for other in claim.mentions:
            between = claim.text[one.end : other.full_start]
            countries = {one.kind, other.kind} <= {"country", "organization"}
            if one.end > other.full_start or not (one.kind == other.kind or countries):
                continue
            near = len(between) <= 8 and verbs.search(between) and not re.search(r"[，；、和与]", between)
            if near and distinct(one.text, other.text) and not one.listed and not other.listed:
                yield _swapped(claim.text, one.full, other.full)


def _ranks(claim: Claim) -> Iterator[str]:
    """A rank before a title dropped, or put in where the article has none for that title."""
    for match in _RANK.finditer(claim.text):
        rest = claim.text[match.end() : match.end() + 4]
        if rest[:2] not in claim.article.text.replace("副" + rest[:2], ""):
            yield claim.replaced(match.start(), match.end(), "")
    for match in _UNRANKED.finditer(claim.text):
        before = claim.text[max(0, match.start() - 1) : match.start()]
        follows = any(one.kind == "person" and one.start == match.end() for one in claim.mentions)
        if follows and "副" + match[0] not in claim.article.text and before and before not in "、，":
            yield claim.replaced(match.start(), match.start(), "原" if match[0] in ("总统", "总理") else "副")


def _swapped(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)
