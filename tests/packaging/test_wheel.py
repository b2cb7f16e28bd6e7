"""The wheel, built and installed in a clean environment, does the main job from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_what_the_program_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "templates/classic/page.html.j2",
        "templates/classic/page.css",
        "templates/classic/theme.toml",
        "templates/classic/page.typ",
        "templates/classic/parts.typ",
        "templates/modern/page.typ",
        "templates/neican/page.typ",
        "templates/fonts/BriefingSerif-Regular.otf",
        "templates/fonts/BriefingSerif-Bold.otf",
        "templates/fonts/BriefingSans-Regular.otf",
        "templates/fonts/OFL.txt",
    ):
        assert f"briefing/_bundled/{needed}" in names
    assert "briefing/render/briefing-1.schema.json" in names
    assert "briefing/py.typed" in names
    assert not [n for n in names if n.startswith(("tests/", "examples/", "templates/")) or "__pycache__" in n]


def _program(folder: Path) -> Path:
    """A folder with nothing but a user's program: mypy finds the package in the wheel or not at all."""
    elsewhere = folder / "typing"
    elsewhere.mkdir()
    (elsewhere / "program.py").write_bytes((ROOT / "tests/typing/public_api.py").read_bytes())
    return elsewhere


def test_the_installed_wheel_makes_a_briefing_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "BRIEFING_", "VIRTUAL_ENV"))}
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, env=env)
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    subprocess.run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "-q",
            "--no-compile",
            "--disable-pip-version-check",
            str(wheel),
        ],
        check=True,
        env=env,
    )
    (tmp_path / "elsewhere").mkdir()
    run = subprocess.run(
        [
            str(programs / "briefing"),
            "digest",
            str(ROOT / "examples/pages/2026-11-20-01.md"),
            "--format",
            "html,md,txt,json,pdf",
        ],
        cwd=tmp_path / "elsewhere",
        env=env,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [
        f"briefing-2026-11-20.{suffix}" for suffix in ("html", "md", "txt", "json", "pdf")
    ]
    assert "云汀轨道交通三号线" in (tmp_path / "elsewhere/briefing-2026-11-20.html").read_text(
        encoding="utf-8"
    )
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--python-executable",
            str(python),
            "--config-file=",
            "program.py",
        ],
        cwd=_program(tmp_path),
        env=env | {"MYPYPATH": ""},
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    heavy = subprocess.run(
        [str(python), "-X", "importtime", "-m", "briefing", "--help"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    loaded = {
        line.rsplit("|", 1)[-1].strip().partition(".")[0] for line in heavy.stderr.splitlines() if "|" in line
    }
    assert not loaded & {
        "numpy",
        "rjieba",
        "jinja2",
        "pydantic",
        "torch",
        "transformers",
        "charset_normalizer",
        "typst",
    }
