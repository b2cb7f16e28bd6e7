"""What is wrong with a setting, where it was written, and what was probably meant.

Takes pydantic's error apart by its type and context; its English wording is never shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..errors import UsageError
from ..messages import Message, in_language, nearest
from ..renamed import SETTINGS
from .settings import Settings

PREFIX = "BRIEFING_"
WRONG = {
    "greater_than_equal": Message("不能小于 {ge}", "must be at least {ge}"),
    "greater_than": Message("要大于 {gt}", "must be greater than {gt}"),
    "less_than_equal": Message("不能大于 {le}", "must be at most {le}"),
    "less_than": Message("要小于 {lt}", "must be less than {lt}"),
    "missing": Message("还没有写", "is missing"),
    "string_too_short": Message("不能是空的", "must not be empty"),
    "string_pattern_mismatch": Message("写法不对", "is not written as it should be"),
    "date": Message("不是日期", "is not a date"),
    "home": Message("系统里没有这个用户", "names a user that does not exist"),
    "zone": Message("不是时区名", "is not the name of a time zone"),
    "json": Message("不是有效的 JSON", "is not valid JSON"),
    "literal_error": Message("不是可选的值", "is not one of the possible values"),
}
KINDS = (
    (("int",), Message("要写整数", "must be a whole number")),
    (("float", "finite"), Message("要写数字", "must be a number")),
    (("bool",), Message("要写 true 或 false", "must be true or false")),
    (("string", "path"), Message("要写文字", "must be text")),
    (("tuple", "list"), Message("要写成列表", "must be a list")),
    (("model", "dict"), Message("要写成一张表", "must be a table")),
)
"""Pydantic's names of types (int_parsing, int_type …) by their beginning, and what is to be
written.
"""
BRANCH = re.compile(r"constrained-|function-|literal\[")
"""Pydantic's mark of a branch of a union among the names of a path."""
HINTS = {
    "date": Message(
        "例如 2026-11-20、20261120、今天、昨天", "for example 2026-11-20, 20261120, today, yesterday"
    ),
    "pages": Message("可选 1–99 或 auto", "possible: 1–99 or auto"),
    "timezone": Message(
        "例如 Asia/Shanghai、Asia/Hong_Kong、UTC", "for example Asia/Shanghai, Europe/Berlin, UTC"
    ),
}
PASSWORD = UsageError(
    Message("密码不能写在配置文件里", "a password does not belong in the settings"),
    Message(
        "请用环境变量 BRIEFING_MAIL_PASSWORD，或 password_file 指明一个权限为 0600 的文件",
        "use the variable BRIEFING_MAIL_PASSWORD, or name a file of mode 0600 as password_file",
    ),
)

WEBHOOK_SECRET = UsageError(
    Message("签名密钥不能写在配置文件里", "a secret does not belong in the settings"),
    Message(
        "请用环境变量 BRIEFING_WEBHOOK_SECRET，或 webhook_secret_file 指明一个权限为 0600 的文件",
        "use the variable BRIEFING_WEBHOOK_SECRET, or name a file of mode 0600 as webhook_secret_file",
    ),
)
ROOM_PASSWORD = UsageError(
    Message("阅览室的密码不能写在配置文件里", "a password does not belong in the settings"),
    Message(
        "请用环境变量 BRIEFING_ROOM_PASSWORD，或 password_file 指明一个权限为 0600 的文件",
        "use the variable BRIEFING_ROOM_PASSWORD, or name a file of mode 0600 as password_file",
    ),
)
SECRETS = {
    "mail.password": PASSWORD,
    "job.webhook_secret": WEBHOOK_SECRET,
    "serve.password": ROOM_PASSWORD,
}


