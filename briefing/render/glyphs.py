"""Which characters the page's fonts have, and what is printed in place of those that they lack.

Knows the cmap table of OpenType (formats 4 and 12): forty lines here, where a font library has 5
MB. Knows nothing of how a page is set.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path

GETA = "〓"
"""What Chinese typesetters print for a character that the fonts lack."""
RUN = 16
"""Letters without a space after which a line may break, so that none leaves its column."""
_LONG = re.compile(rf"[!-~\u00a1-\u024f]{{{RUN + 1},}}")
_BREAK = "\u200b"
_VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Variation selectors."""


@cache
def code_points(font: Path) -> frozenset[int]:
    """The code points that a font file has a glyph for; raises OSError."""
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    for at in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, at)
        if tag == b"cmap":
            return _cmap(data, start)
    return frozenset()


def _cmap(data: bytes, start: int) -> frozenset[int]:
    """The code points of a cmap table: of its subtable of format 12, which has all, else of format
    4.
    """
    count = struct.unpack_from(">H", data, start + 2)[0]
    places = {start + struct.unpack_from(">HHI", data, start + 4 + 8 * i)[2] for i in range(count)}
    formats = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    if 12 in formats:
        place = formats[12]
        groups = struct.unpack_from(">I", data, place + 12)[0]
        rows = (struct.unpack_from(">III", data, place + 16 + 12 * i) for i in range(groups))
        return frozenset(chain.from_iterable(range(first, last + 1) for first, last, _ in rows))
    place = formats[4]
    segments = struct.unpack_from(">H", data, place + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, place + 14)
    starts = struct.unpack_from(f">{segments}H", data, place + 16 + 2 * segments)
    return frozenset(
        code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)
    ) - {0xFFFF}


def printable(text: str) -> str:
    """`text` on one line, without control characters and direction marks.

    A lone surrogate becomes 〓. Long runs of Latin letters may break.
    """
    kept = []
    for char in unicodedata.normalize("NFC", " ".join(text.split())):
        kind = unicodedata.category(char)
        if kind in ("Cs", "Co", "Cn"):
            kept.append(GETA)
        elif kind not in ("Cc", "Cf") and char not in _VARIANTS:
            kept.append(char)
    return _LONG.sub(lambda run: _breakable(run[0]), "".join(kept))


def _breakable(run: str) -> str:
    return _BREAK.join(run[at : at + RUN] for at in range(0, len(run), RUN))


def missing_characters(text: str, have: frozenset[int]) -> set[str]:
    """The characters of `text` that are not in `have`, except for spaces and what has no ink."""
    return {char for char in set(text) if ord(char) not in have and not char.isspace() and char != _BREAK}
