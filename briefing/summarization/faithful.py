"""Turns any generating model into a summarizer that states nothing its article does not.

The ladder: the model's first proposal, if it passes `verify` and says nothing twice; then of several the one with which
the others agree most (minimum Bayes risk, Kumar and Byrne 2004); then proposals written with a vocabulary bound to the article's own pieces;
then the best proposal without its failing sentences, the room filled with sentences of the article; and where nothing is
left, or the writer is not sure of what it wrote, an extract. The summary says by which way it came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..text import rouge
from ..text.novelty import novelty
from ..text.repeats import repeated, stuttered
from ..text.sentences import finished, sentences
from ..types import Article, Checks, Origin, Sentence, Summary
from .extract.candidates import Candidate, candidates
from .extract.evidence import supported
from .extract.extract import Extract, values
from .extract.gist import gist
from .generate.drafts import Draft, Writer
from .line import acceptable
from .verify.verify import verify

COUNT = 3
"""Proposals asked for when the first one fails."""
SHORT = 0.5
"""A summary of less than this share of the wanted length is left for another proposal, if the article has more to say."""
LEAST = 15
"""Characters that a sentence filling the room must have."""
FRESH = 0.5
"""The share of new character pairs that a sentence filling the room must have."""
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
"""The space that a headline has for a comma, where a proposal repeats it."""
LADDER = ((Origin.GENERATED, 1, False), (Origin.RERANKED, COUNT, False), (Origin.BOUND, 1, True))
"""What is tried, in this order: the way it is called, how many proposals, whether their vocabulary is bound."""


@dataclass(frozen=True, slots=True)
class Faithful:
    """A summarizer made of a Writer."""

    writer: Writer

    @property
    def name(self) -> str:
        """The writer's."""
        return self.writer.name

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters; raises ModelError."""
        if not candidates(article):
            return replace(Extract().summarize(article, length), model=self.name)
        source = "\n".join(filter(None, (article.kicker, article.headline, article.deck, article.text)))
        drafts: list[Draft] = []
        for origin, count, bound in LADDER:
            new = self.writer.drafts(article, length, count, bound=bound)
            drafts += new
            if new and not new[0].sure:
                break
            if text := _choice([_fitted(d.summary, length) for d in new if d.sure], source, length):
                return self._made(article, drafts, supported(article, _split(text)), origin, source)
        return self._mended(article, drafts, source, length)

    def _mended(self, article: Article, drafts: Sequence[Draft], source: str, length: int) -> Summary:
        """The best proposal's sound sentences, with sentences of the article where there is room."""
        texts = [_fitted(draft.summary, length) for draft in drafts if draft.sure]
        kept = max((_sound(text, source) for text in texts), key=len, default=[])
        extract = Extract().summarize(article, length)
        if not kept:
            return self._made(article, drafts, extract.sentences, Origin.EXTRACTED, source)
        written = supported(article, kept)
        used = [span for sentence in written for span in sentence.evidence]
        room = length - sum(map(len, kept))
        filled = [*written]
        said = "".join(kept)
        for candidate in _unused(article, used):
            if LEAST <= len(candidate) <= room and novelty(candidate.text, said) >= FRESH:
                said += candidate.text
                filled.append(Sentence(text=candidate.text, evidence=((candidate.start, candidate.end),)))
                room -= len(candidate)
        ordered = tuple(sorted(filled, key=lambda s: s.evidence[0]))
        return self._made(article, drafts, ordered, Origin.MENDED, source)

    def _made(
        self,
        article: Article,
        drafts: Sequence[Draft],
        made: tuple[Sentence, ...],
        origin: Origin,
        source: str,
    ) -> Summary:
        first = drafts[0] if drafts else Draft("", "")
        line = first.gist if first.sure and acceptable(first.gist, article, source) else gist(article)
        text = "".join(sentence.text for sentence in made)
        return Summary(
            gist=line,
            sentences=made,
            model=self.name,
            origin=origin,
            checks=_merged(verify(line, source), verify(text, source)),
        )


def _choice(texts: Sequence[str], source: str, length: int) -> str:
    """The passing proposal to take, or ""; proposals that fail still have a say in what is agreed."""
    passing = [text for text in texts if text and not _again(text, source) and verify(text, source).passed]
    enough = SHORT * min(length, len(source) / 3)
    pool = [text for text in passing if len(text) >= enough] or passing
    cut = [rouge.tokens(text) for text in texts]
    return max(
        pool,
        key=lambda text: sum(rouge.ngrams(rouge.tokens(text), other, 2) for other in cut),
        default="",
    )


def _again(text: str, source: str) -> bool:
    return bool(repeated(text) or stuttered(text, source))


def _sound(text: str, source: str) -> list[str]:
    """The sentences of a proposal that may stay: each passes, and says nothing again."""
    kept: list[str] = []
    for sentence in _split(text):
        if verify(sentence, source).passed and not _again("".join([*kept, sentence]), source):
            kept.append(sentence)
    return kept


def _fitted(text: str, length: int) -> str:
    """The whole sentences of a proposal that fit; a single sentence that is too long is cut at its last clause."""
    text = _GAP.sub("，", text.strip())
    if len(text) <= length and finished(text):
        return text
    fitting = ""
    for piece in _split(text):
        if len(fitting) + len(piece) > length or not finished(piece):
            break
        fitting += piece
    cut = max(text.rfind(mark, 0, length) for mark in "，；")
    clause = text[:cut] + "。" if cut > 0 else ""
    return fitting if len(fitting) >= 0.6 * len(clause) else clause


def _split(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


def _unused(article: Article, used: Sequence[tuple[int, int]]) -> list[Candidate]:
    """The article's whole sentences outside the used ranges, the most telling first."""
    found = [c for c in candidates(article) if c.whole]
    ranked = sorted(zip(values(found, article.headline), found, strict=True), key=lambda pair: -pair[0])
    return [c for _, c in ranked if not any(a < c.end and c.start < b for a, b in used)]


def _merged(one: Checks, other: Checks) -> Checks:
    return Checks(
        unsupported_numbers=tuple(dict.fromkeys(one.unsupported_numbers + other.unsupported_numbers)),
        unsupported_names=tuple(dict.fromkeys(one.unsupported_names + other.unsupported_names)),
        unsupported_claims=tuple(dict.fromkeys(one.unsupported_claims + other.unsupported_claims)),
    )
