"""The network in torch: frozen lower layers, rounded as they ship, and the upper layers that are
tuned, with heads for what a summary keeps and for what is false; texts are written by the embedding.

An article is read once, every token seeing all of it (a prefix language model: Raffel et al. 2020;
Wang et al. 2022); each branch sees the article and itself, at the places that follow the article's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.functional import dropout, embedding, linear, rms_norm, scaled_dot_product_attention, silu

from .blocks import packed, round_linears, rounded, rounded_rows, unpacked
from .layers import Layer, RootNorm, Shape, layer_of
from .network_batches import Batch
from .token_labels import LAYERS

Memory = tuple[torch.Tensor, torch.Tensor]
"""Keys and values of one layer, (rows, key heads, length, head)."""
Turns = tuple[torch.Tensor, torch.Tensor]
"""Cosines and sines of the places, (rows, 1, length, head)."""


class UpperLayers(nn.Module):  # type: ignore[misc]
    """The upper layers with three heads: keep, write (the embedding itself), check."""

    def __init__(self, layers: Sequence[Layer], shape: Shape) -> None:
        """Over these layers; heads that know nothing yet."""
        super().__init__()
        self.shape = shape
        self.layers, self.norm = nn.ModuleList(layers), RootNorm(shape)
        self.keep, self.check = nn.Linear(shape.width, 3), nn.Linear(shape.width, 1)
        for head, bias in ((self.keep, -1.5), (self.check, 0.0)):
            nn.init.zeros_(head.weight)
            nn.init.constant_(head.bias, bias)


@dataclass(frozen=True, slots=True)
class Base:
    """What is frozen: the table of embeddings, (pieces, width) in bfloat16, and the lower layers."""

    table: torch.Tensor
    layers: Sequence[Layer]

    def states(self, batch: Batch) -> torch.Tensor:
        """The states after the lower layers, which look back only."""
        turns, mask = turned(batch.places, Shape()), visible(batch.segments, False)
        states = embedding(batch.ids, self.table)
        with torch.no_grad():
            for layer in self.layers:
                states = run(layer, states, turns, mask)
        return states


def opened(
    weights: dict[str, torch.Tensor], pieces: Sequence[int], device: str = "cpu"
) -> tuple[Base, UpperLayers]:
    """The frozen part and the part to be tuned of a base's tensors; `pieces` are the base's ids in
    the order of the tokenizer's.
    """
    shape = Shape()
    table = rounded_rows(weights["token_embd.weight"][torch.tensor(pieces)]).bfloat16().to(device)
    lower = [round_linears(layer_of(weights, n).to(device)).bfloat16() for n in range(LAYERS)]
    count = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("blk."))
    model = UpperLayers([layer_of(weights, n) for n in range(LAYERS, count)], shape)
    with torch.no_grad():
        model.norm.weight.copy_(weights["output_norm.weight"])
    return Base(table, [layer.requires_grad_(False) for layer in lower]), model.to(device)


def calibrated(head: nn.Linear, limit: float, scale: float) -> nn.Linear:
    """The judge's head with its logit lowered by `limit` and scaled, so that 0 decides and it is the log
    odds (Platt 1999).
    """
    with torch.no_grad():
        head.bias.sub_(limit).mul_(scale)
        head.weight.mul_(scale)
    return head


def states_of(
    model: UpperLayers, base: Base, batch: Batch, drop: float = 0.0, rounding: bool = False
) -> torch.Tensor:
    """The states after the last norm, (rows, length, width); with dropout, and with matrices of 4
    bits, if so wished.
    """
    states = base.states(batch)
    turns, mask = turned(batch.places, model.shape), visible(batch.segments, True)
    for layer in model.layers:
        states = run(layer, states, turns, mask, drop, rounding)
    return norm(model.norm, states)


def visible(segments: torch.Tensor, two_way: bool) -> torch.Tensor:
    """What is added to attention, (rows, 1, length, length) in bfloat16: 0, or very little."""
    length = segments.shape[1]
    causal = torch.ones((length, length), dtype=torch.bool, device=segments.device).tril()
    same = segments[:, :, None] == segments[:, None]
    article = (segments == 0)[:, None]
    allowed = (same | article) & causal
    if two_way:
        allowed |= article & (segments == 0)[..., None]
    return masked(allowed, torch.bfloat16)


def masked(allowed: torch.Tensor, kind: torch.dtype) -> torch.Tensor:
    """What is added to attention, (rows, 1, length, seen): 0, or very little where not `allowed`."""
    mask = torch.zeros(allowed.shape, dtype=kind, device=allowed.device)
    return mask.masked_fill_(~allowed, -30000.0)[:, None]


def turned(places: torch.Tensor, shape: Shape, kind: torch.dtype = torch.bfloat16) -> Turns:
    """The turns for these places, (rows, length)."""
    steps = torch.arange(0, shape.head, 2, dtype=torch.float32, device=places.device) / shape.head
    angles = places[..., None].float() * shape.theta**-steps
    angles = torch.cat((angles, angles), -1)[:, None]
    return angles.cos().to(kind), angles.sin().to(kind)


class Straight(torch.autograd.Function):  # type: ignore[misc]
    """Rounds in the forward pass only (Bengio et al. 2013)."""

    @staticmethod
    def forward(context: Any, weight: torch.Tensor) -> torch.Tensor:
        """The rounded matrix."""
        return rounded(weight)

    @staticmethod
    def backward(context: Any, gradient: torch.Tensor) -> torch.Tensor:
        """The gradient as it is."""
        return gradient


def run(
    layer: Layer,
    states: torch.Tensor,
    turns: Turns,
    mask: torch.Tensor,
    drop: float = 0.0,
    rounding: bool = False,
) -> torch.Tensor:
    """A layer in bfloat16 with dropout; the same function as Layer.forward otherwise."""

    def by(part: str, given: torch.Tensor) -> torch.Tensor:
        return product(getattr(layer, part), given, rounding)

    return through(layer, by, states, turns, mask, drop=drop)[0]


def product(part: nn.Linear, given: torch.Tensor, rounding: bool = False) -> torch.Tensor:
    """A linear layer in the precision of what is given, with its matrix rounded if so wished."""
    weight = Straight.apply(part.weight) if rounding else part.weight
    bias = None if part.bias is None else part.bias.to(given.dtype)
    return linear(given, weight.to(given.dtype), bias)


def through(
    layer: Layer,
    by: Callable[[str, torch.Tensor], torch.Tensor],
    states: torch.Tensor,
    turns: Turns,
    mask: torch.Tensor,
    past: Memory | None = None,
    drop: float = 0.0,
) -> tuple[torch.Tensor, Memory]:
    """The states after a layer whose products `by` gives, and their keys and values; `past` are those of
    what was read before, which `mask` counts first.
    """
    shape = layer.shape
    rows, length, width = states.shape

    def heads(given: torch.Tensor) -> torch.Tensor:
        return given.view(rows, length, -1, shape.head).transpose(1, 2)

    def rotated(given: torch.Tensor) -> torch.Tensor:
        first, second = given.chunk(2, -1)
        return given * turns[0] + torch.cat((-second, first), -1) * turns[1]

    normed = norm(layer.norm_in, states)
    query, key = rotated(heads(by("query", normed))), rotated(heads(by("key", normed)))
    new = key, heads(by("value", normed))
    whole = new if past is None else tuple(torch.cat(pair, 2) for pair in zip(past, new, strict=True))
    groups = shape.heads // shape.key_heads
    key, value = (one.repeat_interleave(groups, 1) for one in whole)
    mixed = scaled_dot_product_attention(query, key, value, attn_mask=mask.expand(-1, shape.heads, -1, -1))
    attended = by("output", mixed.transpose(1, 2).reshape(rows, length, width))
    states = states + dropout(attended, drop, drop > 0)
    normed = norm(layer.norm_mid, states)
    wide = by("down", silu(by("gate", normed)) * by("up", normed))
    return states + dropout(wide, drop, drop > 0), new


def norm(part: RootNorm, states: torch.Tensor) -> torch.Tensor:
    """RMSNorm of states in bfloat16, with learned weights."""
    return rms_norm(states, (states.shape[-1],), part.weight.to(states.dtype), part.epsilon)


def saved(model: UpperLayers) -> dict[str, torch.Tensor]:
    """The weights as they ship: matrices in blocks of 4 bits, the rest in 16 or 32."""
    tensors: dict[str, torch.Tensor] = {}
    for name, value in model.state_dict().items():
        if name.startswith("layers.") and value.dim() == 2:
            levels, scales = packed(value)
            tensors[f"{name}.levels"], tensors[f"{name}.scales"] = (
                levels.contiguous().cpu(),
                scales.half().cpu(),
            )
        else:
            tensors[name] = value.float().cpu()
    return tensors


def restored(tensors: dict[str, torch.Tensor]) -> UpperLayers:
    """The network of what `saved` gave."""
    weights = dict(tensors)
    for name in [name.removesuffix(".levels") for name in tensors if name.endswith(".levels")]:
        weights[name] = unpacked(weights.pop(f"{name}.levels"), weights.pop(f"{name}.scales"))
    shape = Shape()
    count = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    model = UpperLayers([Layer(shape) for _ in range(count)], shape)
    model.load_state_dict(weights)
    model.eval()
    return model
