"""An adapter of low rank for the judge: matrices beside those of the shipped upper layers (LoRA: Hu
et al. 2021), added for the tokens of a sentence that is judged and for nothing else.

The article is read once, by the layers as they ship, for selecting, writing and judging alike; its
keys and values do not depend on the adapter, so that they are computed once and every pass over the
sentences costs the sentences only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import dropout, embedding

from .blocks import unpacked
from .layers import Layer, Shape
from .network import Base, Memory, Turns, UpperLayers, masked, norm, product, through, turned
from .token_labels import LAYERS

PARTS = ("query", "key", "value", "output", "down")
"""The matrices that get another beside them; those of the wide middle would slow every reading."""
RANK = 32


class Adapter(nn.Module):  # type: ignore[misc]
    """For each layer and part two matrices, (in, rank) and (rank, out), and the judge's head."""

    def __init__(self, model: UpperLayers, rank: int = RANK) -> None:
        """That changes nothing yet: the head is the model's, the second matrices are zero."""
        super().__init__()
        self.down, self.up = nn.ParameterDict(), nn.ParameterDict()
        for number, layer in enumerate(model.layers):
            for part in PARTS:
                matrix = getattr(layer, part)
                first = torch.randn(matrix.in_features, rank) * matrix.in_features**-0.5
                self.down[f"{number}_{part}"] = nn.Parameter(first)
                self.up[f"{number}_{part}"] = nn.Parameter(torch.zeros(rank, matrix.out_features))
        self.check = nn.Linear(model.shape.width, 1)
        self.check.load_state_dict(model.check.state_dict())

    def parts(self) -> dict[str, torch.Tensor]:
        """The matrices under the names that the graph of the upper layers gives them."""
        found = {}
        for kind, matrices in (("down", self.down), ("up", self.up)):
            for name, matrix in matrices.items():
                number, _, part = name.partition("_")
                found[f"layer{number}.{part}.{kind}"] = matrix.detach()
        return found

    def beside(self, number: int, part: str, given: torch.Tensor, drop: float) -> torch.Tensor:
        """What is added to the part's product."""
        name = f"{number}_{part}"
        low = dropout(given, drop, drop > 0) @ self.down[name].to(given.dtype)
        return low @ self.up[name].to(given.dtype)


