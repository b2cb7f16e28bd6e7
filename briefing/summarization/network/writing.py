"""Writes one line about an article that the network has read, in the article's own words.

What may be written are the words of headline and text, a few particles and marks; in which order the
language model says. Runs of the article are proposed whole and taken as far as the model agrees
(speculative decoding with references, Yang et al. 2023): the same words, in a third of the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...types import Article
from .network import Memory, Network, Read, sees_all_before

END = "<|im_end|>"
WRITTEN = {
    "gist": "\n要点：",
    "brief": "\n简讯：",
    "summary": "\n摘要（{length}字）：",
    "headline": "\n标题：",
}
"""What asks for each kind of text."""
RUN = 3
"""Tokens of the article that are proposed at once."""
LONGEST_WORD = 8
"""Characters of the longest word that is looked for."""
PARTICLES = "，。、：；“”《》的和与并将等在以对为有及"
"""What may be written though the article does not have it."""


def request(kind: str, length: int = 0) -> str:
    """What asks for a text of this kind and of about `length` characters, by tens."""
    return WRITTEN[kind].format(length=max(10, round(length, -1)))


@dataclass(frozen=True)
class Words:
    """The tokens that may be written about an article."""

    network: Network
    body: np.ndarray
    ids: np.ndarray

    @classmethod
    def of(cls, network: Network, article: Article, read: Read) -> Words:
        """Every token that headline or text could be spelled with, particles, and the end."""
        tokenizer = network.tokenizer
        body = read.ids[read.begin :]
        found = {tokenizer.piece_to_id(part) for part in _parts(article.headline + "\n" + read.passage.text)}
        found |= {tokenizer.piece_to_id(mark) for mark in (*PARTICLES, END)}
        return cls(network, body, np.array(sorted(found - {tokenizer.unk_id()}), np.int64))

    @cached_property
    def end(self) -> int:
        """The token that ends a text."""
        return int(self.network.tokenizer.piece_to_id(END))

    def likeliest(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The likeliest next token after each state, and its log probability among the words."""
        logits = self.network.scores(states, self.ids)
        best = logits.argmax(1)
        peaks = logits.max(1)
        sums = np.exp(logits - peaks[:, None]).sum(1)
        return self.ids[best], -np.log(sums)

    def likelihood(self, states: np.ndarray, ids: Sequence[int]) -> np.ndarray:
        """The log probability of each of these tokens after the state before it, among the words."""
        known = np.union1d(self.ids, np.asarray(ids, np.int64))
        logits = self.network.scores(states, known)
        peaks = logits.max(1)
        sums = np.log(np.exp(logits - peaks[:, None]).sum(1)) + peaks
        return np.asarray(logits[np.arange(len(ids)), np.searchsorted(known, ids)] - sums)

    def after(self, last: list[int]) -> list[int]:
        """How the article goes on after the last two tokens, or the last one; [] if it has neither."""
        for size in (2, 1):
            if len(last) >= size:
                same = np.ones(max(0, len(self.body) - size), bool)
                for back in range(1, size + 1):
                    same &= self.body[size - back : len(self.body) - back] == last[-back]
                if same.any():
                    start = int(same.argmax()) + size
                    return list(self.body[start : start + RUN].tolist())
        return []


def _parts(text: str) -> Iterator[str]:
    """All runs of characters of a text that may be a token's."""
    spelled = text.replace(" ", "▁")
    for start in range(len(spelled)):
        for end in range(start + 1, min(len(spelled), start + LONGEST_WORD) + 1):
            yield spelled[start:end]


@dataclass(frozen=True, slots=True)
class Line:
    """A text that was written, and the mean log probability of its tokens."""

    text: str
    score: float


def write(words: Words, read: Read, kind: str, most: int) -> Line | None:
    """A text of this kind; None if it does not end within `most` tokens."""
    network = words.network
    lower, upper = read.lower, read.upper
    pending: list[int] = network.tokenizer.encode(request(kind))
    written: list[int] = []
    score, place = 0.0, len(read.ids)
    while len(written) <= most:
        draft = words.after(written)
        fed = np.array([*pending, *draft], np.int64)
        past = lower.keys.shape[3]
        sees = sees_all_before(past, len(fed))
        answers = network.follow(Memory(*lower), Memory(*upper), fed, place + np.arange(len(fed)), sees)
        best, values = words.likeliest(answers.states[len(pending) - 1 :])
        taken = next((n for n, token in enumerate(draft) if best[n] != token), len(draft))
        new = best[: taken + 1].tolist()
        score += float(values[: len(new)].sum())
        if words.end in new:
            written += new[: new.index(words.end)]
            return Line(network.tokenizer.decode(written), score / (len(written) + 1))
        written += new
        used = range(len(pending) + taken)
        lower, upper = lower.with_columns(*answers.lower, used), upper.with_columns(*answers.upper, used)
        place, pending = place + len(used), new[-1:]
    return None
