"""The sentences of an article that a summary may use, and how the chosen ones become a Summary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...text.cut import balanced, cut
from ...text.sentences import finished, sentences
from ...types import Article, Sentence, Summary
from ..verify.check import verify
from . import datelines
from .gist import gist

_SUBHEAD = 20
_JOINT = re.compile(r"[，；：,;:](?![0-9０-９])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence without dateline and credits: its words, and the [start, end) of the article's
    text they cover."""

    text: str
    start: int
    end: int
    complete: bool

    def __len__(self) -> int:
        """Characters of the words."""
        return len(self.text)


def candidates(article: Article) -> list[Candidate]:
    """The article's sentences in order; `complete` are those that may stand in a summary as they
    are.

    Not complete are fragments: lines without final punctuation (subheads, captions, a torn end),
    and short questions that are paragraphs of their own, which papers use as subheads too.
    """
    text = article.text
    found = []
    for start, end in sentences(text):
        kept = datelines.strip(text, start, end)
        if kept.text:
            alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
            asks = alone and len(kept.text) <= _SUBHEAD and kept.text.rstrip("”」』")[-1:] in ("？", "?")
            found.append(Candidate(kept.text, kept.start, kept.end, finished(kept.text) and not asks))
    return found


def shortened(candidate: Candidate, length: int) -> Sentence | None:
    """The sentence's first clauses in at most `length` characters, closed with 。; None where
    nothing can be kept.

    Cut where no quotation or bracket is open if that is possible, else at the last character that
    splits no number and no Latin word: half a number would be a false one.
    """
    if len(candidate) <= length and finished(candidate.text):
        return Sentence(text=candidate.text, evidence=((candidate.start, candidate.end),))
    words = candidate.text.rstrip("。！？!?…")
    if len(words) >= length:
        joints = [joint.start() for joint in _JOINT.finditer(words, 4, length)] if length > 4 else []
        at = next((at for at in reversed(joints) if balanced(words[:at])), 0)
        words = words[:at] if at else cut(words, length - 1)
    words = words.rstrip("，；：、,;: \t\u3000")
    if not words:
        return None
    return Sentence(text=words + "。", evidence=((candidate.start, candidate.start + len(words)),))


def build_summary(article: Article, chosen: Iterable[Candidate], length: int, model: str) -> Summary:
    """The Summary that the chosen sentences make, in the order of the text, checked against the
    article.

    Where none was chosen, the first sentence that can be shortened to `length` stands for them.
    """
    picked = [
        Sentence(text=c.text, evidence=((c.start, c.end),)) for c in sorted(chosen, key=lambda c: c.start)
    ]
    if not picked:
        every = candidates(article)
        cuts = (shortened(c, length) for c in sorted(every, key=lambda c: not c.complete))
        picked = [first] if (first := next(filter(None, cuts), None)) else []
    return checked_summary(article, picked, model)


def checked_summary(article: Article, picked: Iterable[Sentence], model: str) -> Summary:
    """The Summary of these sentences, with its gist, and what verification finds."""
    sentences_ = tuple(picked)
    line = gist(article)
    words = line + "\n" + "".join(sentence.text for sentence in sentences_)
    return Summary(gist=line, sentences=sentences_, model=model, checks=verify(words, article.stated))
