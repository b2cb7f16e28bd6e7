"""Trains the judge's adapter on articles that are read once and kept in the accelerator's memory, so
that a pass over all sentences takes seconds.

What is measured: of the false sentences by hand about articles held out, the share above the limit
that 5 % of the true ones pass.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from .adapter import RANK, Adapter, Seen, Sentences, begun, falsehood, read
from .network import Base, UpperLayers
from .network_data import CHECK, Part, Row
from .network_training import found_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: passes over the sentences, peak rate, weight of a sentence by hand, dropout, how
    the labels are smoothed, and how slowly the mean of the weights follows them.
    """

    passes: int = 2
    rate: float = 8e-4
    rank: int = RANK
    by_hand: float = 3.0
    drop: float = 0.2
    smooth: float = 0.06
    decay: float = 0.98
    warmup: int = 20
    seed: int = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that were read, with their sentences: where each ends, (sentences,) rows and places,
    whether it is false and whether it was written by hand, 1 or 0, and what it is.
    """

    seen: Seen
    sentences: Sentences
    rows: torch.Tensor
    ends: torch.Tensor
    false: torch.Tensor
    by_hand: torch.Tensor
    parts: Sequence[Part]


def grouped(
    model: UpperLayers, base: Base, rows: Sequence[Row], size: int, most: int, seed: int = 0
) -> Iterator[Group]:
    """The rows with their sentences, articles of like length together, at most `size` padded tokens of
    articles a group; of sentences made by rule at most `most` a row.
    """
    rng = random.Random(seed)
    chosen: list[tuple[Row, list[Part]]] = []
    for row in rows:
        judged = [part for part in row.branches if part.role == CHECK]
        made = [part for part in judged if not part.by_hand]
        kept = [part for part in judged if part.by_hand] + rng.sample(made, min(most, len(made)))
        if kept:
            chosen.append((row, kept))
    chosen.sort(key=lambda one: len(one[0].article))
    group: list[tuple[Row, list[Part]]] = []
    for one in chosen:
        if group and (len(group) + 1) * len(one[0].article) > size:
            yield _group(model, base, group)
            group = []
        group.append(one)
    if group:
        yield _group(model, base, group)


def _group(model: UpperLayers, base: Base, chosen: Sequence[tuple[Row, list[Part]]]) -> Group:
    device, count = base.table.device, len(chosen)
    ids = np.zeros((count, max(len(row.article) for row, _ in chosen)), np.int64)
    there = np.zeros_like(ids, bool)
    longest = max(sum(len(part.ids) for part in parts) for _, parts in chosen)
    said = np.zeros((count, longest), np.int64)
    places, numbers = np.zeros_like(said), np.full_like(said, -1)
    ends: list[tuple[int, int]] = []
    flat = [part for _, parts in chosen for part in parts]
    for n, (row, parts) in enumerate(chosen):
        size, at = len(row.article), 0
        ids[n, :size], there[n, :size] = row.article, True
        for number, part in enumerate(parts):
            end = at + len(part.ids)
            said[n, at:end], numbers[n, at:end] = part.ids, number
            places[n, at:end] = np.arange(size, size + end - at)
            ends.append((n, end - 1))
            at = end

    def on(values: Any) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(device)

    seen = read(model, base, on(ids), on(there))
    sentences = begun(base, seen, on(said), on(places), on(numbers), model.shape)
    columns = np.array(ends, np.int64)
    return Group(
        Seen(seen.there, (), seen.upper),
        sentences,
        on(columns[:, 0]),
        on(columns[:, 1]),
        on(np.array([bool(part.kind) for part in flat], np.float32)),
        on(np.array([part.by_hand for part in flat], np.float32)),
        flat,
    )


def train(model: UpperLayers, learned: Sequence[Group], held: Sequence[Group], plan: Plan) -> Adapter:
    """The adapter whose weights are the mean of the last steps'; losses, and what is measured after
    each pass, go to stderr. A group whose gradient is not finite is passed over.
    """
    torch.manual_seed(plan.seed)
    torch.backends.cuda.enable_cudnn_sdp(False)  # it gave NaN with such masks (PyTorch 2.11)
    device = learned[0].seen.there.device
    adapter = Adapter(model, plan.rank).to(device)
    mean: Adapter = Adapter(model, plan.rank).to(device)
    mean.load_state_dict(adapter.state_dict())
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=plan.rate, weight_decay=0.02, betas=(0.9, 0.98))
    rng, step, steps = random.Random(plan.seed), 0, plan.passes * len(learned)
    for number in range(plan.passes):
        for group in rng.sample(learned, len(learned)):
            for entry in optimizer.param_groups:
                entry["lr"] = rate_at(plan, step, steps)
            loss = loss_of(model, adapter, group, plan)
            loss.backward()
            if torch.isfinite(nn.utils.clip_grad_norm_(adapter.parameters(), 1.0)):
                optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            with torch.no_grad():
                for ours, theirs in zip(mean.parameters(), adapter.parameters(), strict=True):
                    ours.lerp_(theirs, 1 - min(plan.decay, step / (step + 10)))
        measured = {"pass": number + 1, "loss": round(loss.item(), 3)}
        measured |= measure(held, judged(model, mean, held))
        print(json.dumps(measured), file=sys.stderr, flush=True)
    return mean


def rate_at(plan: Plan, step: int, steps: int) -> float:
    """Warm-up, then a cosine down to 2 % over the steps."""
    falling = max(0.02, 0.5 * (1 + math.cos(math.pi * step / steps)))
    return plan.rate * min(1.0, (step + 1) / plan.warmup) * falling


def loss_of(model: UpperLayers, adapter: Adapter, group: Group, plan: Plan) -> torch.Tensor:
    """The mean loss of a group's sentences, those by hand weighing more."""
    found = falsehood(model, adapter, group.seen, group.sentences, plan.drop)[group.rows, group.ends]
    targets = group.false * (1 - 2 * plan.smooth) + plan.smooth
    weight = 1 + (plan.by_hand - 1) * group.by_hand
    each = binary_cross_entropy_with_logits(found, targets, reduction="none")
    return (each * weight).sum() / weight.sum()


@torch.no_grad()  # type: ignore[untyped-decorator]  # torch is read without its types
def judged(model: UpperLayers, adapter: Adapter, groups: Sequence[Group]) -> np.ndarray:
    """The logits of all sentences, in order."""
    found = [
        falsehood(model, adapter, group.seen, group.sentences)[group.rows, group.ends].cpu().numpy()
        for group in groups
    ]
    return np.concatenate(found)


def measure(groups: Sequence[Group], logits: np.ndarray) -> dict[str, Any]:
    """How many of the false sentences by hand are found; all true ones count, the references' own too."""
    parts = [part for group in groups for part in group.parts]
    kinds = np.array([part.kind for part in parts])
    return found_of(logits, kinds, np.array([part.by_hand for part in parts]) & (kinds != ""))
