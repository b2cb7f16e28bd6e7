"""The shipped network: reads an article once, and then says what an editor would keep, writes about
it in the article's own words, and judges sentences about it.

A prefix language model: the lower layers look back only, the upper ones see the whole article; what
follows the article (a request and what is written, or a sentence and a question) sees the article and
itself. Keys and values of the article are kept, so that each branch costs its own tokens only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from ...text.words import load_dictionary
from ...types import Article
from ..generate.model_folder import ModelFolder, open_model_folder
from .graphs import JUDGE, LOWER, TOKENIZER, UPPER, WORDS, open_graph, open_tokenizer
from .passage import Passage, passage
from .tokens import covered, prompt

LONGEST = 1536
"""Tokens read at once, headline included: some 2,400 characters. Of longer articles the sentences
that tell most are read."""
MASKED = -1e9
"""What is added to the attention of a token that may not be seen."""


class Memory(NamedTuple):
    """Keys and values of what was read: each (layers, 1, heads, tokens, size of a head)."""

    keys: np.ndarray
    values: np.ndarray

    def with_columns(self, keys: np.ndarray, values: np.ndarray, columns: Sequence[int]) -> Memory:
        """With some of the new columns behind the old ones."""
        chosen = list(columns)
        return Memory(
            np.concatenate((self.keys, keys[:, :, :, chosen]), 3),
            np.concatenate((self.values, values[:, :, :, chosen]), 3),
        )


@dataclass(slots=True)
class Answers:
    """What the upper layers say of some tokens: states (tokens, width), with the new columns of both
    memories.
    """

    states: np.ndarray
    lower: Memory
    upper: Memory


@dataclass(slots=True)
class Read:
    """An article that has been read: its ids, where the body begins, which places of the text each
    body token covers, and the share of each body token that summary, brief and gist keep, (tokens, 3).
    """

    ids: np.ndarray
    begin: int
    passage: Passage
    spans: list[tuple[int, int]]
    shares: np.ndarray
    lower: Memory
    upper: Memory

    def kept(self, length: int, column: int = 0) -> np.ndarray:
        """The share of each character of a text of this length: shape (characters,)."""
        kept = np.zeros(length, np.float32)
        for (start, end), share in zip(self.spans, self.shares[:, column].tolist(), strict=True):
            for place in self.passage.places[start:end]:
                kept[place] = max(kept[place], share)
        return kept


class Network:
    """The graphs of a model folder with their tokenizer. Safe in several threads at once."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Loads the model; raises ModelError. `threads` for one article; 0 for one a core."""
        self.card: ModelFolder = open_model_folder(folder)
        tokenizer, lower, upper, words, judge = self.card.checked(TOKENIZER, LOWER, UPPER, WORDS, JUDGE)
        self.tokenizer = open_tokenizer(tokenizer)
        with ThreadPoolExecutor(2) as pool:  # loading takes two thirds of the start, and a core a graph
            graphs = pool.map(lambda path: open_graph(path, threads), (upper, lower, words, judge))
            load_dictionary()
            self._upper, self._lower, self._words, given = graphs
        values = dict(zip((one.name for one in given.get_outputs()), given.run(None, {}), strict=True))
        self._head = values.pop("judge.weight"), values.pop("judge.bias")
        self._adapter: Mapping[str, np.ndarray] = values

    def scores(self, states: np.ndarray, ids: np.ndarray) -> np.ndarray:
        """The logit of each of these tokens after each state: (states, ids)."""
        return np.asarray(self._words.run(None, {"states": states, "ids": ids})[0])

    def read(self, article: Article, claims: Sequence[str] = ()) -> Read:
        """Reads the article, or of a long one the sentences that tell most, or most of the claims."""
        head = self.tokenizer.encode(prompt(article.headline))
        room = LONGEST - len(head)
        chosen = passage(article, lambda text: len(self.tokenizer.encode(text)), room, claims)
        body = self.tokenizer.encode(chosen.text)
        ids = np.array([*head, *body], np.int64)
        places = np.arange(len(ids))
        causal = np.tril(np.ones((len(ids), len(ids)), bool))
        states, *lower = self._run_lower(ids, places, causal, _empty(self._lower))
        _, keep, *upper = self._run_upper(states, places, np.ones_like(causal), _empty(self._upper))
        shares = 0.5 * (1 + np.tanh(keep[0, len(head) :] / 2))
        spans = covered(body, self.tokenizer)
        return Read(ids, len(head), chosen, spans, shares, Memory(*lower), Memory(*upper))

    def follow(
        self, lower: Memory, upper: Memory, ids: np.ndarray, places: np.ndarray, sees: np.ndarray
    ) -> Answers:
        """Reads tokens behind what was read; `sees` says what each sees, (tokens, past + tokens)."""
        states, *new_lower = self._run_lower(ids, places, sees, lower)
        states, _, *new_upper = self._run_upper(states, places, sees, upper)
        return Answers(states[0], Memory(*new_lower), Memory(*new_upper))

    def judge(self, read: Read, ids: np.ndarray, places: np.ndarray, sees: np.ndarray) -> np.ndarray:
        """Reads sentences behind an article with the judge's adapter; for each token the logit that a
        sentence which ends there is false, (tokens,).
        """
        states, *_ = self._run_lower(ids, places, sees, read.lower)
        states, *_ = self._run_upper(states, places, sees, read.upper, self._adapter)
        weight, bias = self._head
        return np.asarray(states[0] @ weight + bias)[:, 0]

    def _run_lower(self, ids: np.ndarray, places: np.ndarray, sees: np.ndarray, past: Memory) -> Any:
        return self._lower.run(None, {"ids": ids[None], **_inputs(places, sees, past)})

    def _run_upper(
        self,
        states: np.ndarray,
        places: np.ndarray,
        sees: np.ndarray,
        past: Memory,
        adapter: Mapping[str, np.ndarray] = MappingProxyType({}),
    ) -> Any:
        return self._upper.run(None, {"states": states, **_inputs(places, sees, past), **adapter})


def sees_all_before(past: int, count: int) -> np.ndarray:
    """That each of `count` tokens sees the `past` ones, itself and those between: (count, past + count)."""
    return np.concatenate((np.ones((count, past), bool), np.tri(count, dtype=bool)), 1)


def _inputs(places: np.ndarray, sees: np.ndarray, past: Memory) -> dict[str, np.ndarray]:
    mask = np.where(sees, np.float32(0), np.float32(MASKED))[None, None, None]
    return {"positions": places[None], "mask": mask, "keys": past.keys, "values": past.values}


def _empty(graph: Any) -> Memory:
    """Nothing read yet."""
    shape = next(entry.shape for entry in graph.get_inputs() if entry.name == "keys")
    nothing = np.zeros((shape[0], 1, shape[2], 0, shape[4]), np.float32)
    return Memory(nothing, nothing)
