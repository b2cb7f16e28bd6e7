"""The layers of Qwen2 in plain torch: causal or looking both ways, so that the lower ones can be
run once and kept.

RMSNorm (Zhang and Sennrich 2019), rotary positions (Su et al. 2021), grouped-query attention
(Ainslie et al. 2023), SwiGLU (Shazeer 2020); compared with transformers' Qwen2 in tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention, silu

_GGUF = {
    "norm_in.weight": "attn_norm.weight",
    "norm_mid.weight": "ffn_norm.weight",
    "query.weight": "attn_q.weight",
    "query.bias": "attn_q.bias",
    "key.weight": "attn_k.weight",
    "key.bias": "attn_k.bias",
    "value.weight": "attn_v.weight",
    "value.bias": "attn_v.bias",
    "output.weight": "attn_output.weight",
    "gate.weight": "ffn_gate.weight",
    "up.weight": "ffn_up.weight",
    "down.weight": "ffn_down.weight",
}
"""Our names of a layer's tensors, and GGUF's."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a layer; those of Qwen2.5-0.5B unless stated."""

    width: int = 896
    inner: int = 4864
    heads: int = 14
    key_heads: int = 2
    epsilon: float = 1e-6
    theta: float = 1e6

    @property
    def head(self) -> int:
        """The width of a head."""
        return self.width // self.heads


class RootNorm(nn.Module):  # type: ignore[misc]  # torch is read without its types
    """RMSNorm, computed in 32 bits."""

    def __init__(self, shape: Shape) -> None:
        """Weights of one."""
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self.epsilon = shape.epsilon

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """The states, each divided by its root mean square: same shape and type."""
        wide = states.float()
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return (wide * self.weight).to(states.dtype)


def rotations(positions: torch.Tensor, shape: Shape, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines for positions of shape (batch, length): each (batch, 1, length, head)."""
    steps = torch.arange(0, shape.head, 2, dtype=torch.float32) / shape.head
    angles = positions[..., None].float() * shape.theta**-steps
    angles = torch.cat((angles, angles), -1)[:, None]
    return angles.cos().to(dtype), angles.sin().to(dtype)


def _rotated(states: torch.Tensor, cosines: torch.Tensor, sines: torch.Tensor) -> torch.Tensor:
    first, second = states.chunk(2, -1)
    return states * cosines + torch.cat((-second, first), -1) * sines


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer."""

    def __init__(self, shape: Shape) -> None:
        """With random weights."""
        super().__init__()
        self.shape = shape
        keys = shape.key_heads * shape.head
        self.norm_in, self.norm_mid = RootNorm(shape), RootNorm(shape)
        self.query = nn.Linear(shape.width, shape.width)
        self.key, self.value = nn.Linear(shape.width, keys), nn.Linear(shape.width, keys)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.gate = nn.Linear(shape.width, shape.inner, bias=False)
        self.up = nn.Linear(shape.width, shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(
        self,
        states: torch.Tensor,
        turns: tuple[torch.Tensor, torch.Tensor],
        mask: torch.Tensor | None = None,
        *,
        causal: bool = False,
    ) -> torch.Tensor:
        """The states (batch, length, width) after the layer; `mask` is added to, or allows,
        attention.
        """
        batch, length, width = states.shape
        normed = self.norm_in(states)

        def heads(projected: torch.Tensor) -> torch.Tensor:
            return projected.view(batch, length, -1, self.shape.head).transpose(1, 2)

        attended = scaled_dot_product_attention(
            _rotated(heads(self.query(normed)), *turns),
            _rotated(heads(self.key(normed)), *turns),
            heads(self.value(normed)),
            attn_mask=mask,
            is_causal=causal and mask is None,
            enable_gqa=True,
        )
        states = states + self.output(attended.transpose(1, 2).reshape(batch, length, width))
        normed = self.norm_mid(states)
        return states + self.down(silu(self.gate(normed)) * self.up(normed))


def layer_of(weights: Mapping[str, Any], number: int, shape: Shape | None = None) -> Layer:
    """Layer `number` of the base, from its GGUF tensors."""
    layer = Layer(shape or Shape())
    layer.load_state_dict({ours: weights[f"blk.{number}.{theirs}"] for ours, theirs in _GGUF.items()})
    return layer
