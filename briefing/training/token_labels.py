"""The tokens of articles with labels: what the summary kept of each, the one-sentence brief, and the
gist.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
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


def load_tokenizer(folder: Path) -> tuple[Any, list[int], list[int]]:
    """The tokenizer in the folder, the place of each of its ids, and the base's ids that were
    kept.
    """
    from sentencepiece import SentencePieceProcessor

    places = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    kept = json.loads((folder / "kept.json").read_text(encoding="utf-8"))
    return SentencePieceProcessor(model_file=str(folder / "tokenizer.model")), places, kept
