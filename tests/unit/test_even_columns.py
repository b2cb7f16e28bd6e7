"""Columns that end together: what a column lacks is shared out between the pieces in it."""

from __future__ import annotations

from typing import Any

from briefing.render.even_columns import MOST, even_columns

SHEET = {"columns": 2, "left": 40.0, "step": 260.0, "top": 30.0, "bottom": 700.0}


def marks(*airs: tuple[int, float, float, float], ended: list[tuple[float, float]]) -> dict[str, Any]:
    return {
        "start": [200.0],
        "end": [{"page": 1, "x": 300.0, "y": ended[-1][1], "sheet": SHEET}],
        "airs": [{"before": n, "share": share, "x": x, "y": y} for n, share, x, y in airs],
        "ended": [{"x": x, "y": y} for x, y in ended],
    }


def test_a_short_column_is_stretched_by_shares() -> None:
    found = even_columns(
        marks((2, 1, 40.0, 300.0), (3, 2, 40.0, 400.0), (5, 1, 300.0, 400.0), ended=[(90, 670), (360, 699.8)])
    )
    assert found.keys() == {"2", "3"}
    assert 670 + found["2"] * 1 + found["3"] * 2 <= 700
    assert found["2"] == found["3"] > 9


def test_room_at_the_top_or_below_the_last_piece_is_not_counted() -> None:
    found = even_columns(
        marks((2, 1, 40.0, 200.0), (3, 1, 40.0, 300.0), (4, 1, 40.0, 690.0), ended=[(90, 680), (360, 699)])
    )
    assert found.keys() == {"3"}


def test_a_column_that_lacks_too_much_stays_as_it_is() -> None:
    assert even_columns(marks((2, 1, 40.0, 300.0), ended=[(90, 700 - MOST), (360, 699.9)])).keys() == {"2"}
    assert even_columns(marks((2, 1, 40.0, 300.0), ended=[(90, 699 - MOST), (360, 699.9)])) == {}


def test_other_marks_than_ours_do_nothing() -> None:
    assert even_columns({}) == even_columns(None) == even_columns({"start": [1], "end": [{}]}) == {}