def explained(errors: Sequence[Mapping[str, Any]], flags: Mapping[str, Any], file: Path | None) -> UsageError:
    """The first mistake among pydantic's errors, unknown names before all others, in our words."""
    error = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
    path = [part for part in error["loc"] if isinstance(part, str) and not BRANCH.match(part)]
    if ".".join(path) in SECRETS:
        return SECRETS[".".join(path)]
    where = _place(path, flags, file)
    if error["type"] == "extra_forbidden":
        return _unknown(path, where)
    wrong = WRONG.get(error["type"]) or _kind(error["type"])
    if path == ["pages"]:
        wrong = Message("写法不对", "is wrong")
    bounds = {key: _number(value) for key, value in error.get("ctx", {}).items()}
    given = _shown(error.get("input"))
    message = Message(
        f"{where.zh}：{given.zh}{wrong.zh.format_map(bounds)}",
        f"{where.en}: {given.en}{wrong.en.format_map(bounds)}",
    )
    return UsageError(message, HINTS.get(path[-1]) or _choice_hint(error) or _description(path))


def _place(path: list[str], flags: Mapping[str, Any], file: Path | None) -> Message:
    """Where the value was written: a flag, a variable, the file."""
    section = flags.get(path[0])
    flag = section.get(path[1]) if len(path) > 1 and isinstance(section, Mapping) else section
    if flag is not None:
        option = f"--{path[-1].replace('_', '-')}"
        return Message(f"选项 {option}", f"option {option}")
    variable = PREFIX + "__".join(path).upper()
    if variable in os.environ:
        return Message(f"环境变量 {variable}", f"variable {variable}")
    name = ".".join(path)
    place = f"（{file}）" if file else ""
    return Message(f"设置 {name}{place}", f"setting {name}{f' ({file})' if file else ''}")


def _unknown(path: list[str], where: Message) -> UsageError:
    """A setting that does not exist: its new name, or the nearest there is, also in another
    table.
    """
    name, table = path[-1], path[:-1]
    renamed = SETTINGS.get(".".join(path))
    known = [path for path, _ in _every_setting(Settings)]
    near = nearest(name, [one[-1] for one in known if list(one[:-1]) == table])
    elsewhere = [".".join(one) for one in known if one[-1] == name]
    if renamed:
        hint = Message(f"它现在叫 {renamed}", f"it is now called {renamed}")
    elif elsewhere:
        hint = Message(f"它应写作 {elsewhere[0]}", f"it is {elsewhere[0]}")
    elif near:
        hint = Message(f"是不是想写 {near}？", f"did you mean {near}?")
    else:
        names = "、".join(one[-1] for one in known if list(one[:-1]) == table)
        hint = Message(f"可用的有：{names}", f"available: {names.replace('、', ', ')}")
    return UsageError(Message(f"{where.zh}：没有这一项", f"{where.en}: there is no such setting"), hint)


def _every_setting(
    model: type[BaseModel], table: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """All settings, tables before what is in them: names with the tables they are in, and
    fields.
    """
    for name, field in model.model_fields.items():
        path = (*table, field.alias or name)
        yield path, field
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _every_setting(kind, path)


def _kind(error_type: str) -> Message:
    for beginnings, words in KINDS:
        if error_type.startswith(beginnings):
            return words
    return Message("写法不对", "is not written as it should be")


def _choice_hint(error: Mapping[str, Any]) -> Message | None:
    """The possible values, and the nearest to what was written."""
    if error["type"] != "literal_error":
        return None
    choices = [word.strip("' ") for word in str(error["ctx"]["expected"]).replace(" or ", ",").split(",")]
    near = nearest(str(error.get("input")).lower(), choices)
    zh, en = "可选的有：" + "、".join(choices), "possible: " + ", ".join(choices)
    return Message(f"是不是想写 {near}？{zh}", f"did you mean {near}? {en}") if near else Message(zh, en)


def _description(path: list[str]) -> Message | None:
    """What the setting is for."""
    for name, field in _every_setting(Settings):
        if list(name) == path and field.description:
            return Message(in_language(field.description, "zh"), in_language(field.description, "en"))
    return None


def _shown(value: Any) -> Message:
    """A short value as it was given; nothing of what is long or a table."""
    text = str(value) if isinstance(value, str | int | float) else ""
    return Message(f"“{text}”", f"{text!r} ") if 0 < len(text) <= 40 else Message("", "")


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
