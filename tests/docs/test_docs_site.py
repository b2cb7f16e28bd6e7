"""The site builds without a warning, needs no network, and its reference has every name that a user can meet."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mkdocs", reason="the extra docs is not installed")
pytest.importorskip("material", reason="the extra docs is not installed")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it: any warning of mkdocs fails here."""
    folder = tmp_path_factory.mktemp("site")
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools/docs/build.py"), str(folder)],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
    )
    assert run.returncode == 0, run.stderr
    return folder


def words(site: Path, page: str) -> str:
    """The text of a page of the site, without tags."""
    text = (site / page).read_text(encoding="utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", text.replace("<br>", " ")))


def coded(site: Path, page: str) -> set[str]:
    """What a page sets as code, each piece, and each piece up to its first space."""
    text = (site / page).read_text(encoding="utf-8")
    found = {html.unescape(re.sub(r"<[^>]+>", "", code)) for code in re.findall(r"<code>(.*?)</code>", text)}
    return found | {code.split(" ")[0] for code in found}


def test_every_page_is_there_in_both_languages(site: Path) -> None:
    chinese = {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    english = {p for p in chinese if p.startswith("en/")}
    assert {p.removeprefix("en/") for p in english} - {"404.html"} == chinese - english
    assert len(english) > 30
    assert "教程：从一叠 PDF 到一页简报" in words(site, "tutorial.html")
    assert "from a folder of PDFs to the printed sheet" in words(site, "en/tutorial.html")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    fetched = re.compile(
        r"""<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^"' >]+)"""
    )
    for page in site.rglob("*.html"):
        assert not fetched.findall(page.read_text(encoding="utf-8")), page
    for style in site.rglob("*.css"):
        assert not re.findall(
            r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", style.read_text(encoding="utf-8")
        ), style


def test_every_link_leads_somewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for target in re.findall(r'<a\b[^>]*?\bhref="([^"#?]+)', page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and page.name != "404.html":
                assert (page.parent / html.unescape(target)).exists(), f"{page.relative_to(site)}: {target}"


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_command_and_option_is_in_the_reference(site: Path, language: str) -> None:
    from typer.main import get_command

    from briefing.cli.main import app

    page = language + "reference/commands.html"
    text, found = words(site, page), coded(site, page)
    for path, command in _commands("briefing", get_command(app)):
        assert path in text, path
        for parameter in command.params:
            for name in [*parameter.opts, *parameter.secondary_opts]:
                assert not name.startswith("-") or name in found, f"{path} {name}"


def _commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(f"{path} {name}", inner)


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_setting_and_variable_is_in_the_reference(site: Path, language: str) -> None:
    from briefing.config import Settings

    found = coded(site, language + "reference/settings.html") | coded(site, language + "reference/codes.html")
    schema = Settings.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        for name in part.get("properties", {}):
            assert {name, f"[{name}]", f"[mail.{name}]", f"[[{name}]]"} & found, name
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "briefing").rglob("*.py"))
    for name in set(re.findall(r"\bBRIEFING_[A-Z][A-Z_]*[A-Z]\b", source)):
        assert name in found, name


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_field_of_json_is_in_the_reference(site: Path, language: str) -> None:
    found = coded(site, language + "reference/json.html")
    names = {re.split(r"[.\[\]]+", code)[-1] for code in found}
    schema = json.loads(next((ROOT / "briefing/render").glob("*.schema.json")).read_text(encoding="utf-8"))
    assert set(_properties(schema)) <= names
    run = subprocess.run(
        [sys.executable, "-m", "briefing", "segment", str(ROOT / "examples/pages"), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    for line in run.stdout.splitlines():
        page = json.loads(line)
        assert {*page, *page["articles"][0], *page["aside"][0]} <= names


def _properties(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("properties", {})
        for inner in part.values():
            yield from _properties(inner)


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_exit_code_is_in_the_reference(site: Path, language: str) -> None:
    from briefing import errors

    codes = {
        value.exit_code
        for value in vars(errors).values()
        if isinstance(value, type) and hasattr(value, "exit_code")
    }
    assert {str(code) for code in codes | {0, 129, 130, 143}} <= coded(
        site, language + "reference/codes.html"
    )


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_name_of_a_theme_is_in_the_reference(site: Path, language: str) -> None:
    import tomllib

    from briefing.render.page import FILTERS

    found = coded(site, language + "reference/themes.html")
    toml = tomllib.loads((ROOT / "templates/classic/theme.toml").read_text(encoding="utf-8"))
    assert {*toml["labels"]["zh"], *toml["labels"]["en"], *toml["mail"]} <= found
    assert set(FILTERS) <= {match[1] for code in found if (match := re.match(r"\w+ \| (\w+)", code))}
    for template in (ROOT / "templates/classic").glob("*.j2"):
        assert set(re.findall(r"{% block (\w+)", template.read_text(encoding="utf-8"))) <= found


def test_everything_public_in_python_is_in_the_reference(site: Path) -> None:
    import briefing

    text = (site / "reference/python.html").read_text(encoding="utf-8")
    for name in briefing.__all__:
        assert name.startswith("__") or re.search(rf'id="briefing(?:\.\w+)?\.{name}"', text), name


@pytest.mark.parametrize("language", ["", "en/"])
def test_it_opens_and_searches_from_a_folder(site: Path, language: str, browser: Any) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / language / "tutorial.html").as_uri())
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("extract", delay=30)
    page.locator(".md-search-result__item").first.wait_for(timeout=20_000)
    other = page.locator("a[hreflang]").first.get_attribute("href")
    assert (site / language / str(other)).resolve().exists()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    page.close()
