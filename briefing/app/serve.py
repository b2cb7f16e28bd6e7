"""The reading room on this machine: the archive, the door and a server, as the settings say."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..deliver.secret import read_private
from ..errors import BriefingError, UsageError, reason
from ..messages import Message
from . import subscribing
from .archive import open_archive

if TYPE_CHECKING:
    from ..config import Settings
    from ..serve.door import Door
    from ..store.archive import Archive

VARIABLE = "BRIEFING_ROOM_PASSWORD"
SHORTEST = 8
"""Characters of a password."""
AT_ONCE = 100
"""Requests that are answered at one time; more are told to come again."""


def serve(
    settings: Settings,
    opened: Callable[[Archive, str], None],
    failed: Callable[[BriefingError], None] = lambda error: None,
) -> None:
    """Serves until it is ended; `opened` is told the archive and the address, `failed` what goes wrong with
    letters to those who subscribe.

    Raises UsageError for a room without its lock, or where the server is not installed.
    """
    _check_installed()
    import uvicorn

    from ..serve.pages import Room
    from ..serve.signup import SignupPage
    from ..serve.web import RoomApp
    from .archive_library import ArchiveLibrary
    from .signup import Signups

    chosen, door = settings.serve, door_of(settings)
    signups = Signups(settings, failed) if chosen.subscribe else None
    with open_archive(settings) as archive, _listening(settings) as listener:
        library = ArchiveLibrary(archive.database, settings)
        room = Room(library, settings.lang, open=signups is not None)
        desk, signup = _Desk(settings), SignupPage(room, signups) if signups else None
        config = uvicorn.Config(
            RoomApp(room, door, desk if chosen.address else None, signup),
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            limit_concurrency=AT_ONCE,
            proxy_headers=False,
        )
        opened(archive, address_of(listener))
        uvicorn.Server(config).run(sockets=[listener])


def door_of(settings: Settings) -> Door:
    """The door of the settings; raises UsageError where a password is missing or too short."""
    from ..serve.door import Door, is_loopback

    chosen = settings.serve
    password = os.environ.get(VARIABLE, "")
    if not password and chosen.password_file:
        password = read_private(chosen.password_file).decode("utf-8-sig", "replace").strip("\r\n")
    if not password and not is_loopback(chosen.host):
        raise UsageError(
            Message(
                f"{chosen.host} 别人也能连上，须有密码",
                f"others can reach {chosen.host}: a password is needed",
            ),
            Message(
                f"写进一个权限为 0600 的文件并设 [serve] password_file，或放进环境变量 {VARIABLE}",
                f"name a file of mode 0600 as password_file under [serve], or set {VARIABLE}",
            ),
        )
    if password and len(password) < SHORTEST:
        raise UsageError(
            Message("阅览室的密码太短", "the reading room's password is too short"),
            Message(f"至少 {SHORTEST} 个字符", f"it takes {SHORTEST} characters at least"),
        )
    public = urlsplit(chosen.address).hostname or chosen.host
    names = frozenset(name.casefold() for name in (*chosen.names, chosen.host, public))
    return Door(password, names)


def address_of(listener: socket.socket) -> str:
    """Where the room is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class _Desk:
    """Subscriptions, as the pages ask for them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def asked(self, token: str) -> tuple[str, str] | None:
        return subscribing.asked_by(self.settings, token)

    def done(self, token: str) -> bool:
        return subscribing.done(self.settings, token) is not None


def _listening(settings: Settings) -> socket.socket:
    host, port = settings.serve.host, settings.serve.port
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Message(f"不能在 {host}:{port} 上监听：{why.zh}", f"cannot listen at {host}:{port}: {why.en}"),
            Message("换一个端口：--port 8301", "name another port: --port 8301"),
        ) from None


def _check_installed() -> None:
    from importlib.util import find_spec

    if not (find_spec("starlette") and find_spec("uvicorn")):
        raise UsageError(
            Message("没有装阅览室的服务器", "the reading room's server is not installed"),
            Message("pip install 'briefing[serve]'", "pip install 'briefing[serve]'"),
        )
