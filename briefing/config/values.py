"""Values as people write them: dates, folders of a user, lists with commas, time zones."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ..messages import both
from ..text.beijing import today

DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d\d)(\d\d))")
DAYS_AGO = {
    "今天": 0,
    "今日": 0,
    "today": 0,
    "昨天": 1,
    "昨日": 1,
    "yesterday": 1,
    "前天": 2,
    "明天": -1,
    "tomorrow": -1,
}


def setting(default: Any, zh: str, en: str, **more: Any) -> Any:
    """A setting with its default, explained in both languages."""
    return Field(default=default, description=both(zh, en), **more)


def parse_date(value: Any) -> Any:
    """2026-11-20, 2026/11/20, 20261120, 2026年11月20日, 今天, yesterday; other types are left to
    pydantic.
    """
    if not isinstance(value, str):
        return value
    word = value.strip().lower()
    if word in DAYS_AGO:
        return today() - datetime.timedelta(days=DAYS_AGO[word])
    match = DAY.fullmatch(word)
    try:
        if match:
            return datetime.date(*(int(part) for part in match.groups() if part and part.isdecimal()))
    except ValueError:
        pass  # the 30th of February
    raise PydanticCustomError("date", "not a date")


def expand_home(value: Any) -> Any:
    """A path whose ~ is the user's home; one of a user that does not exist is an error."""
    if isinstance(value, str | Path) and str(value).startswith("~"):
        try:
            expanded = Path(value).expanduser()
        except RuntimeError:
            raise PydanticCustomError("home", "no such user") from None
        return str(expanded) if isinstance(value, str) else expanded
    return value


def split_list(value: Any) -> Any:
    """A list from one word, from words with commas between them, or from JSON ("["), as in
    variables.
    """
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return parse_json(value)
    return tuple(part for part in map(str.strip, re.split("[,，]", value)) if part)


def single_or_list(value: Any) -> Any:
    """A list from one word, commas included, or from JSON ("[")."""
    if not isinstance(value, str):
        return value
    return parse_json(value) if value.lstrip().startswith("[") else (value,)


def parse_json(value: Any) -> Any:
    """What a JSON text in a variable says; other types are left alone."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise PydanticCustomError("json", "not JSON") from None


def known_zone(value: Any) -> Any:
    """The name of a time zone (IANA), if there is such a zone."""
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):  # not found; an odd name; the name of a folder
        raise PydanticCustomError("zone", "no such time zone") from None
    return value


def language_code(value: Any) -> Any:
    """zh of zh_CN.UTF-8, as variables of a locale have it."""
    return value.lower().partition("_")[0] if isinstance(value, str) else value


Zone = Annotated[str, BeforeValidator(known_zone)]
Date = Annotated[datetime.date, BeforeValidator(parse_date)]
HomePath = Annotated[Path, BeforeValidator(expand_home)]
Place = Annotated[str, BeforeValidator(expand_home)]
"""A name or a path, as of a template or a model."""
Split = BeforeValidator(split_list)
Single = BeforeValidator(single_or_list)
Json = BeforeValidator(parse_json)
