"""Batches of rows: padded tensors, made ahead of the training in a thread."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from .network_data import WRITE, Part, Row, sampled

GRAIN = 64
"""Rows are padded to a multiple of so many tokens."""


@dataclass(slots=True)
class Batch:
    """Tensors of some rows: ids, places and mask (rows, length …), and where what is learned lies."""

    ids: torch.Tensor
    places: torch.Tensor
    segments: torch.Tensor
    keep: torch.Tensor
    written: tuple[torch.Tensor, torch.Tensor, torch.Tensor]
    checked: tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def collate(rows: Sequence[tuple[Row, Sequence[Part]]], device: str) -> Batch:
    """The rows with these branches, padded."""
    sizes = [len(row.article) + sum(len(part.ids) for part in parts) for row, parts in rows]
    longest = -(-max(sizes) // GRAIN) * GRAIN
    ids = np.zeros((len(rows), longest), np.int64)
    places, segments = np.zeros_like(ids), np.full_like(ids, -1)
    keep = np.full((len(rows), longest, 3), -1, np.float32)
    written: list[tuple[int, int, int]] = []
    checked: list[tuple[int, int, int]] = []
    for n, (row, parts) in enumerate(rows):
        whole = at = len(row.article)
        ids[n, :whole], places[n, :whole], segments[n, :whole] = row.article, np.arange(whole), 0
        if row.keep is not None:
            keep[n, :whole] = row.keep
        for number, part in enumerate(parts, 1):
            end = at + len(part.ids)
            ids[n, at:end] = part.ids
            places[n, at:end] = np.arange(whole, whole + end - at)
            segments[n, at:end] = number
            if part.role == WRITE:
                written += [(n, place, ids[n, place + 1]) for place in range(at + part.given - 1, end - 1)]
            else:
                checked.append((n, end - 1, int(bool(part.kind)) + 2 * part.by_hand))
            at = end

    def on(values: Any) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(device, non_blocking=True)

    def three(found: list[tuple[int, int, int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        columns = np.array(found, np.int64).reshape(-1, 3)
        return on(columns[:, 0]), on(columns[:, 1]), on(columns[:, 2])

    return Batch(on(ids), on(places), on(segments), on(keep), three(written), three(checked))


def batches(
    rows: Sequence[Row], size_of: int, most: int, seed: int
) -> list[list[tuple[Row, Sequence[Part]]]]:
    """Rows of like length together, at most so many padded tokens, in random order."""
    rng = random.Random(seed)
    chosen = [(row, sampled(row, rng, most)) for row in rows]

    def size(one: tuple[Row, Sequence[Part]]) -> int:
        return len(one[0].article) + sum(len(part.ids) for part in one[1])

    chosen.sort(key=lambda one: size(one) + 60 * rng.random())
    groups: list[list[tuple[Row, Sequence[Part]]]] = [[]]
    for one in chosen:
        if groups[-1] and (len(groups[-1]) + 1) * (size(one) + GRAIN) > size_of:
            groups.append([])
        groups[-1].append(one)
    rng.shuffle(groups)
    return groups


def stream(rows: Sequence[Row], size_of: int, most: int, seed: int, device: str) -> Iterator[Batch]:
    """Batches without end, pass after pass."""
    ready: queue.Queue[Batch] = queue.Queue(4)

    def fill() -> None:
        number = seed * 1000
        while True:
            for group in batches(rows, size_of, most, number):
                ready.put(collate(group, device))
            number += 1

    threading.Thread(target=fill, daemon=True).start()
    while True:
        yield ready.get()
