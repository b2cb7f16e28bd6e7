"""A picture in the JSON of a briefing, and back: a JPEG in base64, looked at before it is believed.

Knows the frame of a JPEG (ITU-T T.81, annex B): a file of a few bytes may claim more than memory holds.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from ..types import Picture
from .json_node import JsonNode, invalid_document

LARGEST = 4 * 1024 * 1024
"""Largest picture in bytes; those that the program makes have some 0.2 million."""
SIDE = 2000
"""Most pixels of a side."""
FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers of the frames that viewers know: baseline, extended and progressive."""
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment."""


def picture_dict(picture: Picture) -> dict[str, Any]:
    """The picture in the shape of the schema."""
    return {
        "type": "image/jpeg",
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
        "credit": picture.credit,
        "alt": picture.alt,
        "data": base64.b64encode(picture.content).decode(),
    }


def load_picture(node: JsonNode) -> Picture:
    """The picture of one node; raises SourceError where it is no JPEG of a reasonable size."""
    try:
        content = base64.b64decode(node.text("data"), validate=True)
    except (binascii.Error, ValueError):
        raise invalid_document(f"{node.path}.data: base64 expected") from None
    size = jpeg_size(content) if len(content) <= LARGEST else None
    if size is None or not all(0 < side <= SIDE for side in size):
        raise invalid_document(f"{node.path}.data: a JPEG of at most {SIDE} pixels a side expected")
    return Picture(
        content=content,
        width=size[0],
        height=size[1],
        caption=node.maybe("caption", optional=True) or "",
        credit=node.maybe("credit", optional=True) or "",
        alt=node.maybe("alt", optional=True) or "",
    )


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels by the first frame; None if there is none."""
    if content[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in FRAMES:
            height, width = (int.from_bytes(content[i : i + 2], "big") for i in (at + 5, at + 7))
            return width, height
        if marker == 0xFF:  # fill
            at += 1
        elif marker in ALONE:
            at += 2
        else:
            at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return None


__all__ = ["jpeg_size", "load_picture", "picture_dict"]
