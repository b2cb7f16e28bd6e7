"""Tells an address that a run succeeded or failed, signed; and a health check that a run is alive.

Signed by Standard Webhooks (standardwebhooks.com, 1.0): HMAC-SHA256 over "id.timestamp.body", in
`webhook-signature` as "v1,BASE64". A health check is asked at ADDRESS/start, ADDRESS and ADDRESS/fail, as
healthchecks.io and its like want it. Neither can spoil what it tells of: what goes wrong is said.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from ..errors import UsageError
from ..messages import Message
from ..types import Problem
from .secret import Secret, read_private

VARIABLE = "BRIEFING_WEBHOOK_SECRET"
PREFIX = "whsec_"
TIMEOUT = 10.0
"""Seconds for one request."""
TRIES = 3
PAUSE = 2.0
"""Seconds before the second try; twice as many before the third."""
SUFFIXES = {"start": "/start", "success": "", "fail": "/fail"}
Moment = Literal["start", "success", "fail"]


def webhook_secret(file: Path | None) -> Secret:
    """The secret that signs: the environment's, else the file's, else none; raises UsageError."""
    if value := os.environ.get(VARIABLE):
        return Secret(value.strip())
    return Secret(read_private(file).decode("utf-8-sig", "replace").strip()) if file else Secret("")


def signature(secret: Secret, identity: str, timestamp: str, body: bytes) -> str:
    """The value of `webhook-signature`; a secret that begins with whsec_ is base64 behind it."""
    key = secret.value.encode()
    if secret.value.startswith(PREFIX):
        try:
            key = base64.b64decode(secret.value.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            raise UsageError(
                Message("通知的签名密钥写法不对", "the webhook's secret is not written as it should be"),
                Message("whsec_ 后面要是 base64", "behind whsec_ stands base64"),
            ) from None
    signed = hmac.new(key, f"{identity}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def tell(
    address: str,
    kind: str,
    data: Mapping[str, Any],
    secret: Secret,
    pause: Callable[[float], None] = time.sleep,
) -> Problem | None:
    """Posts {"type", "timestamp", "data"}; None if the server said yes (2xx), else what went wrong."""
    now = time.time()
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    body = json.dumps({"type": kind, "timestamp": stamp, "data": data}, ensure_ascii=False).encode()
    identity, seconds = f"msg_{uuid.uuid4().hex}", str(int(now))
    headers = {"content-type": "application/json", "webhook-id": identity, "webhook-timestamp": seconds}
    if secret.value:
        headers["webhook-signature"] = signature(secret, identity, seconds, body)
    why = _asked("POST", address, headers, body)
    for attempt in range(TRIES - 1):
        if why is not None:
            pause(PAUSE * 2**attempt)
            why = _asked("POST", address, headers, body)
    if why is None:
        return None
    return _untold("通知", "webhook", why)


def ping(address: str, moment: Moment) -> Problem | None:
    """Asks the health check's address; None if it answered 2xx, else what went wrong."""
    why = _asked("GET", address.rstrip("/") + SUFFIXES[moment], {}, None)
    return _untold("健康检查", "health check", why) if why else None


def _asked(method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Message | None:
    """None after an answer of 2xx; else why not. The answer's content is not read."""
    import httpx

    try:
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(method, address, headers=dict(headers), content=body) as answer,
        ):
            if answer.is_success:
                return None
            code = answer.status_code
            return Message(f"对方答 {code}", f"it answered {code}")
    except httpx.TimeoutException:
        return Message(f"{TIMEOUT:g} 秒内没有回答", f"no answer within {TIMEOUT:g} s")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError):
        return Message("连不上", "it cannot be reached")


def _untold(zh: str, en: str, why: Message) -> Problem:
    """The address itself is a secret: whoever knows it may post there."""
    return Problem(
        source=en,
        message=Message(f"{zh}没有送到：{why.zh}", f"the {en} was not told: {why.en}"),
        hint=Message("请检查 [job] 里的网址", "check the address under [job]"),
        note=True,
    )
