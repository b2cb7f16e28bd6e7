"""The process around a run: closed or full standard streams, folders out of reach, signals that end it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples/pages"
BRIEFING = f'"{sys.executable}" -m briefing'


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_"))}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        env=clean | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", ">&- 2>&- <&-", "2>/dev/full"])
def test_the_work_is_done_without_standard_streams(tmp_path: Path, closed: str) -> None:
    run = shell(f'{BRIEFING} digest "{PAGES}" -m lead -f md,txt -o out {closed}', tmp_path)
    assert run.returncode == 0, run.stderr
    assert [path.suffix for path in sorted((tmp_path / "out").iterdir())] == [".md", ".txt"]
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "words",
    [f'digest "{PAGES}" -m lead -f md', f'segment "{PAGES}" --json', "--help", "--version", "models list"],
)
def test_a_full_stdout_is_exit_5_with_a_sentence(tmp_path: Path, words: str) -> None:
    run = shell(f"{BRIEFING} {words} >/dev/full", tmp_path)
    assert run.returncode == 5, run.stderr
    assert "磁盘已满" in run.stderr and "Traceback" not in run.stderr


@pytest.mark.parametrize("command", ["summarize - -m lead", "segment -", "digest - -m lead"])
def test_a_closed_stdin_is_an_empty_source(tmp_path: Path, command: str) -> None:
    run = shell(f"{BRIEFING} {command} <&-", tmp_path)
    assert run.returncode == 3, run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "command", ["--help", f'segment "{PAGES}" --json', f'digest "{PAGES}" -m lead -f md']
)
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, command: str) -> None:
    run = shell(f"{BRIEFING} {command} | true; exit ${{PIPESTATUS[0]}}", tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr and "Exception ignored" not in run.stderr


@pytest.mark.parametrize("line", ["[" * 20_000 + "]" * 20_000, '{"id":' + "[" * 20_000 + "]" * 20_000 + "}"])
def test_deep_cases_are_a_mistake_of_the_user(tmp_path: Path, line: str) -> None:
    (tmp_path / "deep.jsonl").write_text(line + "\n", "utf-8")
    run = shell(f"{BRIEFING} eval deep.jsonl -m lead", tmp_path)
    assert run.returncode == 2 and "第 1 行" in run.stderr and "Traceback" not in run.stderr


WITHOUT_POSIX = """import os, signal, sys
sys.modules.update(dict.fromkeys(("fcntl", "resource", "pwd", "grp", "termios")))
for module, names in ((signal, ("pthread_sigmask", "SIGHUP", "SIGXCPU", "SIGALRM")), (os, ("O_NONBLOCK", "geteuid", "getuid", "mkfifo"))):
    for name in names:
        module.__dict__.pop(name, None)
