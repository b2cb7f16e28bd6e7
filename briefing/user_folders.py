"""The folders in which a program of this system keeps a user's settings, data and cache.

By the XDG base directory specification, whose variables count on every system; Windows and macOS have
their own. Nothing is created here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "briefing"


def home() -> Path:
    """The user's home; the root where there is none, as for some services."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def settings_folder() -> Path:
    """Where the user's settings are."""
    return _folder("XDG_CONFIG_HOME", ".config", "APPDATA", "AppData/Roaming", "Application Support") / NAME


def data_folder() -> Path:
    """Where the user's data are: what cannot be made again."""
    library = "Application Support"
    return _folder("XDG_DATA_HOME", ".local/share", "LOCALAPPDATA", "AppData/Local", library) / NAME


def cache_folder() -> Path:
    """Where is kept what can be made again."""
    folder = _folder("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA", "AppData/Local", "Caches") / NAME
    return folder / "Cache" if sys.platform == "win32" and not os.environ.get("XDG_CACHE_HOME") else folder


def _folder(variable: str, usual: str, windows: str, windows_usual: str, library: str) -> Path:
    if named := os.environ.get(variable):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or home() / windows_usual)
    return home() / "Library" / library if sys.platform == "darwin" else home() / usual
