"""What the selector learns from: the tokens of articles, which of them a summary kept, and the
base's states of them.

The lower layers of the base are frozen, so their states are computed once and kept on disk; a run
that was stopped resumes. Labels are per token and three: what the summary kept, the
one-sentence brief, and the gist.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..summarization.network.tokens import covered, prompt
from .corpus import Reference
from .subsequence import kept_characters

LAYERS = 8
"""Lower layers of the base that stay as they are."""
LONGEST = 1536
"""Tokens of an article that are looked at, its headline included."""
BATCH = 4096
"""Tokens of a batch, padding included."""
UNKNOWN = -1.0
"""The label of tokens that are no article text, and of what a reference does not have."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one article: ids, the [start, end) of the text that each covers, and labels
    (tokens, 3).

    The first `prompt` tokens are the headline and the words around it.
    """

    name: str
    ids: np.ndarray
    spans: np.ndarray
    labels: np.ndarray
    prompt: int


def tokens(reference: Reference, tokenizer: Any, places: Sequence[int]) -> Tokens:
    """The tokens of a reference's article with their labels."""
    head = tokenizer.encode(prompt(reference.title))
    body = tokenizer.encode(reference.text)[: LONGEST - len(head)]
    spans = np.array([(0, 0)] * len(head) + covered(body, tokenizer), np.int32)
    labels = np.full((len(spans), 3), UNKNOWN, np.float32)
    for column, written in enumerate((reference.summary, reference.brief, reference.gist)):
        if written:
            kept = kept_characters(written, reference.text)
            shares = [kept[start:end].mean() if end > start else 0.0 for start, end in spans[len(head) :]]
            labels[len(head) :, column] = shares
    ids = [places[i] for i in (*head, *body)]
    return Tokens(reference.id, np.array(ids, np.int32), spans, labels, len(head))


class States:
    """The base's states after LAYERS layers, float16 of shape (tokens of all articles, width), on
    disk.

    `done` lists the articles whose states are there.
    """

    def __init__(self, folder: Path, articles: Sequence[Tokens], width: int) -> None:
        """Opens the states in the folder, or makes room for them."""
        starts = np.cumsum([0, *(len(article.ids) for article in articles)])
        self._start = {article.name: int(start) for article, start in zip(articles, starts, strict=False)}
        path, self._log = folder / "states.npy", folder / "states.done"
        mode = "r+" if path.exists() else "w+"
        shape = (int(starts[-1]), width)
        self._values = np.lib.format.open_memmap(path, mode=mode, dtype=np.float16, shape=shape)
        self.done: set[str] = set(self._log.read_text().split()) if self._log.exists() else set()

    def get(self, article: Tokens) -> np.ndarray:
        """The states of an article: (tokens, width)."""
        start = self._start[article.name]
        return np.asarray(self._values[start : start + len(article.ids)])

    def put(self, article: Tokens, values: np.ndarray) -> None:
        """Keeps the states of an article."""
        start = self._start[article.name]
        self._values[start : start + len(article.ids)] = values
        self._values.flush()
        with self._log.open("a") as log:
            log.write(article.name + "\n")
        self.done.add(article.name)


def compute(states: States, articles: Iterable[Tokens], weights: dict[str, Any], kept: Sequence[int]) -> int:
    """Runs the base, rounded as it ships, over the articles that have no states yet; the number of
    tokens.
    """
    import torch

    from .blocks import round_linears, rounded_rows
    from .layers import Shape, layer_of, rotations

    shape, count = Shape(), 0
    embedding = rounded_rows(weights["token_embd.weight"][torch.tensor(kept)]).bfloat16()
    layers = [round_linears(layer_of(weights, number)).bfloat16() for number in range(LAYERS)]
    for group in _alike([article for article in articles if article.name not in states.done]):
        ids = torch.zeros((len(group), len(group[0].ids)), dtype=torch.int64)
        for row, article in enumerate(group):
            ids[row, : len(article.ids)] = torch.from_numpy(article.ids.astype(np.int64))
        turns = rotations(torch.arange(ids.shape[1])[None], shape, torch.bfloat16)
        values = embedding[ids]
        with torch.no_grad():
            for layer in layers:
                values = layer(values, turns, causal=True)
        for row, article in enumerate(group):
            states.put(article, values[row, : len(article.ids)].float().numpy())
            count += len(article.ids)
    return count


def _alike(articles: Sequence[Tokens]) -> list[list[Tokens]]:
    """Articles of like length together, the longest first, at most BATCH padded tokens."""
    groups: list[list[Tokens]] = []
    for article in sorted(articles, key=lambda article: -len(article.ids)):
        if groups and (len(groups[-1]) + 1) * len(groups[-1][0].ids) <= BATCH:
            groups[-1].append(article)
        else:
            groups.append([article])
    return groups


def load_tokenizer(folder: Path) -> tuple[Any, list[int], list[int]]:
    """The tokenizer in the folder, the place of each of its ids, and the base's ids that were
    kept.
    """
    from sentencepiece import SentencePieceProcessor

    places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    kept = json.loads((folder / "kept.json").read_text(encoding="utf-8"))
    return SentencePieceProcessor(model_file=str(folder / "tokenizer.model")), places, kept
