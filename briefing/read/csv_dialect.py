"""Tells how a table in text is written: its delimiter, what precedes it."""

from __future__ import annotations

import re

from .columns import field_of

DELIMITERS = ",\t;|，"
ABOVE_HEADER = 5
"""Rows that may precede the header row: a table's title, blank rows."""


def dialect_of(text: str) -> tuple[int, str, str]:
    """The lines before the table, the delimiter (stated by a spreadsheet's `sep=;` line), and the
    table.
    """
    if found := re.match(r'\s*"?sep=(\\t|[^\n"])"?[^\S\n]*[,;]*\n', text, re.IGNORECASE):
        return found[0].count("\n"), "\t" if found[1] == "\\t" else found[1], text[found.end() :]
    head = next((line for line in text[:8000].split("\n")[: ABOVE_HEADER + 1] if _has_text_column(line)), "")
    head = head or text[:4000].lstrip("\n").split("\n")[0]
    return 0, max(DELIMITERS, key=head.count), text


def _has_text_column(line: str) -> bool:
    return any(field_of(name) == "text" for name in re.split(f"[{DELIMITERS}]", line))


__all__ = ["ABOVE_HEADER", "dialect_of"]
