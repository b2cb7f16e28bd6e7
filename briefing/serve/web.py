"""The reading room on a server: requests in, pages out (ASGI, with Starlette).

Knows HTTP: methods, headers, what a browser may do with a page. Pages come from the room, leave from the
door.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..errors import BriefingError
from .door import Door, Entry
from .links import INDEX, kind_of
from .pages import Page, Room
from .subscription import OPEN, PATH, Desk, SubscriptionPages

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_ONLY = "base-uri 'none'; frame-ancestors 'none'"
ROOM_POLICY = f"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; {_ONLY}"
PRINTED_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; {_ONLY}"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-cache",
}
PLAIN = "text/plain; charset=utf-8"
LONGEST = 4096
"""Characters of an address."""


class RoomApp:
    """The ASGI application."""

    def __init__(self, room: Room, door: Door, desk: Desk | None = None) -> None:
        """Takes what is shown, who may see it, and the desk of subscriptions if there are any."""
        self.room = room
        self.door = door
        self.subscriptions = SubscriptionPages(room, desk) if desk else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            return
        response = await run_in_threadpool(self.answer, Request(scope))
        await response(scope, receive, send)

    def answer(self, request: Request) -> Response:
        """The response to a request."""
        client = request.client.host if request.client else ""
        headers = request.headers
        entry = self.door.enter(headers.get("host", ""), headers.get("authorization", ""), client)
        path = request.scope["path"].removeprefix("/")
        ours = entry is not Entry.WRONG_HOST and len(path) <= LONGEST
        if ours and (response := self._of_subscriptions(request.method, path)):
            return response
        if entry is not Entry.OPEN:
            return _refused(entry)
        if request.method not in ("GET", "HEAD"):
            return _plain(405, "405\n", {"Allow": "GET, HEAD"})
        if len(path) > LONGEST:
            return _plain(414, "414\n")
        if path == "" or path.endswith("/"):
            path += INDEX
        elif kind_of(path) is None and kind_of(f"{path}/{INDEX}"):
            return RedirectResponse(f"{path.rpartition('/')[2]}/", 308, HEADERS)
        try:
            page = self.room.page(path, request.query_params)
        except BriefingError as error:
            return _plain(503, error.message(self.room.language) + "\n")
        return _response(page, headers.get("if-none-match", ""))

    def _of_subscriptions(self, method: str, path: str) -> Response | None:
        """The response about a subscription, for which no password is asked; None for other paths."""
        if self.subscriptions is None:
            return None
        if path in OPEN and method in ("GET", "HEAD"):
            return _response(self.room.page(path), "")
        if not PATH.fullmatch(path):
            return None
        if method not in ("GET", "HEAD", "POST"):
            return _plain(405, "405\n", {"Allow": "GET, HEAD, POST"})
        try:
            page = self.subscriptions.page(path, act=method == "POST")
        except BriefingError as error:
            return _plain(503, error.message(self.room.language) + "\n")
        return _response(page, "") if page else None


def _response(page: Page, known: str) -> Response:
    tag = f'"{hashlib.sha256(page.content).hexdigest()[:32]}"'
    policy = PRINTED_POLICY if page.printed else ROOM_POLICY
    headers = HEADERS | {"Content-Security-Policy": policy, "ETag": tag, "Content-Type": page.type}
    if page.status == 200 and tag in known:
        return Response(status_code=304, headers=headers)
    return Response(page.content, page.status, headers)


def _refused(entry: Entry) -> Response:
    if entry is Entry.WRONG_HOST:
        return _plain(421, "This host is not served here. 请在 [serve] names 里写上这个主机名。\n")
    if entry is Entry.WAIT:
        return _plain(429, "Too many wrong passwords. 密码错得太多，请等一分钟。\n", {"Retry-After": "60"})
    return _plain(401, "401\n", {"WWW-Authenticate": 'Basic realm="briefing", charset="UTF-8"'})


def _plain(status: int, text: str, more: dict[str, str] | None = None) -> Response:
    policy = {"Content-Security-Policy": ROOM_POLICY, "Content-Type": PLAIN}
    return Response(text, status, HEADERS | policy | (more or {}))
