"""What CI installs and runs is pinned: versions of dependencies by constraints.txt, actions by their commits."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
UNTESTED = {"fonts", "training"}
"""Extras that no test needs."""


def name(requirement: str) -> str:
    """The normalized name in a requirement."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


def constraints() -> list[str]:
    """The lines of constraints.txt that are no comments."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_constraints_are_names_and_versions() -> None:
    """No address, no hash, no path, no local label that only one index has."""
    assert [one for one in constraints() if not re.fullmatch(r"[a-z0-9-]+==\d[\da-z.]*( ; .+)?", one)] == []
    assert constraints() == sorted(constraints(), key=lambda line: (name(line), line))


def test_each_dependency_has_a_version_that_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {key: wanted for key, wanted in project["optional-dependencies"].items() if key not in UNTESTED}
    wanted = {name(one) for part in (project["dependencies"], *extras.values()) for one in part}
    assert wanted - {name(one) for one in constraints()} == {"briefing"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_may_only_read(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", one) for one in used)
    assert "\npermissions:\n  contents: read\n" in text
