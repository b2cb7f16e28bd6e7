"""Checks the sizes in a checkpoint's config.json against its weights.

transformers builds the model before it opens the weights, so that an untrusted config of a few
bytes could allocate any amount of memory. So its numbers are bounded, and the model is first built
without memory (on torch's meta device) to compare its parameters with the size of the safetensors
files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...messages import Message
from .folder_files import folder_error

COUNT_LIMIT = 1000
"""Maximum of layers, heads, experts and the like."""
NUMBER_LIMIT = 100_000_000
"""Maximum of any other number; the largest known is a position limit of 10 million."""
PARAMETERS_A_BYTE = 4
"""Maximum parameters per byte of weights: two in 4-bit files, and some are shared."""
_COUNTS = ("layer", "head", "expert", "block", "depth")


def check_numbers(address: str, config: Any) -> None:
    """Raises ModelError if a number in a transformers config is out of range; `address` names the
    model in the error.
    """
    for key, value in _numbers(config.to_dict()):
        limit = COUNT_LIMIT if any(word in key for word in _COUNTS) else NUMBER_LIMIT
        if not -NUMBER_LIMIT <= value <= limit:
            raise folder_error(
                Message(
                    f"模型 {address} 的 config.json 中 {key} 超出范围",
                    f"{key} in the config.json of {address} is out of range",
                )
            )


def check_parameters(folder: Path, config: Any, maker: Any) -> None:
    """Raises ModelError if the model of `config` has more parameters than the folder's weights can
    hold.

    `maker` is the transformers class that will load it.
    """
    import torch

    size = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    with torch.device("meta"):
        count = sum(weights.numel() for weights in maker.from_config(config).parameters())
    if size and count > PARAMETERS_A_BYTE * size:
        raise folder_error(
            Message(
                f"模型 {folder} 的 config.json 说有 {count} 个参数，权重文件只有 {size} 字节",
                f"the config.json of {folder} states {count} parameters, its weights have {size} bytes",
            )
        )


def _numbers(value: Any, key: str = "") -> Iterator[tuple[str, int]]:
    """Every integer in nested settings, with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _numbers(inner, str(name))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _numbers(inner, key)
    elif type(value) is int:
        yield key, value
