"""Judges sentences about an article that the network has read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .network import Network, Read


def asked(sentence: str) -> str:
    """How a sentence is put after its article."""
    return f"\n说法：{sentence}\n对错："


def falsehood(network: Network, read: Read, sentences: Sequence[str]) -> np.ndarray:
    """A logit for each sentence, above 0 where the article does not support it."""
    parts = [network.tokenizer.encode(asked(sentence)) for sentence in sentences]
    if not parts:
        return np.zeros(0, np.float32)
    past, sizes = len(read.ids), [len(part) for part in parts]
    ends = np.cumsum(sizes)
    sees = np.zeros((ends[-1], past + ends[-1]), bool)
    sees[:, :past] = True
    for size, end in zip(sizes, ends, strict=True):
        block = slice(end - size, end)
        sees[block, past + end - size : past + end] = np.tril(np.ones((size, size), bool))
    places = np.concatenate([past + np.arange(size) for size in sizes])
    logits = network.judge(read, np.concatenate(parts).astype(np.int64), places, sees)
    return np.asarray(logits[ends - 1])
