"""A process that has imported the program and is forked for each command: `python tests/forked.py LISTENING-SOCKET`.

Made again in the fork are arguments, folder, environment, import path, umask and the three streams. Of this process
are resource limits, process group and session. What is there before is the same for all: modules,
patterns, the tagger's dictionary, the letters of the bundled fonts. In an environment in which an interpreter would
start otherwise than this one did, the fork starts one. forked_call.py is the other end.

It ends, and its forks do, when its stdin does: when whoever started it ends in whatever way.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from forked_call import PID

import briefing
from briefing.render import typst_printer
from briefing.text import lazy_pattern, words

SKIPPED = ("briefing.__main__", "briefing.training", "briefing.engine.ray", "briefing.isolation.child")
"""Modules that run something, or whose libraries commands seldom need."""
LIBRARIES = (
    "jinja2.sandbox",
    "sqlalchemy.dialects.sqlite",
    "numpy",
    "lxml.html",
    "css_inline",
    "email_validator",
)
"""What functions of the program import when they are called."""
ROOT = str(Path(__file__).parents[1])
AT_START = ("PYTHON", "LANG", "LC_", "TZ", "LD_")
"""Beginnings of variables that are read when an interpreter starts."""
HANDLERS: dict[int, Any] = {}
"""What a command does at signals that a whole process group gets; this process and those that keep forks ignore them."""


def warm_up() -> None:
    """Imports everything, once for all forks."""
    modules = [module.name for module in pkgutil.walk_packages(briefing.__path__, "briefing.")]
    for name in (*(name for name in modules if not name.startswith(SKIPPED)), *LIBRARIES):
        importlib.import_module(name)
    words.load_dictionary()
    typst_printer.bundled_code_points()
    for thing in gc.get_objects():
        if type(thing) is lazy_pattern._Lazy:
            _ = thing.pattern
    gc.collect()
    gc.freeze()  # what the collector never looks at stays one memory for all forks


def serve(listening: socket.socket) -> bool:
    """Forks for each command; True in the fork, False when nobody will ask any more."""
    while 0 not in select.select([listening.fileno(), 0], [], [])[0]:
        line, _ = listening.accept()
        if not os.fork():
            listening.close()
            answer(line)
            return True
        line.close()
        with contextlib.suppress(ChildProcessError):  # buries those whose commands have ended
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    return False


def answer(line: socket.socket) -> None:
    """Reads what is asked and forks again: returns in the fork, while this process keeps it and tells its end."""
    size, streams, _, _ = socket.recv_fds(line, 8, 3)
    text = line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL) if size else b""
    if not text:  # who asked is gone
        os._exit(0)
    asked = json.loads(text)
    if process := os.fork():
        for stream in streams:
            os.close(stream)
        with contextlib.suppress(OSError):
            line.sendall(process.to_bytes(PID, "big"))
        code = outcome(process, line)
        with contextlib.suppress(OSError):
            line.sendall(code.to_bytes(PID, "big", signed=True))
        os._exit(0)
    line.close()
    os.umask(asked["umask"])
    become(asked["words"], asked["folder"], asked["env"], streams)


def outcome(process: int, line: socket.socket) -> int:
    """The exit code of a fork, which is killed when who asked (line) or who started us (stdin) is gone."""
    watched = [os.pidfd_open(process)] if hasattr(os, "pidfd_open") else []
    gone = False
    while not (ended := os.waitpid(process, 0 if gone else os.WNOHANG))[0]:
        ready, _, _ = select.select([line.fileno(), 0, *watched], [], [], None if watched else 0.01)
        if gone := line.fileno() in ready or 0 in ready:
            os.kill(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(ended[1])


def starts_alike(env: Mapping[str, str], ours: Mapping[str, str]) -> bool:
    """Whether an interpreter would start in one environment as in the other, but for what become() makes again."""
    names = {name for name in (*env, *ours) if name.startswith(AT_START)} - {"PYTHONPATH"}
    importable = ROOT in env.get("PYTHONPATH", "").split(os.pathsep)
    return importable and all(env.get(name) == ours.get(name) for name in names)


def become(words: list[str], folder: str, env: dict[str, str], streams: list[int]) -> None:
    """Makes this process what `python -m briefing WORDS` begins as."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    for number, handler in HANDLERS.items():
        signal.signal(number, handler)
    if not starts_alike(env, os.environ):
        os.execve(sys.executable, [sys.executable, "-m", "briefing", *words], env)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)  # it knows whether it can seek, and is no pipe
        new = open(number, old.mode, -1, old.encoding, old.errors, newline="\n", closefd=False)  # noqa: SIM115
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    sys.stderr.reconfigure(line_buffering=True)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[1:] = words
    given = filter(None, env["PYTHONPATH"].split(os.pathsep))
    sys.path[:2] = [folder, *given]  # in place of the folder of this file and of our own PYTHONPATH
    sys.modules.pop("sitecustomize", None)
    with contextlib.suppress(ImportError):
        importlib.import_module("sitecustomize")


def run() -> NoReturn:
    """Runs the program, and ends as the interpreter does but for freeing what was imported: that would take as
    long as a small command does.
    """
    try:
        runpy.run_module("briefing", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = 0 if end.code is None else end.code
        if not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    else:
        code = 0
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    # Coverage, where it is measured, was begun by the interpreter and goes on in the forks.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the end of stdin is the end
        HANDLERS[number] = signal.signal(number, signal.SIG_IGN)
    warm_up()
    asking = socket.socket(fileno=int(sys.argv[1]))
    address = asking.getsockname()
    if serve(asking):
        run()
    shutil.rmtree(Path(address).parent, ignore_errors=True)
