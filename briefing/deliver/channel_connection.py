"""Hands messages to a channel over HTTP, for the queue that mail goes through too.

From the moment the request is sent until a valid answer, only the channel knows whether it has the
message: a copy that gets no answer is unknown, and not sent again unasked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..text.clean_input import clean_line
from .channels import KINDS, Channel, judged, request
from .replies import DeliveryStatus, Reply
from .transaction import OnFinalDot, OutgoingMail

if TYPE_CHECKING:
    import httpx

TIMEOUT = 20.0
"""Seconds for each step of a request."""
UNREACHABLE = "连不上 / cannot be reached"
LONGEST = 65_536
"""Bytes of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Server:
    """A channel, where a server's name is wanted."""

    name: str


class ChannelConnection:
    """One channel; every message is a request of its own."""

    def __init__(self, channel: Channel) -> None:
        """Opens nothing."""
        self.channel = channel
        self.server = Server(channel.target)
        self.sent_count = 0

    def close(self) -> None:
        """There is nothing to close."""

    def hand_over(self, mail: OutgoingMail, on_final_dot: OnFinalDot) -> dict[str, Reply]:
        """Posts a message: the reply. A channel that cannot be reached is to be tried again."""
        import httpx

        payload = json.loads(mail.content.partition(b"\r\n\r\n")[2])
        address, headers, body = request(self.channel, payload)
        (target,) = mail.recipients
        try:
            with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
                asked = client.build_request("POST", address, headers=headers, content=body)
                on_final_dot(mail.recipients)
                answer = client.send(asked, stream=True)
                try:
                    content = _beginning(answer)
                finally:
                    answer.close()
            reply = judged(KINDS[self.channel.kind], answer.status_code, content)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol):
            reply = Reply(DeliveryStatus.DEFERRED, 0, UNREACHABLE)
        except (httpx.HTTPError, OSError) as error:
            reply = Reply(DeliveryStatus.UNKNOWN, 0, type(error).__name__)
        self.sent_count += 1
        return {target: Reply(reply.status, reply.code, self._shown(reply.text))}

    def _shown(self, text: str) -> str:
        """An answer without what nobody should see."""
        for secret in (self.channel.address, self.channel.secret):
            text = secret.hidden_in(text)
        return clean_line(text[:300])


def _beginning(answer: httpx.Response) -> bytes:
    """The first bytes of an answer."""
    content = b""
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > LONGEST:
            return content[:LONGEST]
    return content
