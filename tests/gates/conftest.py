"""The fixture by which a gate states its figure and is held to its floor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from floors import FLOORS


@pytest.fixture
def gate(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """`gate(name, figure)` fails under the floor of that name; the figure is printed at the end of the run either way."""

    def check(name: str, figure: float, missed: object = "") -> None:
        measured, floor = FLOORS[name]
        record_property(
            "gate", f"{name:42} {figure:6.2f}  (floor {floor:.1f}, measured {measured:.2f} when pinned)"
        )
        assert figure >= floor, f"{name}: {figure:.2f} is under its floor of {floor}; {missed}"

    return check
