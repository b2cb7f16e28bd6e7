"""Reads and checks the header of CTranslate2's model.bin: the kind of model, and plausible sizes.

Layout: version, name, revision, count; then for each weight its name, shape, type, size and bytes.
The engine allocates each stated shape before reading, and the file is untrusted: so each shape must
match its size, and the sizes the file.
"""

from __future__ import annotations

import math
import struct
from typing import BinaryIO

CONTEXT = 2048
"""Context in tokens of a model that states no positions."""
_WIDTHS = (4, 1, 2, 4, 2, 2)
"""Bytes per value by type: float32, int8, int16, int32, float16, bfloat16."""
_VERSIONS = range(2, 100)
_TYPED = 4
"""The first version that states a weight's type and its size in bytes."""


def model_header(file: BinaryIO, length: int) -> tuple[str, int]:
    """The kind (TransformerSpec, TransformerDecoderSpec) and the context of a file of `length`
    bytes.

    The context is CONTEXT if no positions are stated. Raises ValueError or struct.error if the file
    is not a model.
    """
    version, kind = _number(file, "<I"), _string(file)
    if version not in _VERSIONS or not kind.endswith("Spec"):
        raise ValueError("not a CTranslate2 model")
    _number(file, "<I")
    positions = CONTEXT
    for _ in range(_number(file, "<I")):
        name = _string(file)
        shape = [_number(file, "<I") for _ in range(_number(file, "<B"))]
        if version < _TYPED:
            size = _number(file, "<B") * _number(file, "<I")
        else:
            kind_of_number, size = _number(file, "<B"), _number(file, "<I")
            if kind_of_number >= len(_WIDTHS) or math.prod(shape) * _WIDTHS[kind_of_number] != size:
                raise ValueError(f"the shape and size of {name} disagree")
        if size > length - file.tell():
            raise ValueError(f"the file ends within {name}")
        if name.endswith("position_encodings/encodings") and shape:
            positions = min(shape[0], 4 * CONTEXT)
        file.seek(size, 1)
    return kind, positions


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "<H")).rstrip(b"\0").decode("utf-8")
