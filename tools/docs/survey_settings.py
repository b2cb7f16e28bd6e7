"""The settings, from the Settings class: name, kind, default, limits, environment variable, flags."""

from __future__ import annotations

import types
import typing
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

from survey_commands import commands

from briefing.messages import Language

FLAGS = {"": ("briefing digest", "briefing send", "briefing summarize"), "mail": ("briefing send",)}
"""The commands whose options stand for settings of the table of that name; an option is a setting by its name."""


def settings(language: Language) -> list[dict[str, Any]]:
    """Every setting, tables within tables by dotted names."""
    from briefing.config import Settings

    prefix = Settings.model_config["env_prefix"]
    options = _options(language)
    rows = list(_rows(Settings, "", many=False))
    for row in rows:
        table, _, name = row["name"].rpartition(".")
        flag = "--" + name.replace("_", "-")
        row["flags"] = [
            (command, flag) for command in FLAGS.get(table, ()) if flag in options.get(command, ())
        ]
        row["help"] = next((options[command][flag] for command, flag in row["flags"]), "")
        row["variable"] = prefix + row["name"].replace(".", "__").upper() if not row["many"] else ""
    return rows


def _options(language: Language) -> dict[str, dict[str, str]]:
    """The help of each option of each command."""
    return {
        command["path"]: {
            name: p["help"] for p in command["parameters"] if p["option"] for name in p["names"]
        }
        for command in commands(language)
    }


def _rows(model: Any, path: str, *, many: bool) -> Any:
    hints = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        kind = hints[name]
        shown = path + (field.alias or name)
        inner, several = _table(kind)
        if inner is not None:
            yield from _rows(inner, f"{shown}[]." if several else f"{shown}.", many=many or several)
            continue
        yield {
            "name": shown,
            "kind": kind_of(kind),
            "default": "" if field.is_required() else _default(field.get_default(call_default_factory=True)),
            "required": field.is_required(),
            "limits": _limits(field.metadata),
            "many": many,
        }


def _table(kind: Any) -> tuple[Any, bool]:
    """The model behind a table of settings, and whether there may be several; (None, False) for a plain value."""
    from pydantic import BaseModel

    several = typing.get_origin(kind) in (tuple, list)
    if typing.get_origin(kind) is Annotated:
        return _table(typing.get_args(kind)[0])
    for part in typing.get_args(kind) or (kind,):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part, several
    return None, False


def kind_of(kind: Any) -> dict[str, Any]:
    """A type as words to be put into a language: {"word": "list", "of": …}, {"word": "one of", "values": […]}."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return kind_of(args[0])
    if origin is Literal:
        return {"word": "one of", "values": [str(value) for value in args]}
    if origin in (tuple, list):
        return {"word": "list", "of": kind_of(args[0])}
    if origin in (types.UnionType, typing.Union):
        parts = [kind_of(part) for part in args if part is not type(None)]
        return parts[0] if len(parts) == 1 else {"word": "or", "parts": parts}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"word": "one of", "values": [str(value.value) for value in kind]}
    return {"word": getattr(kind, "__name__", str(kind))}


def _default(value: Any) -> str:
    """A default as it would be written in TOML; empty for none."""
    if value is None or value in ((), "", {}):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_default(one) for one in value) + "]"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, Path):
        return f'"{value.as_posix()}"'
    return f'"{value}"'


def _limits(metadata: list[Any]) -> dict[str, Any]:
    """Bounds and patterns of a field."""
    names = ("ge", "gt", "le", "lt", "min_length", "pattern")
    found = {
        name: getattr(one, name, None)
        for one in metadata
        for name in names
        if getattr(one, name, None) is not None
    }
    return {name: value for name, value in found.items() if isinstance(value, int | float | str)}
