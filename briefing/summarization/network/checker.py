"""The checker: how sure it is that an article supports a sentence about it.

The selector's lower layers, then layers of its own, read the article once and after it each
sentence, which sees the article and itself. Trained by `python -m briefing.training checker`; what it
finds and what it misses stands in the model card.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...types import Article
from ..extract.candidates import candidates
from ..extract.evidence import with_evidence
from ..generate.model_folder import open_model_folder
from .graphs import LOWER, TOKENIZER, open_graph, open_tokenizer
from .tokens import prompt

UPPER = "checker.onnx"
ROOM = 540
"""Tokens of an article that are read, headline included. Of longer ones, what bears on the sentence
is."""
MASKED = -1e9


def asked(sentence: str) -> str:
    """How a sentence is put after its article."""
    return f"\n说法：{sentence}\n对错："


class Checker:
    """A Judge of sentences by the network of a model folder; safe in several threads at once."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Loads the model; raises ModelError, also for a model that has no checker."""
        card = open_model_folder(folder)
        tokenizer, *graphs = card.checked(TOKENIZER, LOWER, UPPER)
        self._tokenizer = open_tokenizer(tokenizer)
        self._lower, self._upper = (open_graph(path, threads) for path in graphs)

    def supported(self, article: Article, sentences: Sequence[str]) -> list[float]:
        """How likely the article supports each sentence, 0 to 1; from 0.5 on it counts as
        supported.
        """
        if not sentences:
            return []
        head = self._tokenizer.encode(prompt(article.headline))
        body = self._tokenizer.encode(article.text)
        if len(head) + len(body) <= ROOM:
            return self._judged([*head, *body], sentences)
        return [
            self._judged([*head, *self._bearing(article, one, ROOM - len(head))], [one])[0]
            for one in sentences
        ]

    def _bearing(self, article: Article, sentence: str, room: int) -> list[int]:
        """The tokens of what bears on the sentence: its evidence and what stands around it."""
        found = candidates(article)
        if not found:
            return list(self._tokenizer.encode(article.text)[:room])
        (said,) = with_evidence(found, [sentence])
        near = [n for n, one in enumerate(found) if (one.start, one.end) in said.evidence]
        order = sorted(range(len(found)), key=lambda n: min(abs(n - at) for at in near))
        taken: dict[int, list[int]] = {}
        for number in order:
            ids = self._tokenizer.encode(found[number].text)
            if len(ids) > room and taken:
                break
            taken[number] = ids[:room]
            room -= len(taken[number])
        return [i for number in sorted(taken) for i in taken[number]]

    def _judged(self, article: Sequence[int], sentences: Sequence[str]) -> list[float]:
        parts = [list(article), *(self._tokenizer.encode(asked(one)) for one in sentences)]
        ids = np.array([[i for part in parts for i in part]], np.int64)
        places, mask, ends = _layout([len(part) for part in parts])
        (states,) = self._lower.run(None, {"ids": ids, "positions": places, "mask": mask})
        (logits,) = self._upper.run(None, {"states": states, "positions": places, "mask": mask})
        return [float(0.5 * (1 - np.tanh(logits[0, end, 0] / 2))) for end in ends]


def _layout(lengths: Sequence[int]) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Places (1, length), what is added to attention (1, 1, 1, length, length), and where each
    sentence ends; the first length is the article's.
    """
    total, whole = sum(lengths), lengths[0]
    places, mask = np.zeros((1, total), np.int64), np.full((1, 1, 1, total, total), MASKED, np.float32)
    ends: list[int] = []
    at = 0
    for length in lengths:
        end, first = at + length, whole if at else 0
        places[0, at:end] = np.arange(first, first + length)
        mask[..., at:end, :first] = 0
        mask[0, 0, 0, at:end, at:end] = np.triu(np.full((length, length), MASKED, np.float32), 1)
        at = end
        ends.append(end - 1)
    return places, mask, ends[1:]
