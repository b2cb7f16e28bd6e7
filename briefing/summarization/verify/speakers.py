"""Statements attributed to another speaker than in the article.

Knows speakers named directly before a verb of saying (X表示，…); a sentence without one continues the
previous speaker's. Judges only statements that the article has almost verbatim under another named
speaker, if X speaks elsewhere in it. Left out: pronouns, and speakers named afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...text.chars import bigrams
from ...text.lazy_pattern import lazy_pattern
from .facts import ArticleFacts

_SAYS = "表示|指出|强调|认为|称|说|介绍|透露|呼吁|坦言|要求|建议|希望|提醒|宣布|回应|重申|警告"
_SPEAKER = lazy_pattern(rf"([^，。；：！？“”\n]{{2,24}}?)(?:{_SAYS})(?![明法服])[，：,:]?(?=[^，。\n])")
_UNNAMED = lazy_pattern(
    r"^[他她它其该这那]|双方|据|记者|有关|负责人|专家|业内|官员|公报|会议|声明|消息|通知|报道|文件|方案|意见|数据|报告|通报"
)
SAME_WORDS = 0.75
"""The share of a statement's bigrams that one sentence of the article must have."""
_LEAST = 8
_BACK = 3
"""Sentences back that may name the speaker."""


def misattributed_statements(text: str, facts: ArticleFacts) -> Iterator[str]:
    """The speakers of `text` whose statement the article gives to another speaker."""
    match = _SPEAKER.match(text)
    if not match or _UNNAMED.search(match[1]):
        return
    statement = _pairs(text[match.end() :])
    if len(statement) < _LEAST:
        return
    texts = [facts.text[start:end] for start, end in facts.sentence_spans]
    best = max(range(len(texts)), key=lambda i: len(statement & _pairs(texts[i])), default=None)
    if best is None or len(statement & _pairs(texts[best])) < SAME_WORDS * len(statement):
        return
    own = _pairs(match[1])
    quoted = texts[best].endswith("”")  # the next sentence may name the speaker: “…。”X说
    around = _pairs("".join(texts[best : best + 1 + quoted]))
    speaker = _speaker_of(best, texts)
    if not speaker or _UNNAMED.search(speaker) or own & (around | _pairs(speaker)):
        return
    others = [_SPEAKER.match(sentence) for i, sentence in enumerate(texts) if i != best]
    if any(own & _pairs(other[1]) for other in others if other):
        yield match[1]


def _speaker_of(number: int, texts: list[str]) -> str | None:
    """The named speaker of a sentence: its own, or that of the nearest sentence before it."""
    for sentence in reversed(texts[max(0, number - _BACK) : number + 1]):
        if match := _SPEAKER.match(sentence):
            return match[1]
    return None


def _pairs(text: str) -> set[str]:
    return {pair for pair in bigrams(text) if pair.isalnum()}
