"""Statements told of another speaker than in the article: what Y said is not said by X.

Knows speakers named right before a verb of saying (X表示，…), and that a sentence without one goes on
with the speaker before it. Judges only where the article has the words nearly to the letter, under
another named speaker, and has X speak elsewhere. Pronouns and speakers named afterwards are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.chars import bigrams
from .facts import ArticleFacts

_SAYS = "表示|指出|强调|认为|称|说|介绍|透露|呼吁|坦言|要求|建议|希望|提醒|宣布|回应|重申|警告"
_SPEAKER = re.compile(rf"([^，。；：！？“”\n]{{2,24}}?)(?:{_SAYS})(?![明法服])[，：,:]?(?=[^，。\n])")
_UNNAMED = re.compile(
    r"^[他她它其该这那]|双方|据|记者|有关|负责人|专家|业内|官员|公报|会议|声明|消息|通知|报道|文件|方案|意见|数据|报告|通报"
)
SAME_WORDS = 0.75
"""The share of a statement's character pairs that one sentence of the article must have."""
_LEAST = 8
_BACK = 3
"""Sentences before one in which its speaker may be named."""


def misattributed_statements(text: str, facts: ArticleFacts) -> Iterator[str]:
    """The speakers of `text` whose statement the article gives to another."""
    match = _SPEAKER.match(text)
    if not match or _UNNAMED.search(match[1]):
        return
    said = _pairs(text[match.end() :])
    if len(said) < _LEAST:
        return
    texts = [facts.text[start:end] for start, end in facts.sentence_spans]
    best = max(range(len(texts)), key=lambda at: len(said & _pairs(texts[at])), default=None)
    if best is None or len(said & _pairs(texts[best])) < SAME_WORDS * len(said):
        return
    own = _pairs(match[1])
    quoted = texts[best].endswith("”")  # then the next sentence may name the speaker: “…。”X说
    around = _pairs("".join(texts[best : best + 1 + quoted]))
    speaker = _speaker_of(best, texts)
    if not speaker or _UNNAMED.search(speaker) or own & (around | _pairs(speaker)):
        return
    others = [_SPEAKER.match(one) for at, one in enumerate(texts) if at != best]
    if any(own & _pairs(other[1]) for other in others if other):
        yield match[1]


def _speaker_of(at: int, texts: list[str]) -> str | None:
    """The named speaker of a sentence: its own, or that of the nearest sentence before it."""
    for one in reversed(texts[max(0, at - _BACK) : at + 1]):
        if match := _SPEAKER.match(one):
            return match[1]
    return None


def _pairs(text: str) -> set[str]:
    return {pair for pair in bigrams(text) if pair.isalnum()}
