"""A tool that a client may call: its arguments, what it says of itself, and its answer.

Knows how arguments are checked and worded; knows nothing of the protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import UsageError
from ..messages import Message, nearest

Kind = Literal["string", "integer", "boolean"]
CLASSES: dict[str, type] = {"string": str, "integer": int, "boolean": bool}
KINDS = {
    "string": Message("要是文字", "must be text"),
    "integer": Message("要是整数", "must be a whole number"),
    "boolean": Message("要是 true 或 false", "must be true or false"),
}
LONGEST = 200_000
"""Characters of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An argument; `least` and `most` are of a number, or of the characters of a text."""

    name: str
    about: Message
    kind: Kind = "string"
    required: bool = False
    least: int = 0
    most: int = LONGEST

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema; clients show the description in both languages."""
        bounds = {
            "string": {"maxLength": self.most} | ({"minLength": self.least} if self.least else {}),
            "integer": {"minimum": self.least, "maximum": self.most},
            "boolean": {},
        }
        return {
            "type": self.kind,
            "description": f"{self.about.zh} / {self.about.en}",
        } | bounds[self.kind]

    def checked(self, value: object) -> Any:
        """The value; raises UsageError for one of another type or out of bounds."""
        if self.kind == "integer" and isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, CLASSES[self.kind]) or (isinstance(value, bool) and self.kind != "boolean"):
            wrong = KINDS[self.kind]
            raise UsageError(Message(f"{self.name} {wrong.zh}", f"{self.name} {wrong.en}"), self.about)
        size = len(value) if isinstance(value, str) else value
        if self.kind != "boolean" and not self.least <= int(str(size)) <= self.most:
            unit = Message("个字符", " characters") if self.kind == "string" else Message("", "")
            raise UsageError(
                Message(
                    f"{self.name} 要在 {self.least} 和 {self.most}{unit.zh} 之间",
                    f"{self.name} must be from {self.least} to {self.most}{unit.en}",
                ),
                self.about,
            )
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a tool found: as text for a reader, as data for a program."""

    text: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool; `answer` is given the arguments by name and may raise BriefingError."""

    name: str
    title: Message
    about: Message
    arguments: tuple[Argument, ...]
    answer: Callable[..., Answer]

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its arguments."""
        return {
            "type": "object",
            "properties": {one.name: one.schema() for one in self.arguments},
            "required": [one.name for one in self.arguments if one.required],
            "additionalProperties": False,
        }

    def __call__(self, given: Mapping[str, object]) -> Answer:
        """The answer; raises UsageError for arguments that are missing, unknown or wrong."""
        known = {one.name: one for one in self.arguments}
        for name in given:
            if name not in known:
                near = nearest(name, list(known)) or "、".join(known)
                raise UsageError(
                    Message(f"{self.name} 没有参数 {name}", f"{self.name} has no argument {name}"),
                    Message(f"可用的有：{near}", f"available: {near.replace('、', ', ')}"),
                )
        for one in self.arguments:
            if one.required and given.get(one.name) is None:
                raise UsageError(
                    Message(f"{self.name} 缺少参数 {one.name}", f"{self.name} needs {one.name}"), one.about
                )
        values = {name: known[name].checked(value) for name, value in given.items() if value is not None}
        return self.answer(**values)
