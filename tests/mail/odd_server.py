"""A mail server that answers as it is told at each step, wrongly too, and counts what it took."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Answer = str | bytes | Callable[[bytes], bytes]
EHLO = "250-test\r\n250-SIZE 50000000\r\n250-AUTH PLAIN\r\n250 8BITMIME"
USUAL: dict[str, Answer] = {
    "connect": "220 test", "ehlo": EHLO, "helo": "250 test", "auth": "235 ok", "mail": "250 ok", "rcpt": "250 ok", "data": "354 go",
    "dot": "250 queued", "rset": "250 ok", "quit": "221 bye", "other": "250 ok",
}  # fmt: skip


@dataclass
class OddServer:
    """`answers` maps a step to what is said there: words, `lines`, `drip`, `drop`, or a function of what was heard.

    `taken` are the recipients of messages whose dot was answered by 2yz.
    """

    answers: dict[str, Answer]
    taken: list[str] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> OddServer:
        self._door = socket.socket()
        self._door.bind(("127.0.0.1", 0))
        self._door.listen(20)
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._door.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rb") as file:
            self._talk(line, file)

    def _talk(self, line: socket.socket, file: object) -> None:
        self._say(line, "connect", b"")
        to: list[str] = []
        while heard := file.readline(100_000):  # type: ignore[attr-defined]
            self.heard.append(heard)
            verb = heard.split()[0].decode("latin-1").lower() if heard.strip() else "other"
            step = verb if verb in USUAL else "other"
            said = self._say(line, step, heard)
            if verb == "rcpt" and said.startswith(b"2"):
                to.append(heard.decode("utf-8", "replace").partition("<")[2].partition(">")[0])
            elif verb == "data" and said.startswith(b"3"):
                while (content := file.readline(1_000_000)) != b".\r\n":  # type: ignore[attr-defined]
                    if not content:
                        return
                if self._say(line, "dot", b"").startswith(b"2"):
                    self.taken += to
                to = []
            elif verb == "quit":
                return

    def _say(self, line: socket.socket, step: str, heard: bytes) -> bytes:
        answer = self.answers.get(step, USUAL[step])
        if answer == "drop":
            raise OSError
        if answer in ("lines", "drip"):
            while not self.ended.is_set():
                line.sendall(b"250-x\r\n" if answer == "lines" else b"2")
                time.sleep(0.001 if answer == "lines" else 0.02)
            raise OSError
        said = answer(heard) if callable(answer) else answer
        words = said.encode() if isinstance(said, str) else said
        line.sendall(words + b"\r\n")
        return words
