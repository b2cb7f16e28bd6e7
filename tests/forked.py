"""A process that has imported the program and is forked for each command: `python tests/forked.py LISTENING-SOCKET`.

What a command could see of its start is made again in the fork: arguments, folder, environment, import path and
the three streams. What is there before is the same for all: modules, patterns, the tagger's dictionary, the letters
of the bundled fonts. forked_call.py is the other end. It ends when its stdin does.
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
import selectors
import signal
import socket
import sys
import threading
from typing import NoReturn

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
    with selectors.DefaultSelector() as ready:
        ready.register(listening, selectors.EVENT_READ)
        ready.register(0, selectors.EVENT_READ)
        while all(key.fileobj != 0 for key, _ in ready.select()):
            line, _ = listening.accept()
            if not os.fork():
                break
            line.close()
            with contextlib.suppress(ChildProcessError):  # buries those whose commands have ended
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
        else:
            return False
    listening.close()
    size, streams, _, _ = socket.recv_fds(line, 8, 3)
    asked = json.loads(line.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL))
    if process := os.fork():
        line.sendall(process.to_bytes(PID, "big"))
        for stream in streams:
            os.close(stream)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        with contextlib.suppress(OSError):  # who asked may have been ended
            line.sendall(code.to_bytes(PID, "big", signed=True))
        os._exit(0)
    line.close()
    become(asked["words"], asked["folder"], asked["env"], streams)
    return True


def become(words: list[str], folder: str, env: dict[str, str], streams: list[int]) -> None:
    """Makes this process what `python -m briefing WORDS` begins as."""
    for number, (stream, name) in enumerate(zip(streams, ("stdin", "stdout", "stderr"), strict=True)):
        os.dup2(stream, number)
        os.close(stream)
        old = getattr(sys, name)  # it knows whether it can seek, and is no pipe
        new = open(number, old.mode, encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    sys.stderr.reconfigure(line_buffering=True)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[1:] = words
    sys.path[:1] = [folder, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    signal.signal(signal.SIGINT, signal.default_int_handler)
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
        code = end.code
    else:
        code = 0
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    # Coverage, where it is measured, was begun by the interpreter and goes on in the forks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the end of stdin is the end
    warm_up()
    if serve(socket.socket(fileno=int(sys.argv[1]))):
        run()
