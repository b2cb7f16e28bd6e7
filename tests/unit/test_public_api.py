"""What `import briefing` offers: all that the commands do, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import briefing

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples/pages"


@pytest.fixture(scope="module")
def day() -> briefing.Briefing:
    return briefing.compose(PAGES, model="lead")


def test_what_is_public_is_listed_and_there() -> None:
    assert dir(briefing) == sorted(briefing.__all__)
    for name in briefing.__all__:
        assert getattr(briefing, name) is not None
    for verb in (
        "read",
        "segment",
        "summarize",
        "summarize_many",
        "check",
        "compose",
        "render",
        "write",
        "send",
        "load",
    ):
        assert verb in briefing.__all__
        assert getattr(briefing, verb).__doc__


def test_nothing_leaks_and_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys, briefing\n"
        "names = {n for n in vars(briefing) if not n.startswith('__')}\n"
        "print(sorted(names - set(briefing.__all__)))\n"
        "print(sorted({'pydantic', 'typer', 'jinja2', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    leaked, heavy = run.stdout.splitlines()
    own = "['Any', 'ModuleType', 'TYPE_CHECKING', '_Package', 'annotations', 'errors', 'messages', 'sys', 'types']"
    assert leaked == own
    assert heavy == "[]"


def test_functions_and_folders_of_one_name_live_together() -> None:
    code = (
        "import briefing, pathlib\n"
        "import briefing.render.page as page, briefing.read.html as html\n"
        "assert page.__name__ == 'briefing.render.page' and briefing.read.html is html\n"
        f"day = briefing.compose({str(PAGES)!r}, model='lead')\n"
        "assert briefing.render(day, 'md').content and briefing.render(day, 'txt').content\n"
        f"assert len(list(briefing.read({str(PAGES)!r}))) == len(list(briefing.read({str(PAGES)!r}))) == 4\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_read_and_segment() -> None:
    pages = list(briefing.read([PAGES, "nonesuch.txt"]))
    assert [type(page).__name__ for page in pages] == ["Page"] * 4 + ["Problem"]
    page = pages[0]
    assert isinstance(page, briefing.Page)
    assert briefing.segment(page).articles
    assert briefing.segment(page.text, source="a").source == "a"


def test_summarize_one_and_many() -> None:
    text = "云汀大桥昨日通车，全长3.5公里。\n车程缩短到8分钟。"
    one = briefing.summarize(text, model="lead")
    many = list(briefing.summarize_many([text, one.article], model="lead"))
    assert [story.summary.text for story in many if isinstance(story, briefing.Story)] == [
        one.summary.text
    ] * 2
    with pytest.raises(briefing.BriefingError):
        briefing.summarize_many([text], model="nonesuch")


def test_compose_takes_the_settings_of_digest_and_reads_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "briefing.toml").write_text('title = "文件"\nscript = "hant"\n', "utf-8")
    monkeypatch.setenv("BRIEFING_TITLE", "环境")
    monkeypatch.chdir(tmp_path)
    day = briefing.compose([str(PAGES)], model="lead", date="20261121", lang="en", watch=["云汀港"])
    assert (day.title, day.date.isoformat(), day.script) == ("Daily Briefing", "2026-11-21", "hans")
    with pytest.raises(briefing.BriefingError, match="script"):
        briefing.compose(PAGES, model="lead", script="hanz")  # type: ignore[arg-type]
    with pytest.raises(briefing.BriefingError, match="no source"):
        briefing.compose([], model="lead")


def test_render_write_and_load(day: briefing.Briefing, tmp_path: Path) -> None:
    assert b"<html" in briefing.render(day).content
    assert briefing.render(day, "pdf").content.startswith(b"%PDF")
    paths = briefing.write(day, tmp_path / "out", ["md", "json"])
    assert [path.name for path in paths] == ["briefing-2026-11-20.md", "briefing-2026-11-20.json"]
    assert paths[0].read_bytes() == briefing.render(day, "md").content
    assert briefing.load(paths[1]) == briefing.load(str(paths[1]))
    assert briefing.render(briefing.load(paths[1]), "json").content == paths[1].read_bytes()
    with pytest.raises(briefing.BriefingError, match="no such file"):
        briefing.load(tmp_path / "nonesuch.json")
    with pytest.raises(briefing.BriefingError, match=r"pfd"):
        briefing.render(day, "pfd")  # type: ignore[arg-type]


def test_send_writes_a_letter(
    day: briefing.Briefing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not briefing.send(day, to=["张三 <a@yunting.test>"], dry_run="a.eml").deliveries
    assert b"To: " in (tmp_path / "a.eml").read_bytes()
    with pytest.raises(briefing.BriefingError, match=r"no mail server|no sender"):
        briefing.send(day, to=["a@yunting.test"])
