"""From flags, environment and briefing.toml to Settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import UsageError, reason
from ..messages import Message
from .files import anchored, settings_file
from .mistakes import explained
from .settings import ALONE, DEFAULT_VALUES, FILE_VALUES, Settings
from .values import expand_home

LARGEST = 1_000_000
"""Bytes of a settings file at most."""


def settings(
    flags: Mapping[str, Any], file: Path | None = None, defaults: Mapping[str, Any] | None = None
) -> Settings:
    """The settings for one run: flags, then variables, then `file` (or the one that counts, see
    `settings_file`), then `defaults`.

    Relative paths in a file count from its folder. Flags that are None were not given. Raises
    UsageError for a file that is named but cannot be read, that is not TOML, or that has a wrong or
    unknown entry; likewise for a flag and a variable.
    """
    path = file or settings_file()
    values = _with_readers(anchored(read_toml(path), path.parent)) if path else {}
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    below: dict[str, Any] = {FILE_VALUES: values, DEFAULT_VALUES: dict(defaults or {})}
    try:
        return Settings(**given, **below)
    except ValidationError as error:
        raise explained(error.errors(), given, path) from None


def _with_readers(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the [[reader]] tables of the files that `reader_files` names; raises UsageError."""
    named = values.get("reader_files", ())
    paths = [named] if isinstance(named, str) else list(named) if isinstance(named, tuple | list) else None
    if not isinstance(paths, list) or not all(isinstance(one, str) for one in paths):
        return values  # for the settings to refuse
    more: list[Any] = []
    for path in (Path(expand_home(one)) for one in paths):
        found = anchored(read_toml(path), path.parent)
        if unknown := next((name for name in found if name != "reader"), None):
            raise UsageError(
                Message(
                    f"{path}：这里只能写 [[reader]]，不能写 {unknown}",
                    f"{path} takes [[reader]] only, not {unknown}",
                ),
                Message("别的设置写在 briefing.toml 里", "other settings belong in briefing.toml"),
            )
        rows = found.get("reader", [])
        more += rows if isinstance(rows, list) else [rows]
    own = values.get("reader", [])
    return values | {"reader": [*own, *more]} if more and isinstance(own, list) else values


def explicit_settings(**values: Any) -> Settings:
    """The settings given and nothing else: neither file nor environment counts. Raises
    UsageError.
    """
    alone: dict[str, Any] = {ALONE: True}
    try:
        return Settings(**values, **alone)
    except ValidationError as error:
        raise explained(error.errors(), {}, None) from None


def read_toml(path: Path) -> dict[str, Any]:
    """The values of a TOML file; raises UsageError."""
    try:
        if not path.is_file():
            raise UsageError(
                Message(f"找不到配置文件 {path}", f"configuration file not found: {path}"),
                Message("请检查 --config 后面的路径", "check the path after --config"),
            )
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise _no_toml(path, "文件太大", "the file is too large")
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Message(f"读不了配置文件 {path}：{why.zh}", f"cannot read the configuration {path}: {why.en}"),
            Message("请检查路径和权限", "check the path and your permissions"),
        ) from None
    except UnicodeDecodeError:
        raise _no_toml(path, "不是 UTF-8 编码", "it is not UTF-8") from None
    except RecursionError:
        raise _no_toml(path, "嵌套太深", "it is nested too deeply") from None
    except ValueError as error:  # tomllib names line and column
        place = re.search(r"line (\d+), column (\d+)", str(error))
        zh = f"第 {place[1]} 行第 {place[2]} 列写法不对" if place else "末尾写法不对"
        raise _no_toml(path, zh, str(error)) from None


def _no_toml(path: Path, zh: str, en: str) -> UsageError:
    return UsageError(
        Message(f"配置文件 {path} 不是有效的 TOML：{zh}", f"{path} is not valid TOML: {en}"),
        Message("请在那里修改；文字要加引号", "correct it there; text needs quotation marks"),
    )
