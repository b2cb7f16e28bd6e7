"""A web server on loopback that sends any bytes as its answer, well formed or not."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Answer = Callable[[bytes], Iterable[bytes]]
"""From the head of a request to the pieces of the answer; it may wait between them."""


@contextmanager
def raw_server(answer: Answer) -> Iterator[str]:
    """`host:port` of a server that answers each request so, and closes; robots.txt too is asked of `answer`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk(line: socket.socket) -> None:
            with line, contextlib.suppress(OSError):
                line.settimeout(30)
                head = line.recv(65536)
                for piece in answer(head):
                    line.sendall(piece)
                line.shutdown(socket.SHUT_WR)
                line.recv(1)

        def serve() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=(line,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def simple(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with these header lines."""
    head = "".join(f"{line}\r\n" for line in (*headers, f"Content-Length: {len(body)}"))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def but_robots(answer: bytes) -> Answer:
    """Always this answer, except that there is no robots.txt."""
    return lambda head: [
        simple(b"", status="404 Not Found") if head.startswith(b"GET /robots.txt") else answer
    ]
