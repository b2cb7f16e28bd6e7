"""Themes: from the template that the user named to the folders and the file that make a page.

Knows where templates lie and which of two files of the same name wins; what theme.toml may say is
checked in theme_toml.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import TemplateError
from ..messages import Language, Message
from ..resources import templates_dir
from ..text.clean_input import clean_line
from ..text.script import Script, converted
from ..types import Briefing
from .theme_files import SUFFIXES, theme_file_names
from .theme_toml import LEAST, ThemeToml, read_theme_toml

DEFAULT = "classic"
FORMATS = ("html", "md", "txt")
PRINT = "pdf"
"""The format that page.typ makes; a PNG is a picture of it."""

Labels = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: `main` is the page's template, looked for in `folders`, the first one first.

    `bundled` is the folder of the bundled theme behind it, which a user's template reaches as
    "bundled/page.html.j2"; `own` is the user's folder or file that was named, if any.
    """

    main: str
    folders: tuple[Path, ...]
    bundled: Path
    own: Path | None = None

    @property
    def search_path(self) -> tuple[Path, ...]:
        """All folders in order of precedence: the user's, the bundled theme's, the default
        theme's.
        """
        return (*self.folders, self.bundled, self.bundled.parent / DEFAULT)

    @property
    def place(self) -> str:
        """What error messages call the theme: the user's folder or file, or the bundled theme's
        name.
        """
        return str(self.own or self.bundled.name)

    @property
    def has_own_files(self) -> bool:
        """Whether a file of the user's may run as a template; a theme.toml alone does not.

        Raises TemplateError for a folder that cannot be listed.
        """
        return any(theme_file_names(folder, SUFFIXES - {".toml"}) for folder in self.folders)


def template_format(template: str) -> str | None:
    """The format by a template file's name (my.html.j2: html, my.typ: pdf); None for a theme or a
    folder.
    """
    name = Path(template)
    if name.suffix == ".typ":
        return PRINT
    if name.suffix != ".j2":
        return None
    stated = Path(name.stem).suffix.removeprefix(".")
    return stated if stated in FORMATS else None


def find_theme(format: str, template: str, folders: tuple[Path, ...]) -> Theme:
    """The theme that `template` names: a theme's name, a folder, or a single .j2 or .typ file.

    `folders` are the user's own: a file in them overrides the theme's file of the same name, and a
    folder in them is a theme by its name, whose own files take precedence. Raises TemplateError
    where there is no such theme.
    """
    try:
        theme = _find_theme(format, template, folders)
    except PermissionError:
        raise TemplateError(
            Message(
                f"打不开模板 {template}：没有权限", f"cannot open the template {template}: permission denied"
            ),
            Message("请检查路径和权限", "check the path and your permissions"),
        ) from None
    except (OSError, RuntimeError, ValueError):  # ~nosuchuser, a name too long
        theme = None
    if theme is None:
        raise _unknown_theme(template, folders)
    return theme


def _find_theme(format: str, template: str, folders: tuple[Path, ...]) -> Theme | None:
    page = "page.typ" if format == PRINT else f"page.{format}.j2"
    bundled = templates_dir()
    path = Path(template).expanduser()
    if path.suffix in (".j2", ".typ"):
        return _single_file_theme(path, format, folders, bundled)
    looks_like_path = len(path.parts) > 1 or path.is_absolute() or template.startswith(".")
    if not template:
        return None
    candidates = () if looks_like_path else folders
    named = [folder / template for folder in candidates if (folder / template).is_dir()]
    if not looks_like_path and (bundled / template).is_dir():
        return Theme(page, (*named, *folders), bundled / template, named[0] if named else None)
    if named:
        return Theme(page, (*named, *folders), bundled / DEFAULT, named[0])
    if path.is_dir():
        return Theme(page, (path, *folders), bundled / DEFAULT, path)
    return None


def _single_file_theme(path: Path, format: str, folders: tuple[Path, ...], bundled: Path) -> Theme:
    """The theme whose page is one file of the user's; files that it includes lie beside it."""
    if not path.is_file():
        raise TemplateError(
            Message(zh=f"没有这个模板文件：{path}", en=f"there is no template file {path}"),
            Message(zh="请核对路径", en="check the path"),
        )
    stated = template_format(path.name)
    if stated is not None and stated != format:
        raise TemplateError(
            Message(
                zh=f"{path.name} 是 {stated} 模板，不能用来生成 {format}",
                en=f"{path.name} is a template for {stated}, not for {format}",
            ),
            Message(
                zh=f"用 --format {stated}，或把几种格式的模板放进一个文件夹，给出文件夹的路径",
                en=f"use --format {stated}, or put a template per format into a folder and name the folder",
            ),
        )
    return Theme(path.name, (path.parent, *folders), bundled / DEFAULT, path)


def _unknown_theme(template: str, folders: tuple[Path, ...]) -> TemplateError:
    """The error for a theme that does not exist, with the names of those that do."""
    names = sorted({folder.name for place in (templates_dir(), *folders) for folder in theme_folders(place)})
    shown = clean_line(template, 100)
    return TemplateError(
        Message(zh=f"没有名为“{shown}”的模板", en=f"there is no template {shown!r}"),
        Message(
            zh=f"可用的有：{'、'.join(names)}；也可以给出文件夹或 .j2 文件的路径",
            en=f"there are: {', '.join(names)}; the path of a folder or of a .j2 file will do as well",
        ),
    )


def theme_folders(place: Path) -> list[Path]:
    """The folders in `place` that hold a theme's files, sorted by name; unreadable ones are left
    out.
    """
    folders = []
    try:
        entries = sorted(place.iterdir())
    except (OSError, ValueError):
        return []
    for entry in entries:
        try:
            if entry.is_dir() and theme_file_names(entry, SUFFIXES):
                folders.append(entry)
        except (OSError, TemplateError):
            continue
    return folders


def labels(theme: Theme, language: Language, script: Script = "hans") -> Labels:
    """The page's own words in `language`: the bundled theme's, overridden by the user's theme.toml.

    Chinese ones are in `script`. Raises TemplateError.
    """
    words: dict[str, Any] = {}
    for content in _theme_tomls(theme):
        words |= content.labels.get(language, {})
    if language == "zh" and script == "hant":
        return {
            name: converted(word, script) if isinstance(word, str) else word for name, word in words.items()
        }
    return words


def mail_style(theme: Theme) -> Mapping[str, str]:
    """Colours and fonts of the e-mail: classic's, the bundled theme's, the user's. Raises
    TemplateError.
    """
    style: dict[str, str] = {}
    for content in _theme_tomls(theme):
        style |= content.mail
    return style


def type_sizes(theme: Theme) -> tuple[float, ...]:
    """The type sizes in points that the theme allows in print, rising; raises TemplateError."""
    sizes = [content.sizes for content in _theme_tomls(theme) if content.sizes]
    return sizes[-1] if sizes else (LEAST,)


def _theme_tomls(theme: Theme) -> Iterator[ThemeToml]:
    """The theme.toml of each folder, those that override others last."""
    for folder in reversed(theme.search_path):
        yield read_theme_toml(folder)


def with_section_names(briefing: Briefing, labels: Labels) -> Briefing:
    """The briefing with its sections under the names that the labels give them."""
    names = labels.get("section_names", {})
    sections = (replace(section, name=names.get(section.name, section.name)) for section in briefing.sections)
    return replace(briefing, sections=tuple(sections))
