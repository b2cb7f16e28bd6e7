"""The hand-written pages: every article with its headline and body, but for the failures that are known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from source_files import only_page

from briefing.read.sources import read
from briefing.segmentation.articles import segment

DATA = Path(__file__).parents[1] / "data"
PAGES = sorted(
    path
    for folder in ("pages", "example-edition")
    for path in (DATA / folder).iterdir()
    if path.suffix in (".md", ".txt")
)
KNOWN = {
    "003-bold.txt": "a bold heading over two lines becomes two headlines",
    "004-bullet.txt": "a bullet headline wrapped where nothing else is",
    "006-bullet.txt": "a bullet headline wrapped where nothing else is",
    "019-wrapped-noindent.txt": "bare wrapped headlines without a blank line before the text",
    "2026-11-20-02.txt": "a centred headline over two lines",
}


def letters(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def cut(path: Path) -> list[tuple[str, str]]:
    found = segment(only_page(read(str(path))))
    return [(letters(article.headline), letters("".join(article.paragraphs))) for article in found.articles]


def gold(path: Path) -> list[tuple[str, str]]:
    folder = path.parent if path.parent.name == "pages" else DATA / "example-gold"
    rows: list[dict[str, Any]] = json.loads((folder / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    return [(letters(row["headline"]), letters(row["body"])) for row in rows]


def known(path: Path) -> Any:
    marks = [pytest.mark.xfail(reason=KNOWN[path.name], strict=True)] if path.name in KNOWN else []
    return pytest.param(path, id=path.name, marks=marks)


@pytest.mark.parametrize("path", [known(path) for path in PAGES])
def test_every_article_is_found_whole(path: Path) -> None:
    got = cut(path)
    for headline, body in gold(path):
        assert (headline, body) in got


def test_at_least_nine_in_ten_of_all_articles_are_found() -> None:
    wanted = [(path, article) for path in PAGES for article in gold(path)]
    found = sum(article in cut(path) for path, article in wanted)
    assert found / len(wanted) >= 0.9
