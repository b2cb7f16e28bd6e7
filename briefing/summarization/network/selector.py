"""The summarizer of the shipped network: it selects and shortens the article's own sentences by what
an editor would keep, drops what its judge doubts, and writes one line, the gist, in the article's
words.

The line is taken only if it shortens one sentence, and `verify`, the judge and the language model
itself are sure of it; else it is the headline. Trained by `python -m briefing.training network` on
summaries and falsehoods written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...text.chars import letters
from ...types import Article, Sentence, Summary
from ..extract.candidates import Candidate, candidates, checked_summary, first_clauses
from ..extract.compressive import chosen_sentences
from ..extract.day_words import DayWords
from ..extract.gist import LIMIT, gist
from ..extract.references_back import needs_the_one_before
from ..extract.selection import Refused
from ..gist_check import is_valid_gist
from ..verify.facts import ArticleFacts, article_facts
from .fluency import flow
from .judge import falsehood
from .line_check import is_shortened_sentence
from .network import Network, Read
from .writing import Words, write

DOUBT = -1.5
"""The judge's log odds from which the program's own words are dropped: stricter than `check`, since
there is something else to say. Of true sentences 9 % lie above, of false ones 89 %."""
BEGINS = -13.0
"""The log probability of a sentence's first word below which it points back at what is not there."""
JOINS = -6.0
"""That of the word after a joint below which a form is torn. How both were found: docs/log.md."""
SHARPER = 1.3
"""The power of the shares by which sentences are chosen: what is sure to be kept counts more."""
LEAD = 0.05
"""What the first sentence is worth more: with both ROUGE-L 50.4 for 50.1 on 250 references aside."""
ROUNDS = 5
"""How often sentences are chosen anew without the forms that are doubted."""
SURE = -0.3
"""The mean log probability of a token from which a line is taken. Of 30 lines on articles kept aside
most of the garbled ones were below it."""

ELSE_CUT = -0.8
"""The same where the headline would be cut anywhere."""


class Selector:
    """A Summarizer and a Judge. Safe in several threads at once."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Loads the model: half a second and 400 MB. Raises ModelError.

        `threads` for one article; 0 for one a core.
        """
        self._network = Network(folder, threads=threads)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._network.card.name

    def summarize(self, article: Article, length: int) -> Summary:
        """A summary of at most `length` characters, of the article's own clauses; raises
        nothing.
        """
        found = candidates(article)
        if not found:
            return checked_summary(article, (), self.name)
        read = self._network.read(article)
        facts = article_facts(article.stated)
        words = Words.of(self._network, article, read)
        room = DayWords.of(article).room(article.text, length)
        chosen = self._chosen(article, read, words, found, room)
        line = self._line(article, read, words, facts)
        return checked_summary(article, chosen, self.name, line=line, facts=facts, length=length)

    def supported(self, article: Article, sentences: Sequence[str]) -> list[float]:
        """The probability, 0 to 1, that the article supports each sentence."""
        if not sentences:
            return []
        logits = falsehood(self._network, self._network.read(article, sentences), sentences)
        return [float(value) for value in 0.5 * (1 - np.tanh(logits / 2))]

    def kept(self, article: Article) -> np.ndarray:
        """How likely each character of the article's text is kept, 0 to 1: shape (characters,)."""
        return self._network.read(article).kept(len(article.text))

    def _chosen(
        self, article: Article, read: Read, words: Words, found: Sequence[Candidate], length: int
    ) -> list[Sentence]:
        """The sentences worth most, none shortened in a way that the judge doubts or that reads torn."""
        scores, text = read.kept(len(article.text)) ** SHARPER, article.text
        scores[found[0].start : found[0].end] += LEAD
        refused, judged = Refused(), set[str]()
        chosen: list[Sentence] = []
        for _ in range(ROUNDS):
            chosen = chosen_sentences(found, scores, length, refused, article.headline)
            new = [one.text for one in chosen if one.text not in text and one.text not in judged]
            logits = falsehood(self._network, read, new)
            judged.update(new)
            refused.doubted.update(one for one, logit in zip(new, logits, strict=True) if logit > DOUBT)
            for one, seen in zip(chosen, flow(words, read, chosen, text), strict=True):
                if seen.begins < BEGINS:  # in every form
                    whole = next(whole.text for whole in found if whole.end > one.evidence[-1][0])
                    refused.doubted.update((one.text, whole))
                if seen.joins < JOINS:
                    refused.torn.add(one.text)
            if not any(one.text in refused for one in chosen):
                return chosen or first_clauses(found, length)
        return _understood(chosen, found, refused) or first_clauses(found, length)

    def _line(self, article: Article, read: Read, words: Words, facts: ArticleFacts) -> str:
        """The gist: written if that can be vouched for, else the headline."""
        headline, line = gist(article), write(words, read, "gist", LIMIT)
        if line is None or line.score < (ELSE_CUT if headline.endswith("…") else SURE):
            return headline
        text = _fitting(line.text)
        if letters(text) == letters(article.headline):  # a headline's space is a comma
            return headline
        if not is_shortened_sentence(text, article) or not is_valid_gist(text, article, facts):
            return headline
        return text if falsehood(self._network, read, [text])[0] <= DOUBT else headline


def _understood(chosen: Sequence[Sentence], found: Sequence[Candidate], refused: Refused) -> list[Sentence]:
    """The sentences without those that are refused, and without those that need one that is not told."""
    told: dict[int, Sentence] = {}
    for one in chosen:
        number = next(n for n, candidate in enumerate(found) if candidate.end > one.evidence[-1][0])
        if one.text in refused or (needs_the_one_before(number, found) and number - 1 not in told):
            continue
        told[number] = one
    return list(told.values())


def _fitting(line: str) -> str:
    """The line without its last clauses, as far as it is too long."""
    while len(line) > LIMIT and "，" in line:
        line = line.rpartition("，")[0]
    return line
