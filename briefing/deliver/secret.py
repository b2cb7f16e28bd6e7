"""Passwords and keys: from the environment, a file that only its owner reads, or the system's keyring.

Knows where a secret may lie, and how it is kept out of what is shown; knows nothing of what it opens.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DeliveryError, UsageError
from ..messages import Message

VARIABLE = "BRIEFING_MAIL_PASSWORD"
SERVICE = "briefing"
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Secret:
    """A password that does not show itself: not in repr(), not in an error."""

    value: str = field(repr=False)

    def hidden_in(self, text: str) -> str:
        """`text` without the password, in plain or in base64: a server might repeat what it was told."""
        if not self.value:
            return text
        raw = self.value.encode()
        for shown in (self.value, base64.b64encode(raw).decode().rstrip("=")):
            text = text.replace(shown, HIDDEN)
        return text


def password(user: str, host: str, file: Path | None = None) -> Secret:
    """The password of `user` at `host`: the environment's, else the file's, else the keyring's; DeliveryError without one."""
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
    """What is in a file that only its owner may read; UsageError for one that others may (POSIX mode bits)."""
    try:
        mode = file.stat().st_mode
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Message(f"读不了 {file}：{reason}", f"cannot read {file}: {reason}"),
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
    """The keyring's password; None where there is no keyring, as on most machines without a screen."""
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
