"""The reading room on a server: requests in, pages out (ASGI, with Starlette).

Knows HTTP: methods, headers, what a browser may do with a page. Pages come from the room, leave from the
door.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from ..errors import BriefingError
from .door import Door, Entry
from .limits import client_of
from .links import INDEX, kind_of
from .pages import Page, Room
from .signup import LONGEST as FORM
from .signup import PATH as SIGNUP
from .signup import Sent, SignupPage
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
PATIENCE = 10.0
"""Seconds for a form to come."""


class RoomApp:
    """The ASGI application."""

    def __init__(
        self, room: Room, door: Door, desk: Desk | None = None, signup: SignupPage | None = None
    ) -> None:
        """Takes what is shown, who may see it, the desk of subscriptions if there are any, and the page on
        which strangers subscribe.
        """
        self.room = room
        self.door = door
        self.subscriptions = SubscriptionPages(room, desk) if desk else None
        self.signup = signup

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        form = await _form(request) if self._is_form(request) else b""
        response = await run_in_threadpool(self.answer, request, form)
        await response(scope, receive, send)

    def _is_form(self, request: Request) -> bool:
        return self.signup is not None and request.method == "POST" and _path(request) == SIGNUP

    def answer(self, request: Request, form: bytes | None = b"") -> Response:
        """The response to a request, and to the form that came with it; None for one that is too long."""
        client = request.client.host if request.client else ""
        headers = request.headers
        entry = self.door.enter(headers.get("host", ""), headers.get("authorization", ""), client)
        path = _path(request)
        ours = entry is not Entry.WRONG_HOST and len(path) <= LONGEST
        if ours and (response := self._of_subscriptions(request.method, path)):
            return response
        if ours and self.signup and path == SIGNUP:
            return self._of_strangers(self.signup, request, client, form)
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

    def _of_strangers(
        self, signup: SignupPage, request: Request, client: str, form: bytes | None
    ) -> Response:
        """The page on which strangers subscribe, for which no password is asked."""
        if request.method not in ("GET", "HEAD", "POST"):
            return _plain(405, "405\n", {"Allow": "GET, HEAD, POST"})
        if form is None:
            return _plain(413, "413\n")
        said = request.headers
        sent = Sent(
            body=form,
            client=client_of(client, said.get("x-forwarded-for", "")),
            type=said.get("content-type", ""),
            host=said.get("host", ""),
            origin=said.get("origin", ""),
            site=said.get("sec-fetch-site", ""),
        )
        try:
            page = signup.answered(sent) if request.method == "POST" else signup.shown()
        except BriefingError as error:
            return _plain(503, error.message(self.room.language) + "\n")
        return _response(page, "", {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"})


def _path(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix("/")


async def _form(request: Request) -> bytes | None:
    """The bytes of a form; None for one that is too long, or takes too long to come."""
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > FORM:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return body


def _response(page: Page, known: str, more: dict[str, str] | None = None) -> Response:
    tag = f'"{hashlib.sha256(page.content).hexdigest()[:32]}"'
    policy = PRINTED_POLICY if page.printed else ROOM_POLICY
    headers = (
        HEADERS | {"Content-Security-Policy": policy, "ETag": tag, "Content-Type": page.type} | (more or {})
    )
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
