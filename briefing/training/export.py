"""Writes the model folder: the lower layers, selector and checker as graphs, the tokenizer, model.toml."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from onnx import TensorProto

from ..summarization.network.graphs import LOWER, TOKENIZER
from ..summarization.network.selector import LONGEST
from .layers import Shape, layer_of
from .onnx_graph import Graph
from .selector import Selector
from .selector_data import LAYERS

CARD = """schema = 2
name = "briefing-zh"
version = "{version}"
license = "Apache-2.0 (LICENSE); see NOTICE"
base = "Qwen/Qwen2.5-Coder-0.5B-Instruct"
parameters = {parameters}
context = {context}

[description]
zh = "中文新闻摘要模型：逐字判断编辑会留下什么，据此挑选、删减原文，只删不写"
en = "Chinese news summarizer: says of each character whether an editor keeps it; deletes and never writes"
"""
PLACES: dict[str, tuple[int, list[Any]]] = {"positions": (TensorProto.INT64, ["batch", "length"])}
MASK: dict[str, tuple[int, list[Any]]] = {"mask": (TensorProto.FLOAT, ["batch", 1, 1, "length", "length"])}
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
    graph.save(folder / LOWER, IDS | PLACES | MASK, {"states": states}, "lower.safetensors")
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    return int(table.numel()) + sum(int(value.numel()) for layer in layers for value in layer.parameters())


def upper(folder: Path, name: str, model: Selector) -> int:
    """Writes tuned layers with their head as the graph `name`; the number of parameters."""
    shape = model.shape
    graph, states = Graph(shape), "states"
    for number, layer in enumerate(model.layers):
        states = graph.layer(f"layer{number}", states, layer)
    logits = graph.matrix("head", graph.norm("norm", states, model.norm), model.head)
    given: dict[str, tuple[int, list[Any]]] = {
        "states": (TensorProto.FLOAT, ["batch", "length", shape.width])
    }
    weights = f"{name.removesuffix('.onnx')}.safetensors"
    graph.save(folder / name, given | PLACES | MASK, {"logits": logits}, weights)
    return sum(int(value.numel()) for value in model.parameters())


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
