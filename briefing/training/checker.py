"""Trains the checker: does an article support a sentence?

Over the kept lower layers of the base, layers that see the article and then one sentence, and a head
on the sentence's last token. All sentences about an article share its states: each sees the
article and itself, at the places that follow the article's. Binary cross-entropy; what people wrote
comes after what rules made. AdamW; seeded, resumable.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from ..summarization.network.tokens import prompt
from .blocks import round_linears, rounded_rows
from .checker_data import Judged, Statement, asked
from .layers import Layer, RootNorm, Shape, layer_of, rotations
from .selector import Plan, rate_at, save
from .selector_data import LAYERS

ROOM = 540
"""Tokens of an article that is learned from, headline included; longer ones are left out."""
BATCH = 6144
"""Tokens of a batch, padding included."""
MOST = 8
"""Sentences about an article, hand-written ones before others."""
ALARMS = 0.05
"""The share of true sentences that may be objected to."""


class Checker(nn.Module):  # type: ignore[misc]  # torch is read without its types
    """The tuned layers and a head: one logit for each sentence, above 0 where it is false."""

    def __init__(self, layers: Sequence[Layer], shape: Shape) -> None:
        """Over these layers, with a head that does not know yet."""
        super().__init__()
        self.shape = shape
        self.layers, self.norm = nn.ModuleList(layers), RootNorm(shape)
        self.head, self.drop = nn.Linear(shape.width, 1), nn.Dropout(0.1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(
        self, states: torch.Tensor, places: torch.Tensor, mask: torch.Tensor, ends: Ends
    ) -> torch.Tensor:
        """A logit for each sentence; `ends` has the row and the place of its last token."""
        turns = rotations(places, self.shape, torch.bfloat16)
        for layer in self.layers:
            states = layer(states, turns, mask)
        logits: torch.Tensor = self.head(self.drop(self.norm(states[ends].float())))
        return logits[:, 0]


Ends = tuple[torch.Tensor, torch.Tensor]
Example = tuple[list[int], list[list[int]], list[bool]]
"""The ids of an article, those of the sentences about it, and which of these are false."""


@dataclass(frozen=True, slots=True)
class Base:
    """The lower layers of the base, rounded as they ship, and its tokenizer."""

    tokenizer: Any
    places: Sequence[int]
    embedding: torch.Tensor
    layers: Sequence[Layer]

    @classmethod
    def of(cls, weights: dict[str, Any], tokenizer: Any, places: Sequence[int], kept: Sequence[int]) -> Base:
        """From the base's tensors."""
        table = rounded_rows(weights["token_embd.weight"][torch.tensor(kept)]).bfloat16()
        layers = [round_linears(layer_of(weights, number)).bfloat16() for number in range(LAYERS)]
        return cls(tokenizer, places, table, layers)

    def ids(self, text: str) -> list[int]:
        """Rows of the embedding."""
        return [self.places[i] for i in self.tokenizer.encode(text)]

    def example(self, one: Judged, statements: Sequence[Statement]) -> Example:
        """An article with statements as token ids."""
        article = self.ids(prompt(one.title)) + self.ids(one.text)
        return article, [self.ids(asked(s.text)) for s in statements], [s.false for s in statements]

    def states(self, ids: torch.Tensor, places: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The states after the lower layers."""
        values, turns = self.embedding[ids], rotations(places, Shape(), torch.bfloat16)
        with torch.no_grad():
            for layer in self.layers:
                values = layer(values, turns, mask)
        return values


def collate(group: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, Ends]:
    """Ids and places (batch, length), which tokens see which (batch, 1, length, length), and where
    sentences end.
    """
    longest = max(len(article) + sum(map(len, said)) for article, said, _ in group)
    ids = torch.zeros((len(group), longest), dtype=torch.int64)
    places, mask = torch.zeros_like(ids), torch.zeros((len(group), 1, longest, longest), dtype=torch.bool)
    ends: list[tuple[int, int]] = []
    for row, (article, said, _) in enumerate(group):
        at, whole = 0, len(article)
        for part in (article, *said):
            end, first = at + len(part), whole if at else 0
            ids[row, at:end] = torch.tensor(part)
            places[row, at:end] = torch.arange(first, first + len(part))
            mask[row, 0, at:end, :first] = True
            mask[row, 0, at:end, at:end] = torch.ones((len(part), len(part)), dtype=torch.bool).tril()
            at = end
            ends += [(row, end - 1)] if first else []
        mask[row, 0, at:, at:] = torch.eye(longest - at, dtype=torch.bool)
    rows, columns = zip(*ends, strict=True)
    return ids, places, mask, (torch.tensor(rows), torch.tensor(columns))


def batches(learned: Sequence[Judged], base: Base, seed: int) -> list[list[Example]]:
    """Examples of like length together, of articles that are read whole; those with hand-written
    statements after the others.
    """
    rng = random.Random(seed)
    groups: list[list[Example]] = []
    for by_hand in (False, True):
        found = []
        for one in (one for one in learned if bool(one.written) == by_hand):
            made = rng.sample(list(one.made), len(one.made))
            example = base.example(one, [*one.written, *made][:MOST])
            if len(example[0]) <= ROOM:
                found.append(example)
        found.sort(key=lambda example: _size(example) + 30 * rng.random())
        part: list[list[Example]] = [[]]
        for example in found:
            if part[-1] and (len(part[-1]) + 1) * _size(example) > BATCH:
                part.append([])
            part[-1].append(example)
        rng.shuffle(part)
        groups += part
    return groups


def _size(example: Example) -> int:
    return len(example[0]) + sum(map(len, example[1]))


def logits_of(model: Checker, base: Base, group: Sequence[Example]) -> torch.Tensor:
    """A logit for each sentence of the group, in order."""
    ids, places, mask, ends = collate(group)
    states = base.states(ids, places, mask)
    with torch.autocast("cpu", torch.bfloat16):
        logits: torch.Tensor = model(states.float(), places, mask, ends)
    return logits.float()


def loss_of(model: Checker, base: Base, group: Sequence[Example]) -> torch.Tensor:
    """The mean binary cross-entropy of a group."""
    labels = torch.tensor([float(false) for *_, falses in group for false in falses])
    return binary_cross_entropy_with_logits(logits_of(model, base, group), labels)


def train(learned: Sequence[Judged], base: Base, weights: dict[str, Any], plan: Plan, path: Path) -> Checker:
    """Trains, or resumes from the checkpoint at `path`; progress goes to stderr."""
    torch.manual_seed(plan.seed)
    model = Checker([layer_of(weights, LAYERS + n) for n in range(plan.layers)], Shape())
    optimizer = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.02, betas=(0.9, 0.98))
    step = 0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step = saved["step"]
    groups = batches(learned, base, plan.seed)
    total, begun = int(len(groups) * plan.passes), time.monotonic()
    while step < total:
        for group_of in optimizer.param_groups:
            group_of["lr"] = rate_at(plan, step, total)
        loss = loss_of(model, base, groups[step % len(groups)])
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if step % plan.every == 0 or step == total:
            save(path, model, optimizer, step)
            print(f"{step}/{total} loss {loss:.4f} {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return model


def measure(model: Checker, base: Base, held: Sequence[Judged]) -> tuple[float, float, dict[str, float]]:
    """The logit above which ALARMS of the true sentences lie, the share of false ones above it, and
    that share by kind.
    """
    model.eval()
    logits: list[float] = []
    for one in held:
        with torch.no_grad():
            logits += logits_of(model, base, [base.example(one, one.written)]).tolist()
    statements = [statement for one in held for statement in one.written]
    model.train()
    values, kinds = np.array(logits), np.array([statement.kind for statement in statements])
    limit = float(np.quantile(values[kinds == ""], 1 - ALARMS))
    shares = {kind: float((values[kinds == kind] > limit).mean()) for kind in sorted({*kinds} - {""})}
    return limit, float((values[kinds != ""] > limit).mean()), shares
