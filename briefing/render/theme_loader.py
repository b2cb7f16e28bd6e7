"""Jinja's loader for the folders of a theme: each template goes through `theme_files`.

Knows how Jinja asks for a template; knows nothing of what is in it. Imports Jinja, so it is
imported only where a page is rendered.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path

from .theme_files import read_theme_text


class ThemeLoader(BaseLoader):
    """Finds a template in the first of the folders that has it; hidden files are not found."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """Takes the folders, in order of precedence."""
        self.folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source, its path, and a test of whether it is unchanged.

        Raises TemplateNotFound, and TemplateError for a file that a theme may not use.
        """
        pieces = split_template_path(template)
        if any(piece.startswith(".") for piece in pieces):
            raise TemplateNotFound(template)
        for folder in self.folders:
            source = read_theme_text(folder, "/".join(pieces))
            if source is not None:
                path = folder.joinpath(*pieces)
                return source, str(path), _unchanged(path)
        raise TemplateNotFound(template)


def _unchanged(path: Path) -> Callable[[], bool]:
    """A test of whether the file still has the modification time that it has now."""
    modified = path.stat().st_mtime_ns

    def unchanged() -> bool:
        try:
            return path.stat().st_mtime_ns == modified
        except OSError:
            return False

    return unchanged
