"""Weights of 4 bits in blocks of 32, as onnxruntime's MatMulNBits reads them.

A block keeps one scale; a weight is (q - 8) * scale with q from 0 to 15. Of several scales the one
with the least squared error is taken (as in llama.cpp's Q4_0, with a search). Layers that train
above rounded ones are trained on the rounded ones' states.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn

BLOCK = 32
_SHARES = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Shares of a block's largest weight that are tried as the end of the scale."""


def levels(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Levels (rows, columns / 32, 32) from 0 to 15 as uint8, and scales (rows, columns / 32), of a
    matrix.
    """
    blocks = weight.float().reshape(weight.shape[0], -1, BLOCK)
    largest = blocks.gather(2, blocks.abs().argmax(2, keepdim=True))
    best_error = torch.full(blocks.shape[:2], torch.inf, device=blocks.device)
    best_level, best_scale = torch.zeros_like(blocks), torch.zeros_like(best_error)
    for share in _SHARES:
        scale = largest * share / -8
        level = (blocks / torch.where(scale == 0, 1, scale)).round().clamp(-8, 7)
        error = (level * scale - blocks).pow(2).sum(2)
        better = error < best_error
        best_error = torch.where(better, error, best_error)
        best_level = torch.where(better[..., None], level, best_level)
        best_scale = torch.where(better, scale[..., 0], best_scale)
    return (best_level + 8).to(torch.uint8), best_scale


def rounded(weight: torch.Tensor) -> torch.Tensor:
    """The matrix as it is read back: float32 of the same shape."""
    level, scale = levels(weight)
    return ((level.float() - 8) * scale[..., None]).reshape(weight.shape)


def rounded_rows(table: torch.Tensor) -> torch.Tensor:
    """A table as it is read back from 8 bits with one scale a row."""
    level, scale = row_levels(table)
    return level.float() * scale


def row_levels(table: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Levels from -127 to 127 as int8, same shape, and the scale of each row, (rows, 1)."""
    scale = table.abs().amax(1, keepdim=True) / 127
    return (table / torch.where(scale == 0, 1, scale)).round().to(torch.int8), scale


def packed(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The matrix as MatMulNBits takes it: uint8 (rows, columns / 32, 16), the earlier weight in the
    low half of a byte, and float32 scales (rows, columns / 32).
    """
    level, scale = levels(weight)
    return level[..., 0::2] | (level[..., 1::2] << 4), scale


def unpacked(low: torch.Tensor, scales: torch.Tensor) -> torch.Tensor:
    """The float32 matrix of what `packed` gave; the scales may lie in one row."""
    level = torch.stack((low & 15, low >> 4), -1).reshape(*low.shape[:-1], BLOCK)
    matrix = (level.float() - 8) * scales.float().reshape(*low.shape[:-1], 1)
    return matrix.reshape(low.shape[0], -1)


def round_linears(module: nn.Module) -> nn.Module:
    """Rounds the matrices of all linear layers in place; the module."""
    with torch.no_grad():
        for linear in _linears(module):
            linear.weight.copy_(rounded(linear.weight))
    return module


def _linears(module: nn.Module) -> Iterator[nn.Linear]:
    return (
        part for part in module.modules() if isinstance(part, nn.Linear) and part.in_features % BLOCK == 0
    )
