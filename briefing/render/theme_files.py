"""The files of a theme, opened only where that is safe: regular, small, in the theme's own folder.

A theme may come from a stranger: a link out of its folder would mail any of the user's files to
others; a device, a FIFO or a huge file would never end. Knows nothing of what the files say.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ..errors import TemplateError
from ..messages import Message
from ..resources import templates_dir

LARGEST = 16 * 2**20
"""Bytes of one file of a theme, such as a picture for the masthead."""
LARGEST_FOLDER = 64 * 2**20
"""Bytes of all files of one folder of a theme."""
MOST_FILES = 1000
"""Files of one folder of a theme."""
SUFFIXES = frozenset({".j2", ".css", ".typ", ".toml", ".png", ".jpg", ".svg"})
"""What a theme is made of."""
HINT = Message(
    "主题只用自己文件夹里的普通文件；请改正或去掉它",
    "a theme uses only regular files of its own folder: correct it or remove it",
)


def theme_file(folder: Path, name: str) -> Path | None:
    """The file of that name in a theme's folder; None where there is none.

    `name` may contain folders. Raises TemplateError for a link out of the folder, for what is not a
    regular file, and for a file larger than LARGEST.
    """
    path = folder / name
    try:
        if not os.path.lexists(path):
            return None
        inside = path.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
        if not inside and not folder.is_relative_to(templates_dir()):  # an installer may link ours
            raise refused_file(path, "是指向主题文件夹之外的链接", "is a link that leaves the theme's folder")
        status = path.stat()
    except (OSError, RuntimeError, ValueError) as error:  # dangling link, loop of links, NUL in a name
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(status.st_mode) and Path(name).suffix not in SUFFIXES:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise refused_file(path, "不是普通文件", "is not a regular file")
    if status.st_size > LARGEST:
        limit = LARGEST // 2**20
        raise refused_file(path, f"超过 {limit} MB", f"is larger than {limit} MB")
    return path


def theme_files(folder: Path, suffixes: frozenset[str] = SUFFIXES) -> Iterator[Path]:
    """The files directly in the folder with one of the suffixes, sorted by name.

    Raises TemplateError as `theme_file` does, and for a folder that holds too much.
    """
    size = 0
    for count, name in enumerate(theme_file_names(folder, suffixes)):
        path = theme_file(folder, name)
        if path is None:
            continue
        size += path.stat().st_size
        if size > LARGEST_FOLDER or count >= MOST_FILES:
            limit = LARGEST_FOLDER // 2**20
            raise refused_file(
                folder,
                f"里的模板和图片超过 {limit} MB 或 {MOST_FILES} 个",
                f"holds more than {limit} MB or {MOST_FILES} files of templates and pictures",
            )
        yield path


def theme_file_names(folder: Path, suffixes: frozenset[str] = SUFFIXES) -> list[str]:
    """The names with one of the suffixes directly in the folder, sorted; none without a folder.

    Raises TemplateError where the folder cannot be listed.
    """
    try:
        return sorted(entry.name for entry in os.scandir(folder) if Path(entry.name).suffix in suffixes)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from None


def read_theme_text(folder: Path, name: str) -> str | None:
    """The text of a theme's file; None where there is none.

    Raises TemplateError as `theme_file` does, and for what is not UTF-8.
    """
    path = theme_file(folder, name)
    if path is None:
        return None
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise refused_file(path, "不是 UTF-8 文本", "is not text in UTF-8") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def refused_file(path: Path, zh: str, en: str) -> TemplateError:
    """The error for a file that a theme may not use."""
    return TemplateError(Message(f"主题文件 {path} {zh}", f"the theme's file {path} {en}"), HINT)


def _unreadable(path: Path, error: Exception) -> TemplateError:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return refused_file(path, f"读不了：{reason}", f"cannot be read: {reason}")
