"""Candidates: the sentences of an article that a summary may use, and the Summary of those
chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...text import datelines
from ...text.cut import balanced, cut
from ...text.lazy_pattern import lazy_pattern
from ...text.sentences import finished, sentences
from ...types import Article, Origin, Sentence, Summary
from ..verify.check import verify
from ..verify.facts import ArticleFacts
from .day_words import DayWords
from .gist import LIMIT, gist

_SUBHEAD = 20
_EDITORS = lazy_pattern(r"(?:编者按|編者按|编者的话|编者注|按语|导读|视频|音频|图片|资料图)[：:]")
"""A note of the editors or a caption, which is not the story."""
_JOINT = lazy_pattern(r"[，；：,;:](?![0-9０-９])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence without dateline and credits; it covers [start, end) of the article's text.

    `paragraph` counts the line breaks before it.
    """

    text: str
    start: int
    end: int
    complete: bool
    paragraph: int = 0

    def __len__(self) -> int:
        """The number of characters."""
        return len(self.text)


def candidates(article: Article) -> list[Candidate]:
    """The article's sentences in order; those marked `complete` can be used unchanged.

    Incomplete are lines without final punctuation (subheads, captions, a truncated end) and short
    questions in a paragraph of their own, which are usually subheads.
    """
    text = article.text
    found = []
    paragraph = counted = 0
    for start, end in sentences(text):
        stripped = datelines.strip(text, start, end)
        if stripped.text:
            complete = finished(stripped.text) and not _is_question_subhead(text, start, end, stripped.text)
            complete = complete and _EDITORS.match(stripped.text) is None
            paragraph += text.count("\n", counted, start)
            counted = start
            found.append(Candidate(stripped.text, stripped.start, stripped.end, complete, paragraph))
    return found


def _is_question_subhead(text: str, start: int, end: int, words: str) -> bool:
    """Whether the sentence at [start, end) is a short question in a paragraph of its own."""
    own_paragraph = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    return own_paragraph and len(words) <= _SUBHEAD and words.rstrip("”」』")[-1:] in ("？", "?")


def shortened(candidate: Candidate, length: int) -> Sentence | None:
    """The sentence's first clauses in at most `length` characters, closed with 。; None if nothing
    can be kept.

    Cut where no quotation or bracket is open, if possible; else at the last character that splits
    no number and no Latin word: half a number would be a wrong one.
    """
    if len(candidate) <= length and finished(candidate.text):
        return Sentence(text=candidate.text, evidence=((candidate.start, candidate.end),))
    words = candidate.text.rstrip("。！？!?…")
    if len(words) >= length:
        joints = [joint.start() for joint in _JOINT.finditer(words, 4, length)] if length > 4 else []
        end = next((joint for joint in reversed(joints) if balanced(words[:joint])), 0)
        words = words[:end] if end else cut(words, length - 1)
    words = words.rstrip("，；：、,;: \t\u3000")
    if not words:
        return None
    return Sentence(text=words + "。", evidence=((candidate.start, candidate.start + len(words)),))


def build_summary(
    article: Article, found: Sequence[Candidate], chosen: Iterable[Candidate], length: int, model: str
) -> Summary:
    """The checked Summary of the sentences chosen among `found`, in the order of the text.

    If none was chosen, a sentence is shortened (`first_clauses`).
    """
    ordered = sorted(chosen, key=lambda candidate: candidate.start)
    picked = [Sentence(text=c.text, evidence=((c.start, c.end),)) for c in ordered]
    return checked_summary(article, picked or first_clauses(found, length), model, length=length)


def first_clauses(found: Sequence[Candidate], length: int) -> list[Sentence]:
    """The first sentence that can be shortened to `length`, complete ones before others; none if
    none can."""
    cuts = (shortened(c, length) for c in sorted(found, key=lambda c: not c.complete))
    return [first] if (first := next(filter(None, cuts), None)) else []


def checked_summary(
    article: Article,
    picked: Iterable[Sentence],
    model: str,
    *,
    line: str | None = None,
    origin: Origin = Origin.EXTRACTED,
    facts: ArticleFacts | None = None,
    length: int | None = None,
) -> Summary:
    """The Summary of these sentences, verified.

    `line` is its gist, the extracted one by default; `facts` are the article's, computed if
    missing. With `length` days are told by the dateline (`day_words`), as far as it allows.
    """
    picked = tuple(picked)
    line = gist(article) if line is None else line
    words = line + "\n" + "".join(sentence.text for sentence in picked)
    checks = verify(words, facts or article.stated)
    if length is not None:
        days = DayWords.of(article)
        line, picked = days.told(line, LIMIT), days.sentences(picked, length)
    return Summary(gist=line, sentences=picked, model=model, origin=origin, checks=checks)
