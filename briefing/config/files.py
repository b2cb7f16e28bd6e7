"""Where a settings file is looked for, and what its relative paths mean.

In this order: the current folder, its parents up to the user's home, the user's configuration folder.
A file in a parent counts only if it belongs to the user or to the system's administrator: others may
write into folders above, and settings are trusted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..user_folders import home, settings_folder

FILE = Path("briefing.toml")
PATHS = {
    ("templates",),
    ("out",),
    ("cache",),
    ("mail", "outbox"),
    ("mail", "recipients"),
    ("mail", "subscriptions"),
    ("mail", "password_file"),
    ("mail", "ca_file"),
    ("mail", "logo"),
    ("mail", "dkim", "key_file"),
    ("job", "webhook_secret_file"),
    ("archive", "database"),
    ("reader", "recipients"),
    ("reader_files",),
    ("channels", "address_file"),
    ("channels", "secret_file"),
    ("serve", "password_file"),
}
"""Settings that are paths, whatever is written there."""
PLACES = {("template",), ("model",), ("mail", "template"), ("reader", "template")}
"""Settings that are names or paths: a path has a slash."""
SOURCES = ("sources",)
STANDARD = "-"


def user_file() -> Path:
    """The settings file of the user, wherever a run is begun."""
    return settings_folder() / FILE


def places() -> Iterator[Path]:
    """The files that are looked for, in order; the first that is there counts."""
    yield FILE
    top, here = home(), _here()
    for folder in here.parents if here != top else ():
        yield folder / FILE
        if folder == top:
            break
    yield user_file()


def settings_file() -> Path | None:
    """The file that counts where none was named."""
    return next((path for path in places() if _counts(path)), None)


def anchored(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The values of a file in that folder, their relative paths counted from there."""
    return {name: _anchored(value, (name,), folder) for name, value in values.items()}


def _anchored(value: Any, path: tuple[str, ...], folder: Path) -> Any:
    if isinstance(value, Mapping):
        return {name: _anchored(part, (*path, name), folder) for name, part in value.items()}
    if isinstance(value, list) and path not in PATHS and any(isinstance(one, Mapping) for one in value):
        return [_anchored(one, path, folder) for one in value]
    if path in PATHS:
        return _each(value, lambda text: _from(folder, text))
    if path in PLACES:
        return _each(value, lambda text: _from(folder, text) if "/" in text and ":" not in text else text)
    return _each(value, lambda text: _from(folder, text)) if path == SOURCES else value


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The value with its texts changed; others are left for the settings to refuse."""
    if isinstance(value, list):
        return [change(one) if isinstance(one, str) else one for one in value]
    return change(value) if isinstance(value, str) else value


def _from(folder: Path, text: str) -> str:
    """A path as seen from the current folder."""
    if not text or text == STANDARD or "://" in text or text.startswith("~") or Path(text).is_absolute():
        return text
    return text if folder == Path() else str(folder / text)


def _counts(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        trusted = path == FILE or path == user_file() or os.name != "posix"
        return trusted or path.stat().st_uid in (0, os.getuid())
    except OSError:  # a folder that may not be entered
        return False


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:  # the current folder is gone
        return Path("/")
