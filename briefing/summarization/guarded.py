"""Turns any generating model into a summarizer that states nothing its article does not.

The ladder, tried from the top:

    generated    the model's first draft, if it passes `verify` and does not repeat itself
    reranked     of several drafts, the one the others agree with most (minimum Bayes risk,
                 Kumar and Byrne 2004)
    bound        a draft whose vocabulary is restricted to the article's own tokens
    mended       the passing sentences of the best draft, filled up with sentences of the article
    extracted    an extract, if nothing is left or the writer is unsure of its own draft

The summary's `origin` names the rung.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..text import rouge
from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..text.novelty import novelty
from ..text.repeats import repeated, stuttered
from ..text.sentences import finished, sentences
from ..types import Article, Origin, Sentence, Summary
from .extract.candidates import Candidate, candidates, checked_summary
from .extract.compressive import extracted_sentences, sentence_scores
from .extract.evidence import with_evidence
from .extract.gist import gist
from .generate.writer import Draft, Writer
from .gist_check import is_valid_gist
from .verify.check import verify
from .verify.facts import ArticleFacts, article_facts

COUNT = 3
"""Drafts requested when the first one fails."""
SHORT = 0.5
"""A draft shorter than this share of the requested length loses to a longer one, if the article has
more to say."""
LEAST = 15
"""Minimum characters of a filler sentence."""
FRESH = 0.5
"""Minimum novelty of a filler sentence: the share of its bigrams that the summary does not have."""
CLAUSE_SHARE = 0.6
"""Whole sentences are preferred to a cut at a clause if they keep this share of its characters."""
_GAP = lazy_pattern(rf"(?<=[{HAN}])[ \u3000]+(?=[{HAN}])")
"""A space between Chinese characters: headlines use it for a comma, and drafts copy it."""
LADDER = ((Origin.GENERATED, 1, False), (Origin.RERANKED, COUNT, False), (Origin.BOUND, 1, True))
"""The generated rungs in order: origin, number of drafts, whether the vocabulary is bound."""


@dataclass(frozen=True, slots=True)
class VerifiedSummarizer:
    """A Summarizer made of a Writer."""

    writer: Writer

    @property
    def name(self) -> str:
        """The writer's name."""
        return self.writer.name

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises ModelError."""
        found = candidates(article)
        if not found:
            return checked_summary(article, (), self.name)
        return _Attempt(self.writer, article, length, found, article_facts(article.stated)).summary()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One article on its way down the ladder; its candidates and facts are computed once."""

    writer: Writer
    article: Article
    length: int
    candidates: Sequence[Candidate]
    facts: ArticleFacts

    def summary(self) -> Summary:
        """The summary from the first rung that holds."""
        drafts: list[Draft] = []
        for origin, count, bound in LADDER:
            new = self.writer.drafts(self.article, self.length, count, bound=bound)
            drafts += new
            if new and not new[0].sure:
                break
            if text := _choose_draft(self._fitting_texts(new), self.facts, self.length):
                sentences_ = with_evidence(self.candidates, _split_sentences(text))
                return self._build(drafts, sentences_, origin)
        kept = self._best_passing_sentences(drafts)
        if not kept:
            extract = extracted_sentences(self.article, self.candidates, self.length)
            return self._build(drafts, extract, Origin.EXTRACTED)
        return self._build(drafts, self._filled_up(kept), Origin.MENDED)

    def _fitting_texts(self, drafts: Sequence[Draft]) -> list[str]:
        return [_fit_to_length(draft.summary, self.length) for draft in drafts if draft.sure]

    def _best_passing_sentences(self, drafts: Sequence[Draft]) -> list[str]:
        """The passing sentences of the draft that has most of them."""
        texts = self._fitting_texts(drafts)
        return max((_passing_sentences(text, self.facts) for text in texts), key=len, default=[])

    def _filled_up(self, kept: Sequence[str]) -> list[Sentence]:
        """The kept sentences and, while there is room, the best unused ones, in the article's
        order.
        """
        filled = list(with_evidence(self.candidates, kept))
        used = [span for sentence in filled for span in sentence.evidence]
        text = "".join(kept)
        for candidate in self._unused_candidates(used):
            room = self.length - len(text)
            if LEAST <= len(candidate) <= room and novelty(candidate.text, text) >= FRESH:
                text += candidate.text
                filled.append(Sentence(text=candidate.text, evidence=((candidate.start, candidate.end),)))
        return sorted(filled, key=lambda sentence: sentence.evidence[0])

    def _unused_candidates(self, used: Sequence[tuple[int, int]]) -> list[Candidate]:
        """The complete sentences outside the used spans, highest score first."""
        complete = [candidate for candidate in self.candidates if candidate.complete]
        scores = sentence_scores(self.article, complete)
        ranked = sorted(zip(scores, complete, strict=True), key=lambda pair: -pair[0])
        return [c for _, c in ranked if not any(start < c.end and c.start < end for start, end in used)]

    def _build(self, drafts: Sequence[Draft], chosen: Sequence[Sentence], origin: Origin) -> Summary:
        """The summary of the chosen sentences, with the model's gist if it is valid, checked."""
        first = drafts[0] if drafts else Draft("", "")
        valid = first.sure and is_valid_gist(first.gist, self.article, self.facts)
        line = first.gist if valid else gist(self.article)
        return checked_summary(
            self.article, chosen, self.writer.name, line=line, origin=origin, facts=self.facts
        )


def _choose_draft(texts: Sequence[str], facts: ArticleFacts, length: int) -> str:
    """The passing draft to take, or ""; failing drafts still count in the agreement."""
    passing = [
        text for text in texts if text and not _repeats_itself(text, facts) and verify(text, facts).passed
    ]
    enough = SHORT * min(length, len(facts.text) / 3)
    pool = [text for text in passing if len(text) >= enough] or passing
    tokens = [rouge.tokens(text) for text in texts]
    return max(
        pool,
        key=lambda text: sum(rouge.ngrams(rouge.tokens(text), other, 2) for other in tokens),
        default="",
    )


def _repeats_itself(text: str, facts: ArticleFacts) -> bool:
    return bool(repeated(text) or stuttered(text, facts.text))


def _passing_sentences(text: str, facts: ArticleFacts) -> list[str]:
    """The sentences of a draft that pass `verify` and do not repeat the ones before."""
    kept: list[str] = []
    for sentence in _split_sentences(text):
        if verify(sentence, facts).passed and not _repeats_itself("".join([*kept, sentence]), facts):
            kept.append(sentence)
    return kept


def _fit_to_length(text: str, length: int) -> str:
    """The leading whole sentences of a draft within `length`; if they are too few, a cut at the
    last clause that fits.
    """
    text = _GAP.sub("，", text.strip())
    if len(text) <= length and finished(text):
        return text
    fitting = ""
    for sentence in _split_sentences(text):
        if len(fitting) + len(sentence) > length or not finished(sentence):
            break
        fitting += sentence
    cut = max(text.rfind(mark, 0, length) for mark in "，；")
    clause = text[:cut] + "。" if cut > 0 else ""
    return fitting if len(fitting) >= CLAUSE_SHARE * len(clause) else clause


def _split_sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]
