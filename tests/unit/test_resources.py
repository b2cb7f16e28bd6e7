"""Where the bundled folders are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import resources
from briefing.errors import BriefingError, ModelError, TemplateError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "briefing"
    folder.mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", folder)
    return folder


def test_this_installation_has_the_classic_theme() -> None:
    assert (resources.templates_dir() / "classic" / "page.html.j2").is_file()


def test_inside_the_package_comes_first(package: Path) -> None:
    inside = package / "_bundled" / "models"
    inside.mkdir(parents=True)
    (package.parent / "models").mkdir()
    (package.parent / "pyproject.toml").touch()
    assert resources.models_dir() == inside


def test_beside_the_package_counts_only_in_a_checkout(package: Path) -> None:
    (package.parent / "models").mkdir()
    with pytest.raises(ModelError):
        resources.models_dir()
    (package.parent / "pyproject.toml").touch()
    assert resources.models_dir() == package.parent / "models"


def test_a_missing_folder_is_an_expected_failure_with_a_hint(package: Path) -> None:
    with pytest.raises(TemplateError, match="templates") as caught:
        resources.templates_dir()
    assert isinstance(caught.value, BriefingError) and caught.value.hint is not None
