"""Trains the upper layers on three things at once: which tokens of an article a summary keeps, what
to write about it, and which sentences about it are false.

Toward the end the matrices are rounded to 4 bits in the forward pass, with gradients straight
through, so that the weights learn to be rounded. The schedule goes by the clock, for a machine that
is lent for minutes: what it gave is in docs/log.md.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, linear

from .network import Base, UpperLayers, states_of
from .network_batches import Batch, batches, collate, stream
from .network_data import CHECK, GENERAL, HELD, LEARNED, Row

BY_HAND = 2.0
"""How much more a sentence by hand weighs than one made by rule."""
ALARMS = 0.05
"""The share of true sentences that may be objected to."""
SMOOTHING = 0.05
"""Of the labels of what is written."""
MARKS = (0.25, 0.5, 0.75, 1.0)
"""The shares of the time after which is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: seconds, the shares of them for general articles and from which matrices are
    rounded, tokens of a batch, peak rate, sentences made by rule of each article.
    """

    seconds: float
    general: float = 0.25
    rounding: float = 0.6
    batch: int = 32768
    rate: float = 1e-4
    warmup: int = 40
    most: int = 5
    drop: float = 0.1
    every: int = 20
    seed: int = 1


@dataclass(slots=True)
class Losses:
    """Sums of losses and counts: written tokens, kept tokens, judged sentences."""

    write: torch.Tensor
    keep: torch.Tensor
    check: torch.Tensor


def losses(model: UpperLayers, base: Base, batch: Batch, states: torch.Tensor, smooth: float = 0.0) -> Losses:
    """Mean losses of a batch; 0 of what it does not have."""
    rows, places, targets = batch.written
    zero = states.float().sum() * 0
    write = keep = check = zero
    if len(rows):
        logits = linear(states[rows, places], base.table).float()
        write = cross_entropy(logits, targets, label_smoothing=smooth)
    known = (batch.keep >= 0).any(-1)
    if known.any():
        labels = batch.keep[known]
        logits = linear(states[known].float(), model.keep.weight, model.keep.bias)
        weight = (labels >= 0).float() * labels.new_tensor((1.0, 0.5, 0.25))
        each = binary_cross_entropy_with_logits(logits, labels.clamp(min=0), reduction="none")
        keep = (each * weight).sum() / weight.sum()
    rows, places, targets = batch.checked
    if len(rows):
        found = linear(states[rows, places].float(), model.check.weight, model.check.bias)[:, 0]
        weight = 1 + BY_HAND * (targets >= 2).float()
        each = binary_cross_entropy_with_logits(found, (targets % 2).float(), reduction="none")
        check = (each * weight).sum() / weight.sum()
    return Losses(write, keep, check)


def rate_at(plan: Plan, share: float, step: int) -> float:
    """Warm-up, then a cosine down to 3 % over the seconds."""
    return plan.rate * min(1.0, (step + 1) / plan.warmup) * max(0.03, 0.5 * (1 + math.cos(math.pi * share)))


def train(model: UpperLayers, base: Base, rows: Sequence[Row], plan: Plan, path: Path) -> None:
    """Trains for the plan's seconds; losses go to stderr, and what is measured to `path` (JSON).

    A batch whose gradient is not finite is passed over.
    """
    device = str(base.table.device)
    torch.manual_seed(plan.seed)
    torch.backends.cuda.enable_cudnn_sdp(False)  # it gave NaN with these masks (PyTorch 2.11)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.rate, weight_decay=0.05, betas=(0.9, 0.98), fused=device != "cpu"
    )
    sources = {
        which: stream([row for row in rows if row.part_of == which], plan.batch, plan.most, plan.seed, device)
        for which in (GENERAL, LEARNED)
    }
    marks, begun, step = list(MARKS), time.monotonic(), 0
    while marks:
        share = (time.monotonic() - begun) / plan.seconds
        if share >= marks[0]:
            marks.pop(0)
            measured = measure(model, base, rows, plan, share > plan.rounding)
            path.write_text(json.dumps(measured), encoding="utf-8")
            continue
        for group in optimizer.param_groups:
            group["lr"] = rate_at(plan, share, step)
        batch = next(sources[GENERAL if share < plan.general else LEARNED])
        states = states_of(model, base, batch, plan.drop, share > plan.rounding)
        found = losses(model, base, batch, states, SMOOTHING)
        (found.write + found.keep + found.check).backward()
        if torch.isfinite(nn.utils.clip_grad_norm_(model.parameters(), 1.0)):
            optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if step % plan.every == 0:
            values = " ".join(f"{x.item():.3f}" for x in (found.write, found.keep, found.check))
            print(f"{step} {share:.0%} write, keep, check {values}", file=sys.stderr, flush=True)


def measure(
    model: UpperLayers, base: Base, rows: Sequence[Row], plan: Plan, rounding: bool
) -> dict[str, Any]:
    """Losses on what is held out, and the share of false sentences above the limit that 5 % of the
    true ones pass, by kind.
    """
    held = [row for row in rows if row.part_of == HELD]
    sums: dict[str, list[float]] = {"write": [], "keep": []}
    logits: list[float] = []
    kinds: list[str] = []
    with torch.no_grad():
        for group in batches(held, plan.batch, plan.most, 0):
            batch = collate(group, str(base.table.device))
            states = states_of(model, base, batch, rounding=rounding)
            found = losses(model, base, batch, states)
            if len(batch.written[0]):
                sums["write"].append(float(found.write))
                sums["keep"].append(float(found.keep))
            judged, places, _ = batch.checked
            logits += linear(states[judged, places].float(), model.check.weight, model.check.bias)[
                :, 0
            ].tolist()
            kinds += [part.kind for _, parts in group for part in parts if part.role == CHECK]
    values, names = np.array(logits), np.array(kinds)
    means = {"write": float(np.mean(sums["write"] or [0])), "keep": float(np.mean(sums["keep"] or [0]))}
    result = means | found_of(values, names, names != "")
    print(json.dumps(result), file=sys.stderr, flush=True)
    return result


def found_of(logits: np.ndarray, kinds: np.ndarray, false: np.ndarray) -> dict[str, Any]:
    """The limit that 5 % of the true sentences pass, whose kind is "", and the share above it of the
    `false` ones that count, in all and by kind.
    """
    limit = float(np.quantile(logits[kinds == ""], 1 - ALARMS))
    found = {kind: logits[false & (kinds == kind)] > limit for kind in sorted(set(kinds[false].tolist()))}
    return {
        "limit": round(limit, 2),
        "found": round(float((logits[false] > limit).mean()), 3),
        "kinds": {kind: round(float(hits.mean()), 2) for kind, hits in found.items()},
    }
