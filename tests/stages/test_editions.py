"""A finished briefing as data: set anew, never read as a newspaper; where its documents go."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from edition import DAY
from typer.testing import CliRunner

from briefing.app import editions
from briefing.cli.main import app
from briefing.errors import NothingReadable
from briefing.render.json import JsonRenderer

ROOT = Path(__file__).parents[2]
PAGES = str(ROOT / "examples/pages")
NAME = f"briefing-{DAY.date.isoformat()}"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"{NAME}.json"
    file.write_bytes(JsonRenderer()(DAY, "zh").content)
    return file


def run(*words: object, stdin: bytes = b"") -> Any:
    result = CliRunner().invoke(app, ["--lang", "zh", *map(str, words)], input=stdin, prog_name="briefing")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_an_edition_is_set_anew_in_any_look_without_a_reader_or_a_model(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("briefing.read.sources", "briefing.app.summaries.find_model"):
        monkeypatch.setitem(sys.modules, name, None)
    made = run("render", edition, "-t", "modern", "-f", "html,md,json", "-o", "o")
    assert (made.exit_code, made.stdout.split()) == (0, [f"o/{NAME}.{s}" for s in ("html", "md", "json")])
    assert Path(f"o/{NAME}.json").read_bytes() == edition.read_bytes()


def test_a_new_title_and_several_editions(edition: Path) -> None:
    Path("other.json").write_bytes(edition.read_bytes().replace(b"2026-11-20", b"2026-11-19"))
    made = run("render", edition, "other.json", "-f", "md", "--title", "晨报", "--json")
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    assert [row["date"] for row in rows] == ["2026-11-20", "2026-11-19"]
    assert all(Path(row["files"][0]).read_text(encoding="utf-8").startswith("# 晨报") for row in rows)
    assert run("render", edition, "other.json", "-o", "both.pdf").exit_code == 2
    assert run("render", edition, "other.json", "-o", "-").exit_code == 2


def test_digest_takes_an_edition_as_one(edition: Path) -> None:
    made = run("digest", edition, "-f", "json", "-o", "o")
    assert Path(f"o/{NAME}.json").read_bytes() == edition.read_bytes()
    assert made.stdout == f"o/{NAME}.json\n"
    assert "没有重新摘要" in made.stderr


def test_editions_of_a_day_become_one(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event once, though both have it; no model is loaded."""
    files = sorted(Path(PAGES).iterdir())
    for name, chosen in (("a", files[:3]), ("b", files[2:])):
        assert run("digest", *chosen, "-m", "lead", "-o", f"{name}.json").exit_code == 0
    monkeypatch.setitem(sys.modules, "briefing.app.summaries.find_model", None)
    assert run("digest", "a.json", "b.json", "-o", "both.json", "--title", "合刊").exit_code == 0
    single = {name: {one["headline"] for one in _stories(Path(f"{name}.json"))} for name in "ab"}
    both = [one["headline"] for one in _stories(Path("both.json"))]
    assert single["a"] & single["b"] and single["a"] - single["b"] and single["b"] - single["a"]
    assert sorted(both) == sorted(single["a"] | single["b"])
    assert json.loads(Path("both.json").read_text("utf-8"))["title"] == "合刊"
    assert run("digest", "b.json", "a.json", "-o", "other.json", "--title", "合刊").exit_code == 0
    assert {one["headline"] for one in _stories(Path("other.json"))} == set(both)


def test_editions_of_several_days_are_not_mixed(edition: Path) -> None:
    Path("other.json").write_bytes(edition.read_bytes().replace(b"2026-11-20", b"2026-11-19"))
    made = run("digest", edition, "other.json", "-o", "both.json")
    assert made.exit_code == 2 and "2026-11-19" in made.stderr
    assert not Path("both.json").exists()


def test_among_pages_an_edition_is_no_news(edition: Path) -> None:
    made = run("digest", PAGES, edition, "-f", "json", "-o", "o")
    assert made.exit_code == 0 and f"{NAME}.json" in made.stderr
    assert {s["source"] for s in _stories(Path(made.stdout.strip()))}.isdisjoint({str(edition)})


def _stories(path: Path) -> list[dict[str, Any]]:
    made = json.loads(path.read_text(encoding="utf-8"))
    return [story for section in made["sections"] for story in section["stories"]]


def test_what_is_no_edition_is_refused_in_plain_words(edition: Path) -> None:
    for text in ("[]", '{"schema": "briefing/9"}', "云汀日报", '{"a": ', ""):
        Path("x.json").write_text(text, encoding="utf-8")
        said = run("digest", "x.json")
        assert said.exit_code == 3 and "x.json" in said.stderr and "Expecting" not in said.stderr
        with pytest.raises(NothingReadable):
            editions.load("x.json")
    assert editions.editions_of(["a.JSON", "b.json"]) == ["a.JSON", "b.json"]
    assert editions.editions_of(["a.json", "b.md"]) == []
    assert editions.editions_of(["https://example.cn/a.json"]) == []


def test_the_format_follows_the_name_of_the_file(edition: Path) -> None:
    assert run("render", edition, "-o", "今天.md").stdout == "今天.md\n"
    assert Path("今天.md").read_text(encoding="utf-8").startswith("# ")
    assert run("render", edition, "-o", "a/b.HTM").exit_code == 0
    assert Path("a/b.HTM").read_bytes().startswith(b"<!")
    said = run("render", edition, "-o", "x.pdf", "-f", "pdf,html")
    assert said.exit_code == 2 and "html" in said.stderr and not Path("x.pdf").exists()
    Path("old.md").mkdir()
    assert run("render", edition, "-f", "txt", "-o", "old.md").stdout == f"old.md/{NAME}.txt\n"


def test_stdout_takes_one_document_and_nothing_else(edition: Path) -> None:
    made = run("render", edition, "-o", "-")
    assert made.stdout.startswith("# ") and NAME not in made.stdout
    made = run("render", "-", "-f", "json", "-o", "-", stdin=edition.read_bytes())
    assert made.stdout_bytes == edition.read_bytes()
    assert run("render", edition, "-f", "pdf", "-o", "-").stdout_bytes.startswith(b"%PDF")
    assert run("render", edition, "-f", "md,txt", "-o", "-").exit_code == 2
    assert run("render", edition, "--json", "-o", "-").exit_code == 2


def test_what_is_overwritten_is_said_unless_it_is_the_same(edition: Path) -> None:
    assert "覆盖" not in run("render", edition, "-f", "md,txt").stderr
    assert "覆盖" not in run("render", edition, "-f", "md,txt").stderr
    said = run("render", edition, "-f", "md,txt", "--title", "晚报")
    assert f"覆盖了原有的 {NAME}.md、{NAME}.txt" in said.stderr
    assert "覆盖" not in run("render", edition, "-f", "md", "-q").stderr
