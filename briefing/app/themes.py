"""Copies of themes, for users to change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import UsageError
from ..messages import Message


def copy_theme(
    template: str, folder: Path, files: Sequence[str], own: tuple[Path, ...] = (), *, force: bool = False
) -> list[Path]:
    """Copies the theme's own files, or those named; the paths. Raises UsageError rather than
    overwrite.
    """
    from ..deliver.folder import write_all
    from ..render.theme_catalog import theme_entry

    found = theme_entry(template, own)
    home = "" if found.own else found.name
    parts = [found.part(name) for name in files] or [part for part in found.parts if part.home == home]
    there = [part.name for part in parts if (folder / part.name).exists()]
    if there and not force:
        raise UsageError(
            Message(f"{folder} 里已有 {'、'.join(there)}", f"{folder} already has: {', '.join(there)}"),
            Message("换一个文件夹，或加 --force 覆盖", "choose another folder, or add --force to overwrite"),
        )
    return write_all(folder, [(part.name, part.path.read_bytes()) for part in parts])
