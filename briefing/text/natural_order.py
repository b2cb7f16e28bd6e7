"""Names in the order in which people count: 2 before 10. Digits are compared as words, however
many.
"""

from __future__ import annotations

from .lazy_pattern import lazy_pattern

DIGITS = lazy_pattern(r"([0-9]+)")


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """A key for sorting: numbers by their length without leading zeros, then digit by digit."""
    key: list[tuple[int, int, str]] = []
    for part in DIGITS.split(name):
        if part.isascii() and part.isdigit():
            number = part.lstrip("0")
            key.append((0, len(number), number))
        elif part:
            key.append((1, 0, part))
    return key
