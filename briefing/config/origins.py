"""Every setting with its value and where that comes from: a flag, a variable, the file, the default."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from .files import settings_file
from .load import read_toml
from .mistakes import PREFIX
from .settings import Settings

Where = Literal["variable", "file", "default"]
SECRET = ("job.webhook", "job.ping")
"""Addresses that let whoever knows them post there."""
HIDDEN = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """A setting as it counts; the value is as in JSON."""

    name: str
    value: Any
    where: Where


def effective(settings: Settings, file: Path | None) -> Iterator[Effective]:
    """All settings in order, those of tables behind the others; `file` is the one that was named."""
    path = file or settings_file()
    written = read_toml(path) if path else {}
    for name, value in settings:
        if not isinstance(value, BaseModel):
            yield _effective((name,), value, written)
    for table, model in settings:
        if isinstance(model, BaseModel):
            below = written.get(table)
            yield from _of_table(table, model, below if isinstance(below, Mapping) else {})


def _of_table(table: str, model: BaseModel, written: Mapping[str, Any]) -> Iterator[Effective]:
    for name, value in model:
        yield _effective((table, type(model).model_fields[name].alias or name), value, written)


def _effective(path: tuple[str, ...], value: Any, written: Mapping[str, Any]) -> Effective:
    dotted = ".".join(path)
    variable = PREFIX + "__".join(path).upper()
    where: Where = "variable" if variable in os.environ else "file" if path[-1] in written else "default"
    shown: Any = HIDDEN if value and dotted in SECRET else _plain(value)
    if dotted == "channels":
        shown = [_plain(one) | {"address": HIDDEN if one.address else ""} for one in value]
    if dotted == "archive.database" and isinstance(shown, str) and "://" in shown:
        head, _, tail = shown.partition("://")
        shown = f"{head}://{tail.rpartition('@')[2]}"
    return Effective(name=dotted, value=shown, where=where)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
