"""What axe finds wrong with a page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


def violations(tab: Any) -> list[Any]:
    """The rules that the page breaks, each with the elements that do."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    # not a script element: the page's own policy forbids those
    tab.evaluate(Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    found: list[Any] = tab.evaluate(
        "axe.run().then(result => result.violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )
    return found
