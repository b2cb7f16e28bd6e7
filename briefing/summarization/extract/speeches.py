"""Whose words the sentences of an article are.

Who is quoted goes on speaking to the end of the paragraph. So a sentence that only wishes or demands
(乙方愿扩大合作) is put into another's mouth where it comes to stand behind what that other said. Does
not know a speaker by two names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ...text.chars import bigrams
from ...text.lazy_pattern import lazy_pattern
from ...text.words import ANY_TITLE
from .candidates import Candidate
from .clauses import Clause, parse
from .reference_patterns import URGES

VIEW = lazy_pattern(
    r"愿|期待|期盼|期许|期望|希望|盼望|坚持|支持|反对|欢迎|高度|不利于|有利于|有助于|首要|方针|感谢|相信|祝愿|我方"
)
"""Words of somebody's wish or judgement."""
_COMMON = lazy_pattern(rf"\d+[年月日时]|办公室|{ANY_TITLE}|负责人|今天|当天|[^，]{{2}}$")
"""What the names of different speakers share."""
_PROPOSES = lazy_pattern(r"[提作]出[一二两三四五六七八九十几]点[^，。；]{1,8}[。：，]$")
"""A clause that announces what somebody proposes: 提出三点意见。"""
_LETTER = lazy_pattern(r"(?:全文|原文|内容)如下[：:。]?$")
"""A sentence that announces a letter, which goes on to the end."""
_HE = lazy_pattern(r"^(?:[^，]{0,8}，)?(?:他|她|其|并)")


def speakers(found: Sequence[Candidate]) -> list[str]:
    """The beginning of the clause that says who says each sentence, "" for what nobody is said to say."""
    said: list[str] = []
    letter = ""
    for number, candidate in enumerate(found):
        clauses = parse(candidate.text)
        clause = next((one for one in clauses if one.attributes or _PROPOSES.search(one.text)), None)
        goes_on = number > 0 and found[number - 1].paragraph == candidate.paragraph
        letter = candidate.text if _LETTER.search(candidate.text) else letter
        if clause is None:
            said.append(said[-1] if goes_on else letter)
        elif number and said[-1] and _HE.match(clause.text):
            said.append(said[-1])
        else:
            said.append(_who(clause))
    return said


def _who(clause: Clause) -> str:
    """The words before the verb of a clause that says who speaks."""
    return clause.text.strip("，：,: ")


def are_one(speaker: str, other: str) -> bool:
    """Whether two speakers may be the same: two characters of one are those of the other, titles apart."""
    return not _pairs(speaker).isdisjoint(_pairs(other))


@lru_cache(maxsize=4096)
def _pairs(speaker: str) -> frozenset[str]:
    return frozenset(bigrams(_COMMON.sub("", speaker)))


def is_view(text: str) -> bool:
    """Whether words that nobody is said to say wish, demand or judge."""
    return is_demand(text) or VIEW.search(text) is not None


def is_demand(text: str) -> bool:
    """Whether words that nobody is said to say demand."""
    return URGES.search(text) is not None