"""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f'digest "{PAGES}" "{ROOT}/examples/pdf" -m lead -f md,pdf,json -o out', 0),
        (f'digest "{PAGES}" bomb.pdf -m lead -f txt -o out', 1),
        (f'send "{PAGES}" -m lead --to a@yunting.test --dry-run a.eml', 0),
        ("outbox list", 0),
        ("models bench lead --count 2", 0),
    ],
)
def test_the_program_runs_where_posix_is_not(tmp_path: Path, words: str, code: int) -> None:
    (tmp_path / "bomb.pdf").write_bytes(b"%PDF-1.7\nnothing")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(WITHOUT_POSIX, "utf-8")
    run = shell(f'PYTHONPATH="{hidden}{os.pathsep}{ROOT}" HOME="{tmp_path}" {BRIEFING} {words}', tmp_path)
    assert run.returncode == code and "Traceback" not in run.stderr, run.stderr
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes nobody")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("digest locked/sub -m lead", 3),
        (f'digest "{PAGES}" -m lead -f md -o locked/out', 5),
        (f'digest "{PAGES}" -m lead --config locked/briefing.toml', 2),
        (f'digest "{PAGES}" -m lead -f md -t locked/theme', 2),
        (f'summarize "{PAGES}" -m ./locked/model', 2),
        ("send locked/briefing.json --to a@b.cn --dry-run a.eml", 3),
        ("eval locked/cases.jsonl", 2),
    ],
)
def test_a_folder_that_may_not_be_entered_is_named(tmp_path: Path, words: str, code: int) -> None:
    locked = tmp_path / "locked"
    (locked / "sub").mkdir(parents=True)
    locked.chmod(0o700)
    for folder in (tmp_path, *tmp_path.parents[: len(tmp_path.parents) - 2]):
        folder.chmod(folder.stat().st_mode | 0o011)
    nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups"
    run = shell(f"{nobody} {BRIEFING} {words}", tmp_path)
    if run.returncode in (1, 126, 127):
        pytest.skip(f"nobody cannot start this python: {run.stderr[-300:]}")
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr and "locked" in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("format", ["md", "pdf,png,html"])
def test_a_signal_leaves_nothing_behind(tmp_path: Path, name: str, format: str) -> None:
    number = getattr(signal, name)
    (tmp_path / "tmp").mkdir()
    for wait in (0.9, 1.5):
        process = subprocess.Popen(
            [sys.executable, "-m", "briefing", "digest", PAGES, "-m", "lead", "-f", format, "-o", "out"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(wait)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert process.returncode in (0, 128 + number, -number), (
            said
        )  # ended before, by it, or before Python ran
        assert "Exception ignored" not in said
        assert list((tmp_path / "tmp").iterdir()) == []
        written = list((tmp_path / "out").iterdir()) if (tmp_path / "out").exists() else []
        assert len(written) in (0, len(format.split(",")))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_gives_the_exit_code_of_shells(tmp_path: Path, name: str) -> None:
    number = getattr(signal, name)
    code = (
        "import os, signal, sys, briefing.app.digest as app\n"
        f"signal.signal(signal.{name}, signal.SIG_DFL)  # a background job's parent may ignore it\n"
        "def interrupted(*_):\n"
        f"    os.kill(os.getpid(), signal.{name}); signal.pause()\n"
        "app.digest = interrupted\n"
        f"sys.argv = ['briefing', 'digest', {str(PAGES)!r}, '-m', 'lead']\n"
        "from briefing.__main__ import main\n"
        "main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 128 + number, run.stderr
    assert "Traceback" not in run.stderr and run.stderr.strip()


SIGNALLED = """
import os, signal, sys
from briefing.cli import process
signal.signal(signal.{signal}, {default})  # a background job's parent may ignore it
def stop(*_):
    os.kill(os.getpid(), signal.{signal})
process.{name} = stop
with process.tidy_process():
    {body}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("signal", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize(
    ("name", "body"), [("limit_heaps", "pass"), ("_end_on_signals", "pass"), ("nothing", "stop()")]
)
def test_a_signal_in_the_first_moments_is_no_traceback(
    tmp_path: Path, signal: str, name: str, body: str
) -> None:
    default = "signal.default_int_handler" if signal == "SIGINT" else "signal.SIG_DFL"
    (tmp_path / "run.py").write_text(
        SIGNALLED.format(signal=signal, default=default, name=name, body=body), "utf-8"
    )
    run = shell(f'"{sys.executable}" run.py', tmp_path)
    assert run.returncode in (143, 129, 130, -15, -1) and "Traceback" not in run.stderr, run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["run.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_in_a_finalizer_ends_the_program(tmp_path: Path, name: str) -> None:
    program = f"""
import signal, time, weakref
from briefing.cli.process import tidy_process

class Thing: ...

with tidy_process():
    thing = Thing()
    watch = weakref.ref(thing, lambda _: signal.raise_signal(signal.{name}))
    del thing
    time.sleep(50)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=40,
    )
    assert (ended.returncode, ended.stderr) == (128 + getattr(signal, name), "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_nohup_is_respected(tmp_path: Path) -> None:
    line = f'trap "" HUP; {BRIEFING} digest "{PAGES}" -m lead -f md -o out & sleep 1; kill -HUP $!; wait $!'
    run = shell(line, tmp_path)
    assert run.returncode == 0, run.stderr


def test_an_edition_on_stdin_is_set_anew(tmp_path: Path) -> None:
    pages = ROOT / "examples/pages/2026-11-20-02.txt"
    made = shell(
        f'{BRIEFING} digest "{pages}" -m lead -o - -f json | {BRIEFING} digest - -o - -f txt', tmp_path
    )
    assert made.returncode == 0, made.stderr
    assert "本简报由 briefing 生成" in made.stdout
    page = shell(f'{BRIEFING} digest - -m lead -o - -f json < "{pages}"', tmp_path)
    assert '"schema": "briefing/1"' in page.stdout
