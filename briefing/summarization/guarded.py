"""Turns any generating model into a summarizer that states nothing its article does not.

The ladder: the model's first proposal, if it passes `verify` and says nothing twice; then of
several the one with which the others agree most (minimum Bayes risk, Kumar and Byrne 2004); then
proposals written with a vocabulary bound to the article's own pieces; then the best proposal
without its failing sentences, the room filled with sentences of the article; and where nothing is
left, or the writer is not sure of what it wrote, an extract. The summary says by which way it came
about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..text import rouge
from ..text.chars import HAN
from ..text.novelty import novelty
from ..text.repeats import repeated, stuttered
from ..text.sentences import finished, sentences
from ..types import Article, Checks, Origin, Sentence, Summary
from .extract.candidates import Candidate, candidates
from .extract.compressive import CompressiveExtract, sentence_scores
from .extract.evidence import with_evidence
from .extract.gist import gist
from .generate.writer import Draft, Writer
from .gist_check import is_valid_gist
from .verify.check import verify

COUNT = 3
"""Proposals asked for when the first one fails."""
SHORT = 0.5
"""A summary of less than this share of the wanted length is left for another proposal, if the
article has more to say."""
LEAST = 15
"""Characters that a sentence filling the room must have."""
FRESH = 0.5
"""The share of new character pairs that a sentence filling the room must have."""
_GAP = re.compile(rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])")
"""The space that a headline has for a comma, where a proposal repeats it."""
LADDER = ((Origin.GENERATED, 1, False), (Origin.RERANKED, COUNT, False), (Origin.BOUND, 1, True))
"""What is tried, in this order: the way it is called, how many proposals, whether their
vocabulary is bound."""


@dataclass(frozen=True, slots=True)
class VerifiedSummarizer:
    """A summarizer made of a Writer."""

    writer: Writer

    @property
    def name(self) -> str:
        """The writer's."""
        return self.writer.name

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises ModelError."""
        if not candidates(article):
            return replace(CompressiveExtract().summarize(article, length), model=self.name)
        article_text = article.stated
        drafts: list[Draft] = []
        for origin, count, bound in LADDER:
            new = self.writer.drafts(article, length, count, bound=bound)
            drafts += new
            if new and not new[0].sure:
                break
            if text := _choose_draft(
                [_fit_to_length(d.summary, length) for d in new if d.sure], article_text, length
            ):
                return self._build_summary(
                    article, drafts, with_evidence(article, _split_sentences(text)), origin, article_text
                )
        return self._repair(article, drafts, article_text, length)

    def _repair(self, article: Article, drafts: Sequence[Draft], article_text: str, length: int) -> Summary:
        """The best proposal's sound sentences, with sentences of the article where there is room."""
        texts = [_fit_to_length(draft.summary, length) for draft in drafts if draft.sure]
        kept = max((_passing_sentences(text, article_text) for text in texts), key=len, default=[])
        extract = CompressiveExtract().summarize(article, length)
        if not kept:
            return self._build_summary(article, drafts, extract.sentences, Origin.EXTRACTED, article_text)
        supported = with_evidence(article, kept)
        used = [span for sentence in supported for span in sentence.evidence]
        room = length - sum(map(len, kept))
        filled = [*supported]
        kept_text = "".join(kept)
        for candidate in _unused_candidates(article, used):
            if LEAST <= len(candidate) <= room and novelty(candidate.text, kept_text) >= FRESH:
                kept_text += candidate.text
                filled.append(Sentence(text=candidate.text, evidence=((candidate.start, candidate.end),)))
                room -= len(candidate)
        ordered = tuple(sorted(filled, key=lambda s: s.evidence[0]))
        return self._build_summary(article, drafts, ordered, Origin.MENDED, article_text)

    def _build_summary(
        self,
        article: Article,
        drafts: Sequence[Draft],
        chosen: tuple[Sentence, ...],
        origin: Origin,
        article_text: str,
    ) -> Summary:
        first = drafts[0] if drafts else Draft("", "")
        line = (
            first.gist if first.sure and is_valid_gist(first.gist, article, article_text) else gist(article)
        )
        text = "".join(sentence.text for sentence in chosen)
        return Summary(
            gist=line,
            sentences=chosen,
            model=self.name,
            origin=origin,
            checks=_merge_checks(verify(line, article_text), verify(text, article_text)),
        )


def _choose_draft(texts: Sequence[str], article_text: str, length: int) -> str:
    """The passing proposal to take, or ""; proposals that fail still have a say in what is agreed."""
    passing = [
        text
        for text in texts
        if text and not _repeats_itself(text, article_text) and verify(text, article_text).passed
    ]
    enough = SHORT * min(length, len(article_text) / 3)
    pool = [text for text in passing if len(text) >= enough] or passing
    cut = [rouge.tokens(text) for text in texts]
    return max(
        pool,
        key=lambda text: sum(rouge.ngrams(rouge.tokens(text), other, 2) for other in cut),
        default="",
    )


def _repeats_itself(text: str, article_text: str) -> bool:
    return bool(repeated(text) or stuttered(text, article_text))


def _passing_sentences(text: str, article_text: str) -> list[str]:
    """The sentences of a proposal that may stay: each passes, and says nothing again."""
    kept: list[str] = []
    for sentence in _split_sentences(text):
        if verify(sentence, article_text).passed and not _repeats_itself(
            "".join([*kept, sentence]), article_text
        ):
            kept.append(sentence)
    return kept


def _fit_to_length(text: str, length: int) -> str:
    """The whole sentences of a proposal that fit; a single sentence that is too long is cut at
    its last clause."""
    text = _GAP.sub("，", text.strip())
    if len(text) <= length and finished(text):
        return text
    fitting = ""
    for piece in _split_sentences(text):
        if len(fitting) + len(piece) > length or not finished(piece):
            break
        fitting += piece
    cut = max(text.rfind(mark, 0, length) for mark in "，；")
    clause = text[:cut] + "。" if cut > 0 else ""
    return fitting if len(fitting) >= 0.6 * len(clause) else clause


def _split_sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


def _unused_candidates(article: Article, used: Sequence[tuple[int, int]]) -> list[Candidate]:
    """The article's whole sentences outside the used ranges, the most telling first."""
    found = [c for c in candidates(article) if c.complete]
    ranked = sorted(zip(sentence_scores(article, found), found, strict=True), key=lambda pair: -pair[0])
    return [c for _, c in ranked if not any(a < c.end and c.start < b for a, b in used)]


def _merge_checks(one: Checks, other: Checks) -> Checks:
    return Checks(
        unsupported_numbers=tuple(dict.fromkeys(one.unsupported_numbers + other.unsupported_numbers)),
        unsupported_names=tuple(dict.fromkeys(one.unsupported_names + other.unsupported_names)),
        unsupported_claims=tuple(dict.fromkeys(one.unsupported_claims + other.unsupported_claims)),
    )
