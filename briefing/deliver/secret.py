"""Passwords and keys: from the environment, a private file or the system's keyring.

Knows where a secret may be, and how to keep it out of what is shown; does not know what it opens.
"""

from __future__ import annotations

import base64
import codecs
import html
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from ..errors import DeliveryError, UsageError, reason
from ..isolation.small_file import read_regular
from ..messages import Message

VARIABLE = "BRIEFING_MAIL_PASSWORD"
SERVICE = "briefing"
HIDDEN = "***"
LIMIT = 65_536
"""Bytes; a password or a private key has some thousand at most."""
ESCAPE = re.compile(r"(?:\\x|\\u00|=)([0-9A-Fa-f]{2})")
FRAGMENT = 8
"""Characters in a row that give a secret away; half of a secret that is shorter than twice that."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password that does not show itself in repr() or in an error."""

    value: str = field(repr=False)

    def hidden_in(self, text: str, user: str = "") -> str:
        """`text`, or `***` if the password could be read from it: servers may repeat what they
        hear.

        Recognizes the password whole or in large part, in plain or as base64 (alone or with the
        user's name), hex, URL, HTML or backslash escapes, reversed or in ROT13, whatever
        punctuation or line break stands between the letters.
        """
        if not self.value:
            return text
        shown = [_letters(form) for form in _decoded_forms(text)]
        for needle in {_letters(form) for form in _encoded_forms(self.value, user)} - {""}:
            size = max(min(FRAGMENT, (len(needle) + 1) // 2), min(3, len(needle)))
            pieces = {needle[i : i + size] for i in range(len(needle) - size + 1)}
            if any(piece in form for piece in pieces for form in shown):
                return HIDDEN
        return text


def _letters(text: str) -> str:
    """Letters and digits only, without case; all characters of a text that has none of them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded)) or "".join(folded.split())


def _decoded_forms(text: str) -> Iterator[str]:
    """The text, and what it says if it is escaped."""
    unescaped = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    for form in (text, unquote(text), unquote(unquote(text)), html.unescape(text), unescaped):
        yield form
        yield form[::-1]
        yield codecs.encode(form, "rot13")


def _encoded_forms(password: str, user: str) -> Iterator[str]:
    """The password, and what it looks like encoded."""
    raw = password.encode("utf-8", "surrogatepass")
    yield password
    yield raw.hex()
    for skipped in range(3):  # inside a longer base64 text it looks different by its place modulo 3
        encoded = base64.b64encode(b"\0" * skipped + raw).decode().rstrip("=")
        yield encoded[(skipped * 8 + 5) // 6 : (skipped + len(raw)) * 8 // 6]
    if user:
        yield base64.b64encode(f"\0{user}\0".encode() + raw).decode()


def password(user: str, host: str, file: Path | None = None) -> Secret:
    """The password of `user` at `host`: the environment's, else the file's, else the keyring's.

    Raises DeliveryError if there is none.
    """
    if value := os.environ.get(VARIABLE):
        return Secret(value)
    if file is not None:
        return Secret(read_private(file).decode("utf-8-sig", "replace").strip("\r\n"))
    if (value := _from_keyring(user, host)) is not None:
        return Secret(value)
    raise DeliveryError(
        Message(f"没有 {user} 在 {host} 的密码", f"there is no password for {user} at {host}"),
        Message(
            f"放进环境变量 {VARIABLE}，或写进一个权限为 0600 的文件并设 [mail] password_file，"
            f"或存入钥匙串：keyring set {SERVICE} {user}@{host}",
            f"set {VARIABLE}, or name a file of mode 0600 as password_file under [mail], "
            f"or store it: keyring set {SERVICE} {user}@{host}",
        ),
    )


def read_private(file: Path) -> bytes:
    """The content of a file that only its owner may read.

    UsageError if others may (POSIX mode bits), or it is no file.
    """
    try:
        mode = file.stat().st_mode
        data = read_regular(file, LIMIT)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Message(f"读不了 {file}：{why.zh}", f"cannot read {file}: {why.en}"),
            Message("请检查路径和权限", "check path and permissions"),
        ) from None
    if os.name == "posix" and mode & 0o077:
        raise UsageError(
            Message(
                f"{file} 别人也能读（权限 {mode & 0o777:04o}）",
                f"others may read {file} (mode {mode & 0o777:04o})",
            ),
            Message(f"请运行 chmod 600 {file}", f"run chmod 600 {file}"),
        )
    return data


def _from_keyring(user: str, host: str) -> str | None:
    """The keyring's password.

    None where there is no keyring, as on most machines without a screen.
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(SERVICE, f"{user}@{host}")
    except KeyringError:
        return None
    return found
