"""How many columns a text takes in a terminal or a plain-text page.

Follows Unicode's East Asian Width, as wcwidth does: wide and full-width characters take two
columns, combining and invisible ones none, all others one, ambiguous ones (“ ” … ·) included. Knows
no fonts, and no emoji of several characters.
"""

from __future__ import annotations

import unicodedata

_NONE = {"Mn", "Me", "Cf", "Cc"}


def width(text: str) -> int:
    """Columns that `text` takes."""
    return sum(map(_char_columns, text))


def clip(text: str, n: int) -> str:
    """`text` in at most `n` columns: whole if it fits, else its beginning and “…” (a column)."""
    if width(text) <= n:
        return text
    kept, room = 0, n - 1
    for char in text:
        room -= _char_columns(char)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…" if n > 0 else ""


def _char_columns(char: str) -> int:
    if " " <= char <= "~":
        return 1
    if unicodedata.category(char) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
