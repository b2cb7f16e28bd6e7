"""Picture files for the tests: what passes for a photograph, and what does not."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image, ImageDraw


def photograph(width: int = 640, height: int = 420, mode: str = "RGB") -> Any:
    """A sky, houses and a river in many tones; its upper left corner is light, the lower one dark."""
    draws = random.Random(7)
    image = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(image)
    for y in range(height):
        pen.line(
            [(0, y), (width, y)],
            fill=(230 - 120 * y // height, 220 - 60 * y // height, 240 - 180 * y // height),
        )
    for _ in range(30):
        left, tone = draws.randrange(width), draws.randrange(30, 150)
        pen.rectangle(
            [left, height - draws.randrange(height // 2), left + width // 20, height],
            fill=(tone, tone, tone + 20),
        )
    return image.convert(mode)


def code(side: int = 400) -> Any:
    """Black and white squares, as codes to scan have."""
    draws = random.Random(3)
    image = Image.new("L", (side, side), 255)
    pen, step = ImageDraw.Draw(image), side // 25
    for x in range(25):
        for y in range(25):
            if draws.random() < 0.5:
                pen.rectangle([x * step, y * step, x * step + step - 1, y * step + step - 1], fill=0)
    return image


def encoded(image: Any, kind: str = "JPEG", **more: Any) -> bytes:
    """The file of a picture."""
    image.save(out := io.BytesIO(), kind, **more)
    return out.getvalue()
