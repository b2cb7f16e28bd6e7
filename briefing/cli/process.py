"""The process around a run: standard streams that may be closed, and the signals that ask it to
end.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from ..malloc import limit_heaps

ENDING = ("SIGTERM", "SIGHUP")
"""Signals after which everything is closed as after Ctrl-C. SIGHUP does not exist on Windows."""
AGAIN = 0.02
"""Seconds after which a signal comes again that fell where nothing can be raised."""


class Ended(KeyboardInterrupt):
    """A signal to end. Everything that is open closes on its way up, as with Ctrl-C."""

    def __init__(self, number: int) -> None:
        """Takes the signal's number."""
        super().__init__()
        self.number = number


@contextmanager
def tidy_process() -> Iterator[None]:
    """Opens the standard streams, ends on signals as on Ctrl-C, and lets the interpreter end in
    silence.
    """
    try:
        _open_standard_streams()
        _end_on_signals()
        limit_heaps()
        with _temporary_folder():
            yield
    except KeyboardInterrupt as stop:  # before the command line could say anything
        sys.exit(exit_code(stop))
    finally:
        _flush_or_discard()


@contextmanager
def _temporary_folder() -> Iterator[None]:
    """Keeps the temporary files of the run and its child processes in one folder, removed at the
    end.

    For a signal may arrive when a library has just made such a file, and a child process may be
    killed.
    """
    held = {signal.SIGINT, *_endings()}
    _mask("SIG_BLOCK", held)
    try:
        folder = tempfile.mkdtemp(prefix="briefing-")
        tempfile.tempdir = os.environ["TMPDIR"] = folder
    except OSError:  # who needs a temporary file will say so
        folder = ""
    try:
        _mask("SIG_UNBLOCK", held)
        yield
    finally:
        try:
            _mask("SIG_BLOCK", held)
        finally:  # a signal that came just before must not keep the folder
            for number in held:
                signal.signal(number, signal.SIG_IGN)
            if folder:
                shutil.rmtree(folder, ignore_errors=True)


def open_in_browser(address: str) -> None:
    """Opens a page in a browser, which outlives this process and its temporary folder."""
    import webbrowser

    ours = os.environ.pop("TMPDIR", None)
    try:
        webbrowser.open(address)
    finally:
        if ours is not None:
            os.environ["TMPDIR"] = ours


def _mask(how: str, numbers: Iterable[signal.Signals]) -> None:
    """Holds signals back, or lets them come; Windows cannot."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(getattr(signal, how), numbers)


def exit_code(stop: KeyboardInterrupt) -> int:
    """128 and the number of the signal, as in shells."""
    return 128 + (stop.number if isinstance(stop, Ended) else signal.SIGINT)


def _open_standard_streams() -> None:
    """Puts the null device where a stream is closed, as cron does, and makes the streams speak
    UTF-8.

    Else the next file opened would get the stream's number, and libraries would write into it.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, mode)  # the lowest number that is free: this one
            if null != number:
                os.dup2(null, number)
                os.close(null)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _end_on_signals() -> None:
    """Makes SIGTERM and SIGHUP end the program tidily; one that is ignored, as by nohup, stays
    so.
    """
    for number in _endings():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    others = sys.unraisablehook
    sys.unraisablehook = lambda lost: _come_again(lost) or others(lost)


def _come_again(lost: sys.UnraisableHookArgs) -> bool:
    """Sends a signal anew whose exception was lost in a finalizer or a callback of the garbage
    collector, and says whether it was one.
    """
    stop = lost.exc_value
    if not isinstance(stop, KeyboardInterrupt):
        return False
    number = signal.SIGINT
    if isinstance(stop, Ended):
        number = signal.Signals(stop.number)
        signal.signal(number, _end)
    again = threading.Timer(AGAIN, _wake, [number])
    again.daemon = True
    again.start()
    return True


def _wake(number: signal.Signals) -> None:
    """Sends a signal to the main thread, which may be waiting; on Windows to the process."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


def _endings() -> list[signal.Signals]:
    """Those of ENDING that this system has."""
    return [getattr(signal, name) for name in ENDING if hasattr(signal, name)]


def _end(number: int, frame: FrameType | None) -> None:
    """Raises Ended once; a second signal does not disturb the closing."""
    for ending in _endings():
        signal.signal(ending, signal.SIG_IGN)
    raise Ended(number)


def _flush_or_discard() -> None:
    """Leaves nothing in the streams that the interpreter would fail to write at its end."""
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
