"""The pages of each theme, byte for byte, from one briefing written by hand. `make golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from edition import DAY

from briefing.render.page import TemplateRenderer
from briefing.resources import templates_dir

GOLDEN = Path(__file__).with_name("render")
THEMES = ("classic", "modern", "neican")


@pytest.mark.parametrize("format", ["html", "md", "txt"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_page_is_its_golden(theme: str, format: str, pytestconfig: pytest.Config) -> None:
    made = TemplateRenderer(format, theme)(DAY, "zh").content
    file = GOLDEN / f"{theme}.{format}"
    if pytestconfig.getoption("regenerate"):
        file.write_bytes(made)
    assert made.decode() == file.read_text(encoding="utf-8")


def test_each_theme_has_its_golden() -> None:
    themes = {file.parent.name for file in templates_dir().glob("*/theme.toml")}
    assert themes == {file.stem for file in GOLDEN.glob("*.html")} == set(THEMES)
