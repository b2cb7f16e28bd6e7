"""Modules stay under 300 lines and functions under 40, so that each can be read at a sitting.

The exceptions are those of today. The lists may only shrink: what no longer exceeds its limit must leave them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "briefing"
LINES, FUNCTION = 300, 40
LONG_MODULES: set[str] = set()
LONG_FUNCTIONS: set[str] = {
    "cli/digest.py:digest",
    "cli/send.py:send",
}


def modules() -> Iterator[tuple[str, str]]:
    """Each module's path under briefing/, and its text."""
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Each function's dotted name and its lines, from `def` to the last, decorators and signature among them."""

    def walk(node: ast.AST, within: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            name = within
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{within}.{child.name}".lstrip(".")
                if not isinstance(child, ast.ClassDef):
                    first = min([child.lineno, *(one.lineno for one in child.decorator_list)])
                    yield name, (child.end_lineno or child.lineno) - first + 1
            yield from walk(child, name)

    return walk(ast.parse(text), "")


def test_no_module_is_too_long() -> None:
    long = {path: count for path, text in modules() if (count := len(text.splitlines())) > LINES}
    assert set(long) - LONG_MODULES == set(), f"over {LINES} lines: {long}"
    assert LONG_MODULES - set(long) == set(), "no longer too long: take these off the list"


def test_no_function_is_too_long() -> None:
    long = {
        f"{path}:{name}": count
        for path, text in modules()
        for name, count in functions(text)
        if count > FUNCTION
    }
    assert set(long) - LONG_FUNCTIONS == set(), f"over {FUNCTION} lines: {long}"
    assert LONG_FUNCTIONS - set(long) == set(), "no longer too long: take these off the list"


def test_the_guard_counts_what_it_should() -> None:
    text = "class A:\n    @staticmethod\n    def f(\n        x,\n    ):\n        def g():\n            pass\n        return x\n"
    assert dict(functions(text)) == {"A.f": 7, "A.f.g": 2}
