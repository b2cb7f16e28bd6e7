"""Ranges of a text, [start, end)."""

from __future__ import annotations


def subtract_ranges(start: int, end: int, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """[start, end) without the sorted, disjoint `cuts`."""
    left: list[tuple[int, int]] = []
    for cut_start, cut_end in cuts:
        if cut_end <= start or cut_start >= end:
            continue
        if cut_start > start:
            left.append((start, cut_start))
        start = max(start, cut_end)
    if start < end:
        left.append((start, end))
    return left
