"""A release is refused from a state that is not clean, not written down, or released already."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-26\n\n### Added\n- A thing.\n"


@pytest.fixture(scope="module")
def release() -> Any:
    spec = importlib.util.spec_from_file_location("release", ROOT / "tools/release.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Nobody")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "nobody@example.com")
    (tmp_path / "briefing").mkdir()
    (tmp_path / "briefing/__init__.py").write_text('__version__ = "1.2.0"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_what_is_clean_and_written_down_can_be_released(release: Any, checkout: Path) -> None:
    assert release.refused(checkout) is None


def test_a_tree_that_is_not_clean(release: Any, checkout: Path) -> None:
    (checkout / "new.txt").touch()
    assert "not clean" in release.refused(checkout)


def test_a_version_that_is_tagged(release: Any, checkout: Path) -> None:
    subprocess.run(["git", "tag", "v1.2.0"], cwd=checkout, check=True)
    assert "tagged already" in release.refused(checkout)


@pytest.mark.parametrize(
    ("changelog", "said"),
    [
        (CHANGELOG.replace("1.2.0", "1.1.0"), "is not [1.2.0]"),
        (CHANGELOG.replace(" - 2026-11-26", ""), "no date"),
        (
            CHANGELOG.replace("## [Unreleased]\n", "## [Unreleased]\n\n- Not yet out.\n"),
            "[Unreleased] has entries",
        ),
        ("# Changelog\n", "is not [1.2.0]"),
    ],
)
def test_a_changelog_that_says_something_else(release: Any, changelog: str, said: str) -> None:
    assert said in release.unwritten(changelog, "1.2.0")


def test_the_changelog_of_this_checkout_knows_this_version(release: Any) -> None:
    """Also between releases: a version is raised together with its heading."""
    names = [found["name"] for found in release.HEADING.finditer((ROOT / "CHANGELOG.md").read_text("utf-8"))]
    assert release.version(ROOT) == next(name for name in names if name != "Unreleased")
