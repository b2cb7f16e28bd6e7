"""Signed tokens: what a link says, so that nobody can make one but we (HMAC-SHA256, RFC 2104).

A token is base64 of its parts, a dot, and base64 of their signature. Whoever has the key file can sign;
it is its owner's alone. Does not know what the parts mean.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from ..isolation.flushed_file import write_flushed
from .outbox_file import expected_failures
from .secret import read_private

SEPARATOR = "\n"
LONGEST = 2000
"""Characters of a token; an address has 320 at most."""
BYTES = 32
"""Bytes of a key."""


def key_at(path: Path) -> bytes:
    """The key in that file, made if need be; raises UsageError for one that others may read."""
    with expected_failures(path):
        if not path.exists():
            _make(path)
    return read_private(path).strip()


def _make(path: Path) -> None:
    """Writes a key whole or not at all; another process may be first, and its key counts."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    try:
        write_flushed(draft, secrets.token_hex(BYTES).encode() + b"\n", 0o600)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def token(key: bytes, *parts: str) -> str:
    """The token that says those parts, none of which has a line break."""
    said = SEPARATOR.join(parts).encode()
    return f"{_encoded(said)}.{_encoded(_signed(key, said))}"


def parts_of(key: bytes, given: str) -> tuple[str, ...] | None:
    """What a token says; None for one that was not signed with this key."""
    said, _, signature = given.partition(".")
    if len(given) > LONGEST or not given.isascii():
        return None
    try:
        content, signed = _decoded(said), _decoded(signature)
    except (binascii.Error, ValueError):
        return None
    if not hmac.compare_digest(signed, _signed(key, content)):
        return None
    return tuple(content.decode("utf-8", "replace").split(SEPARATOR))


def _signed(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, b"briefing/1\n" + said, hashlib.sha256).digest()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
