"""A forked command (tests/command.py) is what a started one is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, run_briefing, shell_command

ARTICLE = "云汀大桥11月20日通车，全长3.5公里，总投资12亿元。\n从城东到城西的车程由40分钟缩短到8分钟。\n"


@pytest.mark.parametrize(
    "words", [["--version"], ["summarize", "-", "--lang", "en"], ["nonsense"], ["segment", "none.txt"]]
)
def test_a_fork_does_what_a_start_does(tmp_path: Path, words: list[str]) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_MODEL": "lead"}
    forked = run_briefing(*words, cwd=tmp_path, env=env, stdin=ARTICLE)
    command = [sys.executable, "-m", "briefing", *words]
    started = subprocess.run(
        command, cwd=tmp_path, env=env, input=ARTICLE, capture_output=True, encoding="utf-8"
    )
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        started.returncode,
        started.stdout,
        started.stderr,
    )


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")
def test_a_shell_has_pipes_and_exit_codes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    line = f"{shell_command()} segment a.txt --json | head -c 10; {shell_command()} nonsense; echo $?"
    run = subprocess.run(
        ["bash", "-c", line],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert run.stdout == '{"source":2\n' and "Traceback" not in run.stderr
