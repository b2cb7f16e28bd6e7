"""The gallery: which themes there are, and which files each is made of.

Knows the folders in which themes lie; knows nothing of how a page is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import TemplateError
from ..messages import Message
from ..resources import templates_dir
from .themes import DEFAULT, PRINT, Theme, find_theme, read_theme, template_format

KINDS = ("*.j2", "*.css", "*.typ", "*.toml", "*.png", "*.jpg", "*.svg")
"""What a theme is made of."""
THEME_FILE = "theme.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePart:
    """A file of a theme; `home` is the bundled theme it is from, empty for a file of the user's."""

    name: str
    path: Path
    home: str

    @property
    def text(self) -> str:
        """What is in it; raises TemplateError where that is no text."""
        try:
            return self.path.read_text("utf-8")
        except UnicodeDecodeError:
            raise TemplateError(
                Message(f"{self.path} 不是 UTF-8 文本", f"{self.path} is not text in UTF-8"),
                Message(
                    "图片可以直接打开；模板请另存为 UTF-8", "open a picture as such; save a template as UTF-8"
                ),
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEntry:
    """A theme: `path` is its own folder (or file), `parts` are all files that it is made of, sorted by name."""

    name: str
    path: Path
    own: bool
    description: Message
    parts: tuple[ThemePart, ...]

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
    """The theme that `template` names: a theme's name, a folder, or a single file. Raises TemplateError."""
    theme = find_theme(template_format(template) or PRINT, template, folders)
    path = theme.own or theme.bundled
    return ThemeEntry(
        name=path.name,
        path=path,
        own=theme.own is not None,
        description=_theme_description(path / THEME_FILE),
        parts=theme_parts(theme),
    )


def theme_parts(theme: Theme) -> tuple[ThemePart, ...]:
    """All files that a theme is made of, each from the first folder that has it."""
    found: dict[str, ThemePart] = {}
    for folder in (*theme.folders, theme.bundled, theme.bundled.parent / DEFAULT):
        home = folder.name if folder.parent == templates_dir() else ""
        for kind in KINDS:
            for path in folder.glob(kind):
                found.setdefault(path.name, ThemePart(name=path.name, path=path, home=home))
    return tuple(found[name] for name in sorted(found))


def theme_entries(folders: tuple[Path, ...] = ()) -> list[ThemeEntry]:
    """All themes: the bundled ones, the default first, then those in the user's `folders`."""
    bundled = sorted(file.parent.name for file in templates_dir().glob(f"*/{THEME_FILE}"))
    bundled.sort(key=lambda name: name != DEFAULT)
    own = [
        path.name
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.is_dir() and any(next(path.glob(kind), None) for kind in KINDS)
    ]
    return [theme_entry(name, folders) for name in dict.fromkeys((*bundled, *own))]


def _theme_description(file: Path) -> Message:
    """What theme.toml says of the theme; empty where it says nothing."""
    description = read_theme(file).get("theme", {}).get("description", {}) if file.is_file() else {}
    words = description if isinstance(description, dict) else {"zh": str(description), "en": str(description)}
    return Message(str(words.get("zh", "")), str(words.get("en", "")))
