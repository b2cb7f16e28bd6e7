"""The pages of each theme from one briefing written by hand, as they were last looked at. `make golden` makes them anew.

What is text is compared byte for byte; of a page in print, every line with its place, and a small picture.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from edition import DAY

from briefing.protocols import Renderer
from briefing.render.json import JsonRenderer
from briefing.render.page import TemplateRenderer
from briefing.render.pdf import PrintRenderer
from briefing.render.typst_printer import open_printer
from briefing.resources import templates_dir

GOLDEN = Path(__file__).with_name("render")
THEMES = ("classic", "modern", "neican")
SIZE = 9.0
"""Points: at this size the day fits on one page in every theme."""
HEIGHT = 842
"""Points of A4."""
DOTS = 60
"""Dots an inch of the picture: lines of text are grey, rules, colours and columns are plain to see."""
ALIKE = 1.0
"""Of 255, by which the pictures may differ in the mean: the same face drawn by another processor."""


@pytest.mark.parametrize("format", ["html", "md", "txt"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_page_is_its_golden(theme: str, format: str, pytestconfig: pytest.Config) -> None:
    _compare(TemplateRenderer(format, theme), GOLDEN / f"{theme}.{format}", pytestconfig)


def test_the_data_is_its_golden(pytestconfig: pytest.Config) -> None:
    _compare(JsonRenderer(), GOLDEN / "briefing.json", pytestconfig)


def _compare(render: Renderer, file: Path, config: pytest.Config) -> None:
    made = render(DAY, "zh").content
    if config.getoption("regenerate"):
        file.write_bytes(made)
    assert made.decode() == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_each_line_in_print_stands_where_it_stood(theme: str, pytestconfig: pytest.Config) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(PrintRenderer("pdf", theme, size=SIZE)(DAY, "zh").content)
    text = document[0].get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    lines = [f"{x:3.0f} {HEIGHT - y:3.0f}  {text.get_text_bounded(x, b, r, y)}" for x, b, r, y in boxes]
    made = f"{len(document)} page\n" + "\n".join(lines) + "\n"
    file = GOLDEN / f"{theme}.pdf.txt"
    if pytestconfig.getoption("regenerate"):
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_in_print_looks_as_it_did(theme: str, pytestconfig: pytest.Config) -> None:
    image = pytest.importorskip("PIL.Image")
    chops = pytest.importorskip("PIL.ImageChops")
    stat = pytest.importorskip("PIL.ImageStat")
    with open_printer(theme, (), "zh") as ready:
        made = image.open(io.BytesIO(ready.png(DAY, SIZE, DOTS)[0])).convert("RGB")
    file = GOLDEN / f"{theme}.png"
    if pytestconfig.getoption("regenerate"):
        made.quantize(64).save(file, optimize=True)
    kept = image.open(file).convert("RGB")
    assert made.size == kept.size
    assert max(stat.Stat(chops.difference(made, kept)).mean) < ALIKE


def test_each_theme_has_its_golden() -> None:
    themes = {file.parent.name for file in templates_dir().glob("*/theme.toml")}
    assert themes == {file.stem for file in GOLDEN.glob("*.html")} == set(THEMES)
