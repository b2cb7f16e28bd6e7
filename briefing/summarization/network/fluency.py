"""How well sentences that were taken from an article read on, as the language model sees it.

Rules know a clause by its first and last words only. The language model, which was trained on
summaries written by hand, knows what a reader expects: where a clause was left out, the log
probability of the word that follows instead is that of a slip of the pen if what it rests on is gone
(与旧版标准相比。), and so is that of the full stop after a clause that waits for its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from ...types import Sentence
from .network import Read, sees_all_before
from .tokens import covered
from .writing import Words, request


@dataclass(frozen=True, slots=True)
class Flow:
    """The log probability of a sentence's first word after the sentences before it, and the lowest of
    those of the words after its joints, the mark at its end included; 0 where it was left whole."""

    begins: float
    joins: float


def flow(words: Words, read: Read, sentences: Sequence[Sentence], text: str) -> list[Flow]:
    """How each sentence of a summary reads on; `text` is that of the article."""
    network = words.network
    summary = "".join(sentence.text for sentence in sentences)
    if not summary:
        return []
    asked = network.tokenizer.encode(request("summary", len(summary)))
    ids = network.tokenizer.encode(summary)
    fed = np.array([*asked, *ids], np.int64)
    past = len(read.ids)
    sees = sees_all_before(past, len(fed))
    answers = network.follow(read.lower, read.upper, fed, past + np.arange(len(fed)), sees)
    values = words.likelihood(answers.states[len(asked) - 1 : -1], ids)
    likely = np.zeros(len(summary))  # of the token that each character belongs to
    for (start, end), value in zip(covered(ids, network.tokenizer), values.tolist(), strict=True):
        likely[start:end] = value
    begins = accumulate((len(sentence.text) for sentence in sentences[:-1]), initial=0)
    return [
        Flow(float(likely[at]), min((float(likely[at + joint]) for joint in _joints(one, text)), default=0.0))
        for at, one in zip(begins, sentences, strict=True)
    ]


def _joints(sentence: Sentence, text: str) -> list[int]:
    """The places in a sentence where words of the article were left out, and its end if that is new."""
    if sentence.text in text:
        return []
    *inner, _ = accumulate(end - start for start, end in sentence.evidence)
    return [at for at in inner if at < len(sentence.text)] + [len(sentence.text) - 1]
