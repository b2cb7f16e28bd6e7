"""Columns, and cutting to them or to characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.cut import balanced, cut
from briefing.text.width import clip, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("云汀", 4),
        ("，", 2),
        ("“”", 2),
        ("ｱ", 1),
        ("Ａ", 2),
        ("e\u0301", 1),
        ("\u200b", 0),
        ("\u3000", 2),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "n", "clipped"),
    [
        ("云汀日报", 8, "云汀日报"),
        ("云汀日报", 7, "云汀日…"),
        ("云汀日报", 6, "云汀…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("", 0, ""),
    ],
)
def test_clip(text: str, n: int, clipped: str) -> None:
    assert clip(text, n) == clipped


@given(st.text(), st.integers(0, 40))
def test_a_clipped_text_fits(text: str, n: int) -> None:
    assert width(clip(text, n)) <= n


@pytest.mark.parametrize(
    ("text", "n", "kept"),
    [
        ("增长3.5万户", 3, "增长"),
        ("增长3.5万户", 6, "增长3.5万"),
        ("云汀GDP", 4, "云汀"),
        ("云汀", 9, "云汀"),
        ("云汀", 0, ""),
        ("云汀", -3, ""),
    ],
)
def test_a_cut_splits_no_number_and_no_latin_word(text: str, n: int, kept: str) -> None:
    assert cut(text, n) == kept


def test_balanced() -> None:
    assert balanced("《云汀》（上）") and not balanced("他说：“好")
