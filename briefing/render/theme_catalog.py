"""The catalog of themes: which there are, and which files each consists of.

Knows the folders in which themes lie; knows nothing of how a page is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import TemplateError
from ..messages import Message
from ..resources import templates_dir
from .theme_files import read_theme_text, theme_files
from .theme_toml import THEME_FILE, read_theme_toml
from .themes import DEFAULT, PRINT, Theme, find_theme, template_format, theme_folders


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePart:
    """A file of a theme; `home` is the bundled theme that it comes from, empty for a user's
    file.
    """

    name: str
    path: Path
    home: str

    @property
    def text(self) -> str:
        """Its content; raises TemplateError where that is not text in UTF-8."""
        return read_theme_text(self.path.parent, self.name) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEntry:
    """A theme: `path` is its own folder or file, `parts` are all its files, sorted by name.

    `problem` says why it cannot be used; it then has no parts.
    """

    name: str
    path: Path
    own: bool
    description: Message
    parts: tuple[ThemePart, ...]
    problem: Message | None = None

    def part(self, name: str) -> ThemePart:
        """The file of that name; raises TemplateError where the theme has none."""
        for part in self.parts:
            if part.name == name:
                return part
        names = [part.name for part in self.parts]
        raise TemplateError(
            Message(f"主题 {self.name} 里没有 {name}", f"the theme {self.name} has no {name}"),
            Message(f"有这些文件：{'、'.join(names)}", f"its files are: {', '.join(names)}"),
        )


def theme_entry(template: str, folders: tuple[Path, ...] = ()) -> ThemeEntry:
    """The theme that `template` names: a theme's name, a folder, or a single file.

    Raises TemplateError where there is none, and for files that a theme may not use.
    """
    theme = find_theme(template_format(template) or PRINT, template, folders)
    path = theme.own or theme.bundled
    return ThemeEntry(
        name=path.name,
        path=path,
        own=theme.own is not None,
        description=read_theme_toml(path).description if path.is_dir() else Message("", ""),
        parts=theme_parts(theme),
    )


def theme_parts(theme: Theme) -> tuple[ThemePart, ...]:
    """All files of a theme, each from the first folder that has it; raises TemplateError."""
    parts: dict[str, ThemePart] = {}
    for folder in theme.search_path:
        home = folder.name if folder.parent == templates_dir() else ""
        for path in theme_files(folder):
            parts.setdefault(path.name, ThemePart(name=path.name, path=path, home=home))
    return tuple(parts[name] for name in sorted(parts))


def theme_entries(folders: tuple[Path, ...] = ()) -> list[ThemeEntry]:
    """All themes: the bundled ones, the default first, then those in the user's `folders`.

    A theme that cannot be used is listed with its problem.
    """
    bundled = sorted(file.parent.name for file in templates_dir().glob(f"*/{THEME_FILE}"))
    bundled.sort(key=lambda name: name != DEFAULT)
    own = {path.name: path for folder in reversed(folders) for path in theme_folders(folder)}
    entries = []
    for name in dict.fromkeys((*bundled, *sorted(own))):
        try:
            entries.append(theme_entry(name, folders))
        except TemplateError as error:
            path = own.get(name, templates_dir() / name)
            entries.append(
                ThemeEntry(
                    name=name,
                    path=path,
                    own=name in own,
                    description=Message("", ""),
                    parts=(),
                    problem=error.message,
                )
            )
    return entries


def theme_problems(theme: Theme) -> list[TemplateError]:
    """What is wrong with the files of a theme and with its theme.toml, before any page is made."""
    problems: dict[str, TemplateError] = {}
    for folder in theme.search_path:
        for check in (lambda folder: list(theme_files(folder)), read_theme_toml):
            try:
                check(folder)
            except TemplateError as error:
                problems.setdefault(error.message.en, error)
    return list(problems.values())
