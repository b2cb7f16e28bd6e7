"""Safe access to the files of an untrusted model folder: regular files inside it, bounded in size.

Devices, FIFOs, folders, and links that leave the folder are refused before they are opened. One
exception: the snapshots in the hub's cache link to its blobs.
"""

from __future__ import annotations

import stat
from pathlib import Path

from ...errors import ModelError
from ...messages import Message

SETTINGS_LIMIT = 64_000_000
"""Maximum bytes of a settings or vocabulary file (JSON, sentencepiece); the largest known has 34
million."""
_HINT = Message(
    "请向模型的提供者要一份完整的；可暂时用 --model extract",
    "get a complete copy from where the model comes from; or use --model extract meanwhile",
)


def open_checked(folder: Path, name: str) -> Path:
    """The path of a regular file inside `folder`; raises ModelError for anything else."""
    path = folder / name
    try:
        real = path.resolve(strict=True)
        inside = any(real.is_relative_to(root) for root in _roots(folder))
        regular = stat.S_ISREG(real.stat().st_mode)
    except (OSError, RuntimeError, ValueError) as error:  # missing; links in a circle; NUL in a name
        raise folder_error(
            Message(f"读不到模型文件 {path}", f"cannot read the model file {path}"), _HINT
        ) from error
    if not inside:
        raise folder_error(
            Message(f"模型文件 {path} 指向文件夹之外", f"the model file {path} leads out of its folder"),
            _HINT,
        )
    if not regular:
        raise folder_error(
            Message(f"模型文件 {path} 不是普通文件", f"the model file {path} is not a regular file"), _HINT
        )
    return real


def read_checked(folder: Path, name: str, limit: int = SETTINGS_LIMIT) -> bytes:
    """The bytes of a regular file inside `folder`, at most `limit` of them; raises ModelError."""
    path = open_checked(folder, name)
    try:
        with path.open("rb") as file:
            data = file.read(min(limit, path.stat().st_size) + 1)
    except OSError as error:
        raise folder_error(
            Message(f"读不到模型文件 {path}", f"cannot read the model file {path}"), _HINT
        ) from error
    if len(data) > limit:
        raise folder_error(
            Message(
                f"模型文件 {path} 太大，应不超过 {limit} 字节",
                f"the model file {path} is too large: over {limit} bytes",
            ),
            _HINT,
        )
    return data


def check_files(folder: Path) -> None:
    """Raises ModelError unless every file in `folder` is regular and inside it."""
    try:
        names = [path.name for path in folder.iterdir() if path.is_symlink() or not path.is_dir()]
    except OSError as error:
        raise folder_error(
            Message(f"打不开模型文件夹 {folder}", f"cannot open the model's folder {folder}"), _HINT
        ) from error
    for name in names:
        size = open_checked(folder, name).stat().st_size
        if name.endswith((".json", ".txt", ".jinja", ".model", ".spm")) and size > SETTINGS_LIMIT:
            read_checked(folder, name)


def folder_error(message: Message, hint: Message | None = None) -> ModelError:
    """A ModelError about a folder, with a hint."""
    return ModelError(message, hint or _HINT)


def _roots(folder: Path) -> list[Path]:
    """The folders that a file of the folder may resolve to."""
    root = folder.resolve()
    cache = [root.parent.parent / "blobs"] if root.parent.name == "snapshots" else []
    return [root, *cache]
