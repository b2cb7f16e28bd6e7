"""The characters of an article that its summary kept: those on a longest common subsequence.

An isolated match is chance and does not count. By dynamic programming in numpy, O(summary ×
article).
"""

from __future__ import annotations

import numpy as np

RUN = 2
"""Minimum consecutive characters that count as kept."""


def kept_characters(summary: str, text: str) -> np.ndarray:
    """A boolean for each character of `text`: shape [characters]."""
    table = _table(summary, text)
    marked = np.zeros(len(text), bool)
    i = j = 0
    while i < len(summary) and j < len(text):
        if summary[i] == text[j] and table[i, j] == table[i + 1, j + 1] + 1:
            marked[j] = True
            i, j = i + 1, j + 1
        elif table[i + 1, j] >= table[i, j + 1]:
            i += 1
        else:
            j += 1
    return _without_short_runs(marked)


def _table(summary: str, text: str) -> np.ndarray:
    """Lengths of the longest common subsequences of all suffixes: shape [summary + 1, text + 1]."""
    letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    table = np.zeros((len(summary) + 1, len(text) + 1), np.int16)
    for i in range(len(summary) - 1, -1, -1):
        best = np.where(letters == ord(summary[i]), table[i + 1, 1:] + 1, table[i + 1, :-1])
        table[i, :-1] = np.maximum.accumulate(best[::-1])[::-1]
    return table


def _without_short_runs(marked: np.ndarray) -> np.ndarray:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], marked.astype(np.int8), [0]])))
    kept = marked.copy()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start < RUN:
            kept[start:end] = False
    return kept
