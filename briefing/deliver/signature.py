"""DKIM (RFC 6376): a message signed for its domain, so that receivers can tell it was not forged.

Knows which headers are signed; the signing is dkimpy's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import DeliveryError, UsageError
from ..messages import Message
from .secret import read_private

SIGNED = (
    *(
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    ),
    *("Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"),
)
"""RFC 6376 5.4.1; one-click unsubscribing wants its two headers signed (RFC 8058)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs for `domain`: the private key is a PEM file of mode 0600.

    The public key is published at selector._domainkey.domain.
    """

    domain: str
    selector: str
    key_file: Path

    def __call__(self, content: bytes) -> bytes:
        """The message with a DKIM-Signature on top.

        UsageError for a key that is none; DeliveryError without dkimpy.
        """
        try:
            import dkim
        except ImportError:
            raise DeliveryError(
                Message(
                    "DKIM 签名要用 dkimpy，没有安装", "signing with DKIM needs dkimpy, which is not installed"
                ),
                Message("请运行 pip install 'briefing[mail]'", "run pip install 'briefing[mail]'"),
            ) from None
        present = content.partition(b"\r\n\r\n")[0].lower()
        headers = [
            name.lower().encode() for name in SIGNED if b"\n%s:" % name.lower().encode() in b"\n" + present
        ]
        try:
            signature = dkim.sign(
                content,
                self.selector.encode(),
                self.domain.encode(),
                read_private(self.key_file),
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=headers,
            )
        except dkim.DKIMException as error:
            raise UsageError(
                Message(f"{self.key_file} 不能用来签名：{error}", f"{self.key_file} cannot sign: {error}"),
                Message("需要 PEM 格式的 RSA 私钥", "an RSA private key in PEM is needed"),
            ) from None
        return bytes(signature) + content