@dataclass(frozen=True, slots=True)
class Seen:
    """Some articles that were read: which tokens there are (rows, length), and each layer's memory."""

    there: torch.Tensor
    lower: Sequence[Memory]
    upper: Sequence[Memory]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences after the articles of as many rows: states (rows, length, width), places and numbers
    (rows, length), the number -1 where there is nothing.
    """

    states: torch.Tensor
    places: torch.Tensor
    numbers: torch.Tensor


def step(
    layer: Layer,
    states: torch.Tensor,
    turns: Turns,
    mask: torch.Tensor,
    past: Memory | None = None,
    beside: tuple[Adapter, int, float] | None = None,
) -> tuple[torch.Tensor, Memory]:
    """A layer over what was read before; `beside` is an adapter, the layer's number in it, and its
    dropout.
    """

    def by(part: str, given: torch.Tensor) -> torch.Tensor:
        found = product(getattr(layer, part), given)
        if beside is None or part not in PARTS:
            return found
        adapter, number, drop = beside
        return found + adapter.beside(number, part, given, drop)

    return through(layer, by, states, turns, mask, past)


@torch.no_grad()  # type: ignore[untyped-decorator]  # torch is read without its types
def read(model: UpperLayers, base: Base, ids: torch.Tensor, there: torch.Tensor) -> Seen:
    """Reads articles, (rows, length): the lower layers look back only, the upper ones both ways."""
    length = ids.shape[1]
    places = torch.arange(length, device=ids.device).expand_as(ids)
    states = embedding(ids, base.table)
    turns = turned(places, model.shape, states.dtype)
    both = there[:, None].expand(-1, length, -1)
    causal = both.tril()
    memories: list[Memory] = []
    for number, layer in enumerate((*base.layers, *model.layers)):
        mask = masked(causal if number < LAYERS else both, states.dtype)
        states, memory = step(layer, states, turns, mask)
        memories.append((memory[0].contiguous(), memory[1].contiguous()))
    return Seen(there, memories[:LAYERS], memories[LAYERS:])


def _sees(seen: Seen, numbers: torch.Tensor, kind: torch.dtype) -> torch.Tensor:
    length = numbers.shape[1]
    back = torch.ones((length, length), dtype=torch.bool, device=numbers.device).tril()
    own = (numbers[:, :, None] == numbers[:, None]) & back
    before = seen.there[:, None].expand(-1, length, -1)
    return masked(torch.cat((before, own), 2), kind)


@torch.no_grad()  # type: ignore[untyped-decorator]  # torch is read without its types
def begun(
    base: Base, seen: Seen, ids: torch.Tensor, places: torch.Tensor, numbers: torch.Tensor, shape: Shape
) -> Sentences:
    """Sentences of these ids, (rows, length), after the lower layers, which no adapter changes."""
    states = embedding(ids, base.table)
    turns = turned(places, shape, states.dtype)
    mask = _sees(seen, numbers, states.dtype)
    for layer, past in zip(base.layers, seen.lower, strict=True):
        states, _ = step(layer, states, turns, mask, past)
    return Sentences(states, places, numbers)


def falsehood(
    model: UpperLayers, adapter: Adapter, seen: Seen, sentences: Sentences, drop: float = 0.0
) -> torch.Tensor:
    """The judge's logit at every token of sentences that were `begun`, (rows, length), in 32 bits."""
    states = sentences.states
    turns = turned(sentences.places, model.shape, states.dtype)
    mask = _sees(seen, sentences.numbers, states.dtype)
    for number, (layer, past) in enumerate(zip(model.layers, seen.upper, strict=True)):
        states, _ = step(layer, states, turns, mask, past, (adapter, number, drop))
    return adapter.check(norm(model.norm, states).float())[..., 0]


def shipped(folder: Path, device: str = "cpu", kind: torch.dtype = torch.float32) -> tuple[Base, UpperLayers]:
    """The frozen parts out of a model folder, with the matrices as they are read back from 4 bits, and
    the head of the folder's judge.
    """
    from safetensors.torch import load_file

    found: dict[str, torch.Tensor] = {}
    for path in (*sorted(folder.glob("upper*.safetensors")), *folder.glob("judge.safetensors")):
        found |= load_file(str(path))
    low = load_file(str(folder / "lower.safetensors"))
    shape = Shape()
    table = (low["embedding.weight"].float() * low["embedding.scales"]).to(kind).to(device)
    lower = [_layer(low, number, shape).to(device, kind).requires_grad_(False) for number in range(LAYERS)]
    count = 1 + max(int(name.split(".")[0][5:]) for name in found if name.startswith("layer"))
    model = UpperLayers([_layer(found, number, shape) for number in range(count)], shape)
    with torch.no_grad():
        model.norm.weight.copy_(found["norm.weight"])
        for name, head in (("keep", model.keep), ("check", model.check)):
            head.weight.copy_(found[f"{name}.weight"].T)
            head.bias.copy_(found[f"{name}.bias"])
    return Base(table, lower), model.requires_grad_(False).to(device, kind)


def _layer(found: dict[str, torch.Tensor], number: int, shape: Shape) -> Layer:
    layer = Layer(shape)
    weights: dict[str, torch.Tensor] = {}
    for name in layer.state_dict():
        part, _, kind = name.partition(".")
        stored = found[f"layer{number}.{name}"]
        if kind == "weight" and not part.startswith("norm"):
            stored = unpacked(stored, found[f"layer{number}.{part}.scales"])
        weights[name] = stored
    layer.load_state_dict(weights)
    return layer
