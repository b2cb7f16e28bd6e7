"""Layers as ONNX graphs for onnxruntime: matrices in 4 bits (blocks.py), everything else in 32.

A graph's weights lie in a safetensors file beside it, to whose bytes the graph points as external
data; several graphs may point to one file. Uses onnxruntime's operators MatMulNBits and
RotaryEmbedding (domain com.microsoft).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

from .blocks import BLOCK, packed, row_levels
from .layers import Layer, RootNorm, Shape

OPSET, CONTRIB = 21, "com.microsoft"
PLACES = 2048
"""Positions there are."""
LARGEST = 94_700_000
"""Bytes of a file of weights."""
ACCURACY = 4
"""MatMulNBits multiplies in 8 bits, with a scale for each block of the states."""
_TYPES = {"uint8": TensorProto.UINT8, "int8": TensorProto.INT8, "float16": TensorProto.FLOAT16}
_TYPES |= {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64}


class Graph:
    """A graph that grows node by node; every method returns the name of a value."""

    def __init__(self, shape: Shape, adapted: Collection[str] = ()) -> None:
        """An empty graph for layers of these sizes; `adapted` are the parts of a layer that take an
        adapter.
        """
        self.shape, self.adapted = shape, adapted
        self.nodes: list[Any] = []
        self.weights: dict[str, np.ndarray] = {}
        self._constants: dict[str, np.ndarray] = {}
        self._count = 0
        self._keys: list[str] = []
        self._values: list[str] = []
        self._optional: dict[str, tuple[int, list[Any]]] = {}

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """The output of a new node."""
        return self.nodes_of(kind, inputs, 1, domain, **attributes)[0]

    def nodes_of(
        self, kind: str, inputs: Sequence[str], outputs: int, domain: str = "", **attributes: Any
    ) -> list[str]:
        """The outputs of a new node."""
        self._count += 1
        names = [f"v{self._count}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def constant(self, name: str, value: Any) -> str:
        """A small constant that stays in the graph."""
        self._constants[name] = np.asarray(value)
        return name

    def weight(self, name: str, value: torch.Tensor | np.ndarray) -> str:
        """A tensor that goes to the file of weights."""
        self.weights[name] = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        return name

    def half(self, name: str, value: torch.Tensor) -> str:
        """A tensor kept in 16 bits and computed with in 32."""
        return self.node("Cast", self.weight(name, value.detach().half()), to=TensorProto.FLOAT)

    def linear(self, name: str, states: str, layer: nn.Linear) -> str:
        """A linear layer with its matrix in blocks."""
        weight, scales = packed(layer.weight.detach())
        output = self.node(
            "MatMulNBits",
            states,
            self.weight(f"{name}.weight", weight.reshape(weight.shape[0], -1, BLOCK // 2)),
            self.half(f"{name}.scales", scales.reshape(-1)),
            domain=CONTRIB,
            K=layer.in_features,
            N=layer.out_features,
            bits=4,
            block_size=BLOCK,
            accuracy_level=ACCURACY,
        )
        if name.partition(".")[2] in self.adapted:
            output = self.beside(name, states, output, layer)
        if layer.bias is None:
            return output
        return self.node("Add", output, self.weight(f"{name}.bias", layer.bias))

    def beside(self, name: str, states: str, product: str, layer: nn.Linear) -> str:
        """The product plus that of two matrices of low rank, the inputs `name.down`, (in, rank), and
        `name.up`, (rank, out), which are of rank 0 unless given (LoRA: Hu et al. 2021).
        """
        sizes = (layer.in_features, 0), (0, layer.out_features)
        for kind, size in zip(("down", "up"), sizes, strict=True):
            self.constant(f"{name}.{kind}", np.zeros(size, np.float32))
            self._optional[f"{name}.{kind}"] = (TensorProto.FLOAT, [n or "rank" for n in size])
        low = self.node("MatMul", states, f"{name}.down")
        return self.node("Add", product, self.node("MatMul", low, f"{name}.up"))

    def matrix(self, name: str, states: str, layer: nn.Linear) -> str:
        """A small linear layer in 32 bits."""
        product = self.node("MatMul", states, self.weight(f"{name}.weight", layer.weight.detach().T))
        return self.node("Add", product, self.weight(f"{name}.bias", layer.bias))

    def norm(self, name: str, states: str, layer: RootNorm) -> str:
        """RMSNorm."""
        return self.node(
            "SimplifiedLayerNormalization",
            states,
            self.weight(f"{name}.weight", layer.weight),
            axis=-1,
            epsilon=layer.epsilon,
            stash_type=1,
        )

    def embedding(self, name: str, ids: str, table: torch.Tensor) -> str:
        """Rows of a table kept in 8 bits with one scale a row."""
        level, scale = row_levels(table)
        self.weight(f"{name}.weight", level)
        self.weight(f"{name}.scales", scale)
        return self.rows(name, ids)

    def rows(self, name: str, ids: str) -> str:
        """Rows of the table of that name, which is among the weights."""
        rows = self.node("Gather", f"{name}.weight", ids)
        scales = self.node("Gather", f"{name}.scales", ids)
        return self.node("Mul", self.node("Cast", rows, to=TensorProto.FLOAT), scales)

    def layer(self, name: str, states: str, layer: Layer) -> str:
        """One layer; reads the inputs `positions`, `mask`, `keys` and `values`."""
        attended = self._attention(name, self.norm(f"{name}.norm_in", states, layer.norm_in), layer)
        states = self.node("Add", states, attended)
        normed = self.norm(f"{name}.norm_mid", states, layer.norm_mid)
        gate = self.linear(f"{name}.gate", normed, layer.gate)
        gate = self.node("Mul", gate, self.node("Sigmoid", gate))
        gated = self.node("Mul", gate, self.linear(f"{name}.up", normed, layer.up))
        return self.node("Add", states, self.linear(f"{name}.down", gated, layer.down))

    def _attention(self, name: str, normed: str, layer: Layer) -> str:
        """Grouped-query attention: the query heads of a group against its one key head."""
        shape, groups = self.shape, self.shape.heads // self.shape.key_heads
        query = self._heads(self.linear(f"{name}.query", normed, layer.query), shape.heads)
        key = self._heads(self.linear(f"{name}.key", normed, layer.key), shape.key_heads)
        value = self._heads(self.linear(f"{name}.value", normed, layer.value), shape.key_heads)
        key, value = self._after_past(self._rotated(key), value)
        grouped = self.constant("grouped", np.array([0, shape.key_heads, groups, -1, shape.head]))
        query = self.node("Reshape", self._rotated(query), grouped)
        key = self.node("Transpose", key, perm=[0, 1, 3, 2])
        axis = self.constant("axis_2", np.array([2]))
        scores = self.node("MatMul", query, self.node("Unsqueeze", key, axis))
        scores = self.node("Mul", scores, self.constant("scale", np.float32(shape.head**-0.5)))
        weights = self.node("Softmax", self.node("Add", scores, "mask"), axis=-1)
        value = self.node("Unsqueeze", value, axis)
        mixed = self.node("Reshape", self.node("MatMul", weights, value), self._joined())
        mixed = self.node("Transpose", mixed, perm=[0, 2, 1, 3])
        flat = self.constant("flat", np.array([0, 0, shape.width]))
        return self.linear(f"{name}.output", self.node("Reshape", mixed, flat), layer.output)

    def _after_past(self, key: str, value: str) -> tuple[str, str]:
        """Keys and values behind those of the inputs `keys` and `values`, (layers, batch, heads, past,
        head); the new ones are remembered for `seen`.
        """
        number = self.constant(f"layer_{len(self._keys)}", np.array(len(self._keys)))
        self._keys.append(key)
        self._values.append(value)
        past = [self.node("Gather", name, number, axis=0) for name in ("keys", "values")]
        whole = [self.node("Concat", *pair, axis=2) for pair in zip(past, (key, value), strict=True)]
        return whole[0], whole[1]

    def seen(self) -> dict[str, str]:
        """The outputs `new_keys` and `new_values`: those of the tokens read, of all layers."""
        axis = self.constant("axis_0", np.array([0]))
        found = {}
        for name, parts in (("new_keys", self._keys), ("new_values", self._values)):
            found[name] = self.node("Concat", *(self.node("Unsqueeze", one, axis) for one in parts), axis=0)
        return found

    def _heads(self, projected: str, heads: int) -> str:
        return self.node("Transpose", self.node("Reshape", projected, self._sizes(heads)), perm=[0, 2, 1, 3])

    def _sizes(self, heads: int) -> str:
        return self.constant(f"heads_{heads}", np.array([0, 0, heads, self.shape.head]))

    def _joined(self) -> str:
        return self.constant("joined", np.array([0, self.shape.heads, -1, self.shape.head]))

    def _rotated(self, heads: str) -> str:
        steps = np.arange(0, self.shape.head, 2, dtype=np.float64) / self.shape.head
        angles = np.arange(PLACES)[:, None] * self.shape.theta**-steps
        return self.node(
            "RotaryEmbedding",
            heads,
            "positions",
            self.constant("cosines", np.cos(angles).astype(np.float32)),
            self.constant("sines", np.sin(angles).astype(np.float32)),
            domain=CONTRIB,
        )

    def save(
        self,
        path: Path,
        inputs: dict[str, tuple[int, list[Any]]],
        outputs: Mapping[str, str],
        file: str,
        *,
        write: bool = True,
    ) -> None:
        """Writes the graph to `path` and its weights to `file` beside it, unless that file has them;
        to several files (upper-1.safetensors …) if one would be too large.

        `inputs` gives the ONNX type and shape of each input; `outputs` the value behind each output.
        """
        self.nodes += [helper.make_node("Identity", [value], [name]) for name, value in outputs.items()]
        parts = split(self.weights, path.parent / file)
        given = inputs | self._optional
        stored = [onnx.numpy_helper.from_array(value, name) for name, value in self._constants.items()]
        graph = helper.make_graph(
            self.nodes,
            path.stem,
            [helper.make_tensor_value_info(name, *sizes) for name, sizes in given.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            stored + [tensor for part in parts for tensor in external(*part, write)],
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="briefing")
        path.write_bytes(model.SerializeToString())


def split(weights: Mapping[str, np.ndarray], path: Path) -> list[tuple[dict[str, np.ndarray], Path]]:
    """The weights in parts of at most LARGEST bytes, each with its file."""
    parts: list[dict[str, np.ndarray]] = [{}]
    size = 0
    for name, value in weights.items():
        if size + value.nbytes > LARGEST:
            parts.append({})
            size = 0
        parts[-1][name] = value
        size += value.nbytes
    if len(parts) == 1:
        return [(parts[0], path)]
    return [
        (part, path.with_name(f"{path.stem}-{number}{path.suffix}")) for number, part in enumerate(parts, 1)
    ]


def external(weights: Mapping[str, np.ndarray], path: Path, write: bool = True) -> list[Any]:
    """Initializers that point to the tensors' bytes in a safetensors file, which is written before
    if so wished.
    """
    from safetensors.numpy import save_file

    if write:
        save_file({name: np.ascontiguousarray(value) for name, value in weights.items()}, str(path))
    with path.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    made = []
    for name, value in weights.items():
        start, end = header[name]["data_offsets"]
        tensor = TensorProto(name=name, dims=value.shape, data_type=_TYPES[str(value.dtype)])
        tensor.data_location = TensorProto.EXTERNAL
        for key, entry in (("location", path.name), ("offset", 8 + size + start), ("length", end - start)):
            tensor.external_data.add(key=key, value=str(entry))
        made.append(tensor)
    return made
