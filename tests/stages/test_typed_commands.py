"""Commands as people type them: pipes, several files, a page given as an article, progress in a log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.app.reading import single_articles
from briefing.cli.progress import EVERY, Progress
from briefing.types import Problem

ROOT = Path(__file__).parents[2]
ARTICLE = "云汀大桥通车\n\n云汀大桥11月20日通车，全长3.5公里，总投资12亿元。\n"


def summarize(*words: str, stdin: str | None = None, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing", "summarize", *words, "--model", "lead"]
    given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, **given)


def test_what_is_piped_in_is_read(tmp_path: Path) -> None:
    made = summarize(stdin=ARTICLE, cwd=tmp_path)
    assert made.returncode == 0 and made.stdout.startswith("云汀大桥11月20日通车")
    assert summarize(cwd=tmp_path).returncode == 2, "nothing is piped in"


def test_several_files_have_their_names_above(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    lines = summarize("a.txt", "b.txt", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "==> a.txt <==" and lines[2:4] == ["", "==> b.txt <=="]
    assert len(summarize("a.txt", "b.txt", "-q", cwd=tmp_path).stdout.splitlines()) == 2
    assert "==>" not in summarize("a.txt", cwd=tmp_path).stdout


@pytest.mark.parametrize("page", sorted((ROOT / "examples/pages").iterdir()), ids=lambda p: p.name)
def test_a_page_given_as_an_article_is_told(page: Path) -> None:
    notes = [item for item in single_articles([str(page)]) if isinstance(item, Problem)]
    assert len(notes) == 1 and notes[0].note and "digest" in notes[0].hint.zh


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "云汀大桥通车\n本报讯（记者 顾承安）\n" + "云汀大桥昨日通车，市民可以步行过江。" * 20,
        "一座桥的十年\n\n"
        + "\n\n".join(f"第{n}年\n\n" + "工人们在江上施工，白天黑夜都不停。" * 2 for n in "一二三"),
    ],
)
def test_an_article_is_not_called_a_page(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert not [i for i in single_articles([str(tmp_path / "a.txt")]) if isinstance(i, Problem)]


def test_a_log_has_a_line_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    progress = Progress("读取", lambda: now[0])
    for step in range(1, 41):
        now[0] = step * 1.0
        progress.counted(step, 40)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 40 // EVERY and lines[0].startswith("摘要 10/40，约剩 ")
    now[0] += EVERY
    progress("pages/01.txt")
    assert capsys.readouterr().err == "读取 1：01.txt\n"
