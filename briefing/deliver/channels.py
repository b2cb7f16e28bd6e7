"""Chat channels: how each wants a message, how long it may be, and which of its answers mean yes.

Of their documents: WeCom group robots (developer.work.weixin.qq.com/document/path/91770), DingTalk
custom robots (open.dingtalk.com/document/robots/custom-robot-access), Feishu custom bots
(open.feishu.cn/document/client-docs/bot-v3/add-custom-bot), Telegram's Bot API (core.telegram.org/bots/api),
Slack's incoming webhooks, Standard Webhooks. Knows payloads and answers; makes no requests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .replies import DeliveryStatus, Reply
from .secret import Secret
from .webhook import signature

SENT, DEFERRED, REFUSED = DeliveryStatus.SENT, DeliveryStatus.DEFERRED, DeliveryStatus.REFUSED
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A group: its kind, its address, what signs, and for Telegram the chat."""

    name: str
    kind: str
    address: Secret
    secret: Secret
    chat: str = ""

    @property
    def target(self) -> str:
        """What the outbox knows it by: no address of mail has a colon and no @."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of channel: `limit` in `unit`, bytes of UTF-8 or characters; `code` names what in the
    answer says yes, and `yes` which value; `busy` are the values that ask to try again later.
    """

    limit: int
    unit: str
    payload: Callable[[str, str, Channel], Payload]
    code: str
    yes: object
    busy: tuple[object, ...] = ()


def _wecom(title: str, text: str, channel: Channel) -> Payload:
    return {"msgtype": "markdown", "markdown": {"content": text}}


def _dingtalk(title: str, text: str, channel: Channel) -> Payload:
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def _feishu(title: str, text: str, channel: Channel) -> Payload:
    card = {
        "header": {"title": {"tag": "plain_text", "content": title}},
        "elements": [{"tag": "markdown", "content": text}],
    }
    return {"msg_type": "interactive", "card": card}


def _telegram(title: str, text: str, channel: Channel) -> Payload:
    return {
        "chat_id": channel.chat,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def _slack(title: str, text: str, channel: Channel) -> Payload:
    return {"text": text, "unfurl_links": False}


def _webhook(title: str, text: str, channel: Channel) -> Payload:
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {"type": "briefing.edition", "timestamp": stamp, "data": json.loads(text)}


KINDS: dict[str, Kind] = {
    "wecom": Kind(limit=4096, unit="bytes", payload=_wecom, code="errcode", yes=0, busy=(-1, 45009)),
    "dingtalk": Kind(
        limit=20_000, unit="bytes", payload=_dingtalk, code="errcode", yes=0, busy=(-1, 130101, 410100)
    ),
    "feishu": Kind(limit=28_000, unit="bytes", payload=_feishu, code="code", yes=0, busy=(9499, 11232)),
    "telegram": Kind(
        limit=4096, unit="characters", payload=_telegram, code="ok", yes=True, busy=(429, 500, 502)
    ),
    "slack": Kind(limit=4000, unit="characters", payload=_slack, code="", yes="ok"),
    "webhook": Kind(limit=0, unit="", payload=_webhook, code="", yes=None),
}
"""Feishu takes 30 kB for the whole request, its card included. Slack cuts longer texts apart, and its
answer is a word; a webhook's answer is its status alone."""


def measure(kind: Kind, text: str) -> float:
    """How much of the limit a text takes; over 1 is too long."""
    size = len(text.encode()) if kind.unit == "bytes" else len(text)
    return size / kind.limit if kind.limit else 0.0


def request(channel: Channel, payload: Mapping[str, Any]) -> tuple[str, dict[str, str], bytes]:
    """Address, headers and body as the channel wants them, signed if there is a secret.

    Raises UsageError for a webhook's secret that is none.
    """
    address, headers, now = channel.address.value, {"content-type": "application/json"}, int(time.time())
    body = dict(payload)
    secret = channel.secret.value
    if secret and channel.kind == "dingtalk":
        moment = str(now * 1000)
        signed = quote(_hmac(secret, f"{moment}\n{secret}"), safe="")
        address += f"{'&' if '?' in address else '?'}timestamp={moment}&sign={signed}"
    elif secret and channel.kind == "feishu":
        body = {"timestamp": str(now), "sign": _hmac(f"{now}\n{secret}", "")} | body
    encoded = json.dumps(body, ensure_ascii=False).encode()
    if secret and channel.kind == "webhook":
        identity = f"msg_{uuid.uuid4().hex}"
        headers |= {"webhook-id": identity, "webhook-timestamp": str(now)}
        headers["webhook-signature"] = signature(channel.secret, identity, str(now), encoded)
    return address, headers, encoded


def _hmac(key: str, message: str) -> str:
    """HMAC-SHA256 as base64."""
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def judged(kind: Kind, status: int, answer: bytes) -> Reply:
    """What an answer means. Yes is only what the channel's documents name as yes.

    502 and 503 come from before the channel; other failures of a server leave open what it did.
    """
    text = answer.decode("utf-8", "replace").strip()
    if status in (429, 502, 503):
        return Reply(DEFERRED, status, text)
    if status >= 500:
        return Reply(DeliveryStatus.UNKNOWN, status, text)
    if not 200 <= status < 300:
        return Reply(DEFERRED if _is_busy(kind, text) else REFUSED, status, text)
    if kind.yes is None or (not kind.code and text == kind.yes):
        return Reply(SENT, status, text)
    found = _field(text, kind.code)
    if found == kind.yes and type(found) is type(kind.yes):
        return Reply(SENT, status, text)
    return Reply(DEFERRED if _is_busy(kind, text) else REFUSED, status, text)


def _is_busy(kind: Kind, text: str) -> bool:
    return any(_field(text, name) in kind.busy for name in (kind.code, "error_code") if name)


def _field(text: str, name: str) -> Any:
    """A member of a JSON object; None if there is none. Feishu's old answers say StatusCode."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return found.get(name, found.get("StatusCode") if name == "code" else None)
