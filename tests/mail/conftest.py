"""Servers for the tests of this folder."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Counting, Serving


@pytest.fixture
def handler() -> Iterator[Counting]:
    made = Counting()
    yield made
    made.freed.set()


@pytest.fixture
def serve(handler: Counting) -> Iterator[Callable[..., int]]:
    """Starts a server; its port."""
    running: list[Serving] = []

    def start(**options: Any) -> int:
        server = Serving(handler, **{"enable_SMTPUTF8": True, "data_size_limit": 33_554_432} | options)
        running.append(server)
        server.start()
        return int(server.port)

    yield start
    handler.freed.set()
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's certificate for 127.0.0.1 and localhost, and the file of the authority that vouches for it."""
    trustme = pytest.importorskip("trustme", reason="trustme is not installed")
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(file)
    return context, file
