"""A forked command (tests/command.py) is what a started one is."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import forked_call
import pytest
from command import ROOT, run_briefing, shell_command

linux = pytest.mark.skipif(sys.platform != "linux", reason="commands are forked on Linux only")
ARTICLE = "云汀大桥11月20日通车，全长3.5公里，总投资12亿元。\n从城东到城西的车程由40分钟缩短到8分钟。\n"
FACTS = """
import atexit, os, sys
print(os.umask(0o022), sys.flags.optimize, sys.argv[1:], os.environ.get("TZ"), ascii(sys.stdin.read()))
atexit.register(lambda: print(sys.path))
"""
ENDING = """
import sys
from briefing.cli import main
main.app = lambda **_: sys.exit({!r})
"""
WAITING = "import time; print('begun', flush=True); time.sleep(100)"
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def customized(folder: Path, text: str, **more: str) -> dict[str, str]:
    """An environment in which the program begins with that text."""
    (folder / "own").mkdir()
    (folder / "own/sitecustomize.py").write_text(text, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": f"{folder / 'own'}{os.pathsep}{ROOT}",
        "BRIEFING_MODEL": "lead",
        **more,
    }


def check_alike(folder: Path, env: dict[str, str], *words: str, stdin: str = ARTICLE) -> None:
    forked = run_briefing(*words, cwd=folder, env=env, stdin=stdin)
    command = [sys.executable, "-m", "briefing", *words]
    started = subprocess.run(command, cwd=folder, env=env, input=stdin.encode(), capture_output=True)
    out, err = started.stdout.decode(), started.stderr.decode()
    assert (forked.returncode, forked.stdout, forked.stderr) == (started.returncode, out, err)


@pytest.mark.parametrize(
    "words", [["--version"], ["summarize", "-", "--lang", "en"], ["nonsense"], ["segment", "none.txt"]]
)
def test_a_fork_does_what_a_start_does(tmp_path: Path, words: list[str]) -> None:
    check_alike(tmp_path, customized(tmp_path, ""), *words)


@linux
@pytest.mark.parametrize("more", [{}, {"PYTHONOPTIMIZE": "1"}, {"TZ": "Asia/Shanghai"}])
def test_a_fork_begins_as_a_start_does(tmp_path: Path, more: dict[str, str]) -> None:
    umask = os.umask(0o077)
    try:
        check_alike(tmp_path, customized(tmp_path, FACTS, **more), "--version", stdin="一\r\n二\r三\n")
    finally:
        os.umask(umask)


@linux
@pytest.mark.parametrize("code", ["a text", 7, None])
def test_a_fork_ends_as_a_start_does(tmp_path: Path, code: object) -> None:
    check_alike(tmp_path, customized(tmp_path, ENDING.format(code)))


@linux
def test_environments_in_which_interpreters_start_alike() -> None:
    from forked import starts_alike

    ours = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "HOME": "/a"}
    assert starts_alike({**ours, "HOME": "/b", "PYTHONPATH": f"/c{os.pathsep}{ROOT}"}, ours)
    assert not starts_alike({**ours, "PYTHONPATH": "/c"}, ours)
    assert not starts_alike({**ours, "TZ": "UTC"}, ours)
    assert not starts_alike({"PYTHONPATH": str(ROOT)}, ours)


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


def shell(folder: Path, env: dict[str, str]) -> subprocess.Popen[str]:
    line = shlex.split(shell_command())
    return subprocess.Popen(
        line, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@linux
def test_a_killed_command_of_a_shell_is_killed(tmp_path: Path) -> None:
    with shell(tmp_path, customized(tmp_path, KILLED)) as run:
        assert run.communicate(timeout=60) == ("", "")
    assert run.returncode == -signal.SIGKILL


@linux
def test_a_command_ends_with_who_asked_for_it(tmp_path: Path) -> None:
    with shell(tmp_path, customized(tmp_path, WAITING)) as run:
        assert run.stdout is not None and run.stdout.readline() == "begun\n"
        run.kill()
        assert run.communicate(timeout=60) == ("", "")  # the streams end when the last who has them does


@linux
def test_a_command_ends_at_its_timeout(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_briefing(cwd=tmp_path, env=customized(tmp_path, WAITING), timeout=0.5)


ASKING = """
import os, shlex, sys
from command import shell_command
line = shell_command()
print(shlex.split(line)[-1], flush=True)
os.environ["PYTHONPATH"] = sys.argv[1]
os.system(line)
"""


@linux
def test_nothing_is_left_of_a_killed_parent(tmp_path: Path) -> None:
    path = customized(tmp_path, WAITING)["PYTHONPATH"]
    tests = os.pathsep.join((str(ROOT / "tests"), str(ROOT)))
    with subprocess.Popen(
        [sys.executable, "-c", ASKING, path],
        env={**os.environ, "PYTHONPATH": tests},
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        address = Path(parent.stdout.readline().strip())
        assert address.is_socket() and parent.stdout.readline() == "begun\n"
        parent.kill()
        assert parent.communicate(timeout=60)[0] == ""  # all who have its output have ended
    assert not address.parent.exists()


@contextmanager
def keeper(*told: bytes, stay: bool = False) -> Iterator[str]:
    """An address where something takes one question, says that, and is gone or stays until the end."""
    end = threading.Event()

    def answer() -> None:
        line, _ = listening.accept()
        with line:
            size, streams, _, _ = socket.recv_fds(line, 8, 3)
            line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL)  # else who asks may not be done
            for stream in streams:
                os.close(stream)
            for one in told:
                line.sendall(one)
            if stay:
                end.wait(60)

    with tempfile.TemporaryDirectory(prefix="forks-") as folder, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{folder}/s")
        listening.listen()
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"{folder}/s"
        finally:
            end.set()
            thread.join()


@linux
def test_a_keeper_that_is_gone_is_no_success() -> None:
    with keeper() as address, pytest.raises(ConnectionError):
        forked_call.call(address, [], "/", {}, (0, 1, 2), 60)
    with keeper(stay=True) as address, pytest.raises(TimeoutError):
        forked_call.call(address, [], "/", {}, (0, 1, 2), 0.1)
    with subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(100)"]) as process:
        number = process.pid.to_bytes(forked_call.PID, "big")
        with keeper(number) as address, pytest.raises(ConnectionError):
            forked_call.call(address, [], "/", {}, (0, 1, 2), 60)
        assert process.wait(timeout=60) == -signal.SIGKILL
