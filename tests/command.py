"""The program as a person runs it, a process a command, without the second of computing that each start takes.

On Linux a process that has imported the program forks for each command (forked.py): the fork has folder, environment
and streams of its own, ends as the program ends, and does not outlive who asked for it. What a start itself does, and whether two starts agree, is for tests that
start the program themselves: test_cli.py, test_process.py.
"""

from __future__ import annotations

import atexit
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

import forked_call

ROOT = Path(__file__).parents[1]
OURS = {**os.environ, "PYTHONPATH": str(ROOT)}
"""The environment before any test changes it: in this the process that forks is started."""


def run_briefing(
    *words: object, cwd: Path, env: Mapping[str, str] | None = None, stdin: str = "", timeout: float = 600
) -> subprocess.CompletedProcess[str]:
    """`python -m briefing WORDS` in that folder and environment; input and output are UTF-8."""
    command = [sys.executable, "-m", "briefing", *map(str, words)]
    wanted = {"PYTHONPATH": str(ROOT), **(os.environ if env is None else env)}
    if sys.platform == "linux":
        return _forked(command, cwd, wanted, stdin, timeout)
    return subprocess.run(
        command, cwd=cwd, env=wanted, input=stdin, capture_output=True, encoding="utf-8", timeout=timeout
    )


def shell_command() -> str:
    """The beginning of a shell's line that goes on as one of `briefing` does."""
    if sys.platform == "linux":
        return shlex.join([sys.executable, "-I", "-S", forked_call.__file__, _address()])
    return shlex.join([sys.executable, "-m", "briefing"])


def _forked(
    command: list[str], cwd: Path, env: Mapping[str, str], stdin: str, timeout: float
) -> subprocess.CompletedProcess[str]:
    """What a fork leaves in two files, which nobody has to read while it runs."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        streams = [stream.fileno() for stream in (given, out, err)]
        try:
            code = forked_call.call(_address(), command[3:], str(cwd), env, streams, timeout)
        except TimeoutError:
            raise subprocess.TimeoutExpired(command, timeout, _read(out), _read(err)) from None
        return subprocess.CompletedProcess(command, code, _read(out), _read(err))


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n")


@cache
def _address() -> str:
    """Where the process that forks listens: one for each process of pytest, until that ends."""
    folder = tempfile.mkdtemp(prefix="forks-")  # short, as the address of a socket has to be
    address = f"{folder}/s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/forked.py"), str(listening.fileno())],
            pass_fds=[listening.fileno()],
            env=OURS,
            stdin=subprocess.PIPE,
        )

    def end() -> None:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)  # where that could not

    atexit.register(end)
    return address
