"""theme.toml: read and checked, so that no wrong type gets further than this file.

    [theme]      name, description: a text, or a table with zh and en
    [type]       sizes: points of the text in print
    [labels.zh]  the page's own words: texts; with a plural, a table with one and other
    [mail]       colours (#rrggbb) and fonts of the e-mail

Knows the types and bounds; which file takes precedence is decided in themes.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import TemplateError
from ..messages import Message
from ..text.clean_input import clean_input, clean_line
from .theme_files import read_theme_text, refused_file

THEME_FILE = "theme.toml"
LARGEST = 256 * 1024
"""Characters of a theme.toml."""
LEAST, MOST = 9.0, 72.0
"""Points: bounds of the type size in print."""
MOST_SIZES = 50
LONGEST = 2000
"""Characters of a text."""
PLAIN = frozenset(
    {
        "overview",
        "briefs",
        "headlines",
        "elsewhere",
        "also",
        "further",
        "before",
        "set_aside",
        "evidence",
        "numbers",
        "names",
        "claims",
        "nothing",
        "sections",
        "problems",
        "digest_of",
        "summaries",
        "notice",
        "colon",
        "comma",
        "greeting",
        "read_online",
        "whole_attached",
        "whole_online",
        "unsubscribe",
    }
)
"""Labels that have no plural: the bundled pages join them with other words."""
NOTHING = Message("", "")
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
FONTS = re.compile(r"[\w ,'-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeToml:
    """The checked content of a theme.toml; empty where the file says nothing.

    `sizes` rise; `labels` are by language; the values of `mail` are safe within a style sheet.
    """

    description: Message = NOTHING
    sizes: tuple[float, ...] = ()
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    mail: Mapping[str, str] = field(default_factory=dict)


def read_theme_toml(folder: Path) -> ThemeToml:
    """The folder's theme.toml; an empty one where there is none.

    Raises TemplateError, which names the file and the key, for what cannot be used.
    """
    text = read_theme_text(folder, THEME_FILE)
    if text is None:
        return ThemeToml()
    if len(text) > LARGEST:
        raise refused_file(folder / THEME_FILE, "太长", "is too long")
    try:
        return _parsed(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; nesting without end
        reason = str(error) if isinstance(error, ValueError) else "nested too deep"
        raise bad_theme(folder / THEME_FILE, reason) from None


@lru_cache(maxsize=16)
def _parsed(text: str) -> ThemeToml:
    """The content of a theme.toml, which every renderer of an edition asks for."""
    return _checked(tomllib.loads(text))


def _checked(data: dict[str, Any]) -> ThemeToml:
    """The content; raises ValueError with the key that is wrong."""
    theme, type_ = (_table(data.get(key, {}), f"[{key}]") for key in ("theme", "type"))
    _text(theme.get("name", ""), "[theme] name")
    languages = _table(data.get("labels", {}), "[labels]")
    return ThemeToml(
        description=_description(theme.get("description", "")),
        sizes=_sizes(type_["sizes"]) if "sizes" in type_ else (),
        labels={
            language: _entries(labels, f"[labels.{language}]", _label)
            for language, labels in languages.items()
        },
        mail=_entries(data.get("mail", {}), "[mail]", _style),
    )


def _entries(value: object, key: str, check: Callable[[str, object, str], Any]) -> dict[str, Any]:
    """A table's entries, each checked under its name."""
    return {name: check(name, entry, f"{key} {name}") for name, entry in _table(value, key).items()}


def _description(value: object) -> Message:
    key = "[theme] description"
    if isinstance(value, str):
        text = _text(value, key)
        return Message(text, text)
    table = _table(value, key)
    zh, en = (_text(table.get(language, ""), f"{key}.{language}") for language in ("zh", "en"))
    return Message(zh, en)


def _sizes(value: object) -> tuple[float, ...]:
    """Type sizes in points, rising."""
    key = f"[type] sizes: {LEAST:g} to {MOST:g} points expected, at most {MOST_SIZES}"
    if not isinstance(value, list) or not 0 < len(value) <= MOST_SIZES:
        raise ValueError(key)
    for size in value:
        number = isinstance(size, int | float) and not isinstance(size, bool)
        if not number or not LEAST <= size <= MOST:
            raise ValueError(f"{key}, not {str(size)[:30]}")
    return tuple(sorted(map(float, value)))


def _label(name: str, value: object, key: str) -> Any:
    """A text, a plural, or the table of the sections' names."""
    if name == "section_names":
        return _entries(value, key, lambda _, entry, key: _text(entry, key))
    if isinstance(value, dict) and name not in PLAIN:
        return {number: _text(value.get(number), f"{key}.{number}") for number in ("one", "other")}
    return _text(value, key)


def _style(name: str, value: object, key: str) -> str:
    """A colour or fonts: they go into style sheets, where nothing can be escaped."""
    is_font = name.endswith("_font")
    if not (FONTS if is_font else COLOR).fullmatch(_text(value, key)):
        wanted = "names, single quotes and commas" if is_font else "#rrggbb"
        raise ValueError(f"{key}: {wanted} expected")
    return str(value)


def _text(value: object, key: str) -> str:
    """A text without control characters."""
    if not isinstance(value, str):
        raise ValueError(f"{key}: a text expected")
    if len(value) > LONGEST:
        raise ValueError(f"{key}: longer than {LONGEST} characters")
    return clean_input(value)


def _table(value: object, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{key}: a table expected")
    return value


def bad_theme(file: Path, why: str) -> TemplateError:
    """The error for a theme.toml that cannot be used."""
    why = clean_line(why)
    return TemplateError(
        Message(zh=f"{file} 写得不对：{why}", en=f"{file} is not a proper theme.toml: {why}"),
        Message(
            zh="文件应为 UTF-8 编码的 TOML；文字写在 [labels.zh] 和 [labels.en] 之下，字号写在 [type] 之下",
            en="it is TOML in UTF-8: words under [labels.zh] and [labels.en], type sizes under [type]",
        ),
    )
