"""The sentences of an article that a summary may use, and how chosen ones become a Summary."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..text.sentences import CLOSERS, finished, sentences
from ..types import Article, Sentence, Summary
from .clean import clean
from .gist import gist
from .verify import verify

Span = tuple[int, int]


def candidates(article: Article) -> list[Span]:
    """The [start, end) in article.text of its whole sentences, without datelines and credits; subheads are left out."""
    text = article.text
    found: list[Span] = []
    for start, end in sentences(text):
        start, end = clean(text, start, end)
        if finished(text[start:end]) and end - start > 4:
            found.append((start, end))
    return found


def trimmed(text: str, span: Span, length: int) -> tuple[Span, str] | None:
    """A sentence longer than `length`, cut at the last clause that fits and closed with 。"""
    start, end = span
    cuts = [m.start() for m in re.finditer(r"[；;，,]", text[start:end]) if 3 < m.start() < length]
    balanced = [c for c in cuts if text[start : start + c].count("“") == text[start : start + c].count("”")]
    if not balanced:
        return None
    return (start, start + balanced[-1]), text[start : start + balanced[-1]].rstrip(CLOSERS[5:]) + "。"


def summary(article: Article, chosen: Iterable[Span], length: int, model: str) -> Summary:
    """The Summary that the chosen sentences make; where none was chosen, the first one is cut to fit."""
    text = article.text
    picked = [Sentence(text=_inline(text[a:b]), evidence=((a, b),)) for a, b in sorted(chosen)]
    if not picked:
        for span in candidates(article)[:1]:
            cut = trimmed(text, span, length)
            picked = [Sentence(text=_inline(cut[1]), evidence=(cut[0],))] if cut else []
    line = gist(article)
    words = line + "\n" + "".join(s.text for s in picked)
    source = "\n".join(filter(None, (article.kicker, article.headline, article.deck, text)))
    return Summary(gist=line, sentences=tuple(picked), model=model, checks=verify(words, source))


def _inline(text: str) -> str:
    return text.replace("\n", "")
