"""Writes the model folder: the lower and the upper layers as graphs, the tokenizer, model.toml."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from onnx import TensorProto

from ..summarization.network.graphs import JUDGE, LOWER, TOKENIZER, UPPER, WORDS
from ..summarization.network.network import LONGEST
from .adapter import PARTS, Adapter
from .layers import Shape, layer_of
from .network import UpperLayers
from .onnx_graph import Graph
from .token_labels import LAYERS

CARD = """schema = 2
name = "briefing-zh"
version = "{version}"
license = "Apache-2.0 (LICENSE); see NOTICE"
base = "Qwen/Qwen2.5-Coder-0.5B-Instruct"
parameters = {parameters}
context = {context}

[description]
zh = "中文新闻摘要模型：挑选、删减原文，用原文的字词写一行要点，并逐句判断原文支持不支持"
en = "Chinese news summarizer: selects, shortens, writes a line in the article's words, judges sentences"
"""
PLACES: dict[str, tuple[int, list[Any]]] = {"positions": (TensorProto.INT64, ["batch", "length"])}
MASK: dict[str, tuple[int, list[Any]]] = {"mask": (TensorProto.FLOAT, ["batch", 1, 1, "length", "seen"])}
IDS: dict[str, tuple[int, list[Any]]] = {"ids": (TensorProto.INT64, ["batch", "length"])}


def lower(folder: Path, weights: Mapping[str, torch.Tensor], pieces: Sequence[int], tokenizer: Path) -> int:
    """Writes the embedding and the lower layers, and the tokenizer; the number of parameters.

    `weights` are the base's; `pieces` are the base's ids in the order of the tokenizer's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graph = Graph(Shape())
    table = weights["token_embd.weight"][torch.tensor(pieces)]
    states, layers = graph.embedding("embedding", "ids", table), []
    for number in range(LAYERS):
        layers.append(layer_of(weights, number))
        states = graph.layer(f"layer{number}", states, layers[-1])
    outputs = {"states": states} | graph.seen()
    graph.save(folder / LOWER, IDS | PLACES | MASK | _past(LAYERS), outputs, "lower.safetensors")
    _words(folder, graph)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    return int(table.numel()) + sum(int(value.numel()) for layer in layers for value in layer.parameters())


def _words(folder: Path, lower: Graph) -> None:
    """Writes the graph that scores tokens after states, by the embeddings that `lower` has written."""
    graph = Graph(Shape())
    rows = graph.rows("embedding", "ids")
    logits = graph.node("MatMul", "states", graph.node("Transpose", rows, perm=[1, 0]))
    given: dict[str, tuple[int, list[Any]]] = {
        "states": (TensorProto.FLOAT, ["length", Shape().width]),
        "ids": (TensorProto.INT64, ["words"]),
    }
    graph.weights = {name: lower.weights[name] for name in ("embedding.weight", "embedding.scales")}
    graph.save(folder / WORDS, given, {"logits": logits}, "lower.safetensors", write=False)


def _past(layers: int) -> dict[str, tuple[int, list[Any]]]:
    """The inputs for what was read before: keys and values of all layers."""
    shape = Shape()
    sizes = [layers, "batch", shape.key_heads, "past", shape.head]
    return {"keys": (TensorProto.FLOAT, sizes), "values": (TensorProto.FLOAT, sizes)}


def upper(folder: Path, model: UpperLayers) -> int:
    """Writes the tuned layers with the head for what is kept; the number of parameters."""
    shape = model.shape
    graph, states = Graph(shape, PARTS), "states"
    for number, layer in enumerate(model.layers):
        states = graph.layer(f"layer{number}", states, layer)
    states = graph.norm("norm", states, model.norm)
    outputs = {"read": states, "keep": graph.matrix("keep", states, model.keep)} | graph.seen()
    given: dict[str, tuple[int, list[Any]]] = {
        "states": (TensorProto.FLOAT, ["batch", "length", shape.width])
    }
    inputs = given | PLACES | MASK | _past(len(model.layers))
    graph.save(folder / UPPER, inputs, outputs, "upper.safetensors")
    return sum(int(value.numel()) for value in model.parameters())


def judge(folder: Path, adapter: Adapter) -> int:
    """Writes the judge: a graph without inputs that gives what the upper layers take beside theirs, and
    the head; the number of parameters without the head's, which are the network's.
    """
    graph = Graph(Shape())
    parts = {name: value for name, value in adapter.parts().items() if value.numel()}
    outputs = {name: graph.half(f"{name}.half", value) for name, value in parts.items()}
    head = adapter.check
    outputs["judge.weight"] = graph.weight("check.weight", head.weight.detach().T)
    outputs["judge.bias"] = graph.weight("check.bias", head.bias)
    graph.save(folder / JUDGE, {}, outputs, "judge.safetensors")
    return sum(int(value.numel()) for value in parts.values())


def card(folder: Path, *, version: str, parameters: int) -> None:
    """Writes model.toml: the model's metadata, and size and SHA-256 of each file."""
    lines = [CARD.format(version=version, parameters=parameters, context=LONGEST)]
    for path in sorted(folder.glob("*")):
        if path.suffix in (".onnx", ".safetensors", ".model"):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = path.stat().st_size
            lines.append(f'[[files]]\nname = "{path.name}"\nsize = {size}\nsha256 = "{digest}"\n')
    (folder / "model.toml").write_text("\n".join(lines), encoding="utf-8")
