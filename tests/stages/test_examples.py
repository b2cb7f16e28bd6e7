"""The short programs of examples/ run, and its settings file is good."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("program", sorted((ROOT / "examples").glob("*.py")), ids=lambda p: p.name)
def test_the_program_runs(program: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(program)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert run.returncode == 0, run.stderr
    assert "云汀" in run.stdout


def test_the_settings_file_makes_the_example_briefing(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "briefing",
        "digest",
        "--config",
        "examples/briefing.toml",
        "--out",
        str(tmp_path),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".html", ".json", ".md"]
    assert "云汀每日简报" in (tmp_path / "briefing-2026-11-20.md").read_text(encoding="utf-8")
