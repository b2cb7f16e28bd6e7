"""Themes: from what the user named as a template to the folders and the file that make a page.

Knows where templates lie and which of two files of the same name wins; knows nothing of what is in them,
apart from the labels in theme.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import TemplateError
from ..messages import Language, Message
from ..resources import templates_dir
from ..text.script import Script, converted
from ..types import Briefing

DEFAULT = "classic"
FORMATS = ("html", "md", "txt")
PRINT = "pdf"
"""The format that page.typ makes; a picture of it comes from there too."""
LEAST = 9.0
"""Points below which nothing is printed."""

Labels = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that was found: `main` is the page's template, looked for in `folders`, the first one first.

    `bundled` is the folder of the bundled theme that stands behind it, and which a user's template reaches as
    "bundled/page.html.j2"; `own` is the folder or file of the user's that was named, if it was one.
    """

    main: str
    folders: tuple[Path, ...]
    bundled: Path
    own: Path | None = None


def template_format(template: str) -> str | None:
    """The format that a template file's name states (my.html.j2: html, my.typ: pdf); None for a theme or a folder."""
    name = Path(template)
    if name.suffix == ".typ":
        return PRINT
    if name.suffix != ".j2":
        return None
    stated = Path(name.stem).suffix.removeprefix(".")
    return stated if stated in FORMATS else None


def find_theme(format: str, template: str, folders: tuple[Path, ...]) -> Theme:
    """The theme that `template` names: a theme's name, a folder, or a single .j2 file.

    `folders` are the user's own: a file in them overrides the theme's file of the same name, and a folder
    in them is a theme by its name, whose own files come before those. Raises TemplateError where there is no such theme.
    """
    page = "page.typ" if format == PRINT else f"page.{format}.j2"
    bundled = templates_dir()
    path = Path(template).expanduser()
    if path.suffix in (".j2", ".typ"):
        return _single_file_theme(path, format, folders, bundled)
    looks_like_path = len(path.parts) > 1 or path.is_absolute() or template.startswith(".")
    named = (
        [] if looks_like_path else [folder / template for folder in folders if (folder / template).is_dir()]
    )
    if not looks_like_path and (bundled / template).is_dir():
        return Theme(page, (*named, *folders), bundled / template, named[0] if named else None)
    if named:
        return Theme(page, (*named, *folders), bundled / DEFAULT, named[0])
    if path.is_dir():
        return Theme(page, (path, *folders), bundled / DEFAULT, path)
    raise _unknown_theme(template, folders, bundled)


def _single_file_theme(path: Path, format: str, folders: tuple[Path, ...], bundled: Path) -> Theme:
    """The theme whose page is one file of the user's; what it includes may lie beside it."""
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


def _unknown_theme(template: str, folders: tuple[Path, ...], bundled: Path) -> TemplateError:
    """The error for a theme that is nowhere, with the names of those that are."""
    places = [bundled, *(folder for folder in folders if folder.is_dir())]
    names = sorted({p.name for place in places for p in place.iterdir() if any(p.glob("*.j2"))})
    return TemplateError(
        Message(zh=f"没有名为“{template}”的模板", en=f"there is no template {template!r}"),
        Message(
            zh=f"可用的有：{'、'.join(names)}；也可以给出文件夹或 .j2 文件的路径",
            en=f"there are: {', '.join(names)}; the path of a folder or of a .j2 file will do as well",
        ),
    )


def labels(theme: Theme, language: Language, script: Script = "hans") -> Labels:
    """The words of the page's own in `language`: the bundled theme's, overridden by the user's theme.toml.

    Chinese ones are in `script`.
    """
    found: dict[str, Any] = {}
    for folder in (theme.bundled.parent / DEFAULT, theme.bundled, *reversed(theme.folders)):
        file = folder / "theme.toml"
        if file.is_file():
            found |= read_theme(file).get("labels", {}).get(language, {})
    if language == "zh" and script == "hant":
        return {
            name: converted(word, script) if isinstance(word, str) else word for name, word in found.items()
        }
    return found


def theme_table(theme: Theme, name: str) -> Mapping[str, Any]:
    """The table of that name in theme.toml: classic's, overridden by the bundled theme's, and that by the user's."""
    found: dict[str, Any] = {}
    for folder in (theme.bundled.parent / DEFAULT, theme.bundled, *reversed(theme.folders)):
        file = folder / "theme.toml"
        if file.is_file():
            values = read_theme(file).get(name, {})
            if not isinstance(values, dict):
                raise _bad_theme(file, f"[{name}]")
            found |= values
    return found


def with_section_names(briefing: Briefing, labels: Labels) -> Briefing:
    """The briefing with its sections under the names that the labels give them."""
    names = labels.get("section_names", {})
    sections = (replace(section, name=names.get(section.name, section.name)) for section in briefing.sections)
    return replace(briefing, sections=tuple(sections))


def type_sizes(theme: Theme) -> tuple[float, ...]:
    """The sizes of the text in points that the theme allows, rising; raises TemplateError for one below LEAST."""
    for folder in (*theme.folders, theme.bundled, theme.bundled.parent / DEFAULT):
        file = folder / "theme.toml"
        sizes = read_theme(file).get("type", {}).get("sizes") if file.is_file() else None
        if sizes is None:
            continue
        numbers = isinstance(sizes, list) and all(isinstance(size, int | float) for size in sizes)
        if not sizes or not numbers or min(sizes) < LEAST:
            raise _bad_theme(file, f"[type] sizes: {sizes} (points, {LEAST:g} and more)")
        return tuple(sorted(float(size) for size in sizes))
    return (LEAST,)


def read_theme(file: Path) -> dict[str, Any]:
    """What theme.toml says; raises TemplateError where it is not TOML or its labels are not tables."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad_theme(file, str(error)) from error
    tables = data.get("labels", {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise _bad_theme(file, "[labels.zh], [labels.en]")
    return data


def _bad_theme(file: Path, why: str) -> TemplateError:
    """The error for a theme.toml that cannot be used."""
    return TemplateError(
        Message(zh=f"{file} 写得不对：{why}", en=f"{file} is not a proper theme.toml: {why}"),
        Message(
            zh="文件应为 UTF-8 编码的 TOML，文字写在 [labels.zh] 和 [labels.en] 之下",
            en="it is TOML in UTF-8, with the words of the page under [labels.zh] and [labels.en]",
        ),
    )
